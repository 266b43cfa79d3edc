//! Text of the document as Markdown that a code host renders as it was meant.

use serde_json::Value;

use super::code_blocks::{self, Block};
use crate::emit::words;

/// Running text: what looks like an HTML tag is shown instead of swallowed, and code is shown as text.
pub(in crate::emit) fn text(text: &str) -> String {
    assemble(text, tag)
}

/// Running text for rustdoc: as [`text`], and brackets that lead nowhere are no links.
pub(in crate::emit) fn rustdoc(words: &str) -> String {
    assemble(words, for_rustdoc)
}

/// As [`rustdoc`], on one line.
pub(in crate::emit) fn rustdoc_line(words: &str) -> String {
    outside_code(&one_line(words), for_rustdoc)
}

/// Running text on one line, for headings and lists.
pub(in crate::emit) fn line(words: &str) -> String {
    outside_code(&one_line(words), tag)
}

fn for_rustdoc(rest: &str) -> Option<&'static str> {
    // A link to a method, which the generator made.
    let is_method = |end: &str| end.starts_with("](crate::Client::");
    let inside = rest.strip_prefix("[`").map(|inside| inside.trim_start_matches(is_of_name));
    let is_link = inside.and_then(|rest| rest.strip_prefix('`')).is_some_and(is_method);
    if is_link || is_method(rest) {
        return None;
    }
    match rest.chars().next() {
        Some('[') => Some("\\["),
        Some(']') => Some("\\]"),
        _ => tag(rest),
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What stands in the place of a sign that would begin a tag.
fn tag(rest: &str) -> Option<&'static str> {
    let is_link = rest.starts_with("<https://") || rest.starts_with("<http://");
    (rest.starts_with('<') && !is_link).then_some("&lt;")
}

/// Words by `replace`, and blocks of code as such.
fn assemble(text: &str, replace: impl Fn(&str) -> Option<&'static str>) -> String {
    let blocks = code_blocks::split(text.trim()).into_iter().map(|block| match block {
        Block::Words(words) => outside_code(&words, &replace),
        Block::Code(lines) => code_blocks::fenced(&lines),
    });
    let blocks: Vec<String> = blocks.filter(|block| !block.trim().is_empty()).collect();
    blocks.join("\n\n").trim().to_owned()
}

/// The words of all lines, and each line of code as inline code.
fn one_line(text: &str) -> String {
    let blocks = code_blocks::split(text).into_iter().map(|block| match block {
        Block::Words(words) => words,
        Block::Code(lines) => inline(&lines).join(" "),
    });
    let all = blocks.collect::<Vec<_>>().join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inline(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    lines.map(words::code).collect()
}

/// Replaces signs outside of code spans. `replace` sees the text from a sign on and says what
/// stands in the sign's place, if it does not stay. Signs that might begin a block of code when the text
/// is broken into lines stand for themselves.
fn outside_code(text: &str, replace: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '<', '[', ']', '\\', '~']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes().first() {
            Some(b'`') => span(rest, &mut out),
            Some(b'~') => {
                let length = run(rest, '~');
                out.push_str(&if length < 3 { "~".repeat(length) } else { "\\~".repeat(length) });
                length
            }
            // What is escaped stays so.
            Some(b'\\') => {
                let length =
                    if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) { 2 } else { 1 };
                out.push_str(&rest[..length]);
                length
            }
            _ => {
                out.push_str(replace(rest).unwrap_or(&rest[..1]));
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Writes the code span at the beginning of a text, which ends on its line; without an end, backticks
/// stand for themselves. Gives back how much of the text that was.
fn span(text: &str, out: &mut String) -> usize {
    let ticks = run(text, '`');
    let line = text.split('\n').next().unwrap_or(text);
    match code_span(line, ticks).map(|end| &text[..end]) {
        Some(code) => {
            // A longer run might begin a block.
            let short = || words::code(code.trim_matches('`').trim());
            out.push_str(&if ticks < 3 { code.to_owned() } else { short() });
            code.len()
        }
        None => {
            out.push_str(&"\\`".repeat(ticks));
            ticks
        }
    }
}

/// How often a text begins with a sign.
fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The length of a code span that begins with some backticks.
fn code_span(text: &str, ticks: usize) -> Option<usize> {
    let mut at = ticks;
    loop {
        at += text[at..].find('`')?;
        let length = run(&text[at..], '`');
        at += length;
        if length == ticks {
            return Some(at);
        }
    }
}

/// Running text in a table: paragraphs and list items become lines of the cell.
pub(in crate::emit) fn cell(words: &str) -> String {
    pipes(&joined(words))
}

/// Running text in an item of a list: paragraphs and list items become lines of one paragraph.
pub(in crate::emit) fn joined(words: &str) -> String {
    let lines = code_blocks::split(words.trim()).into_iter().flat_map(|block| match block {
        Block::Words(words) => words.lines().map(|line| line.trim().to_owned()).collect(),
        Block::Code(lines) => [vec![String::new()], inline(&lines), vec![String::new()]].concat(),
    });
    let mut out = String::with_capacity(words.len());
    let mut paragraph_ends = false;
    for line in lines {
        if line.is_empty() {
            paragraph_ends = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if paragraph_ends || is_item(&line) { "<br>" } else { " " });
        }
        paragraph_ends = false;
        out.push_str(&line);
    }
    // The breaks are ours; any other tag is text.
    outside_code(&out, tag).replace("&lt;br>", "<br>")
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
    words::code(text)
}

/// A value as inline code.
pub(in crate::emit) fn value(value: &Value) -> String {
    code(&words::value(value))
}

/// A link, when there is a target.
pub(in crate::emit) fn link(words: &str, target: &str) -> String {
    format!("[{words}]({target})")
}
