//! Names of schemas.
//!
//! In: a table's anchor or caption, and who has which name already. Out: a name for each schema. The
//! owner keeps the plain name; a schema of other content gets the name of its operation as well.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    links::{called, marked},
    typed_page::TypedPage,
    unique_schemas::{UniqueSchema, UniqueSchemas},
};
use crate::facts::Place;

/// The names on the page: of bodies and of schemas, nothing for other tables.
pub(super) fn bases(typed_page: &TypedPage<'_>) -> Vec<Option<String>> {
    let anchors =
        typed_page.page.tables.iter().filter_map(|table| marked(table.anchor.as_deref()?));
    let anchors: BTreeSet<&str> = anchors.collect();
    let operation = &typed_page.page.operation;
    let base = |table: &crate::facts::Table| {
        let by_anchor = table.anchor.as_deref().and_then(marked).map(|name| whole(name, &anchors));
        let by_anchor = by_anchor.map(sanitized).filter(|name| is_name(name));
        let fallback = match &table.place {
            Place::RequestBody => format!("{operation}Request"),
            Place::FormParameters | Place::UrlencodedForm => format!("{operation}Form"),
            Place::ResponseBody { status } if *status >= 400 => "ErrorResponse".to_owned(),
            Place::ResponseBody { .. } => format!("{operation}Response"),
            Place::Schema { .. } => captioned(&table.caption)
                .unwrap_or_else(|| format!("{operation}Table{}", table.number.unwrap_or_default())),
            _ => return None,
        };
        Some(fitted(by_anchor.unwrap_or(fallback)))
    };
    typed_page.page.tables.iter().map(base).collect()
}

/// A name for each schema, in their order; all differ.
pub(super) fn give(
    typed_pages: &[TypedPage<'_>],
    unique_schemas: &UniqueSchemas,
    owners: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let operation =
        |typed_page: usize| typed_pages.get(typed_page).map_or("", |s| s.page.operation.as_str());
    let is_on = |unique: &UniqueSchema, page: &str| {
        unique.members.iter().any(|(s, _)| operation(*s) == page)
    };
    let mut owner_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, unique) in unique_schemas.all.iter().enumerate() {
        let rank = |unique: &UniqueSchema| {
            let pages = owners.get(&unique.base).into_iter().flatten();
            let has_name = pages.into_iter().any(|page| is_on(unique, page));
            // On one page the request comes first, although schemas are in the order of tables.
            (!has_name, unique.first.0, !unique.is_request, unique.first.1)
        };
        let owner = owner_of.entry(&unique.base).or_insert(i);
        if unique_schemas.all.get(*owner).is_some_and(|known| rank(unique) < rank(known)) {
            *owner = i;
        }
    }
    let mut taken: BTreeSet<String> = owner_of.keys().map(|base| (*base).to_owned()).collect();
    let mut names = Vec::new();
    for (i, unique) in unique_schemas.all.iter().enumerate() {
        let owner = owner_of.get(unique.base.as_str()).copied().unwrap_or(i);
        if owner == i {
            names.push(unique.base.clone());
            continue;
        }
        let known =
            unique.members.iter().map(|(typed_page, _)| operation(*typed_page)).find(|page| {
                let name = fitted(format!("{}Of{page}", unique.base));
                owners.get(&name).is_some_and(|owners| owners.contains(*page))
            });
        let page = known.unwrap_or_else(|| operation(unique.first.0));
        let beside = unique_schemas.all.get(owner).is_some_and(|owner| is_on(owner, page));
        let wanted = match (beside, unique.is_request) {
            (true, false) => format!("{}Response", unique.base),
            (true, true) => format!("{}Request", unique.base),
            (false, _) => format!("{}Of{page}", unique.base),
        };
        let numbered = (2_u32..).map(|n| format!("{wanted}{n}"));
        let mut all = std::iter::once(wanted.clone()).chain(numbered).map(fitted);
        let name = all.find(|name| !taken.contains(name));
        let name = name.unwrap_or(wanted);
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

/// Without the number of a copy: `Tag_1` where there is a `Tag`.
fn whole<'a>(name: &'a str, anchors: &BTreeSet<&str>) -> &'a str {
    match name.rsplit_once('_') {
        Some((base, number))
            if anchors.contains(base) && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            base
        }
        _ => name,
    }
}

/// The name in a caption, if there is one.
fn captioned(caption: &str) -> Option<String> {
    let names = called(caption).into_iter();
    names.map(sanitized).find(|name| is_name(name))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Only what names of components may have.
fn sanitized(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect()
}

/// Files are called by the names of schemas, so none is longer.
const LONGEST: usize = 100;

/// A name that is not too long: the words in front, and a number made of all of it, so that it stays the same, and two
/// that begin alike stay apart.
fn fitted(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a of 32 bits.
    let number = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let room = LONGEST - "_00000000".len();
    let starts = name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at);
    let end = starts.take_while(|at| *at <= room).last().filter(|end| *end > 0).unwrap_or(room);
    format!("{}_{number:08x}", name.get(..end).unwrap_or_default())
}

/// Upper camel case, for titles: `backup_type` → `BackupType`.
pub(super) fn pascal(name: &str) -> String {
    let mut out = String::new();
    let mut upper = true;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_long_name_is_cut_at_a_word_and_stays_unique() {
        let long = |end: &str| format!("{}{end}", "VeryLong".repeat(12));
        assert_eq!(fitted("Short".to_owned()), "Short");
        assert_eq!(fitted(long("Name")), long("Name"));
        let one = fitted(long("Names"));
        assert_eq!(one, format!("{}_2b736d1f", "VeryLong".repeat(11)));
        assert_ne!(one, fitted(long("Namen")));
        assert_eq!(fitted("x".repeat(300)).len(), 100);
    }
}
