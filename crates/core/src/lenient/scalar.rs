//! Strings, numbers and booleans in each other's form.

use std::fmt;

use serde::{
    Deserialize as _, Deserializer,
    de::{
        Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor, value::SeqAccessDeserializer,
    },
};
use serde_json::Value as Json;

use super::Lenient;
use crate::Secret;

/// Reads a string, or a number or a boolean as its text: `3.0` stays `3.0`.
///
/// # Errors
///
/// What stands there is a list, an object or `null`.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_any(TextVisitor)
}

/// Reads what [`text`] reads; a list or an object is its JSON. `null` and what is empty is none.
///
/// # Errors
///
/// What is inside of a list or an object is no JSON.
pub fn text_or_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(TextOrNone)
}

/// What a type that is made of a text needs to be [`Lenient`]; the path is that of this crate.
#[macro_export]
#[doc(hidden)]
macro_rules! lenient_as_text {
    ($name:ty) => {
        impl $crate::lenient::Lenient for $name {
            fn lenient<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::lenient::text(deserializer).map(Self::from)
            }

            fn lenient_or_none<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                let text = $crate::lenient::text_or_none(deserializer)?;
                ::std::result::Result::Ok(text.map(Self::from))
            }

            fn lenient_item<'de, D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                Self::lenient_or_none(deserializer)
            }
        }
    };
}

lenient_as_text!(String);
lenient_as_text!(Secret);

/// `lenient` and `lenient_option` of a type from a function that reads an `Option` of it.
macro_rules! by_option {
    ($($name:ty: $read:expr, $needed:literal);+ $(;)?) => {$(
        impl Lenient for $name {
            fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Self::lenient_option(deserializer)?;
                value.ok_or_else(|| D::Error::custom(concat!("nothing where ", $needed, " is needed")))
            }

            fn lenient_option<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                match deserializer.deserialize_any(ScalarVisitor($needed))? {
                    Scalar::Blank => Ok(None),
                    Scalar::Compound(kind) => Err(D::Error::invalid_type(kind, &$needed)),
                    scalar => {
                        let value = $read(&scalar);
                        let wrong = || D::Error::invalid_value(scalar.unexpected(), &$needed);
                        value.ok_or_else(wrong).map(Some)
                    }
                }
            }

            fn lenient_or_none<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                let scalar = deserializer.deserialize_any(ScalarVisitor($needed))?;
                Ok($read(&scalar))
            }

            fn lenient_item<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Self>, D::Error> {
                Self::lenient_or_none(deserializer)
            }
        }
    )+};
}

by_option! {
    i8: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 8 bits";
    u8: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 8 bits, not below 0";
    i16: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 16 bits";
    u16: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 16 bits, not below 0";
    i32: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 32 bits";
    u32: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 32 bits, not below 0";
    i64: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 64 bits";
    u64: |s: &Scalar| s.integer()?.try_into().ok(), "a whole number of 64 bits, not below 0";
    f64: Scalar::float, "a number";
    f32: |s: &Scalar| s.float().map(narrow), "a number";
    bool: Scalar::boolean, "true or false";
}

/// The nearest `f32`.
fn narrow(value: f64) -> f32 {
    value as f32
}

/// What stands in the place of a number or a boolean.
enum Scalar {
    /// `null` or `""`.
    Blank,
    Boolean(bool),
    Integer(i128),
    Float(f64),
    /// A text that is not blank, trimmed.
    Text(String),
    /// A list or an object, which was passed over.
    Compound(Unexpected<'static>),
}

impl Scalar {
    fn integer(&self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(*value),
            Self::Float(value) => integral(*value),
            Self::Text(text) => text.parse().ok().or_else(|| integral(text.parse().ok()?)),
            Self::Blank | Self::Boolean(_) | Self::Compound(_) => None,
        }
    }

