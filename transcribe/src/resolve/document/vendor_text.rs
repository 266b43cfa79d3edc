//! The vendor's sentences as descriptions of schemas, for private documents. In: all pages. Out: a text for each
//! schema that a sentence is about: a table has none of its own, so it is that of the first field which leads to it,
//! or the heading of the page whose body it is.

use std::collections::BTreeMap;

use super::{
    super::{context::Context, kind::Kind},
    schema::description,
};
use crate::facts::Place;

impl Context<'_, '_> {
    /// The texts, by the number of the schema; none unless they are asked for.
    pub(super) fn vendor_texts(&self) -> BTreeMap<usize, String> {
        let mut texts = BTreeMap::new();
        if !self.settings.vendor_text {
            return texts;
        }
        let mut add = |table, text: String| {
            if let Some((schema, _)) = self.unique_schemas.of(table).filter(|_| !text.is_empty()) {
                texts.entry(schema).or_insert(text);
            }
        };
        for (number, typed_page) in self.typed_pages.iter().enumerate() {
            for (t, table) in typed_page.tables.iter().enumerate() {
                let title = typed_page.page.title.trim();
                match table.table.place {
                    Place::RequestBody | Place::FormParameters | Place::UrlencodedForm => {
                        add((number, t), format!("{title}: request."));
                    }
                    Place::ResponseBody { .. } => add((number, t), format!("{title}: answer.")),
                    _ => {}
                }
                for field in &table.fields {
                    if let Kind::Table(target) = field.kind.leaf() {
                        add((number, *target), description(field));
                    }
                }
            }
        }
        texts
    }
}

/// What the statuses that nobody describes mean.
pub(super) fn of_status(code: u16) -> &'static str {
    match code {
        200..300 => "The request succeeded.",
        400..500 => "The request was refused.",
        500..600 => "The service failed.",
        _ => "Another answer.",
    }
}
