//! How a list is read in parts. In: the typed page of an operation. Out: `x-pagination`, where the page says plainly
//! what its parameters mean; nothing where it does not, for a list that is read wrongly lacks items.

use conventions::paths;
use serde_json::{Map, Value};

use super::{
    context::Context,
    field::Field,
    keyword::Keyword,
    kind::Kind,
    typed_page::{TypedPage, TypedTable},
};
use crate::facts::Place;

/// Names of the parameter that is the number of a page, and of the one that is its size.
const PAGES: &[&str] = &["page", "page_num", "page_no", "page_number", "pageNum", "pageNo"];
const SIZES: &[&str] = &["limit", "page_size", "pageSize", "per_page"];

/// Names of the field that counts all items.
const TOTALS: &[&str] = &["total_count", "total", "total_num", "totalCount", "totalNum"];

/// Words of an `offset` that is the number of a page.
const WORDS_OF_PAGES: &[&str] = &["页码", "页数", "第几页", "第一页", "第1页"];

/// Words of a number that begins with 0.
const WORDS_OF_ZERO: &[&str] = &["从0开始", "从 0 开始", "0表示第一页", "0为第一页"];

impl Context<'_, '_> {
    /// The pagination of an operation that reads.
    pub(super) fn pagination(&self, number: usize) -> Option<Value> {
        let typed_page = self.typed_pages.get(number)?;
        if typed_page.page.method != "GET" {
            return None;
        }
        let answer = answer(typed_page)?;
        let items = items(typed_page, answer)?;
        let mut found = Map::new();
        let mut name = |key: &str, name: &str| found.insert(key.to_owned(), name.into());
        match parts(typed_page, answer, items)? {
            Parts::Offset { limit } => {
                name("offset", "offset");
                name("limit", &limit.row.name);
            }
            Parts::Pages { page, size } => {
                name("page", &page.row.name);
                name("limit", &size.row.name);
            }
            Parts::Marker { limit, next } => {
                name("marker", "marker");
                limit.map(|limit| name("limit", &limit.row.name));
                match next {
                    Next::Item => name("item-marker", "id"),
                    Next::Answer(way) => name("next", way),
                };
            }
        }
        name("items", &items.row.name);
        if let Some(total) = total(answer) {
            name("total", &total.row.name);
        }
        Some(Value::Object(found))
    }
}

/// How the parts of a list are asked for.
enum Parts<'f> {
    Offset { limit: &'f Field<'f> },
    Pages { page: &'f Field<'f>, size: &'f Field<'f> },
    Marker { limit: Option<&'f Field<'f>>, next: Next },
}

/// Where the next marker is.
enum Next {
    /// In the `id` of the last item.
    Item,
    /// In a field of the answer.
    Answer(&'static str),
}

fn parts<'f>(
    typed_page: &'f TypedPage<'f>,
    answer: &TypedTable<'_>,
    items: &Field<'_>,
) -> Option<Parts<'f>> {
    let limit = number(typed_page, "limit");
    match (number(typed_page, "offset"), text(typed_page, "marker")) {
        (Some(_), Some(_)) => None,
        (Some(offset), None) => {
            let counts_items = !says(offset, WORDS_OF_PAGES) && begins(offset, 0);
            counts_items.then_some(Parts::Offset { limit: limit? })
        }
        (None, Some(marker)) => {
            Some(Parts::Marker { limit, next: next(typed_page, answer, items, marker)? })
        }
        (None, None) => {
            let named = |names: &[&str]| names.iter().find_map(|name| number(typed_page, name));
            let (page, size) = (named(PAGES)?, named(SIZES)?);
            let is_plain = !says(page, WORDS_OF_ZERO) && begins(page, 1);
            is_plain.then_some(Parts::Pages { page, size })
        }
    }
}

