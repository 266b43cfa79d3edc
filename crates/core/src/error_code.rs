//! The meaning of a service's error codes. In: a code, and the catalog of the generated client.
//! Out: meaning, advice, and whether to retry.

use std::{borrow::Cow, fmt};

/// What is known of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorEntry {
    /// The code as it stands in an answer, such as `DCS.4012`.
    pub code: &'static str,
    /// The HTTP status that it is documented with.
    pub status: Option<u16>,
    /// What is wrong.
    pub meaning: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// Whether the same request may succeed after a pause, provided that it buys nothing.
    pub is_retryable: bool,
}

impl ErrorEntry {
    /// An entry, for generated catalogues.
    #[doc(hidden)]
    pub const fn new(
        code: &'static str,
        status: u16,
        meaning: &'static str,
        advice: &'static str,
        is_retryable: bool,
    ) -> Self {
        let status = if status == 0 { None } else { Some(status) };
        Self { code, status, meaning, advice, is_retryable }
    }
}

/// The documented codes of a service.
#[derive(Clone, Copy)]
pub struct ErrorCatalog {
    entries: &'static [ErrorEntry],
}

impl ErrorCatalog {
    /// A catalogue without codes.
    pub const EMPTY: Self = Self { entries: &[] };

    /// A catalogue; its entries are sorted by code.
    #[doc(hidden)]
    pub const fn new(entries: &'static [ErrorEntry]) -> Self {
        Self { entries }
    }

    /// What is known of a code; case counts.
    pub fn find(&self, code: &str) -> Option<&'static ErrorEntry> {
        let index = self.entries.binary_search_by(|entry| entry.code.cmp(code)).ok()?;
        self.entries.get(index)
    }

    /// A code with whatever is known of it.
    pub fn code(&self, code: impl Into<Cow<'static, str>>) -> ErrorCode {
        let code = code.into();
        ErrorCode { entry: self.find(&code), code }
    }

    /// All codes, in alphabetical order.
    pub fn entries(&self) -> &'static [ErrorEntry] {
        self.entries
    }
}

impl fmt::Debug for ErrorCatalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorCatalog({} codes)", self.entries.len())
    }
}

/// A code of a service's error, known or not.
///
/// `Display` is the code itself.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    code: Cow<'static, str>,
    entry: Option<&'static ErrorEntry>,
}

impl ErrorCode {
    /// The code as it came.
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// Is the code documented?
    pub fn is_known(&self) -> bool {
        self.entry.is_some()
    }

    /// What is wrong, if the code is known: one sentence.
    pub fn meaning(&self) -> Option<&'static str> {
        self.entry.map(|entry| entry.meaning)
    }

    /// What to do about it, if the code is known: a sentence or two.
    pub fn advice(&self) -> Option<&'static str> {
        self.entry.map(|entry| entry.advice)
    }

    /// The HTTP status that the code is documented with; that of an answer may differ.
    pub fn status(&self) -> Option<u16> {
        self.entry.and_then(|entry| entry.status)
    }

    /// Whether the same request may succeed after a pause, provided that it buys nothing. An unknown
    /// code is not.
    pub fn is_retryable(&self) -> bool {
        self.entry.is_some_and(|entry| entry.is_retryable)
    }
}

impl PartialEq for ErrorCode {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for ErrorCode {}

impl PartialEq<str> for ErrorCode {
    fn eq(&self, other: &str) -> bool {
        self.code == other
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, other: &&str) -> bool {
        self.code == *other
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static ENTRIES: &[ErrorEntry] = &[
        ErrorEntry::new("A.1", 400, "It is wrong.", "Mend it.", false),
        ErrorEntry::new("A.2", 0, "It is busy.", "Wait.", true),
    ];
    static CATALOG: ErrorCatalog = ErrorCatalog::new(ENTRIES);

    #[test]
    fn a_known_code_has_words() {
        let code = CATALOG.code("A.1");
        assert_eq!(code, "A.1");
        assert_eq!((code.meaning(), code.advice()), (Some("It is wrong."), Some("Mend it.")));
        assert_eq!((code.status(), code.is_retryable()), (Some(400), false));
        let code = CATALOG.code("A.2".to_owned());
        assert_eq!((code.status(), code.is_retryable(), code.is_known()), (None, true, true));
    }

    #[test]
    fn an_unknown_code_is_kept() {
        for unknown in ["", "A.0", "A.15", "a.1", "Z"] {
            let code = CATALOG.code(unknown.to_owned());
            assert_eq!((code.as_str(), code.is_known()), (unknown, false));
            assert_eq!((code.meaning(), code.advice(), code.status()), (None, None, None));
            assert!(!code.is_retryable());
            assert_eq!(code.to_string(), unknown);
        }
        assert!(!ErrorCatalog::EMPTY.code("A.1").is_known());
    }
}
