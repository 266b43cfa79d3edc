//! Response headers as typed values. In: a response with its headers. Out: the same, with the generated
//! type for its headers; invalid values are absent, as in bodies.

use reqwest::header::HeaderMap;
use serde::de::{IntoDeserializer as _, value};

use crate::{Error, Response, lenient::Lenient};

/// The headers that an operation documents.
pub trait DocumentedHeaders {
    /// Reads them.
    fn read(headers: &HeaderMap) -> Self;
}

/// Waits for an answer, and reads the headers that are documented for it.
///
/// # Errors
///
/// Those of the answer.
pub async fn with_headers<T, H: DocumentedHeaders>(
    answer: impl Future<Output = Result<Response<T>, Error>>,
) -> Result<Response<T, H>, Error> {
    answer.await.map(Response::with_headers)
}

/// The value of a header, if it is there and can be meant for its type.
pub fn header<T: Lenient>(headers: &HeaderMap, name: &str) -> Option<T> {
    let value = headers.get(name)?;
    read(String::from_utf8_lossy(value.as_bytes()).trim())
}

/// The values of a header that is a list: those that can be meant for its type, in their order.
pub fn header_list<T: Lenient>(headers: &HeaderMap, name: &str) -> Vec<T> {
    let lines = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let read_line =
        |line: &str| -> Vec<T> { line.split(',').map(str::trim).filter_map(read).collect() };
    lines.flat_map(|line| read_line(&line)).collect()
}

fn read<T: Lenient>(text: &str) -> Option<T> {
    let text: value::StrDeserializer<'_, value::Error> = text.into_deserializer();
    T::lenient_item(text).ok().flatten()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn headers_are_read_leniently() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("x-count", " 7 "), ("x-last", "TRUE"), ("x-zones", "a, b"), ("x-bad", "many")]
        {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers.append("x-zones", HeaderValue::from_static("c"));
        headers.append("x-name", HeaderValue::from_bytes(b"caf\xc3\xa9 \xff").unwrap());
        assert_eq!(header::<i64>(&headers, "X-Count"), Some(7));
        assert_eq!(header::<u64>(&headers, "X-Bad"), None);
        assert_eq!(header::<i64>(&headers, "X-None"), None);
        assert_eq!(header::<bool>(&headers, "X-Last"), Some(true));
        assert_eq!(header::<String>(&headers, "X-Name").as_deref(), Some("café \u{fffd}"));
        assert_eq!(header_list::<String>(&headers, "X-Zones"), ["a", "b", "c"]);
        assert!(header_list::<i64>(&headers, "X-Zones").is_empty());
    }
}
