//! `validate OPERATION FILE`: a payload against the request schema, a line a violation.

use std::{fs, io, path::Path};

use anyhow::Context as _;
use codegen::payload::{self, PayloadError};
use serde_json::Value;

use super::{Outcome, document, services};

pub(crate) fn run(config: &Path, operation: &str, file: &Path) -> anyhow::Result<Outcome> {
    let payload = read(file)?;
    let mut unknown = None;
    for service in &services(config)? {
        let Some(document) = document(service) else { return Ok(Outcome::BadCall) };
        match payload::check(&document, operation, &payload) {
            Ok(violations) => {
                for violation in &violations {
                    println!(
                        "{}: {}: {}: {}",
                        violation.severity, violation.path, violation.rule, violation.message
                    );
                }
                let is_fine = !violations.iter().any(|v| v.severity == payload::Severity::Error);
                return Ok(if is_fine { Outcome::Fine } else { Outcome::Problems });
            }
            // Another service may have it.
            Err(error @ PayloadError::UnknownOperation { .. }) => unknown = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    Err(unknown.map_or_else(|| anyhow::anyhow!("no services are configured"), Into::into))
}

fn read(file: &Path) -> anyhow::Result<Value> {
    let name = file.display();
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin()).context("cannot read standard input")?
    } else {
        fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?
    };
    serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))
}
