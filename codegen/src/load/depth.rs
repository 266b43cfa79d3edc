//! Is a text nested so deeply that its parser would take minutes to refuse it? In: YAML or JSON
//! text. Out: the line where it is too deep.
//!
//! The parser's time grows with the square of the open brackets, and it looks at its own limit of
//! depth (128) only when it has read everything. What is counted here is less than what a parser
//! counts, never more than a text of sense has: brackets in double quotes and comments do not
//! count, and a line without brackets ends the count, so that a lone `[` in a pattern or in prose
//! never adds up.

/// More brackets than this, left open by neighbouring lines, are no document.
const MAX_OPEN: usize = 1000;

/// The number of the first line with too many open brackets.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let mut seen = false;
        let mut before = None;
        let mut characters = line.chars();
        while let Some(c) = characters.next() {
            match c {
                '[' | '{' => {
                    seen = true;
                    open += 1;
                    if open > MAX_OPEN {
                        return Some(index + 1);
                    }
                }
                ']' | '}' => {
                    seen = true;
                    open = open.saturating_sub(1);
                }
                '"' if before.is_none_or(|b| "[{,:-?".contains(b)) => skip_quoted(&mut characters),
                '#' if before.is_none() => break,
                _ => {}
            }
            if !c.is_whitespace() {
                before = Some(c);
            }
        }
        if !seen {
            open = 0;
        }
    }
    None
}

/// Goes on behind the closing quote, or to the line's end.
fn skip_quoted(characters: &mut std::str::Chars<'_>) {
    while let Some(c) = characters.next() {
        match c {
            '"' => return,
            '\\' => {
                characters.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_found_in_each_shape() {
        for shape in ["[", "{", "[ \n", "[a,", "{a: ", "[\"x\",", "{a:\n\n", "- [\n", "[{"] {
            let text = shape.repeat(2000);
            assert!(too_deep(&text).is_some(), "{shape:?}");
        }
        assert_eq!(too_deep(&"[\n".repeat(2000)), Some(1001));
    }

    #[test]
    fn brackets_that_nest_nothing_do_not_add_up() {
        let prose = "  description: |\n    from [0, 10), as in `[`\n".repeat(5000);
        let patterns = "- pattern: '^[[{]'\n  type: string\n".repeat(5000);
        let quoted = format!("[{}]", "\"[[[{\\\"[\", ".repeat(5000));
        let comments = "# [[[[\n".repeat(5000);
        let balanced = "[{}], ".repeat(5000);
        let deep = format!("{}{}", "[".repeat(900), "]".repeat(900)).repeat(50);
        for text in [prose, patterns, quoted, comments, balanced, deep] {
            assert_eq!(too_deep(&text), None, "{}", &text[..40]);
        }
    }
}
