//! What all parts of the document need to know, and what they all do with a field.

use std::collections::BTreeMap;

use conventions::pointer::JsonPointer;
use serde_json::Value;

use super::{
    Settings,
    field::Field,
    keyword::{Keyword, Keywords},
    kind::Kind,
    names, prose,
    report::Report,
    secrets,
    typed_page::{TypedPage, TypedTable},
    unique_schemas::{TableId, UniqueSchema, UniqueSchemas},
};
use crate::transcript::{At, Note, Promotion};

/// The pages, sorted.
pub(super) struct Context<'c, 'p> {
    pub(super) typed_pages: &'c [TypedPage<'p>],
    pub(super) unique_schemas: &'c UniqueSchemas,
    /// Of the schemas, in their order.
    pub(super) names: &'c [String],
    pub(super) settings: &'c Settings,
}

/// A field, and its place in the document.
#[derive(Clone, Copy)]
pub(super) struct Said<'f, 'p> {
    pub(super) field: &'f Field<'p>,
    /// The same field of the table that counts, where this one is a copy.
    pub(super) first: Option<&'f Field<'p>>,
    pub(super) typed_page: usize,
    pub(super) pointer: &'f JsonPointer,
    pub(super) way: Way,
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In requests, perhaps in answers as well.
    Sent,
    Received,
}

/// The keywords of a field that count for its way.
pub(super) struct Effective {
    pub(super) whole: Keywords,
    pub(super) items: Keywords,
    pub(super) secret: bool,
    /// Keywords that were taken away again.
    dropped: Vec<(Keyword, Value)>,
}

impl<'c, 'p> Context<'c, 'p> {
    pub(super) fn fields(&self, (typed_page, table): TableId) -> Option<&'c TypedTable<'p>> {
        self.typed_pages.get(typed_page)?.tables.get(table)
    }

    /// The schema of a table, and its name.
    pub(super) fn named(&self, member: TableId) -> Option<(&'c UniqueSchema, &'c str)> {
        let (number, unique) = self.unique_schemas.of(member)?;
        Some((unique, self.names.get(number)?))
    }

    pub(super) fn at(&self, typed_page: usize, line: usize) -> At {
        let file = self
            .typed_pages
            .get(typed_page)
            .map(|typed_page| typed_page.page.file.clone())
            .unwrap_or_default();
        At { file, line }
    }

    /// Reports what a field says beside its keywords, at its place in the document.
    pub(super) fn report(&self, said: &Said<'_, '_>, report: &mut Report) {
        let Said { field, first, typed_page, pointer, way } = *said;
        let at = self.at(typed_page, field.row.line);
        for claim in &field.claims {
            report.find(pointer, &field.row.name, claim.clone(), at.clone());
        }
        let effective = effective(field, way);
        let is_dropped =
            |keyword: Keyword| effective.dropped.iter().any(|(dropped, _)| *dropped == keyword);
        let mut rest = field.rest.clone();
        for promoted in &field.promoted {
            let prose::Promoted { keyword, value, phrase } = promoted;
            let of_first = first.is_none_or(|first| {
                first
                    .promoted
                    .iter()
                    .any(|known| (known.keyword, &known.value) == (*keyword, value))
            });
            if is_dropped(*keyword) || !of_first {
                if !rest.contains(phrase) {
                    rest.push(phrase.clone());
                }
                continue;
            }
            if first.is_some() {
                continue;
            }
            report.promotions.push(Promotion {
                pointer: pointer.clone(),
                keyword: match (keyword, way) {
                    (Keyword::Values, Way::Received) => "x-extensible-enum".to_owned(),
                    _ => keyword.name().to_owned(),
                },
                value: value.to_string(),
                phrase: phrase.clone(),
                at: at.clone(),
            });
        }
        for (keyword, value) in &effective.dropped {
            if field.promoted.iter().all(|promoted| promoted.keyword != *keyword) {
                rest.push(format!("{}: {}", keyword.phrase(), super::field::shown(value)));
            }
        }
        if !rest.is_empty() {
            let note = Note { pointer: pointer.clone(), text: rest.join("\n"), at };
            report.notes.push(note);
        }
    }
}

/// Bounds are for writing: a form only counts where a value is sent, and an open list of values
/// stands alone. A secret has no list of values: what has one by its labels is none, and what sentences
/// list are parts of it.
pub(super) fn effective(field: &Field<'_>, way: Way) -> Effective {
    let (mut whole, mut items) = (field.whole.clone(), field.items.clone());
    let is_listed = !field.row.constraints.values.is_empty();
    let secret = matches!(field.kind.leaf(), Kind::String)
        && secrets::is_secret(&field.row.name)
        && !is_listed;
    let mut dropped = Vec::new();
    for keywords in [&mut whole, &mut items] {
        let mut drop = |keyword: Keyword, keywords: &mut Keywords| {
            dropped.extend(keywords.remove(&keyword).map(|value| (keyword, value)));
        };
        if secret {
            drop(Keyword::Values, keywords);
            drop(Keyword::KnownValues, keywords);
        }
        if way == Way::Received {
            drop(Keyword::Pattern, keywords);
            if keywords.contains_key(&Keyword::Values)
                || keywords.contains_key(&Keyword::KnownValues)
            {
                drop(Keyword::MinLength, keywords);
                drop(Keyword::MaxLength, keywords);
            }
        }
    }
    Effective { whole, items, secret, dropped }
}

/// The place of an operation in the document.
pub(super) fn operation(typed_page: &TypedPage<'_>) -> JsonPointer {
    let page = typed_page.page;
    JsonPointer::root().join(["paths", &page.path, &page.method.to_lowercase()])
}

/// The place of a schema in the document.
pub(super) fn component(name: &str) -> JsonPointer {
    JsonPointer::root().join(["components", "schemas", name])
}

/// Titles of lists of values; each name stands for one list.
#[derive(Default)]
pub(super) struct Titles {
    /// The values of each, and whether there may be others; nothing for the name of a schema.
    taken: BTreeMap<String, Option<(Value, bool)>>,
}

impl Titles {
    /// Keeps away from the names of schemas.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        Self { taken: names.map(|name| (names::pascal(name), None)).collect() }
    }

    pub(super) fn claim(
        &mut self,
        owner: &str,
        field: &str,
        values: &Value,
        is_open: bool,
    ) -> String {
        let list = Some((values.clone(), is_open));
        let wanted = format!("{}{}", names::pascal(owner), names::pascal(field));
        let mut title = wanted.clone();
        let mut n = 2;
        while self.taken.get(&title).is_some_and(|known| *known != list) {
            title = format!("{wanted}{n}");
            n += 1;
        }
        self.taken.insert(title.clone(), list);
        title
    }
}
