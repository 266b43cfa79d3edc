//! Rows of cells in, a table of parameters or of statuses out.

use crate::facts::{Prose, Row, Status};

use super::{
    Log, Problem, constraints,
    html_table::{RawRow, RawTable},
    layout::{self, Column},
    uri,
};

/// The rows of a table of parameters or fields; nothing when the table is skipped. Where the table may have no
/// column of types, `untyped` is the path of the operation: what stands in that is text.
pub(super) fn rows(table: RawTable, untyped: &str, log: &mut Log<'_>) -> Option<Vec<Row>> {
    let mut needed = vec![Column::Name, Column::Description];
    needed.extend(untyped.is_empty().then_some(Column::Type));
    let columns = columns(&table, &needed, log)?;
    Some(read(table, columns.len(), log, |raw| row(raw, &columns, untyped)))
}

/// The rows of a table of statuses.
pub(super) fn statuses(table: RawTable, log: &mut Log<'_>) -> Vec<Status> {
    let Some(columns) = columns(&table, &[Column::Status, Column::Description], log) else {
        return Vec::new();
    };
    read(table, columns.len(), log, |raw| status(raw, &columns))
}

/// What each column holds, if all that are needed are there.
fn columns(table: &RawTable, needed: &[Column], log: &mut Log<'_>) -> Option<Vec<Column>> {
    let head = table.head.as_ref()?;
    let mut columns = Vec::new();
    for cell in &head.cells {
        let text = cell.text();
        match layout::column(&text) {
            Some(column) if !columns.contains(&column) => columns.push(column),
            Some(_) => {
                log.add(head.line, format!("the column `{text}` stands twice; table skipped"));
                return None;
            }
            None => {
                log.add(
                    head.line,
                    format!("`{text}` is not a column of this layout; table skipped"),
                );
                return None;
            }
        }
    }
    if let Some(column) = needed.iter().find(|column| !columns.contains(column)) {
        let word = layout::word(*column);
        log.add(head.line, format!("the table has no column `{word}`; table skipped"));
        return None;
    }
    Some(columns)
}

/// Reads each row; those that cannot be read are skipped and logged.
fn read<T>(
    table: RawTable,
    columns: usize,
    log: &mut Log<'_>,
    read: impl Fn(RawRow) -> Result<T, Problem>,
) -> Vec<T> {
    for problem in table.problems {
        log.add(problem.line, problem.message);
    }
    let mut rows = Vec::new();
    for raw in table.rows {
        let (line, cells) = (raw.line, raw.cells.len());
        let result = match cells == columns {
            true => read(raw),
            false => Err(Problem::new(
                line,
                format!(
                    "the row has {cells} cells where its table has {columns} columns; row skipped"
                ),
            )),
        };
        match result {
            Ok(row) => rows.push(row),
            Err(problem) => log.add(problem.line, problem.message),
        }
    }
    rows
}

fn row(raw: RawRow, columns: &[Column], untyped: &str) -> Result<Row, Problem> {
    let line = raw.line;
    let mut row = Row {
        name: String::new(),
        required: None,
        type_text: String::new(),
        type_anchor: None,
        prose: Vec::new(),
        constraints: Default::default(),
        line,
    };
    let mut condition = None;
    let mut name_anchor = None;
    for (cell, column) in raw.cells.into_iter().zip(columns) {
        match column {
            Column::Name => {
                row.name = cell.text();
                name_anchor = cell.anchor;
            }
            Column::Required => {
                let text = cell.text();
                let (required, more) = layout::required(&text).ok_or_else(|| {
                    let message = format!("`{text}` is neither 是 nor 否; row skipped");
                    Problem::new(line, message)
                })?;
                row.required = Some(required);
                condition = more.then_some(Prose { text, item: false });
            }
            Column::Type => {
                row.type_text = cell.text();
                row.type_anchor = cell.anchor;
            }
            _ => (row.prose, row.constraints) = constraints::split(cell.pieces),
        }
    }
    row.prose.splice(..0, condition);
    if !columns.contains(&Column::Type) && uri::has_parameter(untyped, &row.name) {
        "String".clone_into(&mut row.type_text);
    }
    // Some services link the name instead of the type.
    row.type_anchor = row.type_anchor.or(name_anchor);
    match (row.name.as_str(), row.type_text.as_str()) {
        ("", _) => Err(Problem::new(line, "the row has no name; row skipped")),
        (name, "") => Err(Problem::new(line, format!("`{name}` has no type; row skipped"))),
        _ => Ok(row),
    }
}

fn status(raw: RawRow, columns: &[Column]) -> Result<Status, Problem> {
    let mut status = Status { code: 0, text: None, in_table: true, line: raw.line };
    for (cell, column) in raw.cells.iter().zip(columns) {
        let text = cell.text();
        if *column == Column::Status {
            status.code = layout::status(&text).ok_or_else(|| {
                Problem::new(
                    raw.line,
                    format!("`{text}` is not a status of an answer; row skipped"),
                )
            })?;
        } else {
            let lines: Vec<_> = cell.pieces.iter().map(|piece| piece.text()).collect();
            status.text = Some(lines.join("\n")).filter(|text| !text.is_empty());
        }
    }
    Ok(status)
}
