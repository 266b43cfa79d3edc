//! A request, read whole. In: what hyper hands over. Out: method, target, headers and body, or why it
//! is not read: too large, too slow, not text.

use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::{Request, body::Incoming};

use super::MAX_BODY;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query, as on the wire.
    pub(crate) target: String,
    /// Names in lower case, in order of arrival.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The path, without the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Names and values of the query, decoded; what is no text stays as it is.
    pub(crate) fn query(&self) -> Vec<(String, String)> {
        let (_, query) = self.target.split_once('?').unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        pairs.map(pair).collect()
    }
}

/// Why a request was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    TooLarge,
    TooSlow,
    Broken,
    /// A header or the target is no text.
    NoText,
}

impl Unread {
    pub(super) fn status(self) -> u16 {
        match self {
            Self::TooLarge => 413,
            Self::TooSlow => 408,
            Self::Broken | Self::NoText => 400,
        }
    }

    pub(super) fn why(self) -> &'static str {
        match self {
            Self::TooLarge => "the body is larger than 1 MiB; send less",
            Self::TooSlow => "the body did not arrive in time; send it at once",
            Self::Broken => "the body broke off; send all of it",
            Self::NoText => "a header has bytes that are no text; encode them",
        }
    }
}

/// The head of a request, without a body yet.
pub(super) fn head(request: &Request<Incoming>) -> Result<Received, Unread> {
    let mut headers = Vec::with_capacity(request.headers().len());
    for (name, value) in request.headers() {
        let value = std::str::from_utf8(value.as_bytes()).map_err(|_| Unread::NoText)?;
        headers.push((name.as_str().to_owned(), value.to_owned()));
    }
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let method = request.method().as_str().to_owned();
    Ok(Received { method, target, headers, body: Vec::new() })
}

/// The whole body, within `time`.
pub(super) async fn body(body: Incoming, time: Duration) -> Result<Vec<u8>, Unread> {
    let whole = Limited::new(body, MAX_BODY).collect();
    let body = tokio::time::timeout(time, whole).await.map_err(|_| Unread::TooSlow)?;
    let body = body.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
        true => Unread::TooLarge,
        false => Unread::Broken,
    })?;
    Ok(body.to_bytes().to_vec())
}

/// Percent-decoded, and `+` is a space, as servers read a query.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|&b| char::from(b).to_digit(16));
        let hex = (byte == b'%').then(|| Some(digit(at + 1)? * 16 + digit(at + 2)?)).flatten();
        match hex.and_then(|hex| u8::try_from(hex).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_as_servers_do() {
        let target = "/p?a=1&b=x%20y+z&&c&d=%zz%&a=%C3%A9&e=%ff".to_owned();
        let received = Received { method: "GET".to_owned(), target, headers: vec![], body: vec![] };
        let pairs = received.query();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let expected =
            [("a", "1"), ("b", "x y z"), ("c", ""), ("d", "%zz%"), ("a", "é"), ("e", "%ff")];
        assert_eq!(pairs, expected);
        assert_eq!(received.path(), "/p");
    }
}
