//! A text and the places in it: characters, which the parser counts, and bytes, which texts are cut by.

/// The text that is rewritten.
pub(in crate::yaml) struct YamlText<'t> {
    pub(in crate::yaml) text: &'t str,
    /// The byte of each character, and the length at the end; nothing where they are the same.
    bytes: Option<Vec<usize>>,
}

impl<'t> YamlText<'t> {
    pub(in crate::yaml) fn new(text: &'t str) -> Self {
        let bytes = (!text.is_ascii())
            .then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect());
        Self { text, bytes }
    }

    /// The byte at which a character begins.
    pub(super) fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.text.len()),
            None => character.min(self.text.len()),
        }
    }

    /// The text between two places; nothing when they are none.
    pub(in crate::yaml) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a byte's line, from 1.
    pub(in crate::yaml) fn line(&self, at: usize) -> usize {
        1 + self.slice(0, at).matches('\n').count()
    }

    /// New text with the line breaks of this one.
    pub(in crate::yaml) fn line_breaks(&self, text: String) -> String {
        let line = self.text.split_inclusive('\n').next().unwrap_or_default();
        if line.ends_with("\r\n") { text.replace('\n', "\r\n") } else { text }
    }

    /// What stands in front of a place on its line.
    pub(super) fn before(&self, at: usize) -> &'t str {
        let text = self.slice(0, at);
        text.rsplit(['\n', '\r']).next().unwrap_or(text)
    }

    /// The end of a comment that follows on the same line, or the place itself when there is none.
    pub(in crate::yaml) fn behind_comment(&self, at: usize) -> usize {
        let rest = self.slice(at, self.text.len());
        let line = rest.split(['\n', '\r']).next().unwrap_or(rest);
        let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
        if spaces > 0 && line[spaces..].starts_with('#') { at + line.trim_end().len() } else { at }
    }

    /// Behind the closing quote of a scalar in quotes.
    pub(super) fn behind_quotes(&self, start: usize) -> Option<usize> {
        let mut characters = self.slice(start, self.text.len()).char_indices().peekable();
        let (_, quote) = characters.next()?;
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' if quote == '"' => {
                    characters.next();
                }
                // Two single quotes are one of the text.
                '\'' if quote == c && characters.peek().is_some_and(|(_, next)| *next == c) => {
                    characters.next();
                }
                _ if c == quote => return Some(start + at + 1),
                _ => {}
            }
        }
        None
    }

    /// The next place that is neither white space nor comment.
    pub(super) fn skip_blank(&self, at: usize) -> usize {
        let mut at = at;
        loop {
            let rest = self.slice(at, self.text.len());
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            at += rest.len() - trimmed.len();
            if !trimmed.starts_with('#') {
                return at;
            }
            at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
        }
    }
}
