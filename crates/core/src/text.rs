//! Text of a stranger on one line of a message.

use std::fmt;

/// A text on one line: white space collapsed, control characters left out, cut at a number of
/// characters.
pub(crate) struct OneLine<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, most) = *self;
        let mut written = 0;
        for (i, word) in text.split_whitespace().enumerate() {
            let space = (i > 0).then_some(' ');
            for c in space.into_iter().chain(word.chars().filter(|c| !c.is_control())) {
                if written == most {
                    return f.write_str("…");
                }
                fmt::Write::write_char(f, c)?;
                written += 1;
            }
        }
        Ok(())
    }
}

/// The words of an HTML page, without tags; a gateway's page is short and simple.
pub(crate) fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line() {
        assert_eq!(OneLine(" a\r\n\tb \u{1b}[31mc ", 20).to_string(), "a b [31mc");
        assert_eq!(OneLine("日本語", 3).to_string(), "日本語");
        assert_eq!(OneLine("日本語", 2).to_string(), "日本…");
        assert_eq!(OneLine("ab cd", 2).to_string(), "ab…");
    }

    #[test]
    fn pages_without_tags() {
        let page = "<html>\n<title>502 Bad Gateway</title><hr>nginx</html>";
        assert_eq!(OneLine(&without_tags(page), 99).to_string(), "502 Bad Gateway nginx");
    }
}
