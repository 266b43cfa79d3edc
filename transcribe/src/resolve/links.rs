//! From the types of rows to tables of the page.
//!
//! In: a page and what `kind` read of its types. Out: the same with the places of tables. A row names
//! its table by anchor; where there is none, the caption is the name of the type or of the field, and
//! where captions tell nothing, the nearest following table that nobody else names is meant. In a package every class
//! that is meant is named, so that only anchors count there.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::{Kind, TypeError};
use crate::facts::{Origin, Page, Place, Row};

/// Which tables of a page can be found under which name.
pub(super) struct Index<'p> {
    page: &'p Page,
    anchors: BTreeMap<&'p str, usize>,
    /// In lower case, each with its tables in the order of the page.
    names: BTreeMap<String, Vec<usize>>,
}

/// A row whose table is still to be found.
pub(super) struct Open {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) kind: Kind<String>,
}

/// Rows, and the table that each got.
pub(super) type Given = Vec<(Open, Option<usize>)>;

impl<'p> Index<'p> {
    pub(super) fn new(page: &'p Page) -> Self {
        let mut anchors = BTreeMap::new();
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, table) in page.tables.iter().enumerate() {
            if let Some(anchor) = &table.anchor {
                anchors.entry(anchor.as_str()).or_insert(i);
            }
            if page.origin == Origin::Reference && matches!(table.place, Place::Schema { .. }) {
                let marked = table.anchor.as_deref().and_then(marked);
                for name in called(&table.caption).into_iter().chain(marked) {
                    let tables = names.entry(name.to_lowercase()).or_default();
                    if tables.last() != Some(&i) {
                        tables.push(i);
                    }
                }
            }
        }
        Self { page, anchors, names }
    }

    /// The type with its tables; nothing when no name leads to one, an error when a link leads nowhere.
    pub(super) fn resolve(
        &self,
        table: usize,
        row: &Row,
        kind: Kind<String>,
    ) -> Result<Option<Kind<usize>>, TypeError> {
        let free = matches!(kind.leaf(), Kind::Object | Kind::Any);
        let named = match kind.leaf() {
            Kind::Table(name) => Some(name.clone()),
            _ if !free => None,
            _ => row.type_anchor.as_ref().map(|_| row.name.clone()),
        };
        let by_anchor = row.type_anchor.as_deref().and_then(|anchor| self.anchors.get(anchor));
        let found = match (&named, by_anchor) {
            (Some(_), Some(target)) => Some(*target),
            (Some(name), None) => {
                self.nearest(table, name).or_else(|| self.nearest(table, &row.name))
            }
            (None, _) if free => self.nearest(table, &row.name),
            (None, _) => None,
        };
        match (found, &row.type_anchor) {
            (None, Some(anchor)) if named.is_some() => Err(TypeError::DeadLink(anchor.clone())),
            (None, _) if named.is_some() => Ok(None),
            (target, _) => Ok(Some(fill(kind, target))),
        }
    }

    /// The table of that name: one of the same side of the call first, and of several the next one.
    fn nearest(&self, from: usize, name: &str) -> Option<usize> {
        let all = self.names.get(&name.to_lowercase())?;
        let side = self.is_answer(from);
        let same = || all.iter().copied().filter(|i| self.is_answer(*i) == side);
        same()
            .find(|i| *i > from)
            .or_else(|| same().next_back())
            .or_else(|| all.iter().copied().find(|i| *i > from))
            .or_else(|| all.last().copied())
    }

    fn is_answer(&self, table: usize) -> bool {
        self.page.tables.get(table).is_some_and(|table| {
            matches!(
                table.place,
                Place::Schema { answer: true }
                    | Place::ResponseBody { .. }
                    | Place::ResponseHeaders { .. }
            )
        })
    }

    /// Gives open rows the tables that no other row leads to, each the next one.
    ///
    /// A row that names a type must have one. An `Object` may well have none, so that these rows only
    /// get tables if there are as many of them as tables are left over.
    pub(super) fn orphans(
        &self,
        reached: &BTreeSet<usize>,
        named: Vec<Open>,
        free: Vec<Open>,
    ) -> (Given, Given) {
        let is_left = |i: &usize| {
            let place = self.page.tables.get(*i).map(|table| &table.place);
            matches!(place, Some(Place::Schema { .. })) && !reached.contains(i)
        };
        let mut left: BTreeSet<usize> = (0..self.page.tables.len()).filter(is_left).collect();
        let mut next = |open: Open| {
            let side = self.is_answer(open.table);
            let found = left.range(open.table + 1..).copied().find(|i| self.is_answer(*i) == side);
            if let Some(found) = found {
                left.remove(&found);
            }
            (open, found)
        };
        let named: Vec<_> = named.into_iter().map(&mut next).collect();
        let count =
            |answer: bool| free.iter().filter(|open| self.is_answer(open.table) == answer).count();
        let (asked, answered) = (count(false), count(true));
        let free = free.into_iter().map(&mut next).collect::<Vec<_>>();
        let given = |answer: bool| {
            let of = |(open, found): &&(Open, Option<usize>)| {
                found.is_some() && self.is_answer(open.table) == answer
            };
            free.iter().filter(of).count()
        };
        let rest = |answer: bool| left.iter().filter(|i| self.is_answer(**i) == answer).count();
        let fits =
            [asked == given(false) && rest(false) == 0, answered == given(true) && rest(true) == 0];
        let keep = |(open, found): (Open, Option<usize>)| {
            let found = found.filter(|_| fits[usize::from(self.is_answer(open.table))]);
            (open, found)
        };
        (named, free.into_iter().map(keep).collect())
    }
}

