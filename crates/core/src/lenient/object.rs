//! Structures: only from objects, never from a list by position.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, Expected, IntoDeserializer as _, MapAccess, Unexpected, Visitor,
        value::MapAccessDeserializer,
    },
};

use super::{
    or_absent::{Compound, OrAbsent},
    scalar::NUMBER,
};

/// Reads a structure; the macro `lenient_struct!` calls it.
///
/// # Errors
///
/// What stands there is no object, or the object does not fit.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

/// Reads a structure that may be absent: `null` and `""` are none.
///
/// # Errors
///
/// As [`object`].
pub fn object_option<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(OrNone(ObjectVisitor(PhantomData)))
}

/// Reads a structure that may be absent: what is no object is none.
///
/// # Errors
///
/// The object does not fit.
pub fn object_or_none<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(OrAbsent(ObjectVisitor(PhantomData)))
}

/// The error of a text in another place; it is not repeated, for nobody knows what it holds.
pub(super) fn no_text<E: Error>(expected: &dyn Expected) -> E {
    E::invalid_type(Unexpected::Other("string"), expected)
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<T> Compound for ObjectVisitor<T> {
    const IS_LIST: bool = false;
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        object(deserializer)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<T, E> {
        Err(no_text(&self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let first = entries.next_key::<String>()?;
        if first.as_deref() == Some(NUMBER) {
            return Err(A::Error::invalid_type(Unexpected::Other("number"), &self));
        }
        T::deserialize(MapAccessDeserializer::new(Peeked { first, entries }))
    }
}

/// Entries of which the first name was read already.
struct Peeked<A> {
    first: Option<String>,
    entries: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Peeked<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(first) => seed.deserialize(first.into_deserializer()).map(Some),
            None => self.entries.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.entries.next_value_seed(seed)
    }
}

/// Reads what another visitor reads from an object; `null` and `""` are none.
pub(super) struct OrNone<V>(pub(super) V);

impl<'de, V: Visitor<'de>> Visitor<'de> for OrNone<V> {
    type Value = Option<V::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        if value.trim().is_empty() { Ok(None) } else { Err(no_text(&self)) }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        self.0.visit_map(entries).map(Some)
    }
}
