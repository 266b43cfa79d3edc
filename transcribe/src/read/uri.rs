//! Anchors and texts in, the operation's name and path out.

use conventions::pages::is_page_id;
use heck::ToPascalCase as _;

/// Whether an anchor is a number of a topic, `svc_02_0042`, where others have the name of the operation.
pub(super) fn is_topic(anchor: &str) -> bool {
    !anchor.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The name of an operation whose page gives none but its anchor. The id of a page is no name: then the
/// call itself gives one, which no other call has.
pub(super) fn name(anchor: &str, method: &str, path: &str) -> String {
    if !is_page_id(anchor) {
        return anchor.to_owned();
    }
    let mut name = method.to_pascal_case();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(parameter) => {
                name.push_str("By");
                name.push_str(&parameter.to_pascal_case());
            }
            None => name.push_str(&part.to_pascal_case()),
        }
    }
    name
}

/// Whether a parameter stands in a path, in braces.
pub(super) fn has_parameter(path: &str, name: &str) -> bool {
    !name.is_empty() && path.contains(&format!("{{{name}}}"))
}

/// The path at the start of a text, without host and query.
pub(super) fn path(text: &str) -> Option<String> {
    let word = text.split_whitespace().next()?;
    let path = match word.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => word,
    };
    let path = path.split('?').next().unwrap_or(path);
    let mut open = false;
    let balanced = path.chars().all(|c| match c {
        '{' => !std::mem::replace(&mut open, true),
        '}' => std::mem::replace(&mut open, false),
        _ => true,
    });
    (path.starts_with('/') && balanced && !open).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_neither_host_nor_query() {
        assert_eq!(path(" /v2/{id}/x rest"), Some("/v2/{id}/x".to_owned()));
        assert_eq!(path("https://{endpoint}/v2/{id}?a={a}"), Some("/v2/{id}".to_owned()));
        assert_eq!(path("/"), Some("/".to_owned()));
    }

    #[test]
    fn what_is_no_path() {
        for text in ["", "v2/x", "https://host", "/v2/{id", "/v2/id}", "/v2/{{id}}"] {
            assert_eq!(path(text), None, "{text}");
        }
    }

    #[test]
    fn the_id_of_a_page_is_no_name() {
        let name = |anchor| name(anchor, "GET", "/v3/{project_id}/vpc/sub-networks/{id}/tags.json");
        assert_eq!(name("vpc_apiv3_0070"), "GetV3ByProjectIdVpcSubNetworksByIdTagsJson");
        assert_eq!(name("ShowTags"), "ShowTags");
        assert_eq!(name("show_tags"), "show_tags");
    }

    #[test]
    fn topics_have_marks_that_names_of_operations_have_not() {
        assert!(is_topic("svc_02_0042"));
        assert!(is_topic("ZH-CN_TOPIC_0000000000"));
        assert!(!is_topic("CreateInstance"));
    }
}
