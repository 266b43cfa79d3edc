//! Bytes in, text with line numbers out.

use std::borrow::Cow;

use super::Problem;

/// The largest page that is read, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A page's text. Lines end with `\n` alone.
pub(super) struct Source<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where each line but the first starts.
    starts: Vec<usize>,
}

impl Source<'_> {
    /// The line, from 1, of a byte offset.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + 1
    }
}

pub(super) fn decode(bytes: &[u8]) -> Result<Source<'_>, Problem> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        let message = format!("larger than {limit} MiB, which no page is; page refused");
        return Err(Problem::new(1, message));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Problem::new(line, "invalid UTF-8; save the page as UTF-8; page refused")
    })?;
    Ok(source(text.strip_prefix('\u{feff}').unwrap_or(text)))
}

/// Text that is known to be UTF-8.
fn source(text: &str) -> Source<'_> {
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    Source { text, starts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_end_with_any_line_ending() {
        let source = decode(b"\xef\xbb\xbfa\r\nb\rc\nd").unwrap();
        assert_eq!(source.text, "a\nb\nc\nd");
        let lines: Vec<_> = (0..7).map(|offset| source.line(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 3, 3, 4]);
    }
}
