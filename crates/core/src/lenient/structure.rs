//! Structures without required fields, read by one shared loop.
//!
//! In: the entries of an object. Out: a structure, each field read leniently. A generated crate only
//! maps names to fields; the code that serde's derive would generate for each structure is
//! here, once, so that a crate with many structures builds quickly.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Unexpected, Visitor},
};

use super::{
    Absent, Item, Lenient,
    object::{OrNone, no_text},
    or_absent::{Compound, OrAbsent},
    scalar::NUMBER,
};

/// A structure that is read from an object, and of which every field may be absent.
///
/// [`lenient_fields!`](crate::lenient_fields) makes it [`Lenient`] and lets serde read it. What has
/// no name here is ignored, and a name that comes twice is an error.
///
/// ```
/// use huaweicloud_core::{lenient::{Structure, read_field}, lenient_fields};
/// # use serde::de::MapAccess;
///
/// #[derive(Default)]
/// struct Node {
///     id: Option<String>,
///     zones: Vec<String>,
/// }
///
/// impl Structure for Node {
///     const NAMES: &'static [&'static str] = &["nodeId", "zones"];
///
///     fn empty() -> Self {
///         Self::default()
///     }
///
///     fn read<'de, A: MapAccess<'de>>(
///         &mut self,
///         field: usize,
///         entries: &mut A,
///     ) -> Result<(), A::Error> {
///         match field {
///             0 => read_field(entries, &mut self.id),
///             _ => read_field(entries, &mut self.zones),
///         }
///     }
/// }
///
/// lenient_fields!(Node);
///
/// let node: Node = serde_json::from_str(r#"{"nodeId":7,"zones":null,"new":1}"#)?;
/// assert_eq!(node.id.as_deref(), Some("7"));
/// assert!(node.zones.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Structure: Sized {
    /// The names of the fields on the wire; a field is known by its place here.
    const NAMES: &'static [&'static str];

    /// What an object without entries means.
    fn empty() -> Self;

    /// Whether entries that have no name here are kept.
    const KEEPS_OTHERS: bool = false;

    /// Reads the next value of the entries into a field, with [`read_field`] or [`read_field_or_absent`].
    ///
    /// # Errors
    ///
    /// The value cannot be meant for the field.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: usize,
        entries: &mut A,
    ) -> Result<(), A::Error>;

    /// Reads the next value of the entries where the name is none of these, with [`read_other`].
    ///
    /// # Errors
    ///
    /// The value cannot be meant for what keeps it.
    fn read_other<'de, A: MapAccess<'de>>(
        &mut self,
        _name: String,
        entries: &mut A,
    ) -> Result<(), A::Error> {
        entries.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads the next value of the entries into a map of what has no field of its own, as an item of a map is read.
///
/// # Errors
///
/// As [`Lenient::lenient_item`].
pub fn read_other<'de, A: MapAccess<'de>, T: Lenient>(
    entries: &mut A,
    name: String,
    others: &mut BTreeMap<String, T>,
) -> Result<(), A::Error> {
    if let Some(value) = entries.next_value_seed(Item(PhantomData))? {
        others.insert(name, value);
    }
    Ok(())
}

/// Reads the next value of the entries as [`Lenient::lenient_field`] does.
///
/// # Errors
///
/// As [`Lenient::lenient_field`].
pub fn read_field<'de, A: MapAccess<'de>, T: Lenient>(
    entries: &mut A,
    field: &mut T,
) -> Result<(), A::Error> {
    *field = entries.next_value_seed(Value(PhantomData))?;
    Ok(())
}

/// Reads the next value of the entries; `null` is absent, and so is what cannot be meant.
///
/// # Errors
///
/// As [`Lenient::lenient_or_none`].
pub fn read_field_or_absent<'de, A: MapAccess<'de>, T: Lenient + Absent>(
    entries: &mut A,
    field: &mut T,
) -> Result<(), A::Error> {
    let value: Option<T> = entries.next_value_seed(Value(PhantomData))?;
    *field = value.unwrap_or_else(T::absent);
    Ok(())
}

/// Reads a structure; the macro [`lenient_fields!`](crate::lenient_fields) calls it.
///
/// # Errors
///
/// What stands there is no object, an entry does not fit, or there are two of one name.
pub fn structure<'de, D: Deserializer<'de>, T: Structure>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(StructureVisitor(PhantomData))
}

/// Reads a structure that may be absent: `null` and `""` are none.
///
/// # Errors
///
/// As [`structure`].
pub fn structure_option<'de, D: Deserializer<'de>, T: Structure>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(OrNone(StructureVisitor(PhantomData)))
}

/// Reads a structure that may be absent: what is no object is none.
///
/// # Errors
///
/// As [`structure`], but for what is no object.
pub fn structure_or_none<'de, D: Deserializer<'de>, T: Structure>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(OrAbsent(StructureVisitor(PhantomData)))
}

/// Lets types that are a [`Structure`](crate::lenient::Structure) be read, from objects alone.
#[macro_export]
macro_rules! lenient_fields {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::lenient::Lenient for $name {
            fn lenient<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::lenient::structure(deserializer)
            }

            fn lenient_option<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                $crate::lenient::structure_option(deserializer)
            }

            fn lenient_or_none<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                $crate::lenient::structure_or_none(deserializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::lenient::structure(deserializer)
            }
        }
    )+};
}

struct StructureVisitor<T>(PhantomData<T>);

impl<T> Compound for StructureVisitor<T> {
    const IS_LIST: bool = false;
}

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        structure(deserializer)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<T, E> {
        Err(no_text(&self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let mut read = T::empty();
        let mut seen = vec![false; T::NAMES.len()];
        let mut is_first = true;
        let (names, keeps_others) = (T::NAMES, T::KEEPS_OTHERS);
        while let Some(entry) = entries.next_key_seed(Names { names, keeps_others, is_first })? {
            is_first = false;
            match entry {
                Entry::Number => {
                    return Err(A::Error::invalid_type(Unexpected::Other("number"), &self));
                }
                Entry::Unknown => drop(entries.next_value::<IgnoredAny>()?),
                Entry::Other(name) => read.read_other(name, &mut entries)?,
                Entry::Field(field) => {
                    if std::mem::replace(&mut seen[field], true) {
                        return Err(A::Error::duplicate_field(T::NAMES[field]));
                    }
                    read.read(field, &mut entries)?;
                }
            }
        }
        Ok(read)
    }
}

/// What an entry is, by its name.
enum Entry {
    Field(usize),
    /// Something newer than this crate.
    Unknown,
    /// One of the others, which are kept.
    Other(String),
    /// No entry at all: a number, as `serde_json` has it with `arbitrary_precision`.
    Number,
}

/// Reads the name of an entry.
struct Names {
    names: &'static [&'static str],
    keeps_others: bool,
    is_first: bool,
}

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Names {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Entry, E> {
        if self.is_first && name == NUMBER {
            return Ok(Entry::Number);
        }
        Ok(match self.names.iter().position(|known| *known == name) {
            Some(field) => Entry::Field(field),
            None if self.keeps_others => Entry::Other(name.to_owned()),
            None => Entry::Unknown,
        })
    }
}

/// Reads a field leniently.
struct Value<T>(PhantomData<T>);

impl<'de, T: Lenient> DeserializeSeed<'de> for Value<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::lenient_field(deserializer)
    }
}

#[cfg(test)]
mod tests;
