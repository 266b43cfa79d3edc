//! Which pages count, and in which order. In: pages as they came. Out: each operation once, by its id.
//!
//! An operation is its method and path. Where pages disagree about which operation is which, or a page with
//! itself, nobody can tell what is right: none of them counts, and each is refused by name.

use std::collections::BTreeMap;

use super::report::Report;
use crate::facts::Page;

/// The pages by operation id, without those that claim one id for several calls or one call for several ids,
/// and those whose heading does something else than their id. Of copies, the first file counts.
pub(super) fn distinct<'p>(pages: &'p [Page], report: &mut Report) -> Vec<&'p Page> {
    let mut sorted: Vec<&Page> = pages.iter().collect();
    sorted.sort_by_key(|page| (&page.operation, &page.file, page.line));
    let mut claims: BTreeMap<String, Vec<&Page>> = BTreeMap::new();
    for page in &sorted {
        for claim in [page.operation.clone(), call(page)] {
            claims.entry(claim).or_default().push(page);
        }
    }
    let mut kept: Vec<&Page> = Vec::new();
    for page in sorted {
        let first = kept.last().filter(|first| first.operation == page.operation);
        if let Some(why) = clash(page, &claims).or_else(|| other_deed(page)) {
            report.refuse(&page.file, page.line, why);
        } else if let Some(first) = first {
            let message = format!(
                "the operation {} stands in {} already; this page was refused",
                page.operation, first.file
            );
            report.refuse(&page.file, page.line, message);
        } else {
            kept.push(page);
        }
    }
    kept
}

/// Why a page is refused whose id or call is another operation's on another page.
fn clash(page: &Page, claims: &BTreeMap<String, Vec<&Page>>) -> Option<String> {
    let own = (page.operation.clone(), call(page));
    let rivals = [&own.0, &own.1].into_iter().filter_map(|claim| claims.get(claim)).flatten();
    let rivals = rivals.filter(|rival| (rival.operation.clone(), call(rival)) != own);
    let mut rivals: Vec<String> = rivals
        .map(|rival| {
            format!("{} {} is {} in {}", rival.method, rival.path, rival.operation, rival.file)
        })
        .collect();
    rivals.sort();
    rivals.dedup();
    (!rivals.is_empty()).then(|| {
        format!(
            "{} {} is {} here, and {}; these pages are refused, correct the one that is wrong",
            page.method,
            page.path,
            page.operation,
            rivals.join(", and ")
        )
    })
}

/// Method and path without the names of its parameters: to a server they mean nothing.
fn call(page: &Page) -> String {
    format!("{} {}", page.method, shape(&page.path))
}

fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        inside = (inside || c == '{') && c != '}';
        if !inside {
            shape.push(c);
        }
    }
    shape
}

/// Words that ids and headings begin with, by what they do. Words that are used for several deeds are left
/// out.
const DEEDS: &[(&str, &[&str])] = &[
    ("creates", &["Create", "创建", "新建"]),
    ("deletes", &["Delete", "Remove", "删除"]),
    ("reads", &["List", "Show", "Query", "查询"]),
    ("changes", &["Update", "Modify", "修改", "更新"]),
];

/// Why a page is refused whose id is only in its link, when its heading does something else: then the link is
/// one to another page.
fn other_deed(page: &Page) -> Option<String> {
    if page.anchor == page.operation {
        return None;
    }
    let deed = |text: &str| {
        DEEDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| begins(text, word)))
            .map(|(deed, _)| *deed)
    };
    let (id, title) = (deed(&page.operation)?, deed(&page.title)?);
    (id != title).then(|| {
        format!(
            "the link to the explorer says `{}`, which {id} something, and the heading `{}` {title} something; \
             page refused, correct the link",
            page.operation, page.title
        )
    })
}

/// Whether a text begins with a word.
fn begins(text: &str, word: &str) -> bool {
    let rest = text.strip_prefix(word);
    rest.is_some_and(|rest| !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{begins, shape};

    #[test]
    fn names_of_parameters_do_not_count() {
        assert_eq!(shape("/v2/{a}/b/{c}"), shape("/v2/{x}/b/{y}"));
        assert_ne!(shape("/v2/{a}/b"), shape("/v2/{a}/c"));
    }

    #[test]
    fn a_word_ends_where_another_begins() {
        assert!(begins("ListWidgets", "List"));
        assert!(begins("List widgets", "List"));
        assert!(begins("查询实例", "查询"));
        assert!(!begins("ListenToWidgets", "List"));
    }
}
