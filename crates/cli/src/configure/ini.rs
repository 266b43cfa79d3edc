//! A file of sections with `key = value` lines. In: its text. Out: values, and the text with some of them changed; every
//! other line stays as it was.

/// The lines of a file.
pub(crate) struct Ini(Vec<String>);

impl Ini {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.lines().map(str::to_owned).collect())
    }

    pub(crate) fn text(&self) -> String {
        let mut text = self.0.join("\n");
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    /// The names of all sections.
    pub(crate) fn sections(&self) -> Vec<&str> {
        self.0.iter().filter_map(|line| name(line)).collect()
    }

    /// Keys and values of a section.
    pub(crate) fn values(&self, section: &str) -> Option<Vec<(String, String)>> {
        let (begin, end) = self.bounds(section)?;
        let pair = |line: &String| {
            let (key, value) = line.split_once('=')?;
            let key = key.trim();
            let is_comment = key.starts_with(['#', ';']);
            (!is_comment).then(|| (key.to_owned(), value.trim().to_owned()))
        };
        Some(self.0.get(begin + 1..end).unwrap_or_default().iter().filter_map(pair).collect())
    }

    /// Sets a value; the section is made if there is none.
    pub(crate) fn set(&mut self, section: &str, key: &str, value: &str) {
        let line = format!("{key} = {value}");
        match (self.line(section, key), self.bounds(section)) {
            (Some(at), _) => self.0[at] = line,
            (None, Some((begin, _))) => self.0.insert(begin + 1, line),
            (None, None) => {
                if self.0.last().is_some_and(|line| !line.trim().is_empty()) {
                    self.0.push(String::new());
                }
                self.0.extend([format!("[{section}]"), line]);
            }
        }
    }

    /// Removes a value, if there is one.
    pub(crate) fn unset(&mut self, section: &str, key: &str) {
        if let Some(at) = self.line(section, key) {
            self.0.remove(at);
        }
    }

    /// Removes a section; says whether there was one.
    pub(crate) fn remove(&mut self, section: &str) -> bool {
        let found = self.bounds(section);
        if let Some((begin, end)) = found {
            self.0.drain(begin..end);
        }
        found.is_some()
    }

    /// The line of a value.
    fn line(&self, section: &str, key: &str) -> Option<usize> {
        let (begin, end) = self.bounds(section)?;
        let is_key =
            |line: &str| line.split_once('=').is_some_and(|(known, _)| known.trim() == key);
        let lines = self.0.iter().enumerate().take(end).skip(begin + 1);
        lines.into_iter().find(|(_, line)| is_key(line)).map(|(at, _)| at)
    }

    /// The line of a section's name, and that behind its last one.
    fn bounds(&self, section: &str) -> Option<(usize, usize)> {
        let begin = self.0.iter().position(|line| name(line) == Some(section))?;
        let rest = self.0.iter().enumerate().skip(begin + 1);
        let end = rest.into_iter().find(|(_, line)| name(line).is_some()).map(|(at, _)| at);
        Some((begin, end.unwrap_or(self.0.len())))
    }
}

fn name(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.strip_suffix(']').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_stays() {
        let mut ini = Ini::new("# mine\n[basic]\nak = A\n; old\n\n[basic.work]\nsk=S\n");
        ini.set("basic", "ak", "B");
        ini.set("basic.work", "region", "cn-north-4");
        ini.set("basic.new", "ak", "C");
        assert_eq!(
            ini.text(),
            "# mine\n[basic]\nak = B\n; old\n\n[basic.work]\nregion = cn-north-4\nsk=S\n\n[basic.new]\nak = C\n"
        );
        ini.unset("basic.work", "region");
        ini.unset("basic.work", "ak");
        ini.set("basic.work", "region", "cn-north-4");
        assert_eq!(ini.sections(), ["basic", "basic.work", "basic.new"]);
        let pairs =
            [("region".to_owned(), "cn-north-4".to_owned()), ("sk".to_owned(), "S".to_owned())];
        assert_eq!(ini.values("basic.work").unwrap(), pairs);
        assert!(ini.remove("basic") && !ini.remove("basic"));
        assert_eq!(
            ini.text(),
            "# mine\n[basic.work]\nregion = cn-north-4\nsk=S\n\n[basic.new]\nak = C\n"
        );
    }
}
