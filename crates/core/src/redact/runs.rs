//! Base64 and hexadecimal digits. In: a view. Out: what its runs of such digits may decode to, one
//! view for each alignment of a run: where its first whole group begins is unknown.

use super::view::{View, stretches};

/// An alphabet of digits.
struct Digits {
    bits: usize,
    /// So many of them are whole bytes.
    group: usize,
    value: fn(u8) -> Option<u8>,
}

const BASE64: Digits = Digits { bits: 6, group: 4, value: sextet };
const HEX: Digits = Digits { bits: 4, group: 2, value: nibble };

/// All readings of runs that are text and may hold this many bytes, or at the end of the view that many; beside
/// each, whether its run reaches that end.
pub(super) fn decoded(view: &View, least: usize, least_at_end: usize) -> Vec<(View, bool)> {
    let (mut readings, mut bytes) = (Vec::new(), Vec::new());
    for digits in [BASE64, HEX] {
        let count = |bytes: usize| (bytes * 8).div_ceil(digits.bits);
        for (from, to) in runs(view.bytes(), &digits, count(least.min(least_at_end))) {
            let is_last = to == view.bytes().len();
            if !is_last && to - from < count(least) {
                continue;
            }
            for start in from..(from + digits.group).min(to) {
                let least = if is_last { least.min(least_at_end) } else { least };
                read(&view.bytes()[start..to], &digits, &mut bytes);
                let stretches = stretches(&bytes, least);
                if stretches.is_empty() {
                    continue;
                }
                let read = placed(view, start, &bytes, &digits);
                for (from, to) in stretches {
                    let is_last = is_last && to == bytes.len();
                    readings.push((read.part(from, to), is_last));
                }
            }
        }
    }
    readings
}

/// Where digits stand, at least so many in a row.
fn runs(bytes: &[u8], digits: &Digits, least: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for i in 0..=bytes.len() {
        if bytes.get(i).is_none_or(|byte| (digits.value)(*byte).is_none()) {
            if i - from >= least {
                runs.push((from, i));
            }
            from = i + 1;
        }
    }
    runs
}

/// The bytes that the digits stand for, in place of what was there.
fn read(text: &[u8], digits: &Digits, bytes: &mut Vec<u8>) {
    bytes.clear();
    let (mut held, mut bits) = (0_u32, 0);
    for value in text.iter().filter_map(|byte| (digits.value)(*byte)) {
        held = held << digits.bits | u32::from(value);
        bits += digits.bits;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
}

/// The bytes that were read from `start` on; each comes from all digits that hold a bit of it.
fn placed(view: &View, start: usize, bytes: &[u8], digits: &Digits) -> View {
    let mut placed = View::with_capacity(bytes.len());
    for (i, byte) in bytes.iter().enumerate() {
        let (first, last) = (i * 8 / digits.bits, (i * 8 + 7) / digits.bits);
        if let Some(place) = view.place(start + first, start + last + 1) {
            placed.push(*byte, place);
        }
    }
    placed
}

/// Both alphabets, of texts and of URLs.
fn sextet(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
