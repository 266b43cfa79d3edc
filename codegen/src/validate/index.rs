//! What the walk noted: where each object of the document stands, and where each reference.

use serde_json::{Map, Value};

use super::kinds::Kind;
use crate::pointer::JsonPointer;

/// The notes.
pub(super) struct Index<'d> {
    pub(super) root: &'d Value,
    pub(super) places: Vec<Place<'d>>,
    pub(super) references: Vec<Reference<'d>>,
}

/// An object of the document.
pub(super) struct Place<'d> {
    pub(super) kind: Kind,
    pub(super) at: JsonPointer,
    pub(super) map: &'d Map<String, Value>,
}

/// An object that only refers to another.
pub(super) struct Reference<'d> {
    /// What is expected there.
    pub(super) kind: Kind,
    /// The place of the object that holds `$ref`.
    pub(super) at: JsonPointer,
    pub(super) target: &'d str,
}

impl<'d> Index<'d> {
    /// All objects of a kind, in document order.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Place<'d>> {
        self.places.iter().filter(move |place| place.kind == kind)
    }

    /// The object itself, or the one that it refers to, with its place.
    pub(super) fn resolve(
        &self,
        value: &'d Value,
        at: &JsonPointer,
    ) -> Option<(&'d Map<String, Value>, JsonPointer)> {
        let map = value.as_object()?;
        let Some(reference) = map.get("$ref") else { return Some((map, at.clone())) };
        let pointer = JsonPointer::parse(reference.as_str()?)?;
        let target = pointer.get(self.root)?.as_object()?;
        Some((target, pointer))
    }

    /// The names in a section of the components.
    pub(super) fn components(&self, section: &str) -> Option<&'d Map<String, Value>> {
        self.root.get("components")?.get(section)?.as_object()
    }
}

impl<'d> Place<'d> {
    pub(super) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.map.get(keyword)?.as_str()
    }

    /// The elements of a list; none when the keyword is absent or something else.
    pub(super) fn list(&self, keyword: &str) -> &'d [Value] {
        self.map.get(keyword).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn object(&self, keyword: &str) -> Option<&'d Map<String, Value>> {
        self.map.get(keyword)?.as_object()
    }

    pub(super) fn has(&self, keyword: &str) -> bool {
        self.map.contains_key(keyword)
    }

    pub(super) fn is_true(&self, keyword: &str) -> bool {
        self.map.get(keyword) == Some(&Value::Bool(true))
    }

    /// The place of a keyword.
    pub(super) fn child(&self, keyword: impl ToString) -> JsonPointer {
        self.at.child(keyword)
    }
}

/// Whether a place is an entry of a section of the components.
pub(super) fn is_component(at: &JsonPointer) -> bool {
    matches!(at.segments(), [components, _, _] if components == "components")
}
