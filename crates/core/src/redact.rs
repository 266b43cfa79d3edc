//! The token of a client in texts of a stranger: a server may echo what it was sent.
//!
//! In: a text of an answer. Out: the text with `[redacted]` wherever the token stood.

use std::borrow::Cow;

/// What stands in place of a token.
const REDACTED: &str = "[redacted]";

/// Fewer characters of the beginning of a token are nobody's secret.
const LEAST_PART: usize = 8;

/// Knows the token, as it is sent and as JSON may write it.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    token: &'a str,
}

impl<'a> Redactor<'a> {
    pub(crate) fn new(token: &'a str) -> Self {
        Self { token: token.trim() }
    }

    /// The text without the token.
    pub(crate) fn text(self, text: &str) -> String {
        let redact = |text: String, form: Cow<'_, str>| text.replace(&*form, REDACTED);
        self.forms().fold(text.to_owned(), redact)
    }

    /// The text without the token, even if only the beginning of one was read at its end.
    pub(crate) fn cut_text(self, text: &str) -> String {
        let mut text = self.text(text);
        for form in self.forms() {
            let parts = (LEAST_PART..form.len()).rev().filter_map(|end| form.get(..end));
            let part = parts.into_iter().find(|part| text.ends_with(part)).map(str::len);
            if let Some(length) = part {
                text.truncate(text.len() - length);
                text.push_str(REDACTED);
            }
        }
        text
    }

    /// Is the token in the text?
    pub(crate) fn is_in(self, text: &str) -> bool {
        self.forms().any(|form| text.contains(&*form))
    }

    /// The token itself, and with its slashes escaped, as some servers write JSON.
    fn forms(self) -> impl Iterator<Item = Cow<'a, str>> {
        let escaped = self.token.contains('/').then(|| Cow::Owned(self.token.replace('/', "\\/")));
        let plain = (!self.token.is_empty()).then_some(Cow::Borrowed(self.token));
        plain.into_iter().chain(escaped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_goes() {
        let redactor = Redactor::new(" hunter2/token ");
        assert_eq!(redactor.text("a hunter2/token, hunter2/token"), "a [redacted], [redacted]");
        assert_eq!(redactor.text(r#"{"t":"hunter2\/token"}"#), r#"{"t":"[redacted]"}"#);
        assert_eq!(redactor.text("hunter2 token"), "hunter2 token");
        assert!(redactor.is_in(r"hunter2\/token") && !redactor.is_in("hunter2"));
        assert_eq!(Redactor::new("").text("as it was"), "as it was");
    }

    #[test]
    fn the_beginning_of_a_token_goes_where_a_text_was_cut() {
        let redactor = Redactor::new("hunter2/token");
        assert_eq!(redactor.cut_text("a hunter2/token"), "a [redacted]");
        assert_eq!(redactor.cut_text("a hunter2/tok"), "a [redacted]");
        assert_eq!(redactor.cut_text(r"a hunter2\/tok"), "a [redacted]");
        assert_eq!(redactor.cut_text("a hunter2"), "a hunter2");
        assert_eq!(redactor.cut_text("a hunter2/tok."), "a hunter2/tok.");
    }
}
