//! The portable document as text: YAML with a banner, and the same as JSON.

use serde_json::Value;

use crate::{
    config::Service,
    emit::{EmitError, yaml},
    output::FileSet,
};

/// Adds both files.
pub(super) fn print(
    document: &Value,
    service: &Service,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    let yaml = yaml::text(document);
    let json = serde_json::to_string_pretty(document)?;
    files.text("openapi.yaml", format!("# {}\n{yaml}", service.banner()));
    files.text("openapi.json", json);
    Ok(())
}
