//! A file to send. In: its bytes and its name. Out: a [`File`], for a field of a form or a whole
//! body.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The contents of a file, with its name and its media type where these are known.
///
/// Cheap to clone. `Debug` shows how long it is, and nothing of what is in it.
///
/// ```
/// use huaweicloud_core::File;
///
/// let file = File::new(*b"key,value").named("export.csv").media_type("text/csv");
/// assert_eq!(file.bytes().len(), 9);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: Option<String>,
    media_type: Option<String>,
    bytes: Arc<[u8]>,
}

impl File {
    /// A file without a name; in a form it is called like its field.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: None, media_type: None, bytes: bytes.into().into() }
    }

    /// Gives it a name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Says what kind of file it is, such as `text/csv`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// What is in it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What kind of file it is, if that was said.
    pub fn kind(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for File {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for File {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for File {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// In JSON, which examples are written in, a file is its text.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(&self.bytes))
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_it_is_shown() {
        let file = File::from("hunter2").named("a.txt").media_type("text/plain");
        assert_eq!(
            format!("{file:?}"),
            r#"File { name: Some("a.txt"), media_type: Some("text/plain"), length: 7, .. }"#
        );
        let read: File = serde_json::from_str("\"hunter2\"").unwrap();
        assert_eq!(read.bytes(), file.bytes());
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"hunter2\"");
    }
}
