//! What exists in the end, and the names of a batch.

use std::slice;

/// One thing of a service: what it is called, and its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    /// The name that it was asked for by.
    pub name: String,
    /// The id that the service gave it.
    pub id: String,
}

/// How it came to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// It was there before; nothing was ordered.
    Found,
    /// It was ordered now, and the service said so.
    Created,
    /// It was probably ordered now: the order gave no clear answer, and then it was there.
    Adopted,
}

/// What is there in the end: all of it, each name once, in the order of the names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ensured<T = Resource> {
    /// Names and ids; or, where it was waited for, the last answers.
    pub items: Vec<T>,
    /// How they came to be there.
    pub provenance: Provenance,
    /// The order, if this call made one and the service named it.
    pub order_id: Option<String>,
}

impl Ensured {
    pub(super) fn found(items: Vec<Resource>) -> Self {
        Self { items, provenance: Provenance::Found, order_id: None }
    }

    pub(super) fn created(items: Vec<Resource>, order_id: Option<String>) -> Self {
        Self { items, provenance: Provenance::Created, order_id }
    }

    pub(super) fn adopted(items: Vec<Resource>) -> Self {
        Self { items, provenance: Provenance::Adopted, order_id: None }
    }

    /// The same with what is known of the items by now.
    #[doc(hidden)]
    #[inline]
    pub fn with_items<T>(self, items: Vec<T>) -> Ensured<T> {
        Ensured { items, provenance: self.provenance, order_id: self.order_id }
    }
}

impl<T> IntoIterator for Ensured<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Ensured<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The reported things in the order of the names, if they are exactly what was ordered: each name once,
/// each with an id of its own.
pub(super) fn in_order(names: &[String], reported: &[Resource]) -> Option<Vec<Resource>> {
    if reported.len() != names.len() {
        return None;
    }
    let mut items: Vec<Resource> = Vec::with_capacity(names.len());
    for name in names {
        let mut of_name = reported.iter().filter(|item| item.name == *name);
        let (item, None) = (of_name.next()?, of_name.next()) else { return None };
        if item.id.trim().is_empty() || items.iter().any(|known| known.id == item.id) {
            return None;
        }
        items.push(item.clone());
    }
    Some(items)
}

/// The names that a service gives to `count` things of one name: the name itself for one, else the
/// name with `-000`, `-001` and so on.
#[doc(hidden)]
#[inline]
pub fn batch_names(name: &str, count: i64) -> Vec<String> {
    match count {
        ..=1 => vec![name.to_owned()],
        _ => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_batch_count_from_zero() {
        assert_eq!(batch_names("a", 1), ["a"]);
        assert_eq!(batch_names("a", 0), ["a"]);
        assert_eq!(batch_names("a", 2), ["a-000", "a-001"]);
        assert_eq!(batch_names("a", 100)[99], "a-099");
    }

    #[test]
    fn only_what_was_ordered_counts() {
        let of = |items: &[(&str, &str)]| {
            let item = |(name, id): &(&str, &str)| Resource {
                name: (*name).to_owned(),
                id: (*id).to_owned(),
            };
            let reported: Vec<Resource> = items.iter().map(item).collect();
            let items = in_order(&batch_names("a", 2), &reported)?;
            Some(items.into_iter().map(|item| item.id).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(of(&[("a-001", "y"), ("a-000", "x")]).as_deref(), Some("x y"));
        let others: &[&[(&str, &str)]] = &[
            &[],
            &[("a-000", "x")],
            &[("a-000", "x"), ("a-001", "")],
            &[("a-000", "x"), ("a-001", " ")],
            &[("a-000", "x"), ("a-001", "x")],
            &[("a-000", "x"), ("a-000", "y")],
            &[("a-000", "x"), ("b-001", "y")],
            &[("a-000", "x"), ("", "y")],
            &[("a-000", "x"), ("a-001", "y"), ("a-002", "z")],
        ];
        for items in others {
            assert_eq!(of(items), None, "{items:?}");
        }
    }
}
