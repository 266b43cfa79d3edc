//! A file of sections with `key = value` lines, as the vendor's SDKs read it.
//!
//! In: the text of the file. Out: its sections, with values as secrets; or the first line with a syntax
//! error, and why. Lines are never quoted, since they may hold secrets.

use zeroize::Zeroizing;

use crate::Secret;

/// What may stand in a section; the last two are of an identity provider, and `region` is for the command line.
const KEYS: [&str; 9] = [
    "ak",
    "sk",
    "security_token",
    "project_id",
    "domain_id",
    "iam_endpoint",
    "region",
    "idp_id",
    "id_token_file",
];

/// Whose values a section holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// `[basic]`
    Basic,
    /// `[basic.NAME]` or `[profile NAME]`
    Profile(String),
    /// `[global]` and `[global.NAME]`: of services that are the same in all regions.
    Global,
}

/// Values by their keys, which are in lower case; there are few.
#[derive(Clone, Default)]
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

/// A line that is not understood, counted from 1, and why.
#[derive(Debug, PartialEq)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) problem: String,
}

/// Reads all sections; one that is there twice is one. Of a key that is there twice, the later value
/// counts; one without a value is not there. What begins with `#` or `;`, at the start of a line or
/// behind white space, is a comment.
pub(super) fn sections(text: &str) -> Result<Vec<(Name, Section)>, Broken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = Zeroizing::new(text.replace("\r\n", "\n"));
    let mut sections: Vec<(Name, Section)> = Vec::new();
    let mut current = None;
    for (i, line) in text.split(['\n', '\r']).enumerate() {
        let broken = |problem: &str| Broken { line: i + 1, problem: problem.to_owned() };
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        if let Some(header) = line.strip_prefix('[') {
            let header = header.strip_suffix(']').ok_or_else(|| {
                broken("starts a section and does not end it: write it as [basic]")
            })?;
            let name = name(header.trim()).map_err(|problem| broken(&problem))?;
            let at = sections.iter().position(|(known, _)| *known == name);
            current = Some(at.unwrap_or(sections.len()));
            if at.is_none() {
                sections.push((name, Section::default()));
            }
            continue;
        }
        let section = current.and_then(|at| sections.get_mut(at));
        let Some((_, section)) = section else {
            return Err(broken("stands before any section: start with [basic]"));
        };
        let (key, value) =
            line.split_once(['=', ':']).ok_or_else(|| broken("is no `key = value`"))?;
        let (key, value) = (key.trim().to_lowercase(), value.trim());
        if !KEYS.contains(&key.as_str()) {
            return Err(broken(&format!("has a key that is none of {}", KEYS.join(", "))));
        }
        if value.is_empty() {
            section.remove(&key);
        } else {
            section.insert(key, Secret::from(value));
        }
    }
    Ok(sections)
}

/// Whose values a section holds, by what stands between its brackets.
fn name(header: &str) -> Result<Name, String> {
    let named = |name: &str| match name.trim() {
        "" => Err("has a profile without a name".to_owned()),
        name => Ok(Name::Profile(name.to_owned())),
    };
    match header {
        "basic" => Ok(Name::Basic),
        "global" => Ok(Name::Global),
        _ if header.starts_with("global.") => Ok(Name::Global),
        _ => match (header.strip_prefix("basic."), header.strip_prefix("profile ")) {
            (Some(name), _) | (None, Some(name)) => named(name),
            (None, None) => {
                let hint = match header.to_lowercase().as_str() {
                    "basic" | "global" => "; small letters are needed",
                    _ => "",
                };
                Err(format!(
                    "starts a section that is none of [basic], [basic.NAME], [profile NAME] and \
                     [global]{hint}"
                ))
            }
        },
    }
}

fn without_comment(line: &str) -> &str {
    let mut is_after_space = true;
    for (i, c) in line.char_indices() {
        if is_after_space && matches!(c, '#' | ';') {
            return &line[..i];
        }
        is_after_space = c.is_whitespace();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and values of each section.
    type Found = Vec<(Name, Vec<(String, String)>)>;

    fn read(text: &str) -> Result<Found, Broken> {
        let entries = |section: &Section| {
            let entries = section.0.iter();
            entries.map(|(key, value)| (key.clone(), value.expose().to_owned())).collect()
        };
        let sections = sections(text)?;
        Ok(sections.iter().map(|(name, section)| (name.clone(), entries(section))).collect())
    }

    fn basic(pairs: &[(&str, &str)]) -> Result<Found, Broken> {
        let pairs = pairs.iter().map(|(key, value)| ((*key).into(), (*value).into()));
        Ok(vec![(Name::Basic, pairs.collect())])
    }

    #[test]
    fn sections_and_comments() {
        let text = "\u{feff}\n# note\n[ basic ]\r\n AK = a=b \r\n; sk = x\nsk: c\nproject_id =\n\
                    domain_id = #1\n[basic]\nsk = d\ndomain_id =\n";
        assert_eq!(read(text), basic(&[("ak", "a=b"), ("sk", "d")]));
        assert_eq!(read("[basic]"), basic(&[]));
        assert_eq!(read(" \n# note"), Ok(Vec::new()));
    }

    #[test]
    fn comments_behind_something() {
        for head in ["[basic] # mine", "[basic] ; mine", "[basic]\t#[x]", "[basic]   "] {
            let text = format!("{head}\nak = a#b;c # mine\nsk = d ; mine\n");
            assert_eq!(read(&text), basic(&[("ak", "a#b;c"), ("sk", "d")]), "{head}");
            assert_eq!(read(&text.replace('\n', "\r")), read(&text));
            assert_eq!(read(&text.replace('\n', "\r\n")), read(&text));
        }
    }

    #[test]
    fn profiles() {
        let text =
            "[basic.dev]\nak = a\n[profile  prod]\nak = b\n[profile dev]\nsk = c\n[global]\nak=g";
        let found = read(text).unwrap();
        let names: Vec<_> = found.iter().map(|(name, _)| name.clone()).collect();
        let profile = |name: &str| Name::Profile(name.to_owned());
        assert_eq!(names, [profile("dev"), profile("prod"), Name::Global]);
        assert_eq!(found[0].1.len(), 2);
    }

    #[test]
    fn lines_that_are_not_understood() {
        let broken = |text: &str| match read(text) {
            Err(Broken { line, problem }) => (line, problem),
            Ok(found) => panic!("{text}: {found:?}"),
        };
        assert_eq!(broken("[basic]\nak = a\n\nhunter2\n"), (4, "is no `key = value`".into()));
        assert_eq!(broken("[basic]\rak = a\rhunter2").0, 3);
        assert_eq!(broken("[basic]\n[unclosed\n").0, 2);
        for text in ["[other]\nak = a", "[default]", "[basic-x]", "[]", "[basic.]", "[profile ]"] {
            assert_eq!(broken(text).0, 1, "{text}");
        }
        let (line, problem) = broken("[BASIC]\nak = a\nsk = b");
        assert!(line == 1 && problem.ends_with("; small letters are needed"), "{problem}");
        let before = (1, "stands before any section: start with [basic]".to_owned());
        for text in ["{\"ak\": \"hunter2\"}", "ak = a\n[basic]", "hunter2", "<xml>"] {
            assert_eq!(broken(text), before, "{text}");
        }
        let (line, problem) = broken("[basic]\naccess_key = hunter2\nsk = b");
        assert!(line == 2 && !problem.contains("hunter2"), "{problem}");
        assert!(problem.starts_with("has a key that is none of ak, sk, security_token"));
    }
}
