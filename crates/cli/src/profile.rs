//! Profiles of the vendor's command line. In: `~/.hcloud/config.json`. Out: a profile, or why it cannot be used.
//!
//! Profiles of `~/.huaweicloud/credentials` are read by the client itself.

use std::{env, fs, io, path::PathBuf, time::Duration};

use huaweicloud_core::Secret;
use serde::Deserialize;

use crate::{messages, problem::Problem, text::did_you_mean};

/// A profile.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Access key and secret key.
    pub keys: Option<(String, Secret)>,
    /// The token of temporary keys.
    pub security_token: Option<Secret>,
    /// The region.
    pub region: Option<String>,
    /// The project.
    pub project_id: Option<String>,
    /// The account.
    pub domain_id: Option<String>,
    /// Timeout for connecting.
    pub connect_timeout: Option<Duration>,
    /// Timeout of one attempt.
    pub read_timeout: Option<Duration>,
    /// Number of retries.
    pub retry_count: Option<u32>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    current: String,
    #[serde(default)]
    profiles: Vec<Entry>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    name: String,
    mode: String,
    access_key_id: String,
    secret_access_key: String,
    security_token: String,
    region: String,
    project_id: String,
    domain_id: String,
    connect_timeout: Option<u64>,
    read_timeout: Option<u64>,
    retry_count: Option<u32>,
}

/// Where the vendor's command line keeps its profiles.
pub fn path() -> Option<PathBuf> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".hcloud").join("config.json"))
}

/// The named profile, or the current one. `has_keys` says that keys come from elsewhere. `None` if the client itself is to
/// look in its own file.
///
/// # Errors
///
/// The file is broken, or the keys are encrypted and are needed.
pub fn find(name: Option<&str>, has_keys: bool) -> Result<Option<Profile>, Problem> {
    let Some(path) = path() else { return Ok(None) };
    let shown = path.display().to_string();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::other(messages::unreadable(&shown, error))),
    };
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let at = messages::line_column(error.line(), error.column());
        Problem::other(messages::file_broken(&shown, at))
    })?;
    let wanted = name.unwrap_or(&file.current);
    let names: Vec<String> = file.profiles.iter().map(|entry| entry.name.clone()).collect();
    let entry = file.profiles.into_iter().find(|entry| entry.name == wanted);
    let Some(entry) = entry else {
        // The other file may have it.
        let own = own_file().is_some_and(|path| path.exists());
        return match name {
            Some(name) if !own => {
                let hint = did_you_mean(name, names.iter().map(String::as_str));
                Err(Problem::usage(messages::file_no_profile(&shown, name, hint)))
            }
            _ => Ok(None),
        };
    };
    let has_others = has_keys || (name.is_none() && own_file().is_some_and(|path| path.exists()));
    profile(entry, has_others)
        .map(Some)
        .map_err(|why| Problem::new(crate::problem::Kind::Denied, format!("{shown}: {why}")))
}

/// The names of all profiles, of both files; none of a file that cannot be read.
pub(crate) fn names() -> Vec<String> {
    let text = path().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let file = serde_json::from_str::<File>(&text).ok();
    let theirs = file.into_iter().flat_map(|file| file.profiles).map(|entry| entry.name);
    let ini = own_file().and_then(|path| crate::configure::read(&path).ok());
    let own = ini.iter().flat_map(crate::configure::Ini::sections);
    let own = own.map(|section| section.strip_prefix("basic.").unwrap_or(section).to_owned());
    let mut names: Vec<String> = theirs.chain(own).filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    names
}

/// The file that the vendor's SDKs share with this program.
pub fn own_file() -> Option<PathBuf> {
    if let Some(path) = env::var_os("HUAWEICLOUD_SDK_CREDENTIALS_FILE") {
        return Some(PathBuf::from(path));
    }
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".huaweicloud").join("credentials"))
}

fn profile(entry: Entry, has_others: bool) -> Result<Profile, String> {
    let is_set = |text: &String| !text.is_empty();
    let option = |text: String| Some(text).filter(is_set);
    let seconds = |limit: Option<u64>| limit.filter(|limit| *limit > 0).map(Duration::from_secs);
    let name = entry.name;
    let has_keys = is_set(&entry.access_key_id) && is_set(&entry.secret_access_key);
    let keys = match has_keys && !has_others {
        false => None,
        true if is_plain(&entry.access_key_id) => {
            Some((entry.access_key_id, Secret::from(entry.secret_access_key)))
        }
        true => {
            return Err(messages::keys_encrypted(name));
        }
    };
    if !has_others && keys.is_none() && !["", "AKSK", "ecsAgency"].contains(&entry.mode.as_str()) {
        let mode = entry.mode;
        return Err(messages::profile_mode(name, mode));
    }
    Ok(Profile {
        name,
        keys,
        security_token: option(entry.security_token).map(Secret::from),
        region: option(entry.region),
        project_id: option(entry.project_id),
        domain_id: option(entry.domain_id),
        connect_timeout: seconds(entry.connect_timeout),
        read_timeout: seconds(entry.read_timeout),
        retry_count: entry.retry_count,
    })
}

/// Whether a text looks like an access key as issued: capital letters and digits.
fn is_plain(access_key: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    access_key.len() <= 40 && access_key.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_profile_is_read_with_what_is_set() {
        let text = r#"{"name":"work","mode":"AKSK","accessKeyId":"ACCESSKEY","secretAccessKey":"s",
            "region":"cn-north-4","projectId":"","readTimeout":20,"connectTimeout":0,"unknown":1}"#;
        let profile = profile(entry(text), false).unwrap();
        assert_eq!(profile.region.as_deref(), Some("cn-north-4"));
        assert_eq!(profile.project_id, None);
        assert_eq!(profile.read_timeout, Some(Duration::from_secs(20)));
        assert_eq!(profile.connect_timeout, None);
        assert_eq!(profile.keys.map(|(access, _)| access).as_deref(), Some("ACCESSKEY"));
    }

    #[test]
    fn encrypted_keys_are_told_only_where_they_are_needed() {
        let text = r#"{"name":"work","accessKeyId":"eyJhbGciOi==","secretAccessKey":"s"}"#;
        let error = profile(entry(text), false).unwrap_err();
        assert!(error.contains("are encrypted"), "{error}");
        assert!(profile(entry(text), true).unwrap().keys.is_none());
    }
}
