//! A string that is never shown by accident: passwords, tokens, keys.

#[cfg(feature = "http")]
mod header;
#[cfg(feature = "http")]
mod masked;
#[cfg(feature = "http")]
mod recorded;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize as _;

#[cfg(feature = "http")]
pub(crate) use header::sensitive;
#[cfg(feature = "http")]
pub(crate) use masked::masked;
#[cfg(feature = "http")]
pub use masked::masked_json;
#[cfg(feature = "http")]
pub(crate) use recorded::Recording;

/// What stands in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// A password, a token or a key.
///
/// `Debug` prints `[redacted]` and there is no `Display`: the text is seen only by who calls
/// [`expose`](Self::expose), and by the service, since serializing writes the text itself. The
/// memory is overwritten when the value is dropped; copies that others made of the text (a
/// `String` it came from, a request on its way) are beyond its reach.
///
/// ```
/// use huaweicloud_core::Secret;
///
/// let password = Secret::new("not-a-real-password");
/// assert_eq!(format!("{password:?}"), "[redacted]");
/// assert_eq!(password.expose(), "not-a-real-password");
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Keep it out of logs and messages.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Takes the same time wherever two texts of one length differ; only the lengths show.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let bytes = self.0.bytes().zip(other.0.bytes());
        let differing = bytes.fold(0, |all, (a, b)| all | (a ^ b));
        self.0.len() == other.0.len() && std::hint::black_box(differing) == 0
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "http")]
        {
            if masked::hides() {
                return serializer.serialize_str(REDACTED);
            }
            recorded::record(self);
        }
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    /// Reads text, and text alone.
    ///
    /// The text of a failed attempt never gets into the error: what stands in the place of a
    /// secret may be one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a string, a format may refuse a number by itself and repeat it.
        deserializer.deserialize_any(SecretVisitor)
    }
}

struct SecretVisitor;

impl serde::de::Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Secret, E> {
        Ok(Secret(text))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Secret, E> {
        Err(E::custom("a boolean where a string is needed"))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Secret, E> {
        Err(E::custom(NUMBER))
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Secret, E> {
        Err(E::custom(NUMBER))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Secret, E> {
        Err(E::custom(NUMBER))
    }
}

const NUMBER: &str = "a number where a string is needed";

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Login {
        user: String,
        password: Secret,
    }

    #[test]
    fn equal_texts_are_equal_and_no_others() {
        assert!(Secret::new("abc") == Secret::new("abc"));
        assert!(Secret::new("abc") != Secret::new("abd"));
        assert!(Secret::new("abc") != Secret::new("abcd"));
        assert!(Secret::new("") == Secret::new(""));
    }

    #[test]
    fn debug_tells_nothing() {
        let login = Login { user: "jo".to_owned(), password: "hunter2".into() };
        assert_eq!(format!("{login:?}"), r#"Login { user: "jo", password: [redacted] }"#);
        assert_eq!(format!("{:#?}", login.password), "[redacted]");
    }

    #[test]
    fn json_carries_the_text() {
        let login: Login = serde_json::from_str(r#"{"user":"jo","password":"hunter2"}"#).unwrap();
        assert_eq!(login.password.expose(), "hunter2");
        assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"user":"jo","password":"hunter2"}"#);
        assert_eq!(login.password.clone().expose(), "hunter2");
    }

    #[test]
    fn errors_tell_nothing() {
        let message = |json| serde_json::from_str::<Secret>(json).unwrap_err().to_string();
        assert_eq!(message("4711"), "a number where a string is needed at line 1 column 4");
        assert_eq!(message("-4711"), "a number where a string is needed at line 1 column 5");
        assert_eq!(message("47.11"), "a number where a string is needed at line 1 column 5");
        assert_eq!(message("true"), "a boolean where a string is needed at line 1 column 4");
        assert!(message("[4711]").starts_with("invalid type: sequence, expected a string at line"));
    }
}
