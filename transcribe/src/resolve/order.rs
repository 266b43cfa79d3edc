//! Which pages count, and in which order. In: pages as they came. Out: each operation once, by its id.

use std::collections::BTreeMap;

use super::report::Report;
use crate::facts::Page;

/// The pages by operation id; a second page of an operation, or of a method and path, is refused.
pub(super) fn distinct<'p>(pages: &'p [Page], report: &mut Report) -> Vec<&'p Page> {
    let mut sorted: Vec<&Page> = pages.iter().collect();
    sorted.sort_by_key(|page| (&page.operation, &page.file, page.line));
    let mut operations: BTreeMap<&str, &Page> = BTreeMap::new();
    let mut calls: BTreeMap<(&str, String), &Page> = BTreeMap::new();
    let mut kept = Vec::new();
    for page in sorted {
        if let Some(first) = operations.get(page.operation.as_str()) {
            let message = format!(
                "the operation {} stands in {} already; this page was refused",
                page.operation, first.file
            );
            report.refuse(&page.file, page.line, message);
            continue;
        }
        let call = (page.method.as_str(), shape(&page.path));
        if let Some(first) = calls.get(&call) {
            let message = format!(
                "{} {} is the call of {} in {} already; this page was refused",
                page.method, page.path, first.operation, first.file
            );
            report.refuse(&page.file, page.line, message);
            continue;
        }
        operations.insert(&page.operation, page);
        calls.insert(call, page);
        kept.push(page);
    }
    kept
}

/// A path without the names of its parameters: to a server they mean nothing.
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

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn names_of_parameters_do_not_count() {
        assert_eq!(shape("/v2/{a}/b/{c}"), shape("/v2/{x}/b/{y}"));
        assert_ne!(shape("/v2/{a}/b"), shape("/v2/{a}/c"));
    }
}
