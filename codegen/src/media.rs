//! Media types of contents. In: the key of a content. Out: whether it is JSON, in whatever words.

/// JSON without any words beside it.
pub(crate) const JSON: &str = "application/json";

/// Is it JSON: `application/json;charset=utf-8`, or a form of it such as `application/merge-patch+json`?
pub(crate) fn is_json(name: &str) -> bool {
    let kind = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == JSON || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The JSON of a content, with its key.
pub(crate) fn json<'c, K: AsRef<str> + 'c, V: 'c>(
    content: impl IntoIterator<Item = (&'c K, &'c V)>,
) -> Option<(&'c str, &'c V)> {
    let mut content = content.into_iter().map(|(name, media)| (name.as_ref(), media));
    content.find(|(name, _)| is_json(name))
}

/// The media type of a content that is a file: whatever is no JSON.
pub(crate) fn file<'c, K: AsRef<str> + 'c>(
    names: impl IntoIterator<Item = &'c K>,
) -> Option<&'c str> {
    names.into_iter().map(AsRef::as_ref).find(|name| !is_json(name))
}

#[cfg(test)]
mod tests {
    use super::is_json;

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
    }
}
