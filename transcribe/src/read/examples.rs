//! Blocks of code and what stands in front of them in, examples out.

use crate::facts::{Example, ExampleKind};

use super::{layout, request_line};

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
        let (request_line, body) = request_line::split(code);
        let body = if body.len() < code.len() { without_headers(body) } else { body };
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
