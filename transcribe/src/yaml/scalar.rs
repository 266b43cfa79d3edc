//! One scalar in, its YAML text out: plain where nothing can misread it, in double quotes where something
//! could, folded or literal where it is long.

use serde_json::Value;

/// Lines are no longer than this, where there is a place to break them.
const WIDTH: usize = 110;

/// The text of a scalar behind a key or dash.
///
/// `column` is where its text begins, `indent` the indentation of the lines of a block. Lists and
/// objects are not scalars; they give nothing.
pub(super) fn scalar(value: &Value, column: usize, indent: usize) -> String {
    match value {
        Value::String(text) => string(text, column, indent),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// The text of a key.
pub(super) fn key(text: &str) -> String {
    // `$ref` begins like any other word, and so do `/paths`.
    if is_plain(text) && !text.starts_with('+') { text.to_owned() } else { quoted(text) }
}

/// A string that must be quoted whatever it says, such as a reference or a pattern.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

fn string(text: &str, column: usize, indent: usize) -> String {
    let one_line = if is_plain(text) { text.to_owned() } else { quoted(text) };
    let is_long = column + one_line.chars().count() > WIDTH;
    if text.contains('\n') || (is_long && text.contains(' ')) {
        return folded(text, indent).or_else(|| literal(text, indent)).unwrap_or(one_line);
    }
    one_line
}

/// Folded, when folding gives back the same text.
fn folded(text: &str, indent: usize) -> Option<String> {
    let (body, header) = chomped(text)?;
    let mut out = String::from(header);
    let mut is_first = true;
    for line in body.split('\n') {
        if line.starts_with([' ', '\t']) || line.ends_with([' ', '\t']) {
            return None;
        }
        // A line break of the text is an empty line more than lines that are folded into one.
        if !is_first {
            out.push('\n');
        }
        is_first = false;
        if !line.is_empty() {
            wrap(line, indent, &mut out);
        }
    }
    Some(out)
}

/// Breaks a line at single spaces.
fn wrap(line: &str, indent: usize, out: &mut String) {
    let mut used = WIDTH;
    for word in words(line) {
        let length = word.chars().count();
        if used + 1 + length > WIDTH {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent + length;
        } else {
            out.push(' ');
            used += 1 + length;
        }
        out.push_str(word);
    }
}

/// The parts between single spaces; wider gaps stay inside of a part.
fn words(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, _) in line.match_indices(' ') {
        if at > 0 && !is_blank(at - 1) && !is_blank(at + 1) {
            parts.extend(line.get(start..at));
            start = at + 1;
        }
    }
    parts.extend(line.get(start..));
    parts
}

/// Literal, when its lines can stand as they are.
fn literal(text: &str, indent: usize) -> Option<String> {
    let (body, header) = chomped(text)?;
    if body.starts_with([' ', '\t'])
        || body.split('\n').any(|line| line.trim().is_empty() && !line.is_empty())
    {
        return None;
    }
    let mut out = header.replace('>', "|");
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    Some(out)
}

/// The text without its last line break, and the header that says whether there was one. Nothing when
/// a block cannot hold it.
fn chomped(text: &str) -> Option<(&str, &'static str)> {
    let (body, header) = match text.strip_suffix('\n') {
        Some(body) => (body, ">"),
        None => (text, ">-"),
    };
    let fits = !body.is_empty()
        && !body.starts_with('\n')
        && !body.ends_with('\n')
        && body.chars().all(|c| c == '\n' || c == '\t' || is_printable(c));
    fits.then_some((body, header))
}

/// Whether a parser of any version of YAML reads this text, unquoted, as this string.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins_well = first.is_alphanumeric()
        || "_/.($^<;+\\".contains(first)
        || (!first.is_ascii() && is_printable(first));
    begins_well
        && text.chars().all(is_printable)
        && !text.starts_with("...")
        && !text.starts_with("<<")
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word(text)
        && !is_numeric(text)
        && !is_pattern(text)
}

/// Words that mean a truth or nothing in some version of YAML.
fn is_word(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "y"
            | "n"
            | "null"
            | "~"
            | "nan"
            | "inf"
            | "infinity"
    )
}

/// Numbers, versions, times and dates of any version of YAML.
fn is_numeric(text: &str) -> bool {
    let body = text.trim_start_matches(['+', '-']).replace('_', "");
    let is_digit = |c: char| c.is_ascii_digit();
    if !body.starts_with(|c: char| is_digit(c) || c == '.') {
        return false;
    }
    let radix = |prefix: &str| {
        body.strip_prefix(prefix).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let is_date = body.len() > 7
        && body
            .bytes()
            .take(5)
            .enumerate()
            .all(|(i, b)| if i == 4 { b == b'-' } else { b.is_ascii_digit() });
    let is_time = body.contains(':') && body.chars().all(|c| is_digit(c) || ":.+-TZ".contains(c));
    body.parse::<f64>().is_ok()
        || body.eq_ignore_ascii_case(".inf")
        || body.eq_ignore_ascii_case(".nan")
        || ["0x", "0o", "0b", "0X", "0O", "0B"].into_iter().any(radix)
        || is_date
        || is_time
}

/// Regular expressions are quoted, so that nobody has to know what YAML makes of them.
fn is_pattern(text: &str) -> bool {
    text.starts_with(['^', '\\']) || text.ends_with('$')
}

/// What every parser takes as it stands.
fn is_printable(c: char) -> bool {
    match u32::from(c) {
        0x20..=0x7e => true,
        0x2028 | 0x2029 | 0xfeff => false,
        0xa0..=0xd7ff | 0xe000..=0xfffd | 0x1_0000..=0x10_ffff => true,
        _ => false,
    }
}
