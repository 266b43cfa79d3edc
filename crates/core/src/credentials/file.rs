//! The credentials file that the vendor's SDKs read: `~/.huaweicloud/credentials`.
//!
//! In: the environment, which may name another file and a profile. Out: the contents of the profile's
//! section, or what is missing or wrong in the file, by line and key, never by value.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    Attempt, Credentials,
    found::Found,
    ini::{self, Name, Section},
};
use crate::{Secret, environment::Environment};

/// Names another file.
const VARIABLE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";

/// Names a profile.
const PROFILE_VARIABLE: &str = "HUAWEICLOUD_SDK_PROFILE";

/// In the folder of the user.
const FILE: [&str; 2] = [".huaweicloud", "credentials"];

/// The section of a file that is there.
pub(crate) struct Profile {
    path: PathBuf,
    /// How messages name the section.
    shown: String,
    is_chosen: bool,
    section: Section,
    is_open: bool,
}

/// Why there is no profile.
pub(crate) enum NoProfile {
    /// Nobody said that there is one.
    Missing(Attempt),
    /// It is there, or was asked for, and cannot be used.
    Wrong(Attempt),
}

pub(super) async fn find(environment: &Environment, profile: Option<&str>) -> Found {
    match Profile::read(environment, profile).await {
        Ok(profile) => profile.credentials(),
        Err(NoProfile::Missing(attempt)) => Found::Nothing(attempt),
        Err(NoProfile::Wrong(attempt)) => Found::Wrong(attempt),
    }
}

impl Profile {
    /// The profile of this name, or else of the one that a variable chooses, or else `[basic]`.
    pub(crate) async fn read(
        environment: &Environment,
        profile: Option<&str>,
    ) -> Result<Self, NoProfile> {
        let chosen = profile.map(|name| name.trim().to_owned());
        let chosen = chosen.or_else(|| environment.variable(PROFILE_VARIABLE));
        let named = environment.variable(VARIABLE);
        let why = match (&named, &chosen) {
            (Some(_), _) => Some(format!("though {VARIABLE} names it")),
            (None, Some(name)) => Some(format!("though the profile {name} is asked for")),
            (None, None) => None,
        };
        let path = match (named, environment.home()) {
            (Some(path), _) => PathBuf::from(path),
            (None, Some(home)) => home.join(FILE[0]).join(FILE[1]),
            (None, None) => {
                let attempt = Attempt::new("file", format!("neither {VARIABLE} nor HOME is set"));
                return Err(missing(attempt, chosen.is_some()));
            }
        };
        let attempt = |problem: String| Attempt::new(place(&path), problem);
        let file = environment.read(&path).await.map_err(|error| match (error.kind(), why) {
            (io::ErrorKind::NotFound, Some(why)) => {
                NoProfile::Wrong(attempt(format!("does not exist, {why}")))
            }
            (io::ErrorKind::NotFound, None) => {
                NoProfile::Missing(attempt("does not exist".to_owned()))
            }
            _ => NoProfile::Wrong(attempt(format!("cannot be read ({error})"))),
        })?;
        let sections = ini::sections(&file.text).map_err(|ini::Broken { line, problem }| {
            NoProfile::Wrong(attempt(format!("line {line} {problem}")))
        })?;
        let is_chosen = chosen.is_some();
        let (shown, section) = choose(sections, chosen)
            .map_err(|(problem, is_wrong)| missing(attempt(problem), is_wrong))?;
        Ok(Self { path, shown, is_chosen, section, is_open: file.is_open })
    }

    /// A value that is no secret, such as `project_id`.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.section.get(key).map(Secret::expose)
    }

    /// The name of the place in a message.
    pub(crate) fn place(&self) -> String {
        place(&self.path)
    }

    /// How messages name the section, such as `[basic]`.
    pub(crate) fn section(&self) -> &str {
        &self.shown
    }

    fn credentials(mut self) -> Found {
        let (place, shown) = (self.place(), &self.shown);
        match (self.section.remove("ak"), self.section.remove("sk")) {
            (Some(access_key), Some(secret_key)) => {
                if self.is_open {
                    let path = self.path.display();
                    tracing::warn!("others can read the file of credentials {path}: chmod 600 it");
                }
                let token = self.section.remove("security_token");
                Found::credentials(place, Credentials::keys(access_key, secret_key, token))
            }
            (Some(_), None) => Found::wrong(place, format!("ak is in {shown}, but sk is not")),
            (None, Some(_)) => Found::wrong(place, format!("sk is in {shown}, but ak is not")),
            (None, None) if self.section.get("idp_id").is_some() => {
                let problem =
                    "is for an identity provider, which is not supported: give it ak and sk";
                Found::wrong(place, format!("{shown} {problem}"))
            }
            (None, None) => {
                let problem = format!("ak and sk are not in {shown}");
                let is_wrong = self.is_chosen || self.section.get("security_token").is_some();
                if is_wrong { Found::wrong(place, problem) } else { nothing(place, problem) }
            }
        }
    }
}

fn nothing(place: String, problem: String) -> Found {
    Found::Nothing(Attempt::new(place, problem))
}

fn missing(attempt: Attempt, is_wrong: bool) -> NoProfile {
    if is_wrong { NoProfile::Wrong(attempt) } else { NoProfile::Missing(attempt) }
}

/// The section of a profile, and how it is shown; or why there is none, and whether that is wrong: a
/// file that has profiles is meant for one of them.
fn choose(
    sections: Vec<(Name, Section)>,
    chosen: Option<String>,
) -> Result<(String, Section), (String, bool)> {
    let (wanted, shown) = match chosen {
        None => (Name::Basic, "[basic]".to_owned()),
        Some(name) if name == "basic" => (Name::Basic, "[basic]".to_owned()),
        Some(name) => {
            let shown = format!("[basic.{name}]");
            (Name::Profile(name), shown)
        }
    };
    let names = sections.iter().filter_map(|(name, _)| match name {
        Name::Profile(name) => Some(name.as_str()),
        Name::Basic | Name::Global => None,
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let is_wrong = wanted != Name::Basic || !names.is_empty();
    match sections.into_iter().find(|(name, _)| *name == wanted) {
        Some((_, section)) => Ok((shown, section)),
        None if names.is_empty() => Err((format!("has no section {shown}"), is_wrong)),
        None => {
            let choose = format!("choose one with .profile(…) or {PROFILE_VARIABLE}");
            Err((format!("has no section {shown}, but the profiles {names}: {choose}"), is_wrong))
        }
    }
}

fn place(path: &Path) -> String {
    format!("file {}", path.display())
}
