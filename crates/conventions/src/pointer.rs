//! JSON pointers (RFC 6901), written as URI fragments: `#/paths/~1books/get`.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A place in a document. Order is by segment, so that a parent comes before its children.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPointer(Vec<String>);

impl JsonPointer {
    /// The whole document, `#`.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place below this one under a key or an index.
    #[must_use]
    pub fn child(&self, segment: impl ToString) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment.to_string());
        Self(segments)
    }

    /// The place below this one along several keys.
    #[must_use]
    pub fn join<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = self.0.clone();
        all.extend(segments.into_iter().map(str::to_owned));
        Self(all)
    }

    /// The place above; nothing above the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    /// The way from a place above to this one, as decoded segments; nothing when it is not above.
    pub fn below(&self, above: &Self) -> Option<&[String]> {
        self.0.strip_prefix(above.0.as_slice())
    }

    /// Reads `#/a/b~1c`; `None` when the text is no pointer into the same document.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('#')?;
        if rest.is_empty() {
            return Some(Self::root());
        }
        let rest = rest.strip_prefix('/')?;
        Some(Self(rest.split('/').map(unescape).collect()))
    }

    /// The decoded segments, outermost first.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// The innermost segment.
    pub fn last(&self) -> Option<&str> {
        self.0.last().map(String::as_str)
    }

    /// The value at this place.
    pub fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(root, |value, segment| match value {
            Value::Object(map) => map.get(segment),
            Value::Array(list) => list.get(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The same, to change it.
    pub fn get_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(root, |value, segment| match value {
            Value::Object(map) => map.get_mut(segment),
            Value::Array(list) => list.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// A key as a pointer has it.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key that a segment of a pointer stands for.
pub fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for segment in &self.0 {
            write!(f, "/{}", escape(segment))?;
        }
        Ok(())
    }
}

impl Serialize for JsonPointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let pointer = JsonPointer::root().join(["paths", "/v2/{id}", "a~b"]).child(3);
        assert_eq!(pointer.to_string(), "#/paths/~1v2~1{id}/a~0b/3");
        assert_eq!(JsonPointer::parse(&pointer.to_string()), Some(pointer));
    }

    #[test]
    fn places_above_and_below() {
        let root = JsonPointer::root();
        let at = root.join(["a", "b/c"]);
        assert_eq!(at.parent(), Some(root.child("a")));
        assert_eq!(root.parent(), None);
        assert_eq!(at.below(&root.child("a")), Some(["b/c".to_owned()].as_slice()));
        assert_eq!(at.below(&at), Some([].as_slice()));
        assert_eq!(at.below(&root.child("ab")), None);
    }

    #[test]
    fn a_value_is_changed_where_it_is_found() {
        let mut value = serde_json::json!({"a": [{"b": 1}]});
        let at = JsonPointer::root().join(["a", "0", "b"]);
        *at.get_mut(&mut value).unwrap() = 2.into();
        assert_eq!(at.get(&value), Some(&2.into()));
        assert_eq!(at.child("c").get_mut(&mut value), None);
    }

    #[test]
    fn only_the_same_document_is_a_pointer() {
        assert_eq!(JsonPointer::parse("other.yaml#/a"), None);
        assert_eq!(JsonPointer::parse("#a"), None);
        assert_eq!(JsonPointer::parse("#"), Some(JsonPointer::root()));
    }
}
