//! Keys of `paths`. In: `/v2/zones#CreatePublicZone`. Out: the path that is called, and the fragment behind it.
//!
//! OpenAPI has one operation per path and method, and some services have several, which differ by what is sent. The
//! fragment tells them apart in the document; it is never sent.

/// The path that is called, and the fragment.
pub fn split(key: &str) -> (&str, Option<&str>) {
    // A name in braces may hold the sign, too.
    let end = key.rfind('}').map_or(0, |brace| brace + 1);
    match key[end..].find('#') {
        Some(sign) => (&key[..end + sign], Some(&key[end + sign + 1..])),
        None => (key, None),
    }
}

/// The key of a path with a fragment.
pub fn join(path: &str, fragment: Option<&str>) -> String {
    fragment.map_or_else(|| path.to_owned(), |fragment| format!("{path}#{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::{join, split};

    #[test]
    fn a_fragment_stands_behind_the_path() {
        for (key, parts) in [
            ("/v2/zones", ("/v2/zones", None)),
            ("/v2/zones/{id}#ShowZone", ("/v2/zones/{id}", Some("ShowZone"))),
            ("/v2/zones#", ("/v2/zones", Some(""))),
            ("/v2/{r#type}", ("/v2/{r#type}", None)),
            ("/v2/{r#type}/zones#ShowZone", ("/v2/{r#type}/zones", Some("ShowZone"))),
        ] {
            assert_eq!(split(key), parts);
            assert_eq!(join(parts.0, parts.1), key);
        }
    }
}
