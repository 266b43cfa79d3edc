//! Where the secrets of a profile are. In: the file of profiles, and a secret of one. Out: the secret in the keyring, and a line
//! in the file that says so; or, where there is no keyring or none is wanted, the secret in the file.

use std::path::Path;

use huaweicloud_core::Secret;

use super::{Ini, keyring::Keyring};
use crate::{messages, problem::Problem};

/// The key whose value lists the secrets of a profile that are in the keyring.
pub(super) const MARK: &str = "keyring";
/// The variable with the same values as the flag.
const VARIABLE: &str = "HWC_KEYRING";

/// Whether secrets go into the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// If there is one.
    Auto,
    /// Or nowhere.
    Always,
    /// They go into the file.
    Never,
}

impl Choice {
    /// As the flag and the variable spell them.
    pub(super) const NAMES: [&str; 3] = ["auto", "always", "never"];

    /// The choice of the flag, or of the environment.
    pub(super) fn of(flag: Option<&str>) -> Result<Self, Problem> {
        let set = std::env::var(VARIABLE).ok().filter(|value| !value.is_empty());
        match flag.or(set.as_deref()) {
            None | Some("auto") => Ok(Self::Auto),
            Some("always") => Ok(Self::Always),
            Some("never") => Ok(Self::Never),
            Some(other) => {
                let known = Self::NAMES.join(", ");
                Err(Problem::usage(messages::option_value(VARIABLE, other, known, "")))
            }
        }
    }
}

/// How the keyring of the system is reached.
pub(super) type System<'a> = &'a dyn Fn() -> Result<Box<dyn Keyring>, String>;

/// A profile in its file.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a Path,
    pub(crate) section: &'a str,
}

impl Place<'_> {
    /// The name of a secret in the keyring.
    fn entry(self, key: &str) -> String {
        format!("{key} of [{}] in {}", self.section, self.file.display())
    }
}

