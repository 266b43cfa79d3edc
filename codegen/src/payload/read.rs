//! A payload as it was written. In: JSON text. Out: its value, and every key that stands twice.
//!
//! Which of two values a service takes is not known; a JSON map would silently keep the last.

use std::fmt;

use huaweicloud_core::{Path, Violation};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A payload, and its keys that stand twice. The value holds the last of each.
pub fn read(text: &str) -> Result<(Value, Vec<Violation>), serde_json::Error> {
    let mut twice = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let reader = Reader { at: Path::root(), twice: &mut twice };
    let value = reader.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, twice))
}

struct Reader<'a> {
    at: Path<'a>,
    twice: &'a mut Vec<Violation>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list: Vec<Value> = Vec::new();
        loop {
            let at = self.at.index(list.len());
            let reader = Reader { at, twice: &mut *self.twice };
            match items.next_element_seed(reader)? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let at = self.at.key(&key);
            if map.contains_key(&key) {
                let why = "stands twice; remove one";
                self.twice.push(Violation::error(at.to_string(), "duplicateKey", why));
            }
            let value = entries.next_value_seed(Reader { at, twice: &mut *self.twice })?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_serde_json_reads() {
        let text =
            r#"{"a": [1, -2, 2.5, 1e3, 18446744073709551615, true, null, "\u00e9"], "b": {}}"#;
        let (value, twice) = read(text).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(twice, []);
        assert!(read("{} x").is_err());
        assert!(read(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn a_key_that_stands_twice_is_named() {
        let text = r#"{"a": [{"b c": 1, "b c": {"d": 1, "d": 2}}], "a": 3}"#;
        let (value, twice) = read(text).unwrap();
        let paths: Vec<&str> = twice.iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(paths, [r#"a[0]["b c"]"#, r#"a[0]["b c"].d"#, "a"]);
        assert_eq!(value, serde_json::json!({"a": 3}));
    }
}
