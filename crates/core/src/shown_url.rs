//! A URL that somebody typed, for messages. In: any text. Out: the text without possible secrets: user
//! name and password, and everything after the path.

use std::fmt;

use crate::{secret::REDACTED, text::OneLine};

/// Most characters that are shown.
const SHOWN_CHARS: usize = 100;

/// Displays without user name, password, query and fragment, on one line.
pub(crate) struct ShownUrl<'a>(pub(crate) &'a str);

impl fmt::Display for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.trim();
        // A password may hold anything, so that the last `@` ends it.
        let rest = match text.rsplit_once('@') {
            Some((login, rest)) => {
                let scheme = login.split_once("://").filter(|(scheme, _)| is_scheme(scheme));
                if let Some((scheme, _)) = scheme {
                    write!(f, "{scheme}://")?;
                }
                write!(f, "{REDACTED}@")?;
                rest
            }
            None => text,
        };
        let end = rest.find(['?', '#']).unwrap_or(rest.len());
        write!(f, "{}", OneLine(&rest[..end], SHOWN_CHARS))?;
        match rest[end..].chars().next() {
            Some(mark) => write!(f, "{mark}{REDACTED}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ShownUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_shown_and_logins_are_not() {
        let shown = |text| ShownUrl(text).to_string();
        assert_eq!(shown("dcs.example"), "dcs.example");
        assert_eq!(shown(" https://dcs.example:8443/a\n"), "https://dcs.example:8443/a");
        assert_eq!(shown("https://jo:hunter2@h/a?b=c#d"), "https://[redacted]@h/a?[redacted]");
        assert_eq!(shown("jo:hunter2@h"), "[redacted]@h");
        assert_eq!(shown("https://jo:hunt#er2@h"), "https://[redacted]@h");
        assert_eq!(shown("hunter2://jo://x@h#y"), "hunter2://[redacted]@h#[redacted]");
    }

    proptest! {
        #[test]
        fn no_password_is_shown(
            user in "[a-z]{0,5}",
            password in "HUNTER2[!-~]{0,8}",
            scheme in "(https?://)?",
        ) {
            let text = format!("{scheme}{user}:{password}@host.example/path");
            let shown = format!("{}{0:?}", ShownUrl(&text));
            prop_assert!(!shown.contains("HUNTER2"), "{shown}");
            prop_assert!(shown.contains("host.example/path"), "{shown}");
        }
    }
}
