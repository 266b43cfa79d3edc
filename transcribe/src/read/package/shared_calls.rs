//! Operations that are one call in; one page for each call out.
//!
//! `POST …/action` starts, stops or restarts by what its body holds, and a package has a method for each. A document
//! has one operation for a method and a path, so its body may have whatever one of them takes, and it is called by the
//! words that their ids have in common: `StartBook` and `StopBook` are `BookAction`. What a parameter of a path is called
//! means nothing to a server, so `/books/{id}` and `/books/{book_id}` are one path, too.

use std::collections::{BTreeMap, BTreeSet};

use super::refusal;
use crate::facts::{Page, Place, Refusal, Row, Table};

/// Why two operations of one call cannot be one.
#[derive(Debug, thiserror::Error)]
enum JoinError {
    #[error("`{name}` is {one} in one and {other} in the other")]
    Types { name: String, one: String, other: String },
    #[error("their bodies are no objects")]
    NoObjects,
    #[error("a document has one operation for a call that is no `…/action`")]
    NoAction,
}

/// A page for each call; the others of a call that cannot be joined are refused.
pub(super) fn joined(pages: Vec<Page>) -> (Vec<Page>, Vec<Refusal>) {
    let ids: BTreeSet<String> = pages.iter().map(|page| page.operation.clone()).collect();
    let mut calls: BTreeMap<(String, String), Vec<Page>> = BTreeMap::new();
    for page in renamed(pages) {
        calls.entry((page.method.clone(), page.path.clone())).or_default().push(page);
    }
    let (mut all, mut refused) = (Vec::new(), Vec::new());
    for pages in calls.into_values() {
        match join(&pages, &ids, &mut refused) {
            Ok(page) => all.extend(page),
            Err(why) => {
                let mut pages = pages.into_iter();
                let Some(first) = pages.next() else { continue };
                refused.extend(pages.map(|page| {
                    let Page { operation, method, path, .. } = &page;
                    let message = format!(
                        "{operation} is the same call as {}, {method} {path}, and {why}; it was left out",
                        first.operation
                    );
                    refusal(&page.file, page.line, message)
                }));
                all.push(first);
            }
        }
    }
    all.sort_by(|a, b| a.operation.cmp(&b.operation));
    (all, refused)
}

/// The pages with the same names of parameters in the same path: those of the first page.
fn renamed(mut pages: Vec<Page>) -> Vec<Page> {
    // A part that has more than one parameter, such as `{region}:{id}`, keeps its names.
    let name = |part: &str| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        (!name.contains(['{', '}'])).then(|| name.to_owned())
    };
    let shape = |part: &str| name(part).map_or_else(|| part.to_owned(), |_| "{}".to_owned());
    let mut known: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for page in &mut pages {
        let key: Vec<String> = page.path.split('/').map(shape).collect();
        let path = known.entry(key).or_insert_with(|| page.path.clone()).clone();
        if path == page.path {
            continue;
        }
        let names: BTreeMap<String, String> = page
            .path
            .split('/')
            .zip(path.split('/'))
            .filter_map(|(old, new)| Some((name(old)?, name(new)?)))
            .collect();
        let tables = page.tables.iter_mut();
        let tables = tables.filter(|table| table.place == Place::PathParameters);
        for row in tables.flat_map(|table| &mut table.rows) {
            if let Some(name) = names.get(&row.name) {
                row.name.clone_from(name);
            }
        }
        page.path = path;
    }
    pages
}

fn join(
    pages: &[Page],
    ids: &BTreeSet<String>,
    refused: &mut Vec<Refusal>,
) -> Result<Option<Page>, JoinError> {
    let (Some(first), true) = (pages.first(), pages.len() > 1) else {
        return Ok(pages.first().cloned());
    };
    if !first.path.ends_with("/action") {
        return Err(JoinError::NoAction);
    }
    let of_all: Vec<&str> = pages.iter().map(|page| page.operation.as_str()).collect();
    let id = common(&of_all).filter(|id| !ids.contains(id));
    let id = id.unwrap_or_else(|| first.operation.clone());
    let mut places: Vec<&Place> = Vec::new();
    let mut schemas: Vec<Table> = Vec::new();
    for table in pages.iter().flat_map(|page| &page.tables) {
        if !matches!(table.place, Place::Schema { .. }) {
            if !places.contains(&&table.place) {
                places.push(&table.place);
            }
        } else if schemas.iter().all(|known| known.anchor != table.anchor) {
            schemas.push(table.clone());
        }
    }
    let mut tables = Vec::new();
    for place in places {
        tables.push(table(pages, place, &id, refused)?);
    }
    tables.extend(schemas);
    let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    let introduction = pages.iter().flat_map(|page| page.introduction.iter().cloned());
    Ok(Some(Page {
        anchor: id.clone(),
        operation: id,
        title: titles.join(" / "),
        introduction: introduction.collect(),
        tables,
        ..first.clone()
    }))
}

