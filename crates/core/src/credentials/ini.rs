//! One section of a file of lines `key = value`.
//!
//! In: the text of the file. Out: the values of a section as secrets, or the number of a line that is
//! none; what is on a line is never repeated.

use crate::Secret;

/// Values by their keys, which are in lower case; there are few.
#[derive(Default)]
pub(super) struct Section(Vec<(String, Secret)>);

impl Section {
    pub(super) fn get(&self, key: &str) -> Option<&Secret> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Secret> {
        let at = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.swap_remove(at).1)
    }

    fn insert(&mut self, key: String, value: Secret) {
        self.remove(&key);
        self.0.push((key, value));
    }
}

/// Reads a section; nothing if there is none of this name. Of a key that is there twice, the later
/// value counts; one without a value is not there. Lines that start with `#` or `;` are comments.
pub(super) fn section(text: &str, wanted: &str) -> Result<Option<Section>, Broken> {
    let mut section = None;
    let mut is_inside = false;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            is_inside = name.trim() == wanted;
            if is_inside {
                section.get_or_insert_with(Section::default);
            }
        } else if is_inside && let Some(section) = &mut section {
            let (key, value) = line.split_once(['=', ':']).ok_or(Broken { line: i + 1 })?;
            let (key, value) = (key.trim().to_lowercase(), value.trim());
            if value.is_empty() {
                section.remove(&key);
            } else {
                section.insert(key, Secret::from(value));
            }
        }
    }
    Ok(section)
}

/// A line that is no `key = value`, counted from 1.
#[derive(Debug, PartialEq)]
pub(super) struct Broken {
    pub(super) line: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Vec<(String, String)>>, Broken> {
        let entries = |section: Section| {
            let entries = section.0.iter();
            entries.map(|(key, value)| (key.clone(), value.expose().to_owned())).collect()
        };
        Ok(section(text, "basic")?.map(entries))
    }

    fn pairs(pairs: &[(&str, &str)]) -> Result<Option<Vec<(String, String)>>, Broken> {
        Ok(Some(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect()))
    }

    #[test]
    fn sections_and_comments() {
        let text = "\u{feff}stray\n[global]\nnonsense\n\n# note\n[ basic ]\r\n AK = a=b \r\n; sk = x\n\
                    sk: c\nempty =\nak2 = #1\n[other]\nak = z\n[basic]\nsk = d\nak2 =\n";
        assert_eq!(read(text), pairs(&[("ak", "a=b"), ("sk", "d")]));
        assert_eq!(read("[basic]"), pairs(&[]));
        assert_eq!(read("[Basic]\nak = a"), Ok(None));
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn a_line_that_is_none() {
        assert_eq!(read("[basic]\nak = a\n\nhunter2\n"), Err(Broken { line: 4 }));
        assert_eq!(read("[basic]\n[unclosed\n"), Err(Broken { line: 2 }));
    }
}