    fn float(&self) -> Option<f64> {
        let value = match self {
            Self::Integer(value) => *value as f64,
            Self::Float(value) => *value,
            Self::Text(text) => text.parse().ok()?,
            Self::Blank | Self::Boolean(_) | Self::Compound(_) => return None,
        };
        // Rust also reads "inf" and "NaN", which no service means.
        value.is_finite().then_some(value)
    }

    fn boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => match self.integer()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
        }
    }

    /// The kind for a message; a text is not repeated, for nobody knows what it holds.
    fn unexpected(&self) -> Unexpected<'static> {
        match *self {
            Self::Blank => Unexpected::Other("nothing"),
            Self::Boolean(value) => Unexpected::Bool(value),
            Self::Integer(value) => match value.try_into() {
                Ok(value) => Unexpected::Signed(value),
                Err(_) => Unexpected::Other("a large integer"),
            },
            Self::Float(value) => Unexpected::Float(value),
            Self::Text(_) => Unexpected::Other("another text"),
            Self::Compound(kind) => kind,
        }
    }
}

fn integral(value: f64) -> Option<i128> {
    // 2^64: beyond it, no integer type here could hold the value anyway.
    (value.fract() == 0.0 && value.abs() <= 18_446_744_073_709_551_616.0).then_some(value as i128)
}

struct ScalarVisitor(&'static str);

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Blank)
    }

    fn visit_none<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Blank)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Integer(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
        let value = value.trim();
        Ok(if value.is_empty() { Scalar::Blank } else { Scalar::Text(value.to_owned()) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Scalar, A::Error> {
        IgnoredAny.visit_seq(items)?;
        Ok(Scalar::Compound(Unexpected::Seq))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar, A::Error> {
        match entries.next_key::<String>()? {
            Some(key) if key == NUMBER => entries.next_value().map(Scalar::Text),
            first => {
                if first.is_some() {
                    entries.next_value::<IgnoredAny>()?;
                    IgnoredAny.visit_map(entries)?;
                }
                Ok(Scalar::Compound(Unexpected::Map))
            }
        }
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number or a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E>(self, value: f64) -> Result<String, E> {
        // `Debug` keeps the `.0` of a whole number.
        Ok(format!("{value:?}"))
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<String, A::Error> {
        number_text(entries, &self)
    }
}

/// As [`TextVisitor`], and what else there may be.
struct TextOrNone;

macro_rules! as_text {
    ($($method:ident($value:ty)),+ $(,)?) => {$(
        fn $method<E: Error>(self, value: $value) -> Result<Option<String>, E> {
            TextVisitor.$method(value).map(Some)
        }
    )+};
}

impl<'de> Visitor<'de> for TextOrNone {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    as_text! {
        visit_bool(bool), visit_i64(i64), visit_u64(u64), visit_f64(f64), visit_str(&str),
        visit_string(String),
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Option<String>, A::Error> {
        Json::deserialize(SeqAccessDeserializer::new(items)).map(json_text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<String>, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.is_empty() && key == NUMBER {
                return entries.next_value().map(Some);
            }
            object.insert(key, entries.next_value()?);
        }
        Ok(json_text(Json::Object(object)))
    }
}

/// The JSON of a list or an object; nothing if it is empty.
fn json_text(json: Json) -> Option<String> {
    let is_empty = match &json {
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        _ => false,
    };
    (!is_empty).then(|| json.to_string())
}

/// The name of the one entry of an object that is a number; see [`number_text`].
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// The text of a number as `serde_json` hands it over when some crate of the build turned its
/// feature `arbitrary_precision` on: an object of one entry with a reserved key.
fn number_text<'de, A: MapAccess<'de>>(
    mut entries: A,
    expected: &dyn serde::de::Expected,
) -> Result<String, A::Error> {
    match entries.next_key::<String>()?.as_deref() {
        Some(NUMBER) => entries.next_value(),
        _ => Err(A::Error::invalid_type(Unexpected::Map, expected)),
    }
}
