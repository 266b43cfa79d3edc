//! Payloads as JSON files: two spaces, in document order.

use serde_json::Value;

use super::plan::Plan;
use crate::emit::EmitError;
use crate::output::FileSet;

pub(super) fn emit(plan: &Plan<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    for call in &plan.calls {
        if let (Some(example), Some(path)) = (call.example, &call.payload) {
            files.text(path.as_str(), pretty(&example.value)?);
        }
    }
    for answer in &plan.answers {
        files.text(answer.payload.as_str(), pretty(&answer.example.value)?);
    }
    Ok(())
}

/// JSON as people read it.
pub(crate) fn pretty(value: &Value) -> Result<String, EmitError> {
    Ok(serde_json::to_string_pretty(value)?)
}
