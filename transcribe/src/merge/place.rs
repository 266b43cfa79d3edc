//! Places in a document, and the values there. A place is a JSON pointer; people see it as `#/a/b~1c`.

use std::{fmt, sync::LazyLock};

use serde_json::{Map, Value};

/// A JSON pointer (RFC 6901), without the leading `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(String);

impl Place {
    /// Reads a pointer with or without `#` in front.
    pub fn new(pointer: &str) -> Self {
        Self(pointer.strip_prefix('#').unwrap_or(pointer).to_owned())
    }

    /// The place of a component.
    pub(super) fn component(kind: &str, name: &str) -> Self {
        Self::default().child("components").child(kind).child(name)
    }

    /// The place below this one under a key or an index.
    #[must_use]
    pub fn child(&self, key: impl ToString) -> Self {
        Self(format!("{}/{}", self.0, key.to_string().replace('~', "~0").replace('/', "~1")))
    }

    /// The place above; nothing above the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|at| Self(self.0.get(..at).unwrap_or_default().to_owned()))
    }

    /// The last key, decoded; empty for the whole document.
    pub fn last(&self) -> String {
        let last = self.0.rsplit('/').next().unwrap_or_default();
        last.replace("~1", "/").replace("~0", "~")
    }

    /// The pointer without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way from the other place to this one, when it leads down.
    pub(super) fn below(&self, other: &Self) -> Option<&str> {
        self.0.strip_prefix(&other.0).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The place along a way that `below` gave.
    pub(super) fn join(&self, way: &str) -> Self {
        Self(format!("{}{way}", self.0))
    }

    pub(super) fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        root.pointer(&self.0)
    }

    /// The object there; an empty one where there is none.
    pub(super) fn object<'v>(&self, root: &'v Value) -> &'v Map<String, Value> {
        self.get(root).and_then(Value::as_object).unwrap_or(&NOTHING)
    }

    /// The list there; an empty one where there is none.
    pub(super) fn list<'v>(&self, root: &'v Value) -> &'v [Value] {
        self.get(root).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The value of a key of the object there.
    pub(super) fn key<'v>(&self, root: &'v Value, key: &str) -> Option<&'v Value> {
        self.object(root).get(key)
    }

    /// The text of a key of the object there.
    pub(super) fn text<'v>(&self, root: &'v Value, key: &str) -> Option<&'v str> {
        self.key(root, key).and_then(Value::as_str)
    }

    pub(super) fn object_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Map<String, Value>> {
        root.pointer_mut(&self.0).and_then(Value::as_object_mut)
    }

    pub(super) fn list_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Vec<Value>> {
        root.pointer_mut(&self.0).and_then(Value::as_array_mut)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// What an absent object holds.
static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// Inserts an entry behind the first of these keys that is there, or as the last one.
pub(super) fn insert_behind<'k>(
    map: &mut Map<String, Value>,
    keys: impl IntoIterator<Item = &'k str>,
    key: &str,
    value: Value,
) {
    let behind = keys.into_iter().find_map(|before| map.keys().position(|known| known == before));
    map.shift_insert(behind.map_or(map.len(), |at| at + 1), key.to_owned(), value);
}
