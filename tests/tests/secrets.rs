//! What must not be shown: the links and passwords of requests and responses in `Debug`, and the structure of
//! errors in what a `main` prints.

use std::fs;

use conformance::repo;
use huaweicloud_dcs::{
    Client,
    types::{LinksItem, RunlogLinkResponse},
};

const LINK: &str = "https://bucket.example/file?Expires=1&Signature=hunter2";

/// A link with a signature is good for whoever has it.
#[test]
fn links_to_files_are_not_shown() {
    let body = serde_json::json!({ "file_name": "a.rdb", "link": LINK });
    let backup: LinksItem = serde_json::from_value(body).unwrap();
    let body = serde_json::json!({ "id": "1", "link": LINK });
    let log: RunlogLinkResponse = serde_json::from_value(body).unwrap();
    let shown = format!("{backup:?} {log:?}");
    assert!(!shown.contains("hunter2") && shown.contains("a.rdb"), "{shown}");
    let link = backup.link.as_ref().map(|link| link.expose());
    assert_eq!(link, Some(LINK));
}

#[test]
fn the_password_of_a_url_is_not_shown() {
    let builder = Client::builder()
        .endpoint("https://jo:hunter2@dcs.example")
        .iam_endpoint("https://jo:hunter2@iam.example")
        .proxy("http://jo:hunter2@proxy.example");
    let shown = format!("{builder:?} {builder:#?}");
    assert!(!shown.contains("hunter2") && shown.contains("[redacted]@dcs.example"), "{shown}");
}

/// Every error of the runtime prints its text: none derives `Debug`.
#[test]
fn no_error_prints_its_structure() {
    let (mut errors, mut readable) = (Vec::new(), String::new());
    for text in sources(&repo::root().join("crates/core/src")) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        for line in text.lines() {
            if let Some((_, name)) =
                line.split_once("Error for ").filter(|_| line.starts_with("impl"))
            {
                errors.push(name.split([' ', '<', '{']).next().unwrap_or_default().to_owned());
            }
            if line.contains("readable_debug!(") {
                readable.push_str(line);
            }
        }
    }
    assert!(errors.len() >= 15, "{errors:?}");
    for error in errors {
        let is_listed = readable.split(['(', ')', ',', ' ']).any(|name| name == error);
        assert!(is_listed, "{error}");
    }
}

fn sources(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.flat_map(|path| {
        if path.is_dir() { sources(&path) } else { vec![fs::read_to_string(path).unwrap()] }
    });
    texts.collect()
}
