//! Single entries of a chapter. In: its text, and which entries are wanted. Out: those; the others are passed over, which
//! costs little more than looking for their end.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor},
};

/// The entries of a section whose names are wanted.
pub(crate) fn entries<'t, T: Deserialize<'t>>(
    text: &'t str,
    section: &str,
    wants: &dyn Fn(&str) -> bool,
) -> serde_json::Result<BTreeMap<String, T>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let sections = Wanted {
        wants: &|name| name == section,
        seed: &|| Wanted { wants, seed: &|| PhantomData::<T>, of: PhantomData },
        of: PhantomData,
    };
    let found: BTreeMap<String, BTreeMap<String, T>> = sections.deserialize(&mut reader)?;
    reader.end()?;
    Ok(found.into_values().next().unwrap_or_default())
}

/// An object of which only wanted entries are read, each by a seed.
struct Wanted<'a, S> {
    wants: &'a dyn Fn(&str) -> bool,
    seed: &'a dyn Fn() -> S,
    of: PhantomData<S>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Wanted<'_, S> {
    type Value = BTreeMap<String, S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Wanted<'_, S> {
    type Value = BTreeMap<String, S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut found = BTreeMap::new();
        while let Some(name) = entries.next_key::<String>()? {
            if (self.wants)(&name) {
                found.insert(name, entries.next_value_seed((self.seed)())?);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wanted_is_read() {
        let text = r#"{"other":{"a":7},"numbers":{"a":1,"b":"no number","c":3}}"#;
        let of = |wanted: &'static [&str]| {
            entries::<u8>(text, "numbers", &|name| wanted.contains(&name))
        };
        let found: Vec<(String, u8)> = of(&["a", "c", "d"]).unwrap().into_iter().collect();
        assert_eq!(found, [("a".to_owned(), 1), ("c".to_owned(), 3)]);
        assert!(of(&["b"]).is_err());
        assert!(entries::<u8>(text, "strangers", &|_| true).unwrap().is_empty());
        assert!(entries::<u8>("{", "numbers", &|_| true).is_err());
    }
}
