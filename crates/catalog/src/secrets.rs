//! Names of fields that hold secrets.
//!
//! In: the name of a property or parameter, in any case. Out: whether its text is a secret. The reader of
//! pages marks what certainly is one (`format: password`), the lint asks about everything that may be, and
//! front ends hide what is not documented and may be one.

use heck::ToSnakeCase as _;

/// Whether the text of a field is a secret, judged by the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    /// Nothing speaks for it.
    None,
    /// It may be one; a person has to decide.
    Likely,
    /// It is one.
    Certain,
}

/// Names longer than this are no names; to split them would only take time.
const MAX_LENGTH: usize = 256;

/// A name with these words side by side is a secret. Words are in the singular; a name may have them in
/// one, as in `privatekey`.
const CERTAIN: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["pwd"],
    &["passphrase"],
    &["passcode"],
    &["secret"],
    &["token"],
    &["credential"],
    &["private", "key"],
    &["access", "key"],
    &["api", "key"],
    &["app", "code"],
    &["auth", "code"],
    &["authorization"],
    &["kubeconfig"],
];

/// A name with these words may be a secret.
const LIKELY: &[&[&str]] = &[
    &["ak"],
    &["aksk"],
    &["app", "key"],
    &["auth", "key"],
    &["cert", "key"],
    &["client", "key"],
    &["cookie"],
    &["cred"],
    &["decryption", "key"],
    &["encrypt", "key"],
    &["encrypted", "key"],
    &["encryption", "key"],
    &["host", "key"],
    &["jwt"],
    &["key", "material"],
    &["keytab"],
    &["license", "key"],
    &["login", "code"],
    &["master", "key"],
    &["mfa", "code"],
    &["otp"],
    &["pass"],
    &["pin", "code"],
    &["psk"],
    &["recovery", "code"],
    &["security", "code"],
    &["server", "key"],
    &["session", "key"],
    &["shared", "key"],
    &["signature"],
    &["signing", "key"],
    &["sms", "code"],
    &["ssh", "key"],
    &["storage", "key"],
    &["totp"],
    &["verification", "code"],
    &["verify", "code"],
];

/// Secrets when nothing else stands in the name, and likely ones at its end: `auth`, `redis_auth`.
const ALONE: &[&str] = &["auth", "sk"];

/// Names that begin so tell something about a secret, or lead to a page of a list.
const ABOUT_BEFORE: &[&str] = &[
    "can",
    "continuation",
    "disable",
    "enable",
    "has",
    "is",
    "need",
    "next",
    "no",
    "page",
    "pagination",
    "previous",
    "public",
    "support",
    "use",
];

/// Names that end so tell something about a secret.
const ABOUT_BEHIND: &[&str] = &[
    "access",
    "action",
    "age",
    "algorithm",
    "at",
    "complexity",
    "count",
    "date",
    "day",
    "description",
    "duration",
    "enable",
    "enabled",
    "encryption",
    "endpoint",
    "expiration",
    "expire",
    "expires",
    "expiry",
    "flag",
    "format",
    "id",
    "length",
    "limit",
    "link",
    "method",
    "mode",
    "name",
    "num",
    "number",
    "option",
    "policy",
    "quota",
    "reset",
    "result",
    "rotation",
    "scheme",
    "size",
    "source",
    "state",
    "status",
    "strength",
    "switch",
    "time",
    "ttl",
    "type",
    "uri",
    "url",
    "urn",
    "usage",
    "validity",
    "version",
];

impl Secrecy {
    /// Whether a field of that name holds a secret.
    pub fn of(name: &str) -> Self {
        if name.len() > MAX_LENGTH {
            return Self::None;
        }
        let snake = name.to_snake_case();
        let words: Vec<&str> = snake.split('_').map(singular).filter(|w| !w.is_empty()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Self::None };
        // `password_id` is an id. The plural would be several ids; `singular` has taken its `s`.
        let is_about = ABOUT_BEFORE.contains(first)
            || ABOUT_BEHIND.iter().any(|word| *last == *word || *last == singular(word));
        if is_about && words.len() > 1 {
            return Self::None;
        }
        let has = |phrases: &[&[&str]]| phrases.iter().any(|phrase| contains(&words, phrase));
        if has(CERTAIN) || (words.len() == 1 && ALONE.contains(first)) {
            Self::Certain
        } else if has(LIKELY) || ALONE.contains(last) {
            Self::Likely
        } else {
            Self::None
        }
    }

    /// Whether there is any doubt that a field may be shown.
    pub fn is_suspect(self) -> bool {
        self > Self::None
    }
}

/// Whether the words stand side by side, or as one word.
fn contains(words: &[&str], phrase: &[&str]) -> bool {
    words.windows(phrase.len()).any(|part| part == phrase)
        || (phrase.len() > 1 && words.contains(&phrase.concat().as_str()))
}

/// Without a number at its end, and without the `s` of a plural.
fn singular(word: &str) -> &str {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::Secrecy;

    fn all(names: &[&str], expected: Secrecy) {
        for name in names {
            assert_eq!(Secrecy::of(name), expected, "{name}");
        }
    }

    #[test]
    fn what_certainly_is_a_secret() {
        all(
            &[
                "password",
                "old_password",
                "adminPassword",
                "X-Auth-Token",
                "client-secret",
                "passwd",
                "root_pwd",
                "passphrase",
                "private_key",
                "privateKey",
                "privatekey",
                "PrivateKey2",
                "app_code",
                "AppCode",
                "access_key",
                "secret_key",
                "secretAccessKey",
                "git_credential",
                "credentials",
                "passwords",
                "token",
                "auth",
                "sk",
                "api_key",
                "apikey",
                "authorization",
                "private_key_pem",
                "token1",
                "kubeconfig",
                "db_password_new",
            ],
            Secrecy::Certain,
        );
    }

    #[test]
    fn what_may_be_a_secret() {
        all(
            &[
                "redis_auth",
                "ak",
                "proxy_ak",
                "my_sk",
                "app_key",
                "session_key",
                "key_material",
                "signature",
                "verification_code",
                "user_pass",
                "cookies",
                "ssh_key",
                "AKSK",
                "master-key",
                "wifi_psk",
                "storageKey",
                "jwt",
                "mfa_code",
            ],
            Secrecy::Likely,
        );
    }

    #[test]
    fn what_is_only_about_one() {
        all(
            &[
                "secret_id",
                "token_ids",
                "is_password_set",
                "no_password_access",
                "password_type",
                "token_expires_at",
                "access_key_id",
                "enable_token",
                "next_token",
                "page_token",
                "credential_type",
                "private_key_name",
                "auth_mode",
                "password_policy",
                "tokenExpireTime",
                "secret_name",
                "public_access_key",
            ],
            Secrecy::None,
        );
    }

    #[test]
    fn secrets_are_whole_words() {
        all(
            &[
                "tokenizer",
                "secretary",
                "name",
                "key",
                "keys",
                "author",
                "authors",
                "error_code",
                "risk",
                "task",
                "access",
                "compass",
                "bypass",
                "class",
                "",
                "_",
                "密码",
                "monkey",
                "hotkey",
                "passenger",
                "spec_code",
                "desk",
            ],
            Secrecy::None,
        );
        assert_eq!(Secrecy::of(&"password_".repeat(100)), Secrecy::None);
    }
}
