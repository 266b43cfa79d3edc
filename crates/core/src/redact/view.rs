//! A decoded view of a text. In: bytes. Out: other bytes, each with its position in the original text,
//! so that a match in a view can be removed from the text.

/// Bytes, and for each where it comes from.
#[derive(Clone, Default)]
pub(super) struct View {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// From the first byte to the one behind the last.
pub(super) type Place = (u32, u32);

/// Longest tag of HTML that is taken for one, in bytes.
const LONGEST_TAG: usize = 1000;

impl View {
    /// The text itself.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut view = Self::with_capacity(text.len());
        for (i, byte) in text.iter().enumerate() {
            let start = u32::try_from(i).unwrap_or(u32::MAX);
            view.push(*byte, (start, start.saturating_add(1)));
        }
        view
    }

    pub(super) fn with_capacity(length: usize) -> Self {
        Self { bytes: Vec::with_capacity(length), places: Vec::with_capacity(length) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn push(&mut self, byte: u8, place: Place) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// Where some bytes of it come from.
    pub(super) fn place(&self, from: usize, to: usize) -> Option<Place> {
        let (first, last) = (self.places.get(from)?, self.places.get(to.checked_sub(1)?)?);
        Some((first.0, last.1))
    }

    /// Adds some bytes of another one.
    pub(super) fn take(&mut self, other: &Self, from: usize, to: usize) {
        self.bytes.extend_from_slice(&other.bytes[from..to]);
        self.places.extend_from_slice(&other.places[from..to]);
    }

    /// From one byte to another.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        let mut part = Self::with_capacity(to - from);
        part.take(self, from, to);
        part
    }

    /// Without what a person does not see: white space, control characters, marks of direction and
    /// the like, and bytes that are no text; nothing if all is seen.
    pub(super) fn squeezed(&self) -> Option<Self> {
        let mut squeezed = Self::with_capacity(self.bytes.len());
        let mut i = 0;
        while i < self.bytes.len() {
            let (length, is_seen) = character(&self.bytes[i..]);
            if is_seen {
                squeezed.take(self, i, i + length);
            }
            i += length;
        }
        (squeezed.bytes.len() < self.bytes.len()).then_some(squeezed)
    }

    /// Without tags of HTML; nothing if there are none.
    pub(super) fn without_tags(&self) -> Option<Self> {
        let mut plain = Self::default();
        let (mut i, mut copied) = (0, 0);
        while i < self.bytes.len() {
            match tag(&self.bytes[i..]) {
                Some(length) => {
                    plain.take(self, copied, i);
                    i += length;
                    copied = i;
                }
                None => i += 1,
            }
        }
        if copied == 0 {
            return None;
        }
        plain.take(self, copied, self.bytes.len());
        Some(plain)
    }
}

/// Where text stands, from and to, with at least so many characters that are seen. What is read
/// wrongly is mostly none, so that it need not be looked through.
pub(super) fn stretches(bytes: &[u8], least: usize) -> Vec<(usize, usize)> {
    let mut stretches = Vec::new();
    let (mut i, mut from, mut seen) = (0, 0, 0);
    while i < bytes.len() {
        let (length, is_seen) = character(&bytes[i..]);
        let is_text = bytes[i].is_ascii() || length > 1;
        if is_text {
            seen += usize::from(is_seen);
        } else {
            if seen >= least {
                stretches.push((from, i));
            }
            (from, seen) = (i + length, 0);
        }
        i += length;
    }
    if seen >= least {
        stretches.push((from, i));
    }
    stretches
}

/// How long the first character is, and whether a person sees it.
fn character(bytes: &[u8]) -> (usize, bool) {
    let length = match bytes[0] {
        byte if byte < 0x80 => return (1, byte.is_ascii_graphic()),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let text = bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    match text.and_then(|text| text.chars().next()) {
        Some(c) => (length, !(c.is_whitespace() || c.is_control() || is_unseen(c))),
        None => (1, false),
    }
}

/// Marks of direction, joiners, selectors, and what stands for bytes that are no text.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}

/// How long the tag is that begins here, if one does.
fn tag(bytes: &[u8]) -> Option<usize> {
    let (first, next) = (bytes.first()?, bytes.get(1)?);
    let is_tag = *first == b'<' && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!'));
    if !is_tag {
        return None;
    }
    let mut inside = bytes.iter().take(LONGEST_TAG).skip(1);
    let end = inside.position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    (bytes[end] == b'>').then_some(end + 1)
}
