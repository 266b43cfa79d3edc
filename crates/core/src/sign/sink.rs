//! A byte string in a buffer of fixed length, and hexadecimal digits, without allocation.

/// Collects bytes in a buffer and counts them, also those that do not fit.
pub(super) struct Sink<'b> {
    buffer: &'b mut [u8],
    used: usize,
}

impl<'b> Sink<'b> {
    pub(super) fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, used: 0 }
    }

    #[inline]
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let end = self.used + bytes.len();
        if let Some(room) = self.buffer.get_mut(self.used..end) {
            room.copy_from_slice(bytes);
        }
        self.used = end;
    }

    #[inline]
    pub(super) fn push_byte(&mut self, byte: u8) {
        if let Some(room) = self.buffer.get_mut(self.used) {
            *room = byte;
        }
        self.used += 1;
    }

    /// The text, or the length that it needs if the buffer was too short.
    #[inline]
    pub(super) fn finish(self) -> Result<&'b [u8], usize> {
        let Self { buffer, used } = self;
        let buffer: &'b [u8] = buffer;
        buffer.get(..used).ok_or(used)
    }
}

/// A hash as text.
#[inline]
pub(super) fn hex(hash: &[u8; 32]) -> [u8; 64] {
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(hash) {
        pair[0] = digit(byte >> 4);
        pair[1] = digit(byte & 15);
    }
    text
}

/// By arithmetic rather than by a table: the compiler then does many at once.
#[inline]
fn digit(nibble: u8) -> u8 {
    const TO_LETTERS: u8 = b'a' - b'0' - 10;
    nibble + b'0' + if nibble > 9 { TO_LETTERS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_counted() {
        let fill = |buffer: &mut [u8]| {
            let mut sink = Sink::new(buffer);
            sink.push(b"ab");
            sink.push_byte(b'c');
            sink.push(b"de");
            sink.finish().map(<[u8]>::to_vec)
        };
        assert_eq!(fill(&mut [0; 6]), Ok(b"abcde".to_vec()));
        assert_eq!(fill(&mut [0; 5]), Ok(b"abcde".to_vec()));
        assert_eq!(fill(&mut [0; 4]), Err(5));
        assert_eq!(fill(&mut []), Err(5));
    }

    #[test]
    fn every_digit() {
        let mut hash = [0; 32];
        let bytes = [0x00, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xff];
        hash[..9].copy_from_slice(&bytes);
        let text = format!("00123456789abcdeff{}", "0".repeat(46));
        assert_eq!(hex(&hash), text.as_bytes());
    }
}
