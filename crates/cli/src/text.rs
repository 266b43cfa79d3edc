//! Text helpers. In: names and words. Out: shell quoting, kebab case, suggestions.

use huaweicloud_core::check::nearest;

use crate::messages;

/// A text as a word of a shell.
pub fn shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

/// A name as flags and commands have it: `az_codes`, `azCodes` and `AzCodes` are `az-codes`.
pub fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut before: Option<char> = None;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let begins = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_ascii_uppercase() && rest.peek().is_some_and(char::is_ascii_lowercase))
            });
        if begins && !kebab.ends_with('-') {
            kebab.push('-');
        }
        match c {
            '_' | ' ' => kebab.push('-'),
            c => kebab.extend(c.to_lowercase()),
        }
        before = Some(c);
    }
    kebab
}

/// `; did you mean X?`, or nothing.
pub fn did_you_mean<'c>(word: &str, known: impl IntoIterator<Item = &'c str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    // However it is spelled, it is the same name.
    let same = known.iter().find(|known| kebab(known) == kebab(word)).copied();
    match same.or_else(|| nearest(word, &known)) {
        Some(meant) => messages::did_you_mean(meant),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_flags() {
        let cases = [
            ("az_codes", "az-codes"),
            ("azCodes", "az-codes"),
            ("CreateInstance", "create-instance"),
            ("X-Language", "x-language"),
            ("ListVPCs", "list-vp-cs"),
            ("enableSSL", "enable-ssl"),
            ("SSLMode", "ssl-mode"),
            ("ipv6_enable", "ipv6-enable"),
        ];
        for (name, expected) in cases {
            assert_eq!(kebab(name), expected);
        }
    }

    #[test]
    fn words_of_a_shell_are_quoted_where_they_must_be() {
        assert_eq!(shell("maxLength@tags.key"), "maxLength@tags.key");
        assert_eq!(shell("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(shell(""), "''");
    }

    #[test]
    fn a_name_that_is_nearly_right_is_told() {
        assert_eq!(did_you_mean("az-codes", ["name", "az_codes"]), "; did you mean az_codes?");
        assert_eq!(did_you_mean("capacty", ["name", "capacity"]), "; did you mean capacity?");
        assert_eq!(did_you_mean("zzz", ["name", "capacity"]), "");
    }
}
