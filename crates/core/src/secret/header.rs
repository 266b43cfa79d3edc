//! Headers that carry a secret. In: a value. Out: the same, marked as sensitive, so that `Debug` does not show it.

use reqwest::header::{HeaderValue, InvalidHeaderValue};

/// A value that `Debug` of its headers does not show.
pub(crate) fn sensitive(
    value: Result<HeaderValue, InvalidHeaderValue>,
) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = value?;
    value.set_sensitive(true);
    Ok(value)
}
