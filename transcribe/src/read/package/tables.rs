//! Names and types in; rows and tables as pages have them out, and the models that fields lead to.

use super::{model::Field, types};
use crate::facts::{Constraints, Place, Row, Table};

/// The models that fields lead to, in their order.
pub(super) fn models_of<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<String> {
    let types = fields.into_iter().filter_map(|field| types::read(&field.type_text).ok());
    types.filter_map(|found| found.model).collect()
}

pub(super) fn row(name: &str, type_text: &str, line: usize) -> Row {
    Row {
        name: name.to_owned(),
        required: None,
        type_text: type_text.to_owned(),
        type_anchor: None,
        prose: Vec::new(),
        constraints: Constraints::default(),
        line,
    }
}

pub(super) fn table(
    caption: &str,
    anchor: Option<String>,
    place: Place,
    rows: Vec<Row>,
    line: usize,
) -> Table {
    Table { number: None, caption: caption.to_owned(), anchor, place, rows, line }
}
