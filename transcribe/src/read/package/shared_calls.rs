//! Operations that are one call in; a page for each operation of the document out.
//!
//! `POST …/action` starts, stops or restarts by what its body holds, and a package has a method for each. Where their
//! bodies and answers agree, the document has one operation, whose body may have whatever one of them takes, called by
//! the words that their ids have in common: `StartBook` and `StopBook` are `BookAction`. Others, such as the creation of
//! private and of public zones, stay operations of their own: the first by id has the plain path, and the others have
//! their id as a fragment behind it. What a parameter of a path is called means nothing to a server, so `/books/{id}` and
//! `/books/{book_id}` are one path, too.

use std::collections::{BTreeMap, BTreeSet};

use conventions::paths;

use crate::facts::{Page, Place, Row, Table};

/// A page for each operation, ascending by id.
pub(super) fn joined(pages: Vec<Page>) -> Vec<Page> {
    let ids: BTreeSet<String> = pages.iter().map(|page| page.operation.clone()).collect();
    let mut calls: BTreeMap<(String, String), Vec<Page>> = BTreeMap::new();
    for page in renamed(pages) {
        calls.entry((page.method.clone(), page.path.clone())).or_default().push(page);
    }
    let mut all = Vec::new();
    for mut pages in calls.into_values() {
        if let Some(page) = join(&pages, &ids) {
            all.push(page);
            continue;
        }
        for page in pages.iter_mut().skip(1) {
            page.path = paths::join(&page.path, Some(&page.operation));
        }
        all.append(&mut pages);
    }
    all.sort_by(|a, b| a.operation.cmp(&b.operation));
    all
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

/// One page of all that share a call; nothing where they stay apart.
fn join(pages: &[Page], ids: &BTreeSet<String>) -> Option<Page> {
    let first = pages.first().filter(|page| pages.len() > 1 && page.path.ends_with("/action"))?;
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
    let tables = places.into_iter().map(|place| table(pages, place, &id));
    let mut tables = tables.collect::<Option<Vec<Table>>>()?;
    tables.extend(schemas);
    let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    let introduction = pages.iter().flat_map(|page| page.introduction.iter().cloned());
    Some(Page {
        anchor: id.clone(),
        operation: id,
        title: titles.join(" / "),
        introduction: introduction.collect(),
        tables,
        ..first.clone()
    })
}

/// The table of one place of all pages; nothing where they have no table in common.
fn table(pages: &[Page], place: &Place, id: &str) -> Option<Table> {
    let of_page = |page: &'_ Page| page.tables.iter().position(|table| table.place == *place);
    let found: Vec<&Table> =
        pages.iter().filter_map(|page| page.tables.get(of_page(page)?)).collect();
    let first = *found.first()?;
    let mut joined = first.clone();
    if !found.iter().all(|table| table.anchor == first.anchor && table.rows == first.rows) {
        let is_whole = |row: &Row| row.name == "-" || row.name.starts_with(['[', '{']);
        if found.iter().flat_map(|table| &table.rows).any(is_whole) {
            return None;
        }
        let kind = match place {
            Place::RequestBody | Place::UrlencodedForm => Some(("request", "RequestBody")),
            Place::ResponseBody { .. } => Some(("response", "Response")),
            _ => None,
        };
        if let Some((side, suffix)) = kind {
            joined.caption = format!("{id}{suffix}");
            joined.anchor = Some(format!("{side}_{id}{suffix}"));
        }
        joined.rows = rows(&found)?;
    }
    weaken(&mut joined, found.len() < pages.len());
    Some(joined)
}

/// What some operations do without is required of none.
fn weaken(table: &mut Table, is_missing: bool) {
    if is_missing && table.place != Place::PathParameters {
        for row in table.rows.iter_mut().filter(|row| row.required.is_some()) {
            row.required = Some(false);
        }
    }
}

/// The rows of all; nothing where one name has two types.
fn rows(tables: &[&Table]) -> Option<Vec<Row>> {
    let mut joined: Vec<Row> = Vec::new();
    for row in tables.iter().flat_map(|table| &table.rows) {
        let Some(known) = joined.iter_mut().find(|known| known.name == row.name) else {
            joined.push(row.clone());
            continue;
        };
        if known.type_text != row.type_text {
            return None;
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
    Some(joined)
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
