//! Building blocks of messages: untrusted text on one line, and durations.

use std::{fmt, time::Duration};

/// A span of time in the unit that people have set it in: seconds, with a fraction if need be.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.subsec_millis() {
            0 if self.0.as_secs() > 0 || self.0.is_zero() => write!(f, "{} s", self.0.as_secs()),
            0 => write!(f, "{:?}", self.0),
            _ => write!(f, "{} s", self.0.as_millis() as f64 / 1000.0),
        }
    }
}

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

/// A body without the byte order mark that some servers put before it.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Elements whose content is not for reading.
const SILENT: [(&str, &str); 2] = [("<style", "</style"), ("<script", "</script")];

/// The words of an HTML page, without tags, styles and scripts; a gateway's page is short and
/// simple.
pub(crate) fn without_tags(html: &str) -> String {
    // As long as the page, byte for byte.
    let lower = html.to_ascii_lowercase();
    let mut text = String::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find('<').map(|i| at + i) {
        text.push_str(&html[at..start]);
        text.push(' ');
        let Some(end) = after_tag(&lower, start) else { return text };
        at = end;
    }
    text.push_str(&html[at..]);
    text
}

/// Where a tag ends that starts here, or the whole element if it is a silent one; nothing if the
/// page ends first.
fn after_tag(lower: &str, start: usize) -> Option<usize> {
    let end = |from: usize| lower[from..].find('>').map(|i| from + i + 1);
    let content = end(start)?;
    let is = |name: &str| {
        let rest = lower[start..].strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    };
    match SILENT.iter().find(|(name, _)| is(name)) {
        Some((_, closing)) => end(content + lower[content..].find(closing)?),
        None => Some(content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        let shown = |nanos| Seconds(Duration::from_nanos(nanos)).to_string();
        assert_eq!((shown(0), shown(60)), ("0 s".to_owned(), "60ns".to_owned()));
        assert_eq!(
            (shown(1_800_000_000_001), shown(60_000_000)),
            ("1800 s".to_owned(), "0.06 s".to_owned())
        );
        assert_eq!(Seconds(Duration::MAX).to_string(), "18446744073709552000 s");
    }

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
        assert_eq!(without_tags("a > b < c"), "a > b  ");
    }

    #[test]
    fn pages_without_styles_and_scripts() {
        let page = "<STYLE type=\"text/css\">p > a { color: red }</Style\n><title>Ü busy</title>\
                    <script>if (a < b) { alert('<p>') }</script><styled>nginx</styled>\
                    <script src=x>never closed";
        assert_eq!(OneLine(&without_tags(page), 99).to_string(), "Ü busy nginx");
    }
}
