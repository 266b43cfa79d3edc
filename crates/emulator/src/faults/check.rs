//! Whether a fault makes sense. In: a fault. Out: nothing, or what is wrong with it and what to do.

use huaweicloud_core::server::{Operation, Place};

use super::{Fault, Trouble};
use crate::services;

/// Why a fault was not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultError {
    /// It is no fault as JSON.
    #[error("this is no fault: {0}")]
    Form(String),
    /// There is no such operation.
    #[error(
        "there is no operation `{0}`; the emulator's page /_emulator/coverage lists those of the API"
    )]
    Operation(String),
    /// It cannot strike requests for this operation.
    #[error("`{trouble}` can only strike {needed}, and {operation} is none")]
    Misfit {
        /// The kind of fault.
        trouble: &'static str,
        /// What it can strike.
        needed: &'static str,
        /// The operation that it names.
        operation: String,
    },
    /// A value is out of range.
    #[error("`{field}` is {value}; it must be {range}")]
    Range {
        /// The field of the fault.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        range: &'static str,
    },
}

/// # Errors
///
/// The first thing that is wrong.
pub(super) fn check(fault: &Fault) -> Result<(), FaultError> {
    let range = |field, value: String, range| Err(FaultError::Range { field, value, range });
    match fault.probability {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            return range("probability", value.to_string(), "from 0 to 1");
        }
        _ => {}
    }
    for (field, value) in [("nth", fault.nth), ("times", fault.times)] {
        if value == Some(0) {
            return range(field, "0".to_owned(), "at least 1");
        }
    }
    match &fault.then {
        Trouble::Status { status, .. } | Trouble::Html { status, .. }
            if !(200..600).contains(status) =>
        {
            return range("status", status.to_string(), "from 200 to 599");
        }
        Trouble::Change { set } => {
            if let Some(wrong) = set.keys().find(|pointer| !pointer.starts_with('/')) {
                let range = "JSON pointers, such as /instances/0/port";
                return Err(FaultError::Range { field: "set", value: wrong.clone(), range });
            }
        }
        _ => {}
    }
    let Some(id) = &fault.operation else { return Ok(()) };
    let operation = services::operation(id).ok_or_else(|| FaultError::Operation(id.clone()))?;
    match strikes(&fault.then, operation) {
        true => Ok(()),
        false => {
            let (trouble, needed) = scope(&fault.then);
            Err(FaultError::Misfit { trouble, needed, operation: id.clone() })
        }
    }
}

/// The operation that orders instances.
const ORDERS: &str = "CreateInstance";

/// Whether a kind of trouble can strike an operation.
pub(super) fn strikes(trouble: &Trouble, operation: &Operation) -> bool {
    match trouble {
        Trouble::LateListing { .. } | Trouble::CreateFailed | Trouble::StuckCreating => {
            operation.id == ORDERS
        }
        Trouble::OverlappingLists => {
            let mut query = operation.parameters.iter().filter(|p| p.place == Place::Query);
            query.any(|parameter| parameter.name == "offset")
        }
        _ => true,
    }
}

/// The name of a kind of trouble that strikes not everything, and what it strikes.
fn scope(trouble: &Trouble) -> (&'static str, &'static str) {
    const ORDER: &str = "an order of instances";
    match trouble {
        Trouble::LateListing { .. } => ("late_listing", ORDER),
        Trouble::CreateFailed => ("create_failed", ORDER),
        Trouble::StuckCreating => ("stuck_creating", ORDER),
        Trouble::OverlappingLists => ("overlapping_lists", "a list that is read by `offset`"),
        _ => ("this", "an operation"),
    }
}
