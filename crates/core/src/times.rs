//! Times in responses. In: the text of a field. Out: its time, or an error with the text.

use std::fmt;

pub use time::OffsetDateTime;
use time::{error::Parse, format_description::well_known::Rfc3339};

/// A text that is not a time of RFC 3339.
#[derive(Clone, PartialEq, Eq)]
pub struct TimeError {
    text: String,
    source: Parse,
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        write!(
            f,
            "`{text}` is not a time of RFC 3339, such as `2019-05-31T03:15:40Z`; the field has the text as it came"
        )
    }
}

crate::readable_debug!(TimeError);

impl std::error::Error for TimeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The time in a field; `None` if the field is absent or empty.
#[doc(hidden)]
pub fn time(text: Option<&str>) -> Result<Option<OffsetDateTime>, TimeError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let time = OffsetDateTime::parse(text, &Rfc3339);
    time.map(Some).map_err(|source| TimeError { text: text.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> i128 {
        time(Some(text)).unwrap().unwrap().unix_timestamp_nanos()
    }

    #[test]
    fn a_time_of_rfc_3339_is_a_moment() {
        assert_eq!(seconds("2019-05-31T03:15:40.631Z"), 1_559_272_540_631_000_000);
        assert_eq!(seconds("2019-05-31T11:15:40.631+08:00"), 1_559_272_540_631_000_000);
        assert_eq!(seconds("1970-01-01T00:00:00Z"), 0);
    }

    #[test]
    fn an_absent_or_empty_field_has_no_time() {
        assert_eq!((time(None), time(Some(""))), (Ok(None), Ok(None)));
    }

    #[test]
    fn another_text_is_an_error_that_shows_it() {
        for text in
            ["2019/10/22 14:44:30", "2021-06-16 06:12", "1618466522486", "2019-02-30T00:00:00Z"]
        {
            let error = time(Some(text)).unwrap_err();
            assert!(error.to_string().starts_with(&format!("`{text}` is not a time of RFC 3339")));
            assert!(std::error::Error::source(&error).is_some());
        }
    }
}