/// Puts a table where the type leaves one open; without one the type says `Object`.
pub(super) fn fill(kind: Kind<String>, target: Option<usize>) -> Kind<usize> {
    match (kind, target) {
        (Kind::Array(inner), _) => Kind::Array(Box::new(fill(*inner, target))),
        (Kind::Map(inner), _) => Kind::Map(Box::new(fill(*inner, target))),
        (Kind::Table(_) | Kind::Object | Kind::Any, Some(target)) => Kind::Table(target),
        (Kind::Table(_) | Kind::Object, None) => Kind::Object,
        (Kind::Any, None) => Kind::Any,
        (Kind::String, _) => Kind::String,
        (Kind::Whole, _) => Kind::Whole,
        (Kind::Int32, _) => Kind::Int32,
        (Kind::Int64, _) => Kind::Int64,
        (Kind::Double, _) => Kind::Double,
        (Kind::Boolean, _) => Kind::Boolean,
        (Kind::Binary, _) => Kind::Binary,
    }
}

/// The name in an anchor such as `request_Tag`; what stands in front differs from service to service.
pub(super) fn marked(anchor: &str) -> Option<&str> {
    let name = |marker: &str| anchor.rsplit_once(marker).map(|(_, name)| name);
    name("request_").or_else(|| name("response_")).filter(|name| !name.is_empty())
}

/// The names in a caption: all of it, its first word, and what follows the last dot of that.
pub(super) fn called(caption: &str) -> Vec<&str> {
    let caption = caption.trim();
    let end = caption.find(|c: char| !c.is_ascii_graphic()).unwrap_or(caption.len());
    let word = caption.get(..end).unwrap_or_default();
    let last = word.rsplit_once('.').map_or(word, |(_, last)| last);
    let mut names = vec![caption, word, last];
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::{called, marked};

    #[test]
    fn names_of_anchors_and_captions() {
        assert_eq!(marked("request_Tag"), Some("Tag"));
        assert_eq!(marked("topic_012_response_Tag_1"), Some("Tag_1"));
        assert_eq!(marked("responseParameter"), None);
        assert_eq!(called("Tag"), ["Tag"]);
        assert_eq!(called("tags字段"), ["tags字段", "tags"]);
        assert_eq!(called("auth.identity"), ["auth.identity", "identity"]);
        assert!(called(" ").is_empty());
    }
}
