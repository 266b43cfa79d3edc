//! Blocks of code and what stands in front of them in, examples out.

use crate::facts::{Example, ExampleKind};

use super::layout;

/// Collects the examples of a page, in its order.
#[derive(Default)]
pub(super) struct Examples {
    pub(super) list: Vec<Example>,
    /// The text in front of the next block.
    caption: Option<String>,
    /// The marker in front of the next block.
    status: Option<u16>,
}

impl Examples {
    /// Another section starts.
    pub(super) fn section(&mut self) {
        self.caption = None;
        self.status = None;
    }

    pub(super) fn marker(&mut self, status: u16) {
        self.caption = None;
        self.status = Some(status);
    }

    pub(super) fn caption(&mut self, text: String) {
        if !layout::nothing(&text) {
            self.caption = Some(text);
        }
    }

    pub(super) fn request(&mut self, code: &str, line: usize) {
        let code = trim_lines(code);
        let (first, rest) = code.split_once('\n').unwrap_or((code, ""));
        let request_line = layout::method(unquoted(first))
            .map(|(method, url)| (method.to_owned(), url.trim().to_owned()))
            .filter(|(_, url)| !url.is_empty());
        let body = match request_line {
            Some(_) => without_headers(rest),
            None => code,
        };
        self.push(ExampleKind::Request, request_line, body, line);
    }

    pub(super) fn response(&mut self, code: &str, line: usize) {
        self.push(ExampleKind::Response { status: self.status }, None, code, line);
    }

    fn push(
        &mut self,
        kind: ExampleKind,
        request_line: Option<(String, String)>,
        body: &str,
        line: usize,
    ) {
        let caption = self.caption.take();
        let body = Some(trim_lines(body).to_owned()).filter(|body| !body.is_empty());
        if request_line.is_some() || body.is_some() {
            self.list.push(Example { kind, caption, request_line, body, line });
        }
    }
}

/// A line without the quotes that some pages put around it, and without what they put behind it.
fn unquoted(line: &str) -> &str {
    let line = line.trim();
    let quotes = ['"', '\'', '`', '“', '”', '‘', '’'];
    match line.strip_prefix(quotes) {
        Some(rest) => rest.trim_end_matches([',', ';']).trim_end_matches(quotes).trim(),
        None => line,
    }
}

/// Without the header lines that follow a request line at once.
fn without_headers(mut text: &str) -> &str {
    while let Some((line, rest)) = text.split_once('\n').or(Some((text, ""))) {
        let is_header = line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
        if !is_header {
            break;
        }
        text = rest;
    }
    text
}

/// Without empty lines in front, and without white space behind.
fn trim_lines(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.len() - text.trim_start().len();
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    &text[line..]
}

#[cfg(test)]
mod tests {
    use super::Examples;

    /// The request line and the body.
    /// Method and path, and the body.
    type Request = (Option<(String, String)>, Option<String>);

    fn request(code: &str) -> Option<Request> {
        let mut examples = Examples::default();
        examples.request(code, 1);
        examples.list.pop().map(|example| (example.request_line, example.body))
    }

    #[test]
    fn a_request_line_may_be_quoted() {
        let line = Some(("GET".to_owned(), "https://host/v1/a".to_owned()));
        for code in [
            "GET https://host/v1/a",
            "\"GET https://host/v1/a\"",
            "'GET https://host/v1/a'",
            "`GET https://host/v1/a`",
            "“GET https://host/v1/a”",
            "  \"GET https://host/v1/a\",",
        ] {
            assert_eq!(request(code), Some((line.clone(), None)), "{code}");
            let body = Some("{}".to_owned());
            assert_eq!(request(&format!("{code}\n\n{{}}")), Some((line.clone(), body)), "{code}");
        }
        assert_eq!(request("\"text\""), Some((None, Some("\"text\"".to_owned()))));
    }
}
