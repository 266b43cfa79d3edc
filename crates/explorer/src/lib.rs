//! A web page with a form for every operation. In: the path of a request, and the catalogs of the services that the
//! serving program knows. Out: a page's media type and text; what is wrong with a form (`check`); and whether a
//! request may be answered at all (`origin`).
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod check;
mod origin;

use std::borrow::Cow;

use huaweicloud_catalog::Service;

pub use check::validated;
pub use origin::Hosts;

/// What browsers may do with the page: load its own scripts and styles, and talk to who served it.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                          base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";

/// The files of the page.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("../web/index.html")),
    ("/_explorer/main.js", SCRIPT, include_str!("../web/main.js")),
    ("/_explorer/answer.js", SCRIPT, include_str!("../web/answer.js")),
    ("/_explorer/check.js", SCRIPT, include_str!("../web/check.js")),
    ("/_explorer/cloud.js", SCRIPT, include_str!("../web/cloud.js")),
    ("/_explorer/code.js", SCRIPT, include_str!("../web/code.js")),
    ("/_explorer/dom.js", SCRIPT, include_str!("../web/dom.js")),
    ("/_explorer/form.js", SCRIPT, include_str!("../web/form.js")),
    ("/_explorer/schema.js", SCRIPT, include_str!("../web/schema.js")),
    ("/_explorer/session.js", SCRIPT, include_str!("../web/session.js")),
    ("/_explorer/words.js", SCRIPT, include_str!("../web/words.js")),
    ("/_explorer/explorer.css", "text/css; charset=utf-8", include_str!("../web/explorer.css")),
    ("/_explorer/icon.svg", "image/svg+xml", include_str!("../web/icon.svg")),
];

/// Something to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// For the header `Content-Type`.
    pub media: &'static str,
    /// The body.
    pub text: Cow<'static, str>,
}

impl Page {
    /// The headers that it is sent with.
    pub fn headers(&self) -> [(&'static str, &'static str); 5] {
        [
            ("content-type", self.media),
            ("content-security-policy", POLICY),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ]
    }
}

/// What is at a path; nothing if it is none of the explorer's.
pub fn page(services: &[&'static Service], path: &str) -> Option<Page> {
    if let Some((_, media, text)) = FILES.iter().find(|(known, _, _)| *known == path) {
        return Some(Page { media, text: Cow::Borrowed(text) });
    }
    let parts: Vec<&str> = path.strip_prefix("/_explorer/")?.split('/').collect();
    let service = |name: &str| services.iter().find(|service| service.name == name);
    let text = match parts[..] {
        ["catalog", name] => Cow::Borrowed(service(name)?.index),
        ["errors", name] => Cow::Borrowed(service(name)?.error_codes),
        ["catalog", name, operation] => {
            let described = service(name)?.operation(operation).ok()??;
            Cow::Owned(serde_json::to_string(&described).ok()?)
        }
        _ => return None,
    };
    Some(Page { media: JSON, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVICE: Service = Service {
        name: "library",
        version: "1.0.0",
        index: r#"{"name":"library"}"#,
        chapters: &[],
        error_codes: "[]",
    };

    fn text(path: &str) -> Option<String> {
        page(&[&SERVICE], path).map(|page| page.text.into_owned())
    }

    #[test]
    fn files_and_data_have_paths() {
        assert!(text("/").unwrap().starts_with("<!DOCTYPE html>"));
        assert_eq!(text("/_explorer/catalog/library").as_deref(), Some(r#"{"name":"library"}"#));
        assert_eq!(text("/_explorer/errors/library").as_deref(), Some("[]"));
        for path in
            ["/index.html", "/_explorer/", "/_explorer/catalog/other", "/_explorer/../Cargo.toml"]
        {
            assert_eq!(text(path), None, "{path}");
        }
    }

    #[test]
    fn every_script_that_is_imported_is_served() {
        for (path, media, text) in FILES {
            let imports =
                text.lines().filter_map(|line| line.split_once(" from \"./")).map(|(_, rest)| rest);
            for name in imports.filter_map(|rest| rest.split('"').next()) {
                assert_eq!(*media, SCRIPT, "{path}");
                let wanted = format!("/_explorer/{name}");
                assert!(
                    FILES.iter().any(|(known, _, _)| *known == wanted),
                    "{path} imports {name}"
                );
            }
        }
    }

    #[test]
    fn nothing_comes_from_another_host() {
        for (path, _, text) in FILES {
            let text = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!text.contains("http://") && !text.contains("https://"), "{path}");
            assert!(!text.contains("style=\"") && !text.contains("innerHTML"), "{path}");
        }
    }
}
