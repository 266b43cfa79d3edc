//! Which operations belong together. In: the pages. Out: a tag for each, so that clients have one part per tag.
//!
//! No source says what belongs together, but paths do: the first name in a path is that of the resource, unless it
//! is that of the product, which all have.

use std::collections::BTreeSet;

use conventions::paths;

use crate::facts::Page;

/// The tag of an operation: the name of the resource, or else of the product.
pub(super) fn tag(page: &Page) -> Option<String> {
    let product = page.product.as_deref();
    let is_product = |part: &str| product.is_some_and(|product| part.eq_ignore_ascii_case(product));
    let (path, _) = paths::split(&page.path);
    let mut names = path.split('/').filter(|part| is_name(part));
    let first = names.next();
    let found = match first {
        Some(first) if is_product(first) => names.next().or(Some(first)),
        other => other,
    };
    found.map(tidy).filter(|tag| !tag.is_empty()).or_else(|| product.map(str::to_owned))
}

/// All tags, in the order of the pages.
pub(super) fn all<'p>(pages: impl Iterator<Item = &'p Page>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    pages.filter_map(tag).filter(|tag| seen.insert(tag.clone())).collect()
}

/// Whether a part of a path names something: no parameter, and no version of the interface.
fn is_name(part: &str) -> bool {
    let is_version = part.strip_prefix(['v', 'V']).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || ".-_".contains(c))
    });
    !part.is_empty() && !part.contains(['{', '}']) && !is_version
}

/// Without what stands behind a name, such as `.json`, and signs in front of it.
fn tidy(part: &str) -> String {
    let part = part.split('.').next().unwrap_or_default();
    part.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}
