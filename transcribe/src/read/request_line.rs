//! The first line of a request example, as people write it. In: the code of an example. Out: its method and URL, and
//! what follows.
//!
//! `POST https://{endpoint}/v1/things` may be quoted, labelled, marked like an item, followed by `HTTP/1.1` or a
//! full stop, and escaped as it was in Markdown.

use super::layout;

/// A method and a URL.
type RequestLine = (String, String);

/// Longer labels are sentences.
const MAX_LABEL: usize = 20;

/// What opens and closes quotations, and ends sentences.
const OPENING: [char; 13] = ['"', '\'', '`', '*', '<', '(', '“', '‘', '「', '『', '（', '【', '《'];
const CLOSING: [char; 19] = [
    '"', '\'', '`', '*', '>', ')', '”', '’', '」', '』', '）', '】', '》', ',', ';', '，', '；',
    '。', '.',
];

/// The request line of an example, and what stands below it; all of the code where there is none.
pub(super) fn split(code: &str) -> (Option<RequestLine>, &str) {
    let (first, rest) = code.split_once('\n').unwrap_or((code, ""));
    if let Some(found) = read(first) {
        return (Some(found), rest);
    }
    let (second, below) = rest.split_once('\n').unwrap_or((rest, ""));
    let joined = format!("{} {}", first.trim(), second.trim());
    match (layout::method(first.trim()), is_url(second)) {
        (None, _) if is_whole_method(first) && is_url(second) => (read(&joined), below),
        // A URL alone says nothing of the method.
        _ if is_url(first) => (None, rest),
        _ => (None, code),
    }
}

fn is_whole_method(line: &str) -> bool {
    let line = line.trim();
    layout::method(&format!("{line} ")).is_some_and(|(method, _)| method.len() == line.len())
}

fn is_url(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    (line.starts_with("https://") || line.starts_with("http://"))
        && !line.contains(char::is_whitespace)
}

/// The request line in a line.
fn read(line: &str) -> Option<RequestLine> {
    let (method, rest) = method(line)?;
    let rest = rest.trim_start_matches([':', '：']).trim();
    let rest = without_version(rest.trim_end_matches(CLOSING)).trim_end_matches(CLOSING).trim();
    // A bracket of a placeholder is no quotation.
    let url = rest.trim_start_matches(OPENING).trim();
    (!url.is_empty()).then(|| (method.to_owned(), plain(url)))
}

/// The method at the beginning of a line, or behind a label or the mark of an item, and what follows it.
fn method(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim();
    let starts = line.char_indices().map(|(at, _)| at).take(MAX_LABEL);
    let mut before = None;
    for at in starts {
        let is_start = before.is_none_or(|c: char| !c.is_ascii_alphanumeric() && c != '{');
        before = line.get(at..).and_then(|rest| rest.chars().next());
        // What is inside of brackets is JSON.
        if matches!(before, Some('{' | '[')) {
            return None;
        }
        let found = line.get(at..).filter(|_| is_start).and_then(of_rest);
        // Behind a label, only what has a path is a request.
        if let Some((method, rest)) = found.filter(|(_, rest)| at == 0 || rest.contains('/')) {
            return Some((method, rest));
        }
    }
    None
}

/// `POST https://…`, `POST: https://…`
fn of_rest(text: &str) -> Option<(&'static str, &str)> {
    layout::method(text).or_else(|| {
        let (word, rest) = text.split_once([':', '：'])?;
        let word = format!("{} ", word.trim());
        let (method, _) = layout::method(&word)?;
        (method.len() + 1 == word.len()).then_some((method, rest))
    })
}

/// Without `HTTP/1.1` at the end.
fn without_version(text: &str) -> &str {
    match text.rsplit_once(char::is_whitespace) {
        Some((url, version)) if version.to_ascii_uppercase().starts_with("HTTP/") => url.trim_end(),
        _ => text,
    }
}

/// A URL without escapes of Markdown, with placeholders in single braces, and without a fragment.
fn plain(url: &str) -> String {
    let mut url = url.to_owned();
    for sign in ["{", "}", "_", "-", "*"] {
        url = url.replace(&format!("\\{sign}"), sign);
    }
    url = url.replace("${", "{");
    if url.matches("{{").count() == url.matches("}}").count() {
        url = url.replace("{{", "{").replace("}}", "}");
    }
    url.split('#').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::split;

    const URL: &str = "https://{endpoint}/v1/{project_id}/a";

    #[test]
    fn a_request_line_in_any_form() {
        let lines = [
            "POST U",
            "post U",
            "\"POST U\"",
            "'POST U'",
            "`POST U`",
            "“POST U”",
            "‘POST U’",
            "「POST U」",
            "（POST U）",
            "<POST U>",
            "**POST U**",
            "  \"POST U\",",
            "POST U HTTP/1.1",
            "POST U http/2",
            "POST U ;",
            "POST U,",
            "POST U。",
            "\"POST U\";",
            "POST \"U\"",
            "POST 'U'",
            "POST: U",
            "POST：U",
            "POST\tU",
            "# POST U",
            "// POST U",
            "$ POST U",
            "> POST U",
            "- POST U",
            "1. POST U",
            "URI: POST U",
            "请求：POST U",
            "请求URL：POST U",
            "POST\nU",
            "POST U#top",
        ];
        for form in lines {
            let code =
                format!("{}\n\n{{}}", form.replace('U', URL).replace(&format!("{URL}RL"), "URL"));
            let code = code.replace(&format!("{URL}RI"), "URI");
            let expected = Some(("POST".to_owned(), URL.to_owned()));
            assert_eq!(split(&code), (expected, "\n{}"), "{code}");
        }
    }

    #[test]
    fn placeholders_in_any_form() {
        for url in [
            "https://\\{endpoint\\}/v1/\\{project\\_id\\}/a",
            "https://{{endpoint}}/v1/{{project_id}}/a",
            "https://${endpoint}/v1/${project_id}/a",
        ] {
            let (found, _) = split(&format!("POST {url}"));
            assert_eq!(found, Some(("POST".to_owned(), URL.to_owned())), "{url}");
        }
        let half = "https://{endpoint}/v1/{project_id}}/a";
        assert_eq!(split(&format!("POST {half}")).0.map(|(_, url)| url).as_deref(), Some(half));
    }

    #[test]
    fn what_is_no_request_line_is_a_body() {
        for code in [
            "{\"call\": \"POST /v1/a\"}",
            "\"text\"",
            "[\"GET /v1/a\"]",
            "null",
            "The answer to a call of POST /v1/a",
            "GETTING /v1/a",
            "target POST",
            "POST",
        ] {
            assert_eq!(split(code), (None, code), "{code}");
        }
        assert_eq!(split(&format!("{URL}\n{{}}")), (None, "{}"));
    }
}
