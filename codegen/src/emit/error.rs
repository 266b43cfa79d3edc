//! Why an emitter cannot write something. After validation none of these is the document's fault, but of an
//! emitter; the message says which file, type or operation to look at.

use serde_json::Value;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// What was emitted is no Rust.
    #[error("{file}: emitted Rust does not parse: {source}")]
    NotRust { file: String, source: syn::Error },
    /// progenitor refuses the relaxed document.
    #[error("progenitor: {0}")]
    Progenitor(#[from] Box<progenitor::Error>),
    /// progenitor's output is none that the passes over it know.
    #[error("progenitor made {0}")]
    Made(String),
    /// The relaxed document is no OpenAPI.
    #[error("relaxed document: {0}")]
    Relaxed(#[source] serde_json::Error),
    /// An example does not fit its schema.
    #[error("example value at `{at}`: {found} is not {wanted}")]
    Misfit { at: String, found: Value, wanted: String },
    /// An example has, or lacks, something that its schema does not.
    #[error("example value: {0}")]
    Example(String),
    /// An operation without a body has no example of one.
    #[error("{0}: no request body")]
    NoBody(String),
    /// A server is asked for whose requests do not say which operation is meant.
    #[error(
        "{one} and {other} are both {call}, and a server cannot tell which is meant; take `server: true` out"
    )]
    SharedCall { one: String, other: String, call: String },
    /// A name is not an identifier of Rust.
    #[error("`{0}` is not an identifier")]
    Identifier(String),
    /// Two tags have one feature.
    #[error("tag `{tag}`: another tag has the feature `{feature}` too; rename one of them")]
    Feature { tag: String, feature: String },
    /// A template was not laid out.
    #[error("{0:#}")]
    Template(#[from] minijinja::Error),
    /// A value has no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Something of a part of the output.
    #[error("{place}: {source}")]
    In { place: String, source: Box<EmitError> },
}

impl EmitError {
    /// Says in which part it happened.
    pub(crate) fn of(self, place: impl Into<String>) -> Self {
        Self::In { place: place.into(), source: Box::new(self) }
    }

    /// What a file does not parse for.
    pub(crate) fn not_rust(file: impl Into<String>) -> impl FnOnce(syn::Error) -> Self {
        let file = file.into();
        move |source| Self::NotRust { file, source }
    }
}
