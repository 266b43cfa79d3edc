//! What is emulated. Out: for each operation whether it has a behavior of its own or answers with its
//! documented example.

use huaweicloud_core::server::Operation;
use huaweicloud_dcs_server::OPERATIONS;
use serde_json::{Value, json};

use crate::behavior;

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
}

/// Every operation and how it answers, in the order of the document.
pub fn coverage() -> impl Iterator<Item = (&'static Operation, Coverage)> {
    OPERATIONS.iter().map(|operation| (*operation, of(operation)))
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
    let one = |(operation, coverage): (&Operation, Coverage)| {
        json!({
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "answers": coverage.as_str(),
        })
    };
    coverage().map(one).collect()
}