fn next(
    typed_page: &TypedPage<'_>,
    answer: &TypedTable<'_>,
    items: &Field<'_>,
    marker: &Field<'_>,
) -> Option<Next> {
    let is_text = |table: &TypedTable<'_>, name: &str| {
        field(table, name).is_some_and(|field| field.kind == Kind::String)
    };
    let below = |kind: &Kind<usize>| match kind {
        Kind::Table(table) => typed_page.tables.get(*table),
        _ => None,
    };
    let info = field(answer, "page_info").and_then(|info| below(&info.kind));
    let item = match &items.kind {
        Kind::Array(item) => below(item),
        _ => None,
    };
    if info.is_some_and(|info| is_text(info, "next_marker")) {
        Some(Next::Answer("page_info.next_marker"))
    } else if is_text(answer, "next_marker") {
        Some(Next::Answer("next_marker"))
    } else {
        // Only where the page says that a marker is the ID of something.
        let is_id = prose(marker).to_lowercase().contains("id");
        (is_id && item.is_some_and(|item| is_text(item, "id"))).then_some(Next::Item)
    }
}

/// The answer of success, if there is only one.
fn answer<'t>(typed_page: &'t TypedPage<'t>) -> Option<&'t TypedTable<'t>> {
    let is_success = |place: &Place| match place {
        Place::ResponseBody { status } => (200..300).contains(status),
        _ => false,
    };
    let mut found = typed_page.tables.iter().filter(|table| is_success(&table.table.place));
    found.next().filter(|_| found.next().is_none())
}

/// The field of the answer that makes it a list: the only list, or the one that is called as the last part of
/// the path.
fn items<'t>(typed_page: &TypedPage<'_>, answer: &'t TypedTable<'t>) -> Option<&'t Field<'t>> {
    let lists: Vec<&Field<'_>> =
        answer.fields.iter().filter(|field| matches!(field.kind, Kind::Array(_))).collect();
    let (path, _) = paths::split(&typed_page.page.path);
    let last = path.rsplit('/').find(|part| !part.starts_with('{'))?;
    let last = last.replace('-', "_").to_lowercase();
    match lists.as_slice() {
        [only] => Some(only),
        several => several.iter().copied().find(|field| field.row.name.to_lowercase() == last),
    }
}

/// The field that counts all items, where the page says that it does.
fn total<'t>(answer: &'t TypedTable<'t>) -> Option<&'t Field<'t>> {
    let is_total = |field: &&Field<'_>| {
        matches!(field.kind, Kind::Whole | Kind::Int32 | Kind::Int64)
            && TOTALS.contains(&field.row.name.as_str())
            && prose(field).contains('总')
    };
    let mut found = answer.fields.iter().filter(is_total);
    found.next().filter(|_| found.next().is_none())
}

fn field<'t>(table: &'t TypedTable<'t>, name: &str) -> Option<&'t Field<'t>> {
    table.fields.iter().find(|field| field.row.name == name)
}

/// A parameter in the query that may be left out.
fn parameter<'t>(typed_page: &'t TypedPage<'t>, name: &str) -> Option<&'t Field<'t>> {
    let tables = typed_page.tables.iter();
    let mut queries = tables.filter(|table| table.table.place == Place::QueryParameters);
    queries.find_map(|table| field(table, name)).filter(|field| !field.required())
}

fn number<'t>(typed_page: &'t TypedPage<'t>, name: &str) -> Option<&'t Field<'t>> {
    let is_number = |kind: &Kind<usize>| matches!(kind, Kind::Whole | Kind::Int32 | Kind::Int64);
    parameter(typed_page, name).filter(|field| is_number(&field.kind))
}

fn text<'t>(typed_page: &'t TypedPage<'t>, name: &str) -> Option<&'t Field<'t>> {
    parameter(typed_page, name).filter(|field| field.kind == Kind::String)
}

fn prose(field: &Field<'_>) -> String {
    field.row.prose.iter().map(|piece| piece.text.as_str()).collect()
}

fn says(field: &Field<'_>, words: &[&str]) -> bool {
    let prose = prose(field);
    words.iter().any(|word| prose.contains(word))
}

/// Whether the smallest and the default value, where they are stated, are the first one.
fn begins(field: &Field<'_>, first: i64) -> bool {
    let mut stated = [Keyword::Minimum, Keyword::Default].into_iter();
    stated.all(|keyword| field.whole.get(&keyword).is_none_or(|value| *value == first))
}
