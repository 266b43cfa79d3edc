//! Drafts: what is generated of a document that people have not finished. In: a document and its problems. Out: the
//! document with what generating needs of it, and how much is missing.
//!
//! Only words may be missing: descriptions, and decisions about contradictions, of which the schema has the outcome
//! either way. What looks like a secret is one, until somebody says that it is none. Everything else is a problem of a
//! draft, too.

mod samples;

use std::fmt;

use serde_json::Value;

use crate::{diagnostic::Diagnostic, load::Document, model::Api};

/// How much of a document is left to people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Operations, parameters, answers, schemas and properties without a description.
    pub descriptions: usize,
    /// Contradictions that nobody has decided.
    pub decisions: usize,
    /// Texts that are taken for secrets by their names.
    pub secrets: usize,
}

impl fmt::Display for Gaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { descriptions, decisions, secrets } = self;
        let descriptions = match descriptions {
            1 => "1 description is".to_owned(),
            count => format!("{count} descriptions are"),
        };
        let decisions = match decisions {
            1 => "1 contradiction waits".to_owned(),
            count => format!("{count} contradictions wait"),
        };
        write!(f, "{descriptions} missing, {decisions} for a decision")?;
        match secrets {
            0 => Ok(()),
            1 => write!(f, ", 1 text is taken for a secret"),
            count => write!(f, ", {count} texts are taken for secrets"),
        }
    }
}

/// Counts the problems that a draft may have, and takes them out.
pub fn take_gaps(problems: &mut Vec<Diagnostic>) -> Gaps {
    let mut gaps = Gaps::default();
    problems.retain(|problem| {
        match problem.code {
            "missing-description" => gaps.descriptions += 1,
            "pending-decision" => gaps.decisions += 1,
            "secret-without-format" => gaps.secrets += 1,
            _ => return true,
        }
        false
    });
    gaps
}

/// Adds examples, made of the schemas, to operations that have none.
pub(crate) fn exemplify(document: &Document, api: &mut Api) {
    samples::fill(document, api);
}

/// The document with an empty description where one is missing, since some have to be there, if only by their form,
/// and with the format of secrets.
pub(crate) fn completed(document: &Document, problems: &[Diagnostic]) -> Document {
    let mut completed = document.clone();
    for problem in problems {
        let (key, value) = match problem.code {
            "missing-description" => ("description", ""),
            "secret-without-format" => ("format", "password"),
            _ => continue,
        };
        if let Some(Value::Object(map)) = problem.pointer.get_mut(&mut completed.value) {
            map.insert(key.to_owned(), value.into());
        }
    }
    completed
}
