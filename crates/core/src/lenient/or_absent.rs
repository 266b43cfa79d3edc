//! A list, a map or a structure in a field: a value of another type is skipped, and the field is
//! absent.

use std::fmt;

use serde::{
    Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A visitor of a list, or of an object.
pub(super) trait Compound {
    /// Whether it is a list.
    const IS_LIST: bool;
}

/// Reads what another visitor reads from a list or an object; all else is none.
pub(super) struct OrAbsent<V>(pub(super) V);

macro_rules! absent {
    ($($method:ident($value:ty)),+ $(,)?) => {$(
        fn $method<E>(self, _: $value) -> Result<Self::Value, E> {
            Ok(None)
        }
    )+};
}

impl<'de, V: Visitor<'de> + Compound> Visitor<'de> for OrAbsent<V> {
    type Value = Option<V::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    absent!(visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64), visit_str(&str));

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        if V::IS_LIST {
            return self.0.visit_seq(items).map(Some);
        }
        IgnoredAny.visit_seq(items).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        if !V::IS_LIST {
            return self.0.visit_map(entries).map(Some);
        }
        IgnoredAny.visit_map(entries).map(|_| None)
    }
}
