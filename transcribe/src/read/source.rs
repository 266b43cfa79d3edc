//! Bytes in, text with line numbers out.

use std::borrow::Cow;

use super::Problem;

/// The largest page that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A page's text. Lines end with `\n` alone.
pub(super) struct Source<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where each line but the first starts.
    starts: Vec<usize>,
}

impl Source<'_> {
    /// The line, from 1, of a byte offset.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + 1
    }
}

pub(super) fn decode(bytes: &[u8]) -> Result<Source<'_>, Problem> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        let message = format!("larger than {limit} MiB, which no page is; page refused");
        return Err(Problem::new(1, message));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Problem::new(line, "invalid UTF-8; save the page as UTF-8; page refused")
    })?;
    Ok(source(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

/// Text that is known to be UTF-8.
fn source(text: &str) -> Source<'_> {
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let text = without_glued_fences(text);
    let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    Source { text, starts }
}

/// A fence behind the mark of a list item, whose code stands at the margin, would end at once: Markdown
/// wants the code indented like the item. Such a fence is taken out of its list; lines stay lines.
fn without_glued_fences(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut found = false;
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        let glued = behind_mark(line);
        let Some((fence, mark)) =
            glued.or(Some(line.trim_start())).and_then(|f| Some((f, fence(f)?)))
        else {
            at += 1;
            continue;
        };
        let code = lines.iter().skip(at + 1).take_while(|line| !closes(line, mark));
        let (mut count, mut at_margin) = (0, false);
        for line in code {
            count += 1;
            at_margin |= line.starts_with(|c: char| !c.is_whitespace());
        }
        if glued.is_some() && at_margin {
            found = true;
            if let Some(line) = lines.get_mut(at) {
                *line = fence;
            }
        }
        at += count + 2;
    }
    if found { Cow::Owned(lines.join("\n")) } else { text }
}

/// What stands behind the mark of a list item, `-` or `1.`.
fn behind_mark(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')'])?,
        false => line.strip_prefix(['-', '*', '+'])?,
    };
    item.starts_with([' ', '\t']).then(|| item.trim_start_matches([' ', '\t']))
}

/// The marks that open a block of code.
fn fence(text: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|mark| {
        let length = text.len() - text.trim_start_matches(mark).len();
        let rest = text.get(length..)?;
        // Behind backticks there may be no further one: that is code inside of a line.
        (length >= 3 && !(mark == '`' && rest.contains('`'))).then(|| text.get(..length)).flatten()
    })
}

/// Whether a line ends the block that these marks opened.
fn closes(line: &str, mark: &str) -> bool {
    let line = line.trim();
    let sign = mark.chars().next();
    line.len() >= mark.len() && line.chars().all(|c| Some(c) == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_behind_a_mark_keeps_its_code() {
        let read = |text: &str| source(text).text.into_owned();
        for mark in ["-   ", "- ", "*\t", "+ ", "1. ", "12)  ", "  - "] {
            for fence in ["```", "~~~", "````"] {
                let code = format!("{fence}json\nGET /a\n\n{{}}\n{fence}\n");
                let twice = format!("{mark}{code}\n{mark}{code}");
                assert_eq!(read(&twice), format!("{code}\n{code}"), "{mark}{fence}");
            }
        }
        for good in [
            "-   ```\n    GET /a\n    ```\n",
            "- a\n",
            "```\n- a\n```\n",
            // Inside of a block nothing is a mark, and a shorter fence is text.
            "````\n- ```\na\n```\n````\n",
            "- ```code``` in a line\nb\n",
            "1st ```\na\n```\n",
        ] {
            assert_eq!(read(good), good);
        }
    }

    #[test]
    fn lines_count_from_one_and_end_with_any_line_ending() {
        let source = decode(b"\xef\xbb\xbfa\r\nb\rc\nd").unwrap();
        assert_eq!(source.text, "a\nb\nc\nd");
        let lines: Vec<_> = (0..7).map(|offset| source.line(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 3, 3, 4]);
    }
}
