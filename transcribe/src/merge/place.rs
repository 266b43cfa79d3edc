//! Places on the two sides of merging, and the values there. A place is a JSON pointer; people see it as
//! `#/a/b~1c`.
//!
//! A place of what a source states and a place of the document that people edit are two types, so that
//! nothing is looked up on the wrong side.

use std::{fmt, marker::PhantomData, sync::LazyLock};

use conventions::pointer::{escape, unescape};
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

/// A JSON pointer (RFC 6901), without the leading `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<S> {
    pointer: String,
    side: PhantomData<S>,
}

impl<S> Place<S> {
    /// Reads a pointer with or without `#` in front.
    pub fn new(pointer: &str) -> Self {
        Self::of(pointer.strip_prefix('#').unwrap_or(pointer).to_owned())
    }

    fn of(pointer: String) -> Self {
        Self { pointer, side: PhantomData }
    }

    /// The place of a component.
    pub(super) fn component(kind: &str, name: &str) -> Self {
        Self::of(String::new()).child("components").child(kind).child(name)
    }

    /// The place below this one under a key or an index.
    #[must_use]
    pub fn child(&self, key: impl ToString) -> Self {
        Self::of(format!("{}/{}", self.pointer, escape(&key.to_string())))
    }

    /// The place above; nothing above the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let at = self.pointer.rfind('/')?;
        Some(Self::of(self.pointer.get(..at).unwrap_or_default().to_owned()))
    }

    /// This place and all above it, the nearest first.
    pub(super) fn upwards(&self) -> impl Iterator<Item = Self> + use<S> {
        std::iter::successors(Some(Self::of(self.pointer.clone())), Self::parent)
    }

    /// The last key, decoded; empty for the whole document.
    pub fn last(&self) -> String {
        unescape(self.pointer.rsplit('/').next().unwrap_or_default())
    }

    /// The pointer without `#`.
    pub fn as_str(&self) -> &str {
        &self.pointer
    }

    /// The way from the other place to this one, when it leads down.
    pub(super) fn below(&self, other: &Self) -> Option<&str> {
        self.pointer
            .strip_prefix(&other.pointer)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The place along a way that `below` gave.
    pub(super) fn join(&self, way: &str) -> Self {
        Self::of(format!("{}{way}", self.pointer))
    }

    /// Whether it is a whole schema of the components.
    pub(super) fn is_schema(&self) -> bool {
        self.parent().is_some_and(|at| at.as_str() == "/components/schemas")
    }
}

impl<S> fmt::Display for Place<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.pointer)
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
        self.root.pointer(&at.pointer)
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
