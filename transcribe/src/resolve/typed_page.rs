//! One page with the types of its rows resolved.
//!
//! In: a page. Out: its tables with fields, each type leading to tables of the same page. A row whose
//! type is unknown, or leads nowhere, is refused and left out.

use std::collections::BTreeSet;

use super::{
    field::Field,
    kind::{self, Kind},
    links::{self, Index, Open},
    report::Report,
};
use crate::facts::{Page, Row, Table};

/// A page.
pub(super) struct TypedPage<'p> {
    pub(super) page: &'p Page,
    /// As many as the page has, in its order.
    pub(super) tables: Vec<TypedTable<'p>>,
}

/// A table.
pub(super) struct TypedTable<'p> {
    pub(super) table: &'p Table,
    pub(super) form: Form,
    pub(super) fields: Vec<Field<'p>>,
}

/// What the rows of a table stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A field a row.
    Object,
    /// One row that describes the items of a list.
    Array,
    /// One row that describes the values under any key.
    Map,
    /// One row for all bytes.
    File,
    /// One row for a body that is a single value, or an object of anything.
    Scalar,
}

impl<'p> TypedPage<'p> {
    pub(super) fn new(page: &'p Page, report: &mut Report) -> Self {
        let kinds = kinds(page, report);
        let mut tables: Vec<TypedTable<'p>> = Vec::new();
        for (table, kinds) in page.tables.iter().zip(kinds) {
            let mut names: BTreeSet<&str> = BTreeSet::new();
            let mut fields = Vec::new();
            for (row, kind) in table.rows.iter().zip(kinds) {
                let Some(kind) = kind else { continue };
                if !names.insert(&row.name) {
                    let message = format!("{} stands here twice; this row was left out", row.name);
                    report.refuse(&page.file, row.line, message);
                    continue;
                }
                let mut refused = Vec::new();
                fields.push(Field::new(row, kind, &mut refused));
                for message in refused {
                    report.refuse(&page.file, row.line, format!("{}: {message}", row.name));
                }
            }
            tables.push(TypedTable { table, form: form(&fields), fields });
        }
        for t in without_end(&tables) {
            let Some(fields) = tables.get_mut(t) else { continue };
            for field in std::mem::take(&mut fields.fields) {
                let why = "this row stands for the table that it is in";
                refuse(page, field.row, why, report);
            }
            fields.form = Form::Object;
        }
        Self { page, tables }
    }
}

/// The tables whose one row stands for another table as a whole, and that one's for a further one, until
/// the first is reached again: no value ever ends there.
fn without_end(tables: &[TypedTable<'_>]) -> Vec<usize> {
    let stands_for = |t: usize| {
        let fields = tables.get(t).filter(|fields| fields.form == Form::Scalar)?;
        match fields.fields.as_slice() {
            [Field { kind: Kind::Table(target), .. }] => Some(*target),
            _ => None,
        }
    };
    let returns = |t: &usize| {
        // A way that is longer than there are tables goes round elsewhere.
        let way = std::iter::successors(stands_for(*t), |next| stands_for(*next));
        way.take(tables.len()).any(|next| next == *t)
    };
    (0..tables.len()).filter(returns).collect()
}

/// The types of all rows; nothing for those that are refused.
fn kinds(page: &Page, report: &mut Report) -> Vec<Vec<Option<Kind<usize>>>> {
    let index = Index::new(page);
    let mut kinds: Vec<Vec<Option<Kind<usize>>>> = Vec::new();
    let (mut named, mut free): (Vec<Open>, Vec<Open>) = (Vec::new(), Vec::new());
    for (t, table) in page.tables.iter().enumerate() {
        let mut of_table = Vec::new();
        for (r, row) in table.rows.iter().enumerate() {
            let words = kind::parse(&row.type_text);
            let found = words.and_then(|kind| {
                let found = index.resolve(t, row, kind.clone())?;
                let open = Open { table: t, row: r, kind };
                match &found {
                    None => named.push(open),
                    Some(kind) if matches!(kind.leaf(), Kind::Object | Kind::Any) => {
                        free.push(open);
                    }
                    Some(_) => {}
                }
                Ok(found)
            });
            match found {
                Ok(kind) => of_table.push(kind),
                Err(why) => {
                    refuse(page, row, &why.to_string(), report);
                    of_table.push(None);
                }
            }
        }
        kinds.push(of_table);
    }
    let reached = kinds.iter().flatten().flatten().filter_map(|kind| match kind.leaf() {
        Kind::Table(table) => Some(*table),
        _ => None,
    });
    let reached: BTreeSet<usize> = reached.collect();
    let (named, free) = index.orphans(&reached, named, free);
    for (open, target) in named {
        let row = page.tables.get(open.table).and_then(|table| table.rows.get(open.row));
        match (row, target) {
            (Some(row), None) => {
                let why = format!(
                    "`{}` is not a known type, and there is no table of this name",
                    row.type_text
                );
                refuse(page, row, &why, report);
            }
            _ => put(&mut kinds, open, target),
        }
    }
    for (open, target) in free.into_iter().filter(|(_, target)| target.is_some()) {
        put(&mut kinds, open, target);
    }
    kinds
}

fn put(kinds: &mut [Vec<Option<Kind<usize>>>], open: Open, target: Option<usize>) {
    if let Some(slot) = kinds.get_mut(open.table).and_then(|table| table.get_mut(open.row)) {
        *slot = Some(links::fill(open.kind, target));
    }
}

fn refuse(page: &Page, row: &Row, why: &str, report: &mut Report) {
    report.refuse(&page.file, row.line, format!("{}: {why}; the row was left out", row.name));
}

/// What the names of the rows say about the table as a whole.
fn form(fields: &[Field<'_>]) -> Form {
    let [only] = fields else { return Form::Object };
    match only.row.name.trim() {
        "数组元素" => Form::Array,
        name if name.starts_with(['[', '【']) && name.ends_with([']', '】']) => Form::Array,
        "-" | "" if only.kind == Kind::Binary => Form::File,
        "-" | "" => Form::Scalar,
        name if name.starts_with('{') && name.ends_with('}') => Form::Map,
        _ => Form::Object,
    }
}
