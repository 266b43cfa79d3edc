//! Signatures, recognized by their form: `Signature=…`, `"signature": "…"` and similar.

use super::view::{Place, View};

const NAME: &[u8] = b"signature";

/// Most characters between the name and the value, such as `": "`.
const MOST_BETWEEN: usize = 8;

/// Fewer digits are a word.
const LEAST_DIGITS: usize = 8;

/// Fewer characters of base64 are a word.
const LEAST_BASE64: usize = 16;

/// Fewer bytes hold no name with a value.
pub(super) const LEAST: usize = NAME.len() + 1 + LEAST_DIGITS;

/// Where signatures stand.
pub(super) fn places(view: &View) -> Vec<Place> {
    let bytes = view.bytes();
    let names = bytes.windows(NAME.len()).enumerate();
    let names = names.filter(|(_, name)| name.eq_ignore_ascii_case(NAME));
    let values = names.filter_map(|(at, _)| value(bytes, at + NAME.len()));
    values.filter_map(|(from, to)| view.place(from, to)).collect()
}

/// The value behind a name, if it has the form of a signature.
fn value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let between = bytes[from..].iter().take_while(|byte| !byte.is_ascii_alphanumeric());
    let between = between.take(MOST_BETWEEN).count();
    let is_assigned =
        bytes[from..from + between].iter().any(|byte| matches!(byte, b'=' | b':' | b'>'));
    let from = from + between;
    let run = |is: fn(&u8) -> bool| bytes[from..].iter().take_while(|byte| is(byte)).count();
    let digits = run(u8::is_ascii_hexdigit);
    let base64 = run(|byte| byte.is_ascii_alphanumeric() || b"+/_-=".contains(byte));
    let has = |is: fn(&u8) -> bool| bytes[from..from + base64].iter().any(is);
    let is_random = base64 >= LEAST_BASE64
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase);
    match (is_assigned, is_random, digits >= LEAST_DIGITS) {
        (true, true, _) => Some((from, from + base64)),
        (true, false, true) => Some((from, from + digits)),
        _ => None,
    }
}
