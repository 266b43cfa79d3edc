//! What is wrong with a rule, and where in its text.

/// A problem at a node of the syntax tree, or of the text as a whole.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub(super) code: &'static str,
    pub(super) at: Place,
    /// What is wrong and what to do, a lower-case fragment.
    pub(super) message: String,
}

/// Where in the text of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// A node of the syntax tree.
    Node(u64),
    /// Line and column, both from 1.
    Position(usize, usize),
    Whole,
}

pub(super) type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    /// Of another kind than the ones below.
    pub(super) fn new(code: &'static str, node: u64, message: impl Into<String>) -> Self {
        Self { code, at: Place::Node(node), message: message.into() }
    }

    /// Operands of the wrong types, and whatever else makes no sense.
    pub(super) fn bad(node: u64, message: impl Into<String>) -> Self {
        Self::new("bad-rule", node, message)
    }

    /// CEL, but not of the part that is compiled.
    pub(super) fn unsupported(node: u64, what: &str, advice: &str) -> Self {
        Self::new("unsupported", node, format!("{what} is not supported in a rule; {advice}"))
    }
}

/// `` did you mean `x`? `` or all there is.
pub(super) fn hint<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match huaweicloud_core::check::nearest(word, &candidates) {
        Some(near) => format!("did you mean `{near}`?"),
        None if candidates.is_empty() => "there are none".to_owned(),
        None => format!("known are {}", candidates.join(", ")),
    }
}
