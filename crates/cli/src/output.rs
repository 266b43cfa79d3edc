//! Output formats. In: a JSON value. Out: JSON, YAML, a table or tab-separated lines, as requested.

mod table;

use std::io::{self, Write};

use serde_json::Value;

use crate::{
    messages,
    options::{Options, Output},
    problem::Problem,
    terminal,
};

pub use table::{Columns, columns_of, table, text, tsv};

/// Applies `--cli-query`; without one, the value is unchanged.
///
/// # Errors
///
/// The expression is not valid JMESPath.
pub fn queried(value: Value, options: &Options) -> Result<Value, Problem> {
    let Some(query) = &options.query else { return Ok(value) };
    let wrong = |error: &dyn std::fmt::Display| {
        Problem::usage(messages::no_jmespath("--cli-query", query, first_line(error)))
    };
    let expression = jmespath::compile(query).map_err(|error| wrong(&error))?;
    let found = expression.search(&value).map_err(|error| wrong(&error))?;
    serde_json::to_value(&*found).map_err(|error| Problem::other(error.to_string()))
}

fn first_line(error: &dyn std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// Writes a value in the requested format, or in `usual` if none was requested.
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
        Output::Table => {
            let is_coloured = terminal::is_coloured(&io::stdout());
            table(value, options, columns, is_coloured)?
        }
        Output::Tsv => tsv(value, options, columns)?,
    };
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "{text}").map_err(closed)
}

/// A closed pipe is not an error of this program.
pub fn closed(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Problem::other(""),
        _ => Problem::other(messages::output_broken(error)),
    }
}
