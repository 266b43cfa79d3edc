//! Substitutes for values that a response omits although requests need them.
//!
//! Only types that are both sent and received need this: a response may omit what a request must have,
//! and a list of a hundred items must not be lost because of it.

use std::collections::BTreeMap;

use serde::Deserializer;

use super::Lenient;
use crate::Secret;

/// A type with a value that says as little as possible: an empty text, list or map, zero, `false`.
pub trait Absent {
    /// That value.
    fn absent() -> Self;
}

/// The value of a field that an answer lacks:
/// `#[serde(default = "huaweicloud_core::lenient::absent")]`.
pub fn absent<T: Absent>() -> T {
    T::absent()
}

/// Reads a field that requests need and answers may lack; `null` is absent, and so is what cannot be
/// meant:
/// `#[serde(deserialize_with = "huaweicloud_core::lenient::or_absent")]`.
///
/// # Errors
///
/// As [`Lenient::lenient_or_none`].
pub fn or_absent<'de, D: Deserializer<'de>, T: Lenient + Absent>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(T::lenient_or_none(deserializer)?.unwrap_or_else(T::absent))
}

macro_rules! empty {
    ($($name:ty),+) => {$(
        impl Absent for $name {
            fn absent() -> Self {
                Self::default()
            }
        }
    )+};
}

empty!(String, bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, serde_json::Value);

impl Absent for Secret {
    fn absent() -> Self {
        Self::new("")
    }
}

impl<T> Absent for Option<T> {
    fn absent() -> Self {
        None
    }
}

impl<T> Absent for Vec<T> {
    fn absent() -> Self {
        Self::new()
    }
}

impl<T> Absent for BTreeMap<String, T> {
    fn absent() -> Self {
        Self::new()
    }
}

impl<T: Absent> Absent for Box<T> {
    fn absent() -> Self {
        Self::new(T::absent())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Group {
        #[serde(default = "absent", deserialize_with = "or_absent")]
        name: String,
        #[serde(default = "absent", deserialize_with = "or_absent")]
        size: i32,
        #[serde(default = "absent", deserialize_with = "or_absent")]
        ips: Vec<String>,
    }

    #[test]
    fn what_is_left_out_is_empty() {
        let empty = Group { name: String::new(), size: 0, ips: Vec::new() };
        assert_eq!(Group::deserialize(json!({})).unwrap(), empty);
        let nulls = json!({ "name": null, "size": null, "ips": null });
        assert_eq!(Group::deserialize(nulls).unwrap(), empty);
        let texts = json!({ "name": 7, "size": "7", "ips": ["a", null] });
        let group = Group { name: "7".to_owned(), size: 7, ips: vec!["a".to_owned()] };
        assert_eq!(Group::deserialize(texts).unwrap(), group);
        let of_other_kinds = json!({ "name": {}, "size": "many", "ips": 7 });
        assert_eq!(Group::deserialize(of_other_kinds).unwrap(), empty);
    }
}
