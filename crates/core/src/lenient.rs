//! Lenient deserialization: the vendor's own material disagrees about strings, numbers and booleans.
//!
//! In: a value of a response. Out: the value in the documented type, or an error if it cannot be
//! interpreted. Response fields use it with `#[serde(deserialize_with = "lenient::field")]`.

mod absent;
pub(crate) mod object;
mod or_absent;
mod scalar;
mod structure;

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor},
};

pub use absent::{Absent, absent, or_absent};
use object::no_text;
use or_absent::{Compound, OrAbsent};
pub use scalar::{text, text_or_none};
pub use structure::{
    Structure, read_field, read_field_or_absent, read_other, structure, structure_option,
    structure_or_none,
};

/// A type that can be read from more forms than its own.
///
/// | type | accepts |
/// |---|---|
/// | `String`, [`Secret`](crate::Secret) | a string; a number or a boolean as its text |
/// | integers | a number without a fraction, or a string of one |
/// | `f64`, `f32` | a number, or a string of one |
/// | `bool` | a boolean, `"true"` or `"false"` in any case, 0 or 1 |
/// | `Option<T>` | what `T` accepts, or `null`; for numbers, booleans and structures also `""` |
/// | `Vec<T>`, `BTreeMap<String, T>` | their own form with lenient items, or `null` for none |
/// | structures | an object; never a list by position |
/// | `()` | anything |
///
/// An item of a list, or a value of a map, that an `Option` would read as none is left out, unless
/// its type has a value for it: an `Option`, a list or a map, a `serde_json::Value`.
///
/// What stands in a field, but cannot be meant for its type, does not lose the fields beside it: it is
/// absent, that is `None`, or an empty list or map. So is a number that does not fit into its type.
/// Only an object or a list in the place of a text is kept, as its JSON, unless it is empty.
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

    /// Reads a field of a structure: where absence has a value, what cannot be meant is absent.
    ///
    /// # Errors
    ///
    /// As [`lenient`](Self::lenient), if absence has no value; else only what is inside of a value of
    /// the right kind.
    fn lenient_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::lenient(deserializer)
    }

    /// Reads a value that may be absent, and takes what cannot be meant for absent.
    ///
    /// # Errors
    ///
    /// Only what is inside of a value of the right kind.
    fn lenient_or_none<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Self::lenient_option(deserializer)
    }

    /// Reads an item of a list or a value of a map; none is left out.
    ///
    /// # Errors
    ///
    /// As [`lenient`](Self::lenient).
    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::lenient_option(deserializer)
    }
}

/// Reads a field: `#[serde(deserialize_with = "huaweicloud_core::lenient::field")]`.
///
/// # Errors
///
/// As [`Lenient::lenient_field`].
pub fn field<'de, D: Deserializer<'de>, T: Lenient>(deserializer: D) -> Result<T, D::Error> {
    T::lenient_field(deserializer)
}

/// Lets structures be read leniently by their own `Deserialize`, from objects alone.
///
/// For those that need some field; for all others [`lenient_fields!`](crate::lenient_fields) builds
/// faster.
#[macro_export]
macro_rules! lenient_struct {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::lenient::Lenient for $name {
            fn lenient<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::object(deserializer)
            }

            fn lenient_option<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                $crate::__private::object_option(deserializer)
            }

            fn lenient_or_none<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                $crate::__private::object_or_none(deserializer)
            }
        }
    )+};
}

impl Lenient for () {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(drop)
    }
}

impl Lenient for serde_json::Value {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::lenient(deserializer).map(Some)
    }
}

impl<T: Lenient> Lenient for Option<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_option(deserializer)
    }

    fn lenient_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_or_none(deserializer)
    }

    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::lenient(deserializer).map(Some)
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

    fn lenient_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_field(deserializer).map(Box::new)
    }

    fn lenient_or_none<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::lenient_or_none(deserializer)?.map(Box::new))
    }

    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::lenient_item(deserializer)?.map(Box::new))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }

    fn lenient_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::lenient_or_none(deserializer)?.unwrap_or_default())
    }

    fn lenient_or_none<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(OrAbsent(ListVisitor(PhantomData)))
    }

    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::lenient(deserializer).map(Some)
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TableVisitor(PhantomData))
    }

    fn lenient_field<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::lenient_or_none(deserializer)?.unwrap_or_default())
    }

    fn lenient_or_none<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(OrAbsent(TableVisitor(PhantomData)))
    }

    fn lenient_item<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::lenient(deserializer).map(Some)
    }
}

/// An item of a list or a value of a map.
struct Item<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Item<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::lenient_item(deserializer)
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

impl<T> Compound for ListVisitor<T> {
    const IS_LIST: bool = true;
}

impl<'de, T: Lenient> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Vec<T>, E> {
        Err(no_text(&self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Item(PhantomData))? {
            list.extend(item);
        }
        Ok(list)
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<T> Compound for TableVisitor<T> {
    const IS_LIST: bool = false;
}

impl<'de, T: Lenient> Visitor<'de> for TableVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Err(no_text(&self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut table = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            if key == scalar::NUMBER {
                return Err(A::Error::invalid_type(Unexpected::Other("number"), &self));
            }
            if let Some(value) = entries.next_value_seed(Item(PhantomData))? {
                table.insert(key, value);
            }
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests;
