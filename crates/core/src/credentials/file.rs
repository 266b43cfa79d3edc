//! The file of credentials that the vendor's SDKs read: `~/.huaweicloud/credentials`.
//!
//! In: the environment, which may name another file. Out: what its section `[basic]` holds, or what
//! is missing or wrong in it, by line and key, never by value.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    Attempt, Credentials,
    chain::Found,
    ini::{self, Section},
};
use crate::{Secret, surroundings::Surroundings};

/// Names another file.
const VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// In the folder of the user.
const FILE: [&str; 2] = [".huaweicloud", "credentials"];

const SECTION: &str = "basic";

/// The section of a file that is there.
pub(crate) struct Profile {
    path: PathBuf,
    section: Section,
}

/// Why there is no profile.
pub(crate) enum NoProfile {
    /// Nobody said that there is one.
    Missing(Attempt),
    /// It is there, or was asked for, and cannot be used.
    Wrong(Attempt),
}

pub(super) fn find(around: &Surroundings) -> Found {
    match Profile::read(around) {
        Ok(profile) => profile.credentials(),
        Err(NoProfile::Missing(attempt)) => Found::Nothing(attempt),
        Err(NoProfile::Wrong(attempt)) => Found::Wrong(attempt),
    }
}

impl Profile {
    pub(crate) fn read(around: &Surroundings) -> Result<Self, NoProfile> {
        let named = around.variable(VARIABLE);
        let is_named = named.is_some();
        let path = match (named, around.home()) {
            (Some(path), _) => PathBuf::from(path),
            (None, Some(home)) => home.join(FILE[0]).join(FILE[1]),
            (None, None) => {
                let problem = format!("neither {VARIABLE} nor HOME is set");
                return Err(NoProfile::Missing(Attempt::new("file", problem)));
            }
        };
        let attempt = |problem: String| Attempt::new(place(&path), problem);
        let text = around.read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if is_named => {
                NoProfile::Wrong(attempt(format!("does not exist, though {VARIABLE} names it")))
            }
            io::ErrorKind::NotFound => NoProfile::Missing(attempt("does not exist".to_owned())),
            _ => NoProfile::Wrong(attempt(format!("cannot be read ({error})"))),
        })?;
        match ini::section(&text, SECTION) {
            Ok(Some(section)) => Ok(Self { path, section }),
            Ok(None) => Err(NoProfile::Missing(attempt(format!("has no section [{SECTION}]")))),
            Err(ini::Broken { line }) => {
                Err(NoProfile::Wrong(attempt(format!("line {line} is no `key = value`"))))
            }
        }
    }

    /// A value that is no secret, such as `project_id`.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.section.get(key).map(Secret::expose)
    }

    /// The name of the place in a message.
    pub(crate) fn place(&self) -> String {
        place(&self.path)
    }

    fn credentials(mut self) -> Found {
        let place = self.place();
        match (self.section.remove("ak"), self.section.remove("sk")) {
            (Some(access_key), Some(secret_key)) => {
                let token = self.section.remove("security_token");
                Found::credentials(place, Credentials::keys(access_key, secret_key, token))
            }
            (Some(_), None) => Found::wrong(place, format!("ak is in [{SECTION}], but sk is not")),
            (None, Some(_)) => Found::wrong(place, format!("sk is in [{SECTION}], but ak is not")),
            (None, None) => {
                Found::Nothing(Attempt::new(place, format!("ak and sk are not in [{SECTION}]")))
            }
        }
    }
}

fn place(path: &Path) -> String {
    format!("file {}", path.display())
}
