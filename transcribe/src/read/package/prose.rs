//! The text of a field in; its paragraphs and list items out, as a page would have them.
//!
//! A package has each text on one line: two blanks stand for a paragraph, ` - ` for an item of a list, and
//! `**参数解释**：` for the first of four labelled parts. Entities of HTML are text.

use crate::facts::Prose;

/// Splits a text.
pub(super) fn split(text: &str) -> Vec<Prose> {
    let text = html_escape::decode_html_entities(text);
    let mut pieces = Vec::new();
    for paragraph in paragraphs(&text) {
        for (number, part) in items(&paragraph).into_iter().enumerate() {
            let is_item = number > 0 || paragraph.trim_start().starts_with("- ");
            let part = part.trim().trim_start_matches("- ").trim();
            if !part.is_empty() {
                pieces.push(Prose { text: part.to_owned(), item: is_item });
            }
        }
    }
    pieces
}

/// At line breaks, at two blanks, and in front of a label of the four-part layout.
fn paragraphs(text: &str) -> Vec<String> {
    let mut marked = text.replace("\r\n", "\n");
    for label in ["参数解释", "约束限制", "取值范围", "默认取值"] {
        marked = marked.replace(&format!("**{label}**"), &format!("\n**{label}**"));
    }
    marked
        .split('\n')
        .flat_map(|line| line.split("  "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// At ` - `, but not between two numbers, which is a range.
fn items(paragraph: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = paragraph;
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|tail| tail.find(" - ")) {
        let at = from + found;
        let before = rest.get(..at).unwrap_or_default().trim_end();
        let after = rest.get(at + 3..).unwrap_or_default().trim_start();
        let is_range = before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit());
        if is_range {
            from = at + 3;
            continue;
        }
        parts.push(before);
        rest = after;
        from = 0;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    fn shown(text: &str) -> Vec<String> {
        let mark = |item| if item { "- " } else { "" };
        split(text).into_iter().map(|p| format!("{}{}", mark(p.item), p.text)).collect()
    }

    #[test]
    fn paragraphs_and_items() {
        assert_eq!(shown(""), Vec::<String>::new());
        assert_eq!(shown("一。  二。 三。"), ["一。", "二。 三。"]);
        assert_eq!(shown("取值如下： - a：甲 - b：乙"), ["取值如下：", "- a：甲", "- b：乙"]);
        assert_eq!(shown(" - a - b"), ["- a", "- b"]);
        assert_eq!(shown("范围：1 - 100"), ["范围：1 - 100"]);
        assert_eq!(shown("范围：1 - 100 - 其他"), ["范围：1 - 100", "- 其他"]);
        assert_eq!(
            shown("**参数解释**： 名称。 **取值范围**： 不涉及。"),
            ["**参数解释**： 名称。", "**取值范围**： 不涉及。"]
        );
        assert_eq!(shown("&gt; a &amp;&quot;b&#x60;"), ["> a &\"b`"]);
    }
}
