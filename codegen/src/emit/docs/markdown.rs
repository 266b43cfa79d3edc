//! Text of the document as Markdown that a code host renders as it was meant.

use serde_json::Value;

use crate::emit::words;

/// Running text: what looks like an HTML tag is shown instead of swallowed.
pub(in crate::emit) fn text(text: &str) -> String {
    outside_code(text.trim(), |rest| {
        let is_link = rest.starts_with("<https://") || rest.starts_with("<http://");
        (rest.starts_with('<') && !is_link).then_some("&lt;")
    })
}

/// Running text for rustdoc: as [`text`], and brackets that lead nowhere are no links.
pub(in crate::emit) fn rustdoc(words: &str) -> String {
    outside_code(&text(words), |rest| match rest.chars().next() {
        Some('[') => Some("\\["),
        Some(']') => Some("\\]"),
        _ => None,
    })
}

/// Replaces signs outside of code spans. `replace` sees the text from a sign on and says what
/// stands in the sign's place, if it does not stay.
fn outside_code(text: &str, replace: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '<', '[', ']']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        // Code is taken over whole; a fence that nothing closes is text.
        let length = if ticks > 0 { code_span(rest, ticks).unwrap_or(ticks) } else { 1 };
        let kept = &rest[..length];
        out.push_str(if ticks > 0 { kept } else { replace(rest).unwrap_or(kept) });
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The length of a code span that begins with some backticks.
fn code_span(text: &str, ticks: usize) -> Option<usize> {
    let mut at = ticks;
    loop {
        at += text[at..].find('`')?;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// Running text on one line, for headings and lists.
pub(in crate::emit) fn line(words: &str) -> String {
    text(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Running text in a table: paragraphs and list items become lines of the cell.
pub(in crate::emit) fn cell(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut paragraph_ends = false;
    for line in words.trim().lines().map(str::trim) {
        if line.is_empty() {
            paragraph_ends = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if paragraph_ends || is_item(line) { "<br>" } else { " " });
        }
        paragraph_ends = false;
        out.push_str(line);
    }
    // The breaks are ours; any other tag is text.
    pipes(&text(&out).replace("&lt;br>", "<br>"))
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    let number = line
        .split_once(['.', ')'])
        .is_some_and(|(n, rest)| rest.starts_with(' ') && n.len() <= 3 && n.parse::<u32>().is_ok());
    number || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// Escapes what would end a cell; a host takes the escape away even inside of code.
pub(in crate::emit) fn pipes(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Any text as inline code: a name, a value, a path.
pub(in crate::emit) fn code(text: &str) -> String {
    let is_plain = !text.is_empty() && text.trim() == text && !text.contains(char::is_control);
    match is_plain {
        true => words::code(text),
        // Blanks at the ends and line breaks show only in quotes.
        false => words::code(&Value::from(text).to_string()),
    }
}

/// A value as inline code.
pub(in crate::emit) fn value(value: &Value) -> String {
    code(&words::value(value))
}

/// A link, when there is a target.
pub(in crate::emit) fn link(words: &str, target: &str) -> String {
    format!("[{words}]({target})")
}
