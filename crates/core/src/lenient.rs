//! Reading whatever a service means: its own material disagrees on string, number and boolean.
//!
//! In: a value of an answer. Out: the value in the documented type, or an error when it cannot be
//! meant. Fields of answers use it as `#[serde(deserialize_with = "lenient::field")]`.

mod scalar;

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

pub use scalar::text;

/// A type that can be read from more forms than its own.
///
/// | type | accepts |
/// |---|---|
/// | `String`, [`Secret`](crate::Secret) | a string; a number or a boolean as its text |
/// | integers | a number without a fraction, or a string of one |
/// | `f64`, `f32` | a number, or a string of one |
/// | `bool` | a boolean, `"true"` or `"false"` in any case, 0 or 1 |
/// | `Option<T>` | what `T` accepts, or `null`; for numbers and booleans also `""` |
/// | `Vec<T>`, `BTreeMap<String, T>` | their own form with lenient items, or `null` for none |
/// | structures | their own form |
///
/// Numbers of more than 64 bits lose digits before they get here, unless `serde_json` is built
/// with `arbitrary_precision`; then strings keep every digit as it was written.
pub trait Lenient: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// What stands there cannot mean a value of this type. The error says which kind was found
    /// and which is needed.
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads a value that may be absent: `null` is none.
    ///
    /// # Errors
    ///
    /// As [`lenient`](Self::lenient).
    fn lenient_option<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }
}

/// Reads a field: `#[serde(deserialize_with = "huaweicloud_core::lenient::field")]`.
///
/// # Errors
///
/// As [`Lenient::lenient`].
pub fn field<'de, D: Deserializer<'de>, T: Lenient>(deserializer: D) -> Result<T, D::Error> {
    T::lenient(deserializer)
}

/// Lets types be read leniently by their own `Deserialize`.
#[macro_export]
macro_rules! lenient_struct {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::lenient::Lenient for $name {
            fn lenient<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <Self as $crate::__private::serde::Deserialize>::deserialize(deserializer)
            }
        }
    )+};
}

lenient_struct!(serde_json::Value);

impl<T: Lenient> Lenient for Option<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_option(deserializer)
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient(deserializer).map(Box::new)
    }

    fn lenient_option<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::lenient_option(deserializer)?.map(Box::new))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TableVisitor(PhantomData))
    }
}

/// An item of a list or a value of a map.
struct Item<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Item<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::lenient(deserializer)
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::lenient(deserializer).map(Some)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Item(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for TableVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            table.insert(key, entries.next_value_seed(Item(PhantomData))?);
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests;
