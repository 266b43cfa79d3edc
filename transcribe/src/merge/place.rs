//! Places on the two sides of merging, and the values there. A place is a JSON pointer; people see it as
//! `#/a/b~1c`.
//!
//! A place of what a source states and a place of the document that people edit are two types, so that
//! nothing is looked up on the wrong side.

use std::{fmt, marker::PhantomData, sync::LazyLock};

use conventions::pointer::JsonPointer;
use serde_json::{Map, Value};

/// The side of a source: its statements, as a document of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated;

/// The side of the document that people edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edited;

/// A place in the statements of a source.
pub type PagePlace = Place<Stated>;

/// A place in the document that people edit.
pub type DocPlace = Place<Edited>;

/// A place of one side.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<S> {
    pointer: JsonPointer,
    side: PhantomData<S>,
}

impl<S> From<JsonPointer> for Place<S> {
    fn from(pointer: JsonPointer) -> Self {
        Self { pointer, side: PhantomData }
    }
}

impl<S> Place<S> {
    /// The place along these keys.
    pub(super) fn of<const N: usize>(keys: [&str; N]) -> Self {
        JsonPointer::root().join(keys).into()
    }

    /// The place that a `$ref` names; nothing when that is no place of the same document.
    pub(super) fn of_reference(target: &str) -> Option<Self> {
        JsonPointer::parse(target).map(Self::from)
    }

    /// The place of a component.
    pub(super) fn component(kind: &str, name: &str) -> Self {
        Self::of(["components", kind, name])
    }

    /// The place without its side, to look for the same one on the other.
    pub fn pointer(&self) -> &JsonPointer {
        &self.pointer
    }

    /// The place below this one under a key or an index.
    #[must_use]
    pub fn child(&self, key: impl ToString) -> Self {
        self.pointer.child(key).into()
    }

    /// The place above; nothing above the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.pointer.parent().map(Self::from)
    }

    /// This place and all above it, the nearest first.
    pub(super) fn upwards(&self) -> impl Iterator<Item = Self> + use<S> {
        std::iter::successors(Some(self.pointer.clone()), JsonPointer::parent).map(Self::from)
    }

    /// The last key; empty for the whole document.
    pub fn last(&self) -> &str {
        self.pointer.last().unwrap_or_default()
    }

    /// The way from the other place to this one, when it leads down.
    pub(super) fn below(&self, other: &Self) -> Option<&[String]> {
        self.pointer.below(&other.pointer)
    }

    /// The place along a way that `below` gave.
    pub(super) fn join(&self, way: &[String]) -> Self {
        self.pointer.join(way.iter().map(String::as_str)).into()
    }

    /// Whether it is a whole component of some kind.
    pub(super) fn is_component(&self) -> bool {
        matches!(self.pointer.segments(), [components, _, _] if components == "components")
    }

    /// Whether it is a whole schema of the components.
    pub(super) fn is_schema(&self) -> bool {
        self.is_component() && self.parent().is_some_and(|at| at.last() == "schemas")
    }
}

impl<S> fmt::Display for Place<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pointer.fmt(f)
    }
}

/// A whole document of one side, to look places up in.
#[derive(Debug)]
pub(super) struct Tree<'v, S> {
    root: &'v Value,
    side: PhantomData<S>,
}

impl<S> Clone for Tree<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Tree<'_, S> {}

/// What an absent object holds.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl<'v, S> Tree<'v, S> {
    pub(super) fn new(root: &'v Value) -> Self {
        Self { root, side: PhantomData }
    }

    pub(super) fn get(&self, at: &Place<S>) -> Option<&'v Value> {
        at.pointer.get(self.root)
    }

    /// The object there; an empty one where there is none.
    pub(super) fn object(&self, at: &Place<S>) -> &'v Map<String, Value> {
        self.get(at).and_then(Value::as_object).unwrap_or(&NOTHING)
    }

    /// The keys of the object there.
    pub(super) fn keys(&self, at: &Place<S>) -> impl Iterator<Item = &'v String> + use<'v, S> {
        self.object(at).keys()
    }

    /// The list there; an empty one where there is none.
    pub(super) fn list(&self, at: &Place<S>) -> &'v [Value] {
        self.get(at).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The value of a key of the object there.
    pub(super) fn key(&self, at: &Place<S>, key: &str) -> Option<&'v Value> {
        self.object(at).get(key)
    }

    /// The text of a key of the object there.
    pub(super) fn text(&self, at: &Place<S>, key: &str) -> Option<&'v str> {
        self.key(at, key).and_then(Value::as_str)
    }
}
