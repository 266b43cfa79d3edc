//! Paths and queries in the one encoding that is signed.
//!
//! In: a URI in any encoding. Out: its bytes, decoded once and encoded again, with only
//! unreserved characters left alone.

use std::{borrow::Cow, collections::BinaryHeap};

use super::sink::Sink;

/// The path with a slash at its end, and the query, in two lines. Scheme, host and fragment are
/// left out.
#[inline]
pub(super) fn push_lines(uri: &str, sink: &mut Sink<'_>) {
    let uri = without_origin(uri);
    let is_plain = |byte: u8| is_unreserved(byte) | (byte == b'/');
    // Without a branch a byte, the compiler looks at many bytes at once.
    if uri.starts_with('/') && uri.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        sink.push(uri.as_bytes());
        if !uri.ends_with('/') {
            sink.push_byte(b'/');
        }
        sink.push_byte(b'\n');
    } else {
        sink.push(&encoded(uri));
    }
    sink.push_byte(b'\n');
}

/// Path and query, each encoded anew, with a line break between them.
#[cold]
fn encoded(uri: &str) -> Vec<u8> {
    let (path, query) = parts(uri);
    let mut text = Vec::with_capacity(uri.len() + 64);
    push_path(path, &mut text);
    text.push(b'\n');
    push_query(query, &mut text);
    text
}

/// What follows scheme and host, if they are there. A scheme is a word; `://` further on belongs to
/// the path or the query.
#[inline]
fn without_origin(uri: &str) -> &str {
    let is_end = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
    let bytes = uri.as_bytes();
    let slash = bytes.iter().position(is_end).unwrap_or(0);
    if slash == 0 || !uri[..slash].ends_with(':') || !bytes[slash..].starts_with(b"//") {
        return uri;
    }
    let host = slash + 2;
    bytes[host..].iter().position(is_end).map_or("", |end| &uri[host + end..])
}

/// Path and query, as they are.
fn parts(uri: &str) -> (&[u8], &[u8]) {
    let uri = uri.split_once('#').map_or(uri, |(uri, _)| uri);
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    (path.as_bytes(), query.as_bytes())
}

/// An encoded slash is one like any other.
fn push_path(path: &[u8], text: &mut Vec<u8>) {
    let mut last = None;
    let decoded = Decoded { rest: path, plus_is_space: false };
    for byte in decoded {
        push(byte, byte == b'/', text);
        last = Some(byte);
    }
    if last != Some(b'/') {
        text.push(b'/');
    }
}

/// Names with their values, sorted by their decoded bytes. A name without `=` has an empty value.
fn push_query(query: &[u8], text: &mut Vec<u8>) {
    let pairs = query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    let pairs: BinaryHeap<_> = pairs
        .map(|pair| {
            let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            (decoded(&pair[..equals]), decoded(pair.get(equals + 1..).unwrap_or_default()))
        })
        .collect();
    for (i, (name, value)) in pairs.into_sorted_vec().iter().enumerate() {
        if i > 0 {
            text.push(b'&');
        }
        name.iter().for_each(|byte| push(*byte, false, text));
        text.push(b'=');
        value.iter().for_each(|byte| push(*byte, false, text));
    }
}

fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return Decoded { rest: bytes, plus_is_space: true }.collect();
    }
    Cow::Borrowed(bytes)
}

fn push(byte: u8, is_kept: bool, text: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if is_kept || is_unreserved(byte) {
        text.push(byte);
    } else {
        let digit = |nibble: u8| DIGITS[usize::from(nibble & 15)];
        text.extend([b'%', digit(byte >> 4), digit(byte)]);
    }
}

#[inline]
fn is_unreserved(byte: u8) -> bool {
    let is_mark = (byte == b'-') | (byte == b'.') | (byte == b'_') | (byte == b'~');
    byte.is_ascii_alphanumeric() | is_mark
}

/// Bytes of which each `%XX` has become one. A `%` without two digits stands for itself.
struct Decoded<'a> {
    rest: &'a [u8],
    plus_is_space: bool,
}

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        if let [b'%', high, low, rest @ ..] = self.rest
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            self.rest = rest;
            return Some(high << 4 | low);
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(if *byte == b'+' && self.plus_is_space { b' ' } else { *byte })
    }
}
