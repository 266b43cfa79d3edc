//! Bytes in, text with line numbers out.

use std::borrow::Cow;

use super::Problem;

/// The largest page that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A page's text. Lines end with `\n` alone.
pub(super) struct PageText<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where each line but the first starts.
    starts: Vec<usize>,
}

impl PageText<'_> {
    /// The line, from 1, of a byte offset.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + 1
    }
}

pub(super) fn decode(bytes: &[u8]) -> Result<PageText<'_>, Problem> {
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
fn source(text: &str) -> PageText<'_> {
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let text = without_glued_fences(text);
    let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    PageText { text, starts }
}

/// A fence behind the mark of a list item, whose code stands at the margin, would end at once: Markdown
/// wants the code indented like the item. Such a fence is taken out of its list; lines stay lines.
fn without_glued_fences(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut found = false;
    let mut at = 0;
    while let Some(line) = lines.get(at).copied() {
        let glued = behind_mark(line);
        let opening = glued.as_ref().map_or(line.trim_start(), |item| item.content);
        let Some(mark) = fence(opening) else {
            at += 1;
            continue;
        };
        let fence = opening;
        let code = lines.iter().skip(at + 1).take_while(|line| !closes(line, mark));
        let (mut count, mut indentation) = (0, usize::MAX);
        for line in code {
            count += 1;
            if !line.trim().is_empty() {
                indentation = indentation.min(width(line, line.trim_start()));
            }
        }
        if glued.is_some_and(|item| !item.is_markdown || indentation < item.column) {
            found = true;
            if let Some(line) = lines.get_mut(at) {
                *line = fence;
            }
        }
        at += count + 2;
    }
    if found { Cow::Owned(lines.join("\n")) } else { text }
}

/// What stands behind the mark of a list item.
struct Item<'l> {
    content: &'l str,
    /// Where it begins.
    column: usize,
    /// Whether Markdown takes the mark for one, as `-` and `1.`; others are text to it, as `1、` and `•`.
    is_markdown: bool,
}

fn behind_mark(line: &str) -> Option<Item<'_>> {
    let text = line.trim_start_matches(' ');
    let digits = |text: &'_ str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let bare = text.strip_prefix(['(', '（']).unwrap_or(text);
    let number = bare.get(bare.len() - digits(bare)..).filter(|rest| rest.len() < bare.len());
    let (rest, is_markdown) = match number {
        Some(rest) => {
            let is_plain = bare.len() == text.len() && rest.starts_with(['.', ')']);
            (rest.strip_prefix(['.', ')', '、', '）', '．'])?, is_plain)
        }
        None => match text.strip_prefix(['-', '*', '+']) {
            Some(rest) => (rest, true),
            None => (text.strip_prefix(['•', '·', '●', '◦', '–', '—'])?, false),
        },
    };
    let content = rest.trim_start_matches([' ', '\t']);
    let is_apart = content.len() < rest.len();
    (is_apart || !is_markdown).then(|| Item { content, column: width(line, content), is_markdown })
}

/// How many columns stand in front of the end of a line; a tab goes on to the next fourth.
fn width(line: &str, end: &str) -> usize {
    let before = line.get(..line.len() - end.len()).unwrap_or_default();
    before.chars().fold(0, |at, c| if c == '\t' { (at / 4 + 1) * 4 } else { at + 1 })
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
        for mark in
            ["-   ", "- ", "*\t", "+ ", "1. ", "12)  ", "  - ", "1、", "（1）", "(2) ", "• "]
        {
            for fence in ["```", "~~~", "````"] {
                let code = format!("{fence}json\nGET /a\n\n{{}}\n{fence}\n");
                let twice = format!("{mark}{code}\n{mark}{code}");
                assert_eq!(read(&twice), format!("{code}\n{code}"), "{mark}{fence}");
            }
        }
        // Less than the item is indented is outside of it.
        for indentation in ["", " ", "  ", "   "] {
            let code = format!("```\n{indentation}GET /a\n{indentation}```\n");
            assert_eq!(read(&format!("-   {code}")), code);
        }
        for good in [
            "-\t```\n    GET /a\n    ```\n",
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
