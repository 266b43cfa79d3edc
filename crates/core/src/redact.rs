//! The secrets of a client in texts of a stranger: a server may echo what it was sent.
//!
//! In: a text of an answer. Out: the text with `[redacted]` wherever a token, a key or a signature
//! stood.

use std::borrow::Cow;

use crate::{Credentials, Secret, secret::REDACTED};

/// Fewer characters of the beginning of a secret are nobody's secret.
const LEAST_PART: usize = 8;

/// Stands before a signature.
const SIGNATURE: &str = "Signature=";

/// Knows the secrets, as they are sent and as JSON may write them. Signatures are known by their
/// form.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    /// A token; a secret key.
    secrets: [&'a str; 2],
}

impl<'a> Redactor<'a> {
    /// Knows what is sent of credentials, and the secret key.
    pub(crate) fn of(credentials: &'a Credentials) -> Self {
        let token = credentials.auth_token().or(credentials.security_token());
        let text = |secret: Option<&'a Secret>| secret.map_or("", Secret::expose).trim();
        Self { secrets: [text(token), text(credentials.secret_key())] }
    }

    /// Knows one token.
    #[cfg(test)]
    pub(crate) fn new(token: &'a str) -> Self {
        Self { secrets: [token.trim(), ""] }
    }

    /// The text without secrets.
    pub(crate) fn text(self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in self.forms() {
            text = text.replace(&*form, REDACTED);
        }
        without_signatures(text)
    }

    /// The text without secrets, even if only the beginning of one was read at its end.
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

    /// Is a secret in the text?
    pub(crate) fn is_in(self, text: &str) -> bool {
        self.forms().iter().any(|form| text.contains(&**form)) || text.contains(SIGNATURE)
    }

    /// Each secret itself, and with its slashes escaped, as some servers write JSON.
    fn forms(self) -> Vec<Cow<'a, str>> {
        let mut forms = Vec::new();
        for secret in self.secrets.into_iter().filter(|secret| !secret.is_empty()) {
            forms.push(Cow::Borrowed(secret));
            if secret.contains('/') {
                forms.push(Cow::Owned(secret.replace('/', "\\/")));
            }
        }
        forms
    }
}

/// The text without the digits of signatures.
fn without_signatures(text: String) -> String {
    if !text.contains(SIGNATURE) {
        return text;
    }
    let mut parts = text.split(SIGNATURE);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        clean.push_str(SIGNATURE);
        clean.push_str(if part.len() - rest.len() < LEAST_PART {
            &part[..part.len() - rest.len()]
        } else {
            REDACTED
        });
        clean.push_str(rest);
    }
    clean
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

    #[test]
    fn keys_and_signatures_go() {
        let credentials = Credentials::temporary("EXAMPLE-AK", "hunter2-key", "hunter2-token");
        let redactor = Redactor::of(&credentials);
        let text =
            "EXAMPLE-AK, hunter2-key and hunter2-token: Signature=0123456789abcdef, Signature=no";
        assert_eq!(
            redactor.text(text),
            "EXAMPLE-AK, [redacted] and [redacted]: Signature=[redacted], Signature=no"
        );
        assert!(redactor.is_in("hunter2-key") && redactor.is_in("Signature=0123456789abcdef"));
        let token = Credentials::token("hunter2-token");
        assert_eq!(Redactor::of(&token).text("hunter2-token!"), "[redacted]!");
    }
}
