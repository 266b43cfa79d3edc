//! A table of pipes in, its rows of cells out.
//!
//! Formal constraints are glued to one another in such cells (`**A****B**`), which is no bold text by the
//! rules of Markdown, so they are split before a cell is read as Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    Problem,
    cell::{Cell, CellBuilder},
    html::{Token, tokens},
    html_table::{RawRow, RawTable},
    layout::LABELS,
    page_text::PageText,
};

/// Reads the rows, given by where they start and end.
pub(super) fn read(
    source: &PageText<'_>,
    rows: &[std::ops::Range<usize>],
) -> Result<RawTable, Problem> {
    let row = |range: &std::ops::Range<usize>| RawRow {
        line: source.line(range.start),
        cells: columns(&source.text[range.clone()]).into_iter().map(cell).collect(),
    };
    let mut rows = rows.iter().map(row);
    let head = rows.next();
    let line = head.as_ref().map_or(1, |row| row.line);
    Ok(RawTable { line, head, rows: rows.collect(), problems: Vec::new() })
}

/// The texts between the pipes of a row.
fn columns(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut columns = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in row.bytes().enumerate() {
        if byte == b'|' && !escaped {
            columns.push(row[start..at].trim());
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if start < row.len() {
        columns.push(row[start..].trim());
    }
    columns
}

fn cell(text: &str) -> Cell {
    let mut cell = CellBuilder::default();
    let mut item = false;
    let (prose, formal) = text.split_at(formal_start(text));
    inline(prose, &mut cell, &mut item);
    let mut rest = formal;
    while let Some((label, values, after)) = constraint(rest) {
        cell.push(label, false);
        cell.push("：", false);
        for value in values {
            cell.split();
            let mut plain = CellBuilder::default();
            inline(value, &mut plain, &mut false);
            cell.push(&plain.finish(false).text(), true);
        }
        rest = after;
    }
    cell.finish(item)
}

/// Where the formal constraints at the end of a cell start.
fn formal_start(text: &str) -> usize {
    let mut from = 0;
    while let Some(start) = next_label(text, from) {
        let mut rest = &text[start..];
        while let Some((_, _, after)) = constraint(rest) {
            rest = after;
        }
        if rest.is_empty() {
            return start;
        }
        // Whatever was understood on the way would end here again.
        let end = text.len() - rest.len();
        let step = rest.chars().next().map_or(0, char::len_utf8);
        from = if end > start { end } else { start + step };
    }
    text.len()
}

fn next_label(text: &str, from: usize) -> Option<usize> {
    let text = &text[from..];
    text.char_indices()
        .map(|(at, _)| at)
        .find(|at| LABELS.iter().any(|(word, _)| text[*at..].starts_with(word)))
        .map(|at| from + at)
}

/// A label, its values, and what follows.
fn constraint(text: &str) -> Option<(&str, Vec<&str>, &str)> {
    let (word, _) = LABELS.iter().find(|(word, _)| text.starts_with(word))?;
    let mut rest = text[word.len()..].strip_prefix(['：', ':'])?.trim_start();
    let mut values = Vec::new();
    while let Some(start) = rest.strip_prefix("**") {
        let end = value_end(start)?;
        values.push(&start[..end]);
        rest = start[end + 2..].trim_start();
    }
    (!values.is_empty()).then_some((&text[..word.len()], values, rest))
}

/// Where the two stars behind a value stand.
fn value_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'*' && !escaped && at > 0 && text[at..].starts_with("**") {
            return Some(at);
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

/// Reads Markdown without blocks.
fn inline(markdown: &str, cell: &mut CellBuilder, item: &mut bool) {
    // The letter in front keeps `- ` and the like from starting a block.
    let text = format!("x{}", markdown.replace("\\|", "|"));
    let mut strong = 0_usize;
    let mut first = true;
    for event in Parser::new_ext(&text, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) => {
                let skip = usize::from(std::mem::take(&mut first));
                cell.push(text.get(skip..).unwrap_or_default(), strong > 0);
            }
            Event::SoftBreak | Event::HardBreak => cell.push(" ", strong > 0),
            Event::Start(Tag::Link { dest_url, .. }) => cell.link(&dest_url),
            Event::Start(Tag::Strong) => {
                cell.split();
                strong += 1;
            }
            Event::End(TagEnd::Strong) => {
                cell.split();
                strong = strong.saturating_sub(1);
            }
            Event::InlineHtml(html) | Event::Html(html) => tags(&html, cell, item, &mut strong),
            _ => {}
        }
    }
}

fn tags(html: &str, cell: &mut CellBuilder, item: &mut bool, strong: &mut usize) {
    for token in tokens(html) {
        match token {
            Token::Open { tag, href, .. } => {
                if let Some(target) = href {
                    cell.link(&target);
                }
                match tag.as_str() {
                    "br" | "p" | "ul" | "ol" => cell.end(*item),
                    "li" => {
                        cell.end(*item);
                        *item = true;
                    }
                    "strong" | "b" => {
                        cell.split();
                        *strong += 1;
                    }
                    _ => {}
                }
            }
            Token::Close { tag, .. } => match tag.as_str() {
                "p" => cell.end(*item),
                "li" | "ul" | "ol" => {
                    cell.end(*item);
                    *item = false;
                }
                "strong" | "b" => {
                    cell.split();
                    *strong = strong.saturating_sub(1);
                }
                _ => {}
            },
            Token::Text(text) => cell.push(&text, *strong > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<(String, bool)> {
        let pieces = cell(text).pieces.into_iter();
        pieces.flat_map(|piece| piece.runs).map(|run| (run.text, run.strong)).collect()
    }

    fn run(text: &str, strong: bool) -> (String, bool) {
        (text.to_owned(), strong)
    }

    #[test]
    fn rows_split_at_pipes_that_are_not_escaped() {
        assert_eq!(columns("|a|b \\| c||d|"), ["a", "b \\| c", "", "d"]);
        assert_eq!(columns("a | b"), ["a", "b"]);
    }

    #[test]
    fn glued_values_are_runs_of_their_own() {
        let expected = [
            run("Text: ", false),
            run("bold", true),
            run(".最大长度：", false),
            run("36", true),
            run("枚举值：", false),
            run("A_b", true),
            run("|", true),
            run("- c", true),
        ];
        assert_eq!(
            runs("Text: **bold**.最大长度：**36**枚举值：**A\\_b****\\|****- c**"),
            expected
        );
    }

    #[test]
    fn labels_inside_of_prose_are_prose() {
        assert_eq!(
            runs("最大值：**9** and more"),
            [run("最大值：", false), run("9 ", true), run("and more", false)]
        );
        assert_eq!(formal_start("最大值：**9**x最小值：**1**"), "最大值：**9**x".len());
        assert_eq!(formal_start("最大值最大值：**9**"), "最大值".len());
    }

    #[test]
    fn links_and_line_breaks() {
        let cell = cell("- Array of [Tag](#request_Tag) objects<br>next &lt;");
        assert_eq!(cell.anchor.as_deref(), Some("request_Tag"));
        let texts: Vec<_> = cell.pieces.iter().map(|piece| piece.text()).collect();
        assert_eq!(texts, ["- Array of Tag objects", "next <"]);
    }
}
