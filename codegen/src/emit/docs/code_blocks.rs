//! Blocks of code in a text of the document. In: Markdown, as somebody wrote it. Out: words, and lines of
//! code.
//!
//! A description is words for people: nothing in it is ever compiled or run. So that no tool takes a block
//! for Rust, each is written anew, closed, as `text`, and not inside of a list or a quotation, whose end would
//! open what closes it.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    Words(String),
    Code(Vec<String>),
}

/// A block that is not closed yet.
struct Fence {
    sign: char,
    length: usize,
    /// How far it stands inside of a list or a quotation.
    indent: usize,
    lines: Vec<String>,
}

/// The parts of a text, in order. A block that nothing closes goes to the end.
pub(super) fn split(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut open: Option<Fence> = None;
    for line in text.lines() {
        match open.take() {
            Some(fence) if fence.is_closed_by(line) => blocks.push(Block::Code(fence.lines)),
            Some(mut fence) => {
                fence.lines.push(without_container(line, fence.indent).trim_end().to_owned());
                open = Some(fence);
            }
            None => match opened(line) {
                Some(fence) => {
                    blocks.push(Block::Words(std::mem::take(&mut words).join("\n")));
                    open = Some(fence);
                }
                None => words.push(line),
            },
        }
    }
    blocks.extend(open.map(|fence| Block::Code(fence.lines)));
    blocks.push(Block::Words(words.join("\n")));
    blocks
}

/// A block as Markdown that nothing runs.
pub(super) fn fenced(lines: &[String]) -> String {
    let runs = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{fence}text\n{lines}{fence}")
}

/// The fence that a line begins with, inside of whatever.
pub(in crate::emit) fn fence_length(line: &str) -> Option<usize> {
    opened(line).map(|fence| fence.length)
}

fn opened(line: &str) -> Option<Fence> {
    let rest = after_markers(line);
    let sign = rest.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
    let info = rest.trim_start_matches(sign);
    let length = rest.len() - info.len();
    // What has its end on the same line is a span of code.
    let is_fence = length >= 3 && !(sign == '`' && info.contains('`'));
    is_fence.then(|| Fence { sign, length, indent: line.len() - rest.len(), lines: Vec::new() })
}

impl Fence {
    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        line.len() >= self.length && line.chars().all(|c| c == self.sign)
    }
}

/// A line without the marks of lists and quotations that it begins with.
fn after_markers(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_blank = |after: &&str| after.starts_with([' ', '\t']);
        let after = rest.strip_prefix('>').or_else(|| {
            let item = rest.strip_prefix(['-', '*', '+']).filter(is_blank);
            let numbered = || digits.strip_prefix(['.', ')']).filter(is_blank);
            item.or_else(|| numbered().filter(|_| digits.len() < rest.len()))
        });
        match after {
            Some(after) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

/// A line without at most so many blanks and marks of quotations.
fn without_container(line: &str, indent: usize) -> &str {
    let is_container = |(at, c): &(usize, char)| *at < indent && ['>', ' ', '\t'].contains(c);
    let length = line.char_indices().take_while(is_container).map(|(_, c)| c.len_utf8()).sum();
    line.get(length..).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<Vec<String>> {
        let of = |block| match block {
            Block::Code(lines) => Some(lines),
            Block::Words(_) => None,
        };
        split(text).into_iter().filter_map(of).collect()
    }

    #[test]
    fn fences_of_every_kind_are_found() {
        let cases = [
            ("a\n```\nx\n```\nb", vec!["x"]),
            ("```rust\nx\n```", vec!["x"]),
            ("~~~\nx\n```\n~~~~", vec!["x", "```"]),
            ("- ```rust\n  x\n  ```", vec!["x"]),
            ("1. > ~~~ no_run\n   >   x\n   > ~~~", vec!["  x"]),
            ("> ```\n> x\n\nb", vec!["x", "", "b"]),
            ("````\n```\n````", vec!["```"]),
            ("```\n", vec![]),
        ];
        for (text, lines) in cases {
            assert_eq!(code(text), [lines], "{text}");
        }
        for text in ["```a``` b", "``\nx\n``", "a ```", "-```"] {
            assert_eq!(code(text), Vec::<Vec<String>>::new(), "{text}");
        }
    }

    #[test]
    fn a_block_holds_whatever_its_lines_are() {
        assert_eq!(fenced(&["a".to_owned()]), "```text\na\n```");
        assert_eq!(fenced(&["````".to_owned()]), "`````text\n````\n`````");
    }
}
