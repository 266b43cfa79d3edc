//! The headers of a signature: validated and sorted.
//!
//! Most callers pass them sorted and with names in lower case. Checking that takes one pass over each part,
//! without a branch per byte, so that the compiler can vectorize it; everything else takes
//! the slow path.

use std::borrow::Cow;

use super::{Request, SignError, sink::Sink};

type Header<'a> = (&'a str, &'a str);

/// Headers that are signed, sorted by their names in lower case.
pub(super) struct Signed<'a> {
    headers: Cow<'a, [Header<'a>]>,
    /// Of the header `X-Sdk-Date`.
    pub(super) date: &'a [u8; 16],
    /// Takes the place of the hash of a body.
    pub(super) content_hash: Option<&'a [u8]>,
}

impl<'a> Signed<'a> {
    #[inline]
    pub(super) fn new(request: &Request<'a>) -> Result<Self, SignError> {
        let headers = in_order(request.headers)?;
        let (mut date, mut content_hash, mut has_host) = (None, None, false);
        for (name, value) in &*headers {
            if is(name, "x-sdk-date") {
                date = Some(value);
            } else if is(name, "x-sdk-content-sha256") {
                content_hash = Some(value.as_bytes().trim_ascii());
            } else {
                has_host |= is(name, "host");
            }
        }
        let date = date.ok_or(SignError::MissingHeader("X-Sdk-Date"))?;
        let date = date.as_bytes().trim_ascii().try_into().map_err(|_| SignError::Date)?;
        if !is_moment(date) {
            return Err(SignError::Date);
        }
        if !has_host {
            return Err(SignError::MissingHeader("Host"));
        }
        Ok(Self { headers, date, content_hash })
    }

    /// `content-type;host;x-sdk-date`
    #[inline]
    pub(super) fn push_names(&self, text: &mut String) {
        let start = text.len();
        for (i, (name, _)) in self.headers.iter().enumerate() {
            if i > 0 {
                text.push(';');
            }
            text.push_str(name);
        }
        if let Cow::Owned(_) = self.headers {
            text[start..].make_ascii_lowercase();
        }
    }

    /// A line each. `names` are what [`push_names`](Self::push_names) wrote.
    #[inline]
    pub(super) fn push_lines(&self, mut names: &[u8], sink: &mut Sink<'_>) {
        for (name, value) in &*self.headers {
            let (name, rest) = names.split_at(name.len());
            sink.push(name);
            sink.push_byte(b':');
            sink.push(value.as_bytes().trim_ascii());
            sink.push_byte(b'\n');
            names = rest.get(1..).unwrap_or_default();
        }
    }
}

#[inline]
fn is(name: &str, wanted: &str) -> bool {
    name.len() == wanted.len() && (name == wanted || name.eq_ignore_ascii_case(wanted))
}

/// The headers without those that are not signed, sorted.
#[inline]
fn in_order<'a>(headers: &'a [Header<'a>]) -> Result<Cow<'a, [Header<'a>]>, SignError> {
    let (mut last, mut is_good) = ("", true);
    for (name, value) in headers {
        is_good &= is_simple(name) & is_one_line(value) & comes_before(last, name);
        last = name;
    }
    if is_good { Ok(Cow::Borrowed(headers)) } else { put_in_order(headers).map(Cow::Owned) }
}

/// Is it a name in lower case, of a header that is signed?
#[inline]
fn is_simple(name: &str) -> bool {
    let is_simple = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | (byte == b'-');
    name.bytes().fold(true, |all, byte| all & is_simple(byte))
}

#[inline]
fn is_one_line(value: &str) -> bool {
    let breaks = |byte: u8| (byte == b'\r') | (byte == b'\n') | (byte == 0);
    value.bytes().fold(true, |all, byte| all & !breaks(byte))
}

/// Compares texts of which most differ early.
#[inline]
fn comes_before(a: &str, b: &str) -> bool {
    a.bytes().lt(b.bytes())
}

#[cold]
fn put_in_order<'a>(headers: &[Header<'a>]) -> Result<Vec<Header<'a>>, SignError> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let mut signed = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        if name.is_empty() || !name.bytes().all(is_of_name) {
            return Err(SignError::HeaderName((*name).to_owned()));
        }
        if !is_one_line(value) {
            return Err(SignError::HeaderValue((*name).to_owned()));
        }
        if name.contains('_') {
            continue;
        }
        // There are few headers, most of them in order.
        match signed.binary_search_by(|(other, _): &Header<'_>| lower(other).cmp(lower(name))) {
            Ok(_) => return Err(SignError::RepeatedHeader(name.to_ascii_lowercase())),
            Err(at) => signed.insert(at, (*name, *value)),
        }
    }
    Ok(signed)
}

fn lower(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// `20260131T235959Z`
#[inline]
fn is_moment(text: &[u8; 16]) -> bool {
    let digits = text.iter().fold(0, |digits, byte| digits + u8::from(byte.is_ascii_digit()));
    digits == 14 && text[8] == b'T' && text[15] == b'Z'
}
