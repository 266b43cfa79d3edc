//! Media types of contents. In: the key of a content. Out: whether it is JSON, in whatever words, a form of one of the two
//! kinds, or a file.

/// JSON without any words beside it.
pub(crate) const JSON: &str = "application/json";

/// A form with files.
pub(crate) const FORM: &str = "multipart/form-data";

/// A form in the notation of queries.
pub(crate) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// What a content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    /// With files.
    Form,
    /// Of texts alone.
    Urlencoded,
    /// Whatever is none of these: bytes.
    File,
}

impl Media {
    pub(crate) fn of(name: &str) -> Self {
        match essence(name) {
            _ if is_json(name) => Self::Json,
            kind if kind == FORM => Self::Form,
            kind if kind == URLENCODED => Self::Urlencoded,
            _ => Self::File,
        }
    }

    /// Whether it is sent field by field.
    pub(crate) fn is_form(self) -> bool {
        matches!(self, Self::Form | Self::Urlencoded)
    }
}

/// A media type without its parameters.
fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Is it JSON: `application/json;charset=utf-8`, or a form of it such as `application/merge-patch+json`?
pub(crate) fn is_json(name: &str) -> bool {
    let kind = essence(name);
    kind == JSON || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The JSON of a content, with its key.
pub(crate) fn json<'c, K: AsRef<str> + 'c, V: 'c>(
    content: impl IntoIterator<Item = (&'c K, &'c V)>,
) -> Option<(&'c str, &'c V)> {
    let mut content = content.into_iter().map(|(name, media)| (name.as_ref(), media));
    content.find(|(name, _)| is_json(name))
}

/// What a request sends: its JSON, or whatever there is instead.
pub(crate) fn sent<'c, K: AsRef<str> + 'c, V: 'c>(
    content: impl IntoIterator<Item = (&'c K, &'c V)> + Clone,
) -> Option<(&'c str, &'c V)> {
    let first = content.clone().into_iter().next().map(|(name, media)| (name.as_ref(), media));
    json(content).or(first)
}

/// The media type of a content that is a file: whatever is no JSON.
pub(crate) fn file<'c, K: AsRef<str> + 'c>(
    names: impl IntoIterator<Item = &'c K>,
) -> Option<&'c str> {
    names.into_iter().map(AsRef::as_ref).find(|name| !is_json(name))
}

#[cfg(test)]
mod tests {
    use super::{Media, is_json};

    #[test]
    fn json_in_whatever_words() {
        for name in [
            "application/json",
            "application/json;charset=utf-8",
            "application/json; charset=UTF-8",
            "Application/JSON ",
            "application/merge-patch+json",
            "application/json-patch+json; charset=utf-8",
        ] {
            assert!(is_json(name), "{name}");
        }
        for name in ["", "text/json", "application/jsonl", "application/xml", "json", "*/*"] {
            assert!(!is_json(name), "{name}");
        }
        assert_eq!(Media::of("multipart/Form-Data; boundary=x"), Media::Form);
        assert_eq!(Media::of("Application/X-WWW-Form-Urlencoded"), Media::Urlencoded);
        assert_eq!(Media::of("multipart/mixed"), Media::File);
    }
}
