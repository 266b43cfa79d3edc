//! What is emulated. Out: for each operation of each service whether it has a behavior of its own or answers with its
//! documented example, and what else there is to know.

use huaweicloud_core::server::Operation;
use huaweicloud_dcs_server::OPERATIONS;
use serde_json::{Value, json};

mod notes;

use crate::{behavior, neighbors, services};

/// How an operation answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It changes or shows what is there.
    Behavior,
    /// It answers with its documented example, shaped to the request.
    Example,
    /// It succeeds without a body, as documented, and changes nothing.
    Nothing,
}

impl Coverage {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Behavior => "behavior",
            Self::Example => "example",
            Self::Nothing => "nothing",
        }
    }

    /// In a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Behavior => "The emulator carries it out.",
            Self::Example => "The emulator answers with the documented example.",
            Self::Nothing => "The emulator answers that it is done and changes nothing.",
        }
    }
}

/// An operation that the emulator answers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Covered {
    /// The service, such as `dcs`.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static Operation,
    /// How it answers.
    pub coverage: Coverage,
    /// What happens, or what is different from the service; nothing where that is not worth a word.
    pub note: Option<&'static str>,
}

impl Covered {
    /// How the operation answers, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self.note {
            None => self.coverage.sentence().to_owned(),
            Some(note) => format!("{} {note}", self.coverage.sentence()),
        }
    }
}

/// Every operation of DCS and how it answers, in the order of the document.
pub fn coverage() -> impl Iterator<Item = (&'static Operation, Coverage)> {
    OPERATIONS.iter().map(|operation| (*operation, of(operation)))
}

/// Every operation of DCS and of the services around it.
pub fn coverage_of_all() -> impl Iterator<Item = Covered> {
    services::all().map(|(service, operation)| {
        let is_dcs = service == services::Service::Dcs;
        Covered {
            service: service.name(),
            operation,
            coverage: if is_dcs { of(operation) } else { Coverage::Behavior },
            note: if is_dcs { notes::of(operation.id) } else { neighbors::note(operation) },
        }
    })
}

fn of(operation: &Operation) -> Coverage {
    let has_example = operation.success().is_some_and(|answer| answer.example.is_some());
    match () {
        () if behavior::of(operation).is_some() => Coverage::Behavior,
        () if behavior::live(operation).is_some() => Coverage::Behavior,
        () if has_example => Coverage::Example,
        () => Coverage::Nothing,
    }
}

pub(crate) fn json() -> Value {
    let one = |covered: Covered| {
        let Covered { service, operation, coverage, .. } = covered;
        json!({
            "service": service,
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "answers": coverage.as_str(),
            "note": covered.sentence(),
        })
    };
    coverage_of_all().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_on_operations_and_whatever_has_no_behavior_has_one() {
        for (id, _) in notes::NOTES {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
        for (operation, coverage) in coverage() {
            let is_explained = coverage == Coverage::Behavior || notes::of(operation.id).is_some();
            assert!(is_explained, "{} does nothing, and nobody says why", operation.id);
        }
    }
}
