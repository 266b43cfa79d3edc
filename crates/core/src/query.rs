//! Values in the notation of queries. In: maps, and fields of forms. Out: pairs of texts.

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

/// A map as a part of a query: `name[key]=value` for each of its values. OpenAPI calls this `deepObject`.
#[derive(Clone, Copy, Debug)]
pub struct Entries<'a, T: ?Sized> {
    name: &'a str,
    map: &'a T,
}

impl<'a, T: ?Sized> Entries<'a, T> {
    /// A parameter of this name.
    pub fn new(name: &'a str, map: &'a T) -> Self {
        Self { name, map }
    }
}

impl<T: Serialize + ?Sized> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = serde_json::to_value(self.map).map_err(S::Error::custom)?;
        serializer.collect_seq(entries(self.name, &value))
    }
}

/// The pairs of a map: one for each value, and for each item of a list; none for `null`.
pub fn entries(name: &str, map: &Value) -> Vec<(String, String)> {
    let Value::Object(map) = map else { return Vec::new() };
    let pairs = map.iter().flat_map(|(key, value)| {
        let name = format!("{name}[{key}]");
        texts(value).into_iter().map(move |text| (name.clone(), text))
    });
    pairs.collect()
}

/// The pairs of the fields of a form.
pub fn fields(body: &Value) -> Vec<(String, String)> {
    let fields = body.as_object().into_iter().flatten();
    let pairs =
        fields.flat_map(|(name, value)| texts(value).into_iter().map(|text| (name.clone(), text)));
    pairs.collect()
}

/// The texts of a value: of each item of a list, an object as JSON; none for `null`.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![value.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Entries, entries, fields};

    #[test]
    fn a_pair_for_each_value() {
        let map = json!({"a b": ["x", "y&z"], "c": 1, "d": true, "e": null, "f": []});
        let expected =
            [("tag[a b]", "x"), ("tag[a b]", "y&z"), ("tag[c]", "1"), ("tag[d]", "true")];
        let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(entries("tag", &map), expected);
        assert_eq!(entries("tag", &json!(null)), []);
        let written = serde_json::to_value(Entries::new("tag", &map)).unwrap();
        assert_eq!(
            written,
            json!([["tag[a b]", "x"], ["tag[a b]", "y&z"], ["tag[c]", "1"], ["tag[d]", "true"]])
        );
    }

    #[test]
    fn an_object_in_a_form_is_json() {
        let body = json!({"a": "n", "b": {"a": [1]}, "c": ["x", {"b": 2}], "d": null});
        let expected = [("a", "n"), ("b", "{\"a\":[1]}"), ("c", "x"), ("c", "{\"b\":2}")];
        let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(fields(&body), expected);
        assert_eq!(fields(&json!([1])), []);
    }
}