/// The secrets of a profile that are in the keyring.
pub(crate) fn marked(ini: &Ini, section: &str) -> Vec<String> {
    let values = ini.values(section).unwrap_or_default();
    let mark = values.into_iter().find(|(key, _)| key == MARK);
    let keys = mark.iter().flat_map(|(_, keys)| keys.split(','));
    keys.map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// Keeps a secret. Out: what the user should know.
pub(super) fn keep(
    ini: &mut Ini,
    place: Place<'_>,
    (key, secret): (&str, &Secret),
    choice: Choice,
    system: System<'_>,
) -> Result<String, Problem> {
    let mut keys = marked(ini, place.section);
    keys.retain(|known| known != key);
    let name = place.entry(key);
    let kept = match choice {
        Choice::Never => None,
        Choice::Auto | Choice::Always => Some(system().and_then(|all| all.set(&name, secret))),
    };
    let file = place.file.display();
    let told = match kept {
        Some(Ok(())) => {
            ini.unset(place.section, key);
            keys.push(key.to_owned());
            messages::in_keyring(key, file)
        }
        Some(Err(why)) if choice == Choice::Always => {
            return Err(Problem::other(messages::no_keyring(why)));
        }
        other => {
            // One of before must not stay where nobody looks.
            let forgotten = if marked(ini, place.section).iter().any(|known| known == key) {
                system().and_then(|all| all.delete(&name))
            } else {
                Ok(())
            };
            ini.set(place.section, key, secret.expose());
            match (other, forgotten) {
                (Some(Err(why)), _) => messages::in_file_for_want(key, file, why),
                (_, Err(why)) => messages::in_file_and_keyring(key, file, name, why),
                _ => messages::in_file(key, file),
            }
        }
    };
    match keys.is_empty() {
        true => ini.unset(place.section, MARK),
        false => ini.set(place.section, MARK, &keys.join(", ")),
    }
    Ok(told)
}

/// A secret that the profile's mark names.
pub(super) fn read(place: Place<'_>, key: &str, system: System<'_>) -> Result<Secret, Problem> {
    let found = system().and_then(|all| all.get(&place.entry(key)));
    let (section, file) = (place.section, place.file.display());
    match found {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => Err(Problem::denied(messages::keyring_without(key, section, file))),
        Err(why) => Err(Problem::denied(messages::keyring_unreadable(key, section, file, why))),
    }
}

/// Forgets the secrets of a profile. Out: what could not be forgotten.
pub(super) fn forget(ini: &Ini, place: Place<'_>, system: System<'_>) -> Vec<String> {
    let keys = marked(ini, place.section);
    let delete = |key: &String| {
        let name = place.entry(key);
        let why = system().and_then(|all| all.delete(&name)).err()?;
        Some(messages::keyring_keeps(name, why))
    };
    keys.iter().filter_map(delete).collect()
}

#[cfg(test)]
#[cfg(feature = "keyring")]
mod tests {
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, mock};

    use super::*;
    use crate::configure::keyring::built::Entries;

    const FILE: &str = "[basic.work]\nak = EXAMPLE\n";

    fn place() -> Place<'static> {
        Place { file: Path::new("credentials"), section: "basic.work" }
    }

    /// A keyring in memory.
    fn store() -> Arc<CredentialStore> {
        mock::Store::new().unwrap()
    }

    fn opened(store: &Arc<CredentialStore>) -> Box<dyn Keyring> {
        Box::new(Entries(Arc::clone(store)))
    }

    fn absent() -> Result<Box<dyn Keyring>, String> {
        Err("no bus".to_owned())
    }

    #[test]
    fn a_secret_is_in_the_keyring_if_there_is_one() {
        let (store, mut ini, secret) = (store(), Ini::new(FILE), Secret::from("hidden"));
        let system = || Ok(opened(&store));
        for key in ["sk", "security_token"] {
            let told = keep(&mut ini, place(), (key, &secret), Choice::Auto, &system).unwrap();
            assert!(told.starts_with(&format!("{key} is in the system keyring; ")), "{told}");
        }
        assert_eq!(ini.text(), "[basic.work]\nkeyring = sk, security_token\nak = EXAMPLE\n");
        assert_eq!(read(place(), "sk", &system).unwrap().expose(), "hidden");
        // Tools of the system list it by this name.
        let entry =
            Entry::new_in_store(&store, "hwc", "sk of [basic.work] in credentials").unwrap();
        assert_eq!(entry.get_password().unwrap(), "hidden");
        assert_eq!(forget(&ini, place(), &system), Vec::<String>::new());
        let gone = read(place(), "sk", &system).unwrap_err();
        assert_eq!(
            gone.message,
            "the system keyring has no sk for [basic.work] of credentials; set it with `hwc configure set`"
        );
        assert_eq!(gone.kind, crate::problem::Kind::Denied);
    }

    #[test]
    fn without_a_keyring_a_secret_is_in_the_file_and_that_is_said() {
        let (mut ini, secret) = (Ini::new(FILE), Secret::from("hidden"));
        let told = keep(&mut ini, place(), ("sk", &secret), Choice::Auto, &absent).unwrap();
        assert_eq!(
            told,
            "sk is in credentials, which only you can read, because there is no system keyring (no bus)"
        );
        assert_eq!(ini.text(), "[basic.work]\nsk = hidden\nak = EXAMPLE\n");
        let refused =
            keep(&mut ini, place(), ("sk", &secret), Choice::Always, &absent).unwrap_err();
        assert!(
            refused.message.ends_with("(no bus); --keyring=never keeps it in the file"),
            "{refused}"
        );
        let why = read(place(), "sk", &absent).unwrap_err().message;
        assert!(
            why.contains("sk for [basic.work] of credentials is in the system keyring, which"),
            "{why}"
        );
    }

    #[test]
    fn a_secret_that_moves_is_not_left_behind() {
        let (store, mut ini) = (store(), Ini::new(FILE));
        let system = || Ok(opened(&store));
        let (old, new) = (Secret::from("old"), Secret::from("new"));
        keep(&mut ini, place(), ("sk", &old), Choice::Always, &system).unwrap();
        let told = keep(&mut ini, place(), ("sk", &new), Choice::Never, &system).unwrap();
        assert_eq!(told, "sk is in credentials, which only you can read");
        assert_eq!(ini.text(), "[basic.work]\nsk = new\nak = EXAMPLE\n");
        assert!(read(place(), "sk", &system).is_err());
        keep(&mut ini, place(), ("sk", &new), Choice::Auto, &system).unwrap();
        assert_eq!(ini.text(), "[basic.work]\nkeyring = sk\nak = EXAMPLE\n");
        // A keyring that has become unreachable keeps what it has; that is said.
        let told = keep(&mut ini, place(), ("sk", &old), Choice::Never, &absent).unwrap();
        assert!(told.contains("still in the system keyring"), "{told}");
        assert_eq!(ini.text(), "[basic.work]\nsk = old\nak = EXAMPLE\n");
    }

    #[test]
    fn a_keyring_that_refuses_is_as_good_as_none() {
        let (store, mut ini, secret) = (store(), Ini::new(FILE), Secret::from("hidden"));
        let entry =
            Entry::new_in_store(&store, "hwc", "sk of [basic.work] in credentials").unwrap();
        let fail = || {
            let error = keyring_core::Error::NoStorageAccess("is locked".into());
            entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(error);
        };
        let system = || Ok(opened(&store));
        fail();
        let told = keep(&mut ini, place(), ("sk", &secret), Choice::Auto, &system).unwrap();
        assert!(told.contains("is locked"), "{told}");
        assert_eq!(ini.text(), "[basic.work]\nsk = hidden\nak = EXAMPLE\n");
        fail();
        let why = read(place(), "sk", &system).unwrap_err().message;
        assert!(why.contains("is locked"), "{why}");
    }
}