/// The table of one place of all pages.
fn table(
    pages: &[Page],
    place: &Place,
    id: &str,
    refused: &mut Vec<Refusal>,
) -> Result<Table, JoinError> {
    let of_page = |page: &'_ Page| page.tables.iter().position(|table| table.place == *place);
    let found: Vec<&Table> =
        pages.iter().filter_map(|page| page.tables.get(of_page(page)?)).collect();
    let Some(first) = found.first() else { return Err(JoinError::NoObjects) };
    let mut joined = (*first).clone();
    if found.iter().all(|table| table.anchor == first.anchor && table.rows == first.rows) {
        weaken(&mut joined, found.len() < pages.len());
        return Ok(joined);
    }
    let is_whole = |row: &Row| row.name == "-" || row.name.starts_with(['[', '{']);
    if found.iter().flat_map(|table| &table.rows).any(is_whole) {
        return Err(JoinError::NoObjects);
    }
    let kind = match place {
        Place::RequestBody => Some(("request", "RequestBody")),
        Place::ResponseBody { .. } => Some(("response", "Response")),
        _ => None,
    };
    if let Some((side, suffix)) = kind {
        joined.caption = format!("{id}{suffix}");
        joined.anchor = Some(format!("{side}_{id}{suffix}"));
    }
    let is_answer = matches!(place, Place::ResponseBody { .. } | Place::ResponseHeaders { .. });
    let mut tables: Vec<Table> = found.iter().map(|table| (*table).clone()).collect();
    joined.rows = loop {
        match rows(&tables) {
            // An answer is read without a field that each has in another form.
            Err(why @ JoinError::Types { .. }) if is_answer => {
                let JoinError::Types { name, .. } = &why else { return Err(why) };
                let message = format!("{id}: answers differ, {why}; `{name}` was left out");
                refused.extend(pages.first().map(|page| refusal(&page.file, page.line, message)));
                tables.iter_mut().for_each(|table| table.rows.retain(|row| row.name != *name));
            }
            rows => break rows?,
        }
    };
    weaken(&mut joined, found.len() < pages.len());
    Ok(joined)
}

/// What some operations do without is required of none.
fn weaken(table: &mut Table, is_missing: bool) {
    if is_missing && table.place != Place::PathParameters {
        for row in table.rows.iter_mut().filter(|row| row.required.is_some()) {
            row.required = Some(false);
        }
    }
}

fn rows(tables: &[Table]) -> Result<Vec<Row>, JoinError> {
    let mut joined: Vec<Row> = Vec::new();
    for row in tables.iter().flat_map(|table| &table.rows) {
        let Some(known) = joined.iter_mut().find(|known| known.name == row.name) else {
            joined.push(row.clone());
            continue;
        };
        if known.type_text != row.type_text {
            return Err(JoinError::Types {
                name: row.name.clone(),
                one: known.type_text.clone(),
                other: row.type_text.clone(),
            });
        }
        known.required = known.required.zip(row.required).map(|(one, other)| one && other);
        if known.prose.is_empty() {
            known.prose.clone_from(&row.prose);
        }
        let values = &mut known.constraints.values;
        if row.constraints.values.is_empty() {
            values.clear();
        } else if !values.is_empty() {
            let new = row.constraints.values.iter().filter(|value| !values.contains(value));
            let new: Vec<String> = new.cloned().collect();
            values.extend(new);
        }
    }
    for row in &mut joined {
        let is_everywhere =
            tables.iter().all(|table| table.rows.iter().any(|known| known.name == row.name));
        if !is_everywhere && row.required.is_some() {
            row.required = Some(false);
        }
    }
    Ok(joined)
}

/// What ids have in common, as the name of all: the words in front and behind.
fn common(ids: &[&str]) -> Option<String> {
    let ids: Vec<Vec<&str>> = ids.iter().map(|id| words(id)).collect();
    let (first, others) = ids.split_first()?;
    let shortest = ids.iter().map(Vec::len).min()?;
    let front = (0..shortest)
        .take_while(|i| others.iter().all(|other| other.get(*i) == first.get(*i)))
        .count();
    let behind = (1..=shortest - front)
        .take_while(|i| {
            let word = |id: &Vec<&str>| id.get(id.len() - i).map(|word| (*word).to_owned());
            others.iter().all(|other| word(other) == word(first))
        })
        .count();
    let words = first.iter().take(front).chain(first.iter().skip(first.len() - behind));
    let name: String = words.copied().collect();
    (behind > 0 && !name.ends_with("Action")).then(|| format!("{name}Action"))
}

/// `BatchStartServers` → `Batch`, `Start`, `Servers`.
fn words(id: &str) -> Vec<&str> {
    let starts = id.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at);
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).chain([id.len()]).collect();
    cuts.dedup();
    cuts.windows(2).filter_map(|cut| id.get(cut[0]..cut[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn what_ids_have_in_common_names_all() {
        let cases = [
            (&["CreateTags", "DeleteTags"][..], Some("TagsAction")),
            (&["BatchStartServers", "BatchStopServers"], Some("BatchServersAction")),
            (&["PauseScalingPolicy", "ScalingPolicy"], Some("ScalingPolicyAction")),
            (&["StartIt", "StopThat"], None),
            (&["ListBooks", "ListShelves"], None),
            (&["RunAction", "StopAction"], None),
        ];
        for (ids, name) in cases {
            assert_eq!(common(ids).as_deref(), name, "{ids:?}");
        }
    }
}
