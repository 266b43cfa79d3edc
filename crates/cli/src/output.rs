//! How an answer is written. In: a JSON value. Out: JSON, YAML, a table or lines with tabs, as it was asked for.

mod table;

use std::io::{self, Write};

use serde_json::Value;

use crate::{
    options::{Options, Output},
    problem::Problem,
};

pub use table::{Columns, columns_of, table, text, tsv};

/// Applies `--cli-query`; nothing changes without one.
///
/// # Errors
///
/// The expression is none.
pub fn queried(value: Value, options: &Options) -> Result<Value, Problem> {
    let Some(query) = &options.query else { return Ok(value) };
    let wrong = |error: &dyn std::fmt::Display| {
        Problem::usage(format!("--cli-query: {query:?} is no JMESPath: {}", first_line(error)))
    };
    let expression = jmespath::compile(query).map_err(|error| wrong(&error))?;
    let found = expression.search(&value).map_err(|error| wrong(&error))?;
    serde_json::to_value(&*found).map_err(|error| Problem::other(error.to_string()))
}

fn first_line(error: &dyn std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Writes a value; what was asked for decides how, and `usual` where nothing was.
///
/// # Errors
///
/// The value has no rows, or standard output is closed.
pub fn write(
    out: &mut dyn Write,
    value: &Value,
    options: &Options,
    usual: Output,
    columns: Option<&Columns>,
) -> Result<(), Problem> {
    let text = match options.output.unwrap_or(usual) {
        Output::Json => {
            serde_json::to_string_pretty(value).map_err(|e| Problem::other(e.to_string()))?
        }
        Output::Yaml => {
            let yaml = serde_yaml::to_string(value).map_err(|e| Problem::other(e.to_string()))?;
            yaml.trim_end().to_owned()
        }
        Output::Table => table(value, options, columns)?,
        Output::Tsv => tsv(value, options, columns)?,
    };
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "{text}").map_err(closed)
}

/// A reader that went away is no error of ours.
pub fn closed(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Problem::other(""),
        _ => Problem::other(format!("standard output cannot be written: {error}")),
    }
}
