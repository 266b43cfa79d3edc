//! Escapes of JSON and programming languages, of URLs and of HTML, one layer. In: a view, and which
//! escapes count. Out: the unescaped view, or nothing if there is no such escape.

use super::view::View;

/// Longest escape, in bytes: `&CounterClockwise…;` is longer, and is no character of a secret.
pub(super) const LONGEST: usize = 12;

/// Names of characters in HTML. Letters and digits have none.
const ENTITIES: [(&str, char); 42] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("LT", '<'),
    ("gt", '>'),
    ("GT", '>'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
];

/// All escapes at once, as in a text where each character was escaped in its own way; and each kind
/// alone, as where a whole text was escaped once more.
pub(super) const KINDS: [&[u8]; 4] = [b"\\%&", b"\\", b"%", b"&"];

pub(super) fn unescape(view: &View, kinds: &[u8]) -> Option<View> {
    let bytes = view.bytes();
    let mut plain = View::default();
    let (mut i, mut copied) = (0, 0);
    while i < bytes.len() {
        let escape = kinds.contains(&bytes[i]).then(|| escape(&bytes[i..])).flatten();
        let Some((length, meaning)) = escape else {
            i += 1;
            continue;
        };
        plain.take(view, copied, i);
        let place = view.place(i, i + length)?;
        match meaning {
            Meaning::Byte(byte) => plain.push(byte, place),
            Meaning::Char(c) => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| plain.push(byte, place));
            }
        }
        i += length;
        copied = i;
    }
    if copied == 0 {
        return None;
    }
    plain.take(view, copied, bytes.len());
    Some(plain)
}

/// What an escape stands for.
enum Meaning {
    Byte(u8),
    Char(char),
}

/// The escape that begins here: how long it is, and what it means.
fn escape(bytes: &[u8]) -> Option<(usize, Meaning)> {
    let (first, rest) = bytes.split_first()?;
    let (length, meaning) = match first {
        b'\\' => backslash(rest)?,
        b'%' => percent(rest)?,
        b'&' => entity(rest)?,
        _ => return None,
    };
    Some((length + 1, meaning))
}

fn backslash(rest: &[u8]) -> Option<(usize, Meaning)> {
    let meaning = match *rest.first()? {
        b'u' => return unicode(rest),
        b'x' => return Some((3, Meaning::Byte(byte(rest.get(1..3)?)?))),
        b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'0' => b'\n',
        quoted @ (b'\\' | b'/' | b'"' | b'\'') => quoted,
        _ => return None,
    };
    Some((1, Meaning::Byte(meaning)))
}

/// `u0041`, `ud83d\ude00` or `u{41}`, behind the backslash.
fn unicode(rest: &[u8]) -> Option<(usize, Meaning)> {
    if rest.get(1) == Some(&b'{') {
        let end = rest.iter().take(LONGEST).position(|byte| *byte == b'}')?;
        let c = char::from_u32(number(rest.get(2..end)?, 16)?)?;
        return Some((end + 1, Meaning::Char(c)));
    }
    let unit = number(rest.get(1..5)?, 16)?;
    if let Some(c) = char::from_u32(unit) {
        return Some((5, Meaning::Char(c)));
    }
    let low = rest.get(5..7).filter(|mark| *mark == b"\\u").and(rest.get(7..11))?;
    let units = [u16::try_from(unit).ok()?, u16::try_from(number(low, 16)?).ok()?];
    let c = char::decode_utf16(units).next()?.ok()?;
    Some((11, Meaning::Char(c)))
}

/// `41`, or `u0041` as some scripts write it.
fn percent(rest: &[u8]) -> Option<(usize, Meaning)> {
    if matches!(rest.first(), Some(b'u' | b'U')) {
        return Some((5, Meaning::Char(char::from_u32(number(rest.get(1..5)?, 16)?)?)));
    }
    Some((2, Meaning::Byte(byte(rest.get(..2)?)?)))
}

/// `amp;`, `#38;` or `#x26;`.
fn entity(rest: &[u8]) -> Option<(usize, Meaning)> {
    let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = &rest[..end];
    let c = match name {
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
        [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
        _ => ENTITIES.iter().find(|(known, _)| known.as_bytes() == name)?.1,
    };
    Some((end + 1, Meaning::Char(c)))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    u32::from_str_radix(digits, radix).ok()
}

fn byte(digits: &[u8]) -> Option<u8> {
    u8::try_from(number(digits, 16)?).ok()
}
