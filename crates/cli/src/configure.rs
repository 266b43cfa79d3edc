//! `hwc configure`: profiles in `~/.huaweicloud/credentials`, which the vendor's SDKs read, too. In: what to set. Out: the file,
//! otherwise unchanged, readable only by its owner; secrets in the keyring of the system, if there is one.

mod ini;
mod kept;
mod keyring;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use clap::{Arg, ArgMatches, Command};
use huaweicloud_core::Secret;

use crate::{
    call, messages,
    native::{self, among, worded},
    prepare,
    problem::Problem,
    profile,
    run::{print, tell},
};

pub(crate) use ini::Ini;
use kept::{Choice, Place};

/// Values that are not secret: flag and key.
const PLAIN: [(&str, &str); 4] = [
    ("access-key", "ak"),
    ("region", "region"),
    ("project-id", "project_id"),
    ("domain-id", "domain_id"),
];
/// Secrets: flag and key.
const SECRETS: [(&str, &str); 2] = [("secret-key", "sk"), ("security-token", "security_token")];

pub(crate) fn command() -> Command {
    let option = |name: String, value: &'static str| {
        let heading = messages::heading_options();
        Arg::new(name.clone()).long(name).value_name(value).help_heading(heading)
    };
    let profile = || {
        let arg = option("profile".to_owned(), "NAME").alias("cli-profile");
        arg.help(messages::help_profile_name())
    };
    let keyring = || {
        let arg = option("keyring".to_owned(), "WHEN");
        among(arg, messages::help_keyring(), &Choice::NAMES)
    };
    let meanings = [
        messages::help_access_key(),
        messages::help_region(),
        messages::help_project_id(),
        messages::help_domain_id(),
    ];
    // The aliases are the names of hcloud.
    let set = PLAIN.iter().zip(meanings).map(|((flag, _), meaning)| {
        option((*flag).to_owned(), "VALUE").alias(format!("cli-{flag}")).help(meaning)
    });
    let of_hcloud =
        SECRETS.iter().map(|(flag, _)| option(format!("cli-{flag}"), "VALUE").id(*flag).hide(true));
    let from_env = SECRETS
        .iter()
        .map(|(flag, _)| option(format!("{flag}-env"), "VARIABLE").help(messages::help_from_env()));
    let own = |name: &'static str, about: String, args: Vec<Arg>| {
        worded(Command::new(name).bin_name(format!("hwc configure {name}")).about(about).args(args))
    };
    let set = [profile()].into_iter().chain(set).chain(from_env).chain(of_hcloud);
    worded(Command::new("configure").bin_name("hwc configure").about(messages::about_configure()))
        .arg(native::commands::language().global(true))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(messages::heading_commands())
        .override_usage(format!("hwc configure <{}>", messages::usage_command()))
        .subcommands([
            own("set", messages::about_configure_set(), set.chain([keyring()]).collect()),
            own("init", messages::about_configure_init(), vec![profile(), keyring()]),
            own("test", messages::about_configure_test(), vec![profile()]),
            own("list", messages::about_configure_list(), Vec::new()),
            own("show", messages::about_configure_show(), vec![profile()]),
            own("delete", messages::about_configure_delete(), vec![profile()]),
        ])
}

/// Runs `hwc configure`.
pub(crate) fn run(words: Vec<String>) -> Result<(), Problem> {
    let Some(matches) = native::matches(command(), words)? else { return Ok(()) };
    let Some((action, matches)) = matches.subcommand() else { return Ok(()) };
    let path = path()?;
    let mut ini = read(&path)?;
    let one = |name: &str| matches.try_get_one::<String>(name).ok().flatten();
    let section = section(one("profile").map(String::as_str));
    let place = Place { file: &path, section: &section };
    let secrets = match action {
        "list" => return print(&ini.sections().join("\n")),
        "show" => return show(&ini, &section),
        "test" => return test(one("profile")),
        "delete" => {
            for left in kept::forget(&ini, place, &keyring::system) {
                tell(&messages::warning(left));
            }
            if !ini.remove(&section) {
                return Err(Problem::usage(messages::no_profile(&section)));
            }
            return write(&path, &ini.text());
        }
        "init" => init(&mut ini, &section)?,
        _ => set(&mut ini, &section, matches)?,
    };
    let choice = Choice::of(one("keyring").map(String::as_str))?;
    let mut told = Vec::new();
    for (key, secret) in &secrets {
        told.push(kept::keep(&mut ini, place, (key, secret), choice, &keyring::system)?);
    }
    write(&path, &ini.text())?;
    told.iter().for_each(|one| tell(&messages::note(one)));
    print(&messages::profile_written(&section, path.display()))
}

/// Access key, secret key and security token of a profile.
pub(crate) struct Keys {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
    pub(crate) security_token: Option<Secret>,
}

/// Whether a profile has secrets in the keyring.
pub(crate) fn is_in_keyring(profile: Option<&str>) -> bool {
    let ini = profile::own_file().and_then(|path| read(&path).ok());
    ini.is_some_and(|ini| !kept::marked(&ini, &section(profile)).is_empty())
}

/// The keys of a profile that has some of them in the keyring; the client itself reads any other.
///
/// # Errors
///
/// The file or the keyring cannot be read, or the keyring does not have what the file says.
pub(crate) fn of_keyring(profile: Option<&str>) -> Result<Option<Keys>, Problem> {
    let Some(path) = profile::own_file() else { return Ok(None) };
    let (ini, section) = (read(&path)?, section(profile));
    let place = Place { file: &path, section: &section };
    let (marked, values) = (kept::marked(&ini, &section), ini.values(&section));
    let value = |key: &str| {
        let values = values.as_ref()?;
        values.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    };
    let secret = |key: &str| match marked.iter().any(|known| known == key) {
        true => kept::read(place, key, &keyring::system).map(Some),
        false => Ok(value(key).map(Secret::from)),
    };
    let Some(access_key) = value("ak").filter(|_| !marked.is_empty()) else { return Ok(None) };
    let Some(secret_key) = secret("sk")? else { return Ok(None) };
    Ok(Some(Keys { access_key, secret_key, security_token: secret("security_token")? }))
}

/// The section of a profile.
pub(crate) fn section(profile: Option<&str>) -> String {
    match profile {
        None | Some("basic") => "basic".to_owned(),
        Some(name) => format!("basic.{name}"),
    }
}

fn path() -> Result<PathBuf, Problem> {
    profile::own_file().ok_or_else(|| Problem::other(messages::no_home()))
}

/// The file; an empty one if there is none.
pub(crate) fn read(path: &PathBuf) -> Result<Ini, Problem> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Ini::new(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ini::new("")),
        Err(error) => Err(Problem::other(messages::unreadable(path.display(), error))),
    }
}

/// Secrets with their keys.
type Secrets = Vec<(&'static str, Secret)>;

/// Sets what is not secret. Out: the rest.
fn set(ini: &mut Ini, section: &str, matches: &ArgMatches) -> Result<Secrets, Problem> {
    let one = |name: &str| matches.get_one::<String>(name).cloned();
    let mut is_any = false;
    let mut secrets = Secrets::new();
    for (flag, key) in PLAIN {
        if let Some(value) = one(flag) {
            ini.set(section, key, &plain(flag, value)?);
            is_any = true;
        }
    }
    for (flag, key) in SECRETS {
        if let Some(value) = one(flag) {
            secrets.push((key, plain(flag, value)?.into()));
            continue;
        }
        let variable = one(&format!("{flag}-env"));
        // A new access key is useless without its secret key.
        let is_asked = flag == "secret-key" && one("access-key").is_some();
        let value = match variable {
            Some(name) => std::env::var(&name)
                .map_err(|_| Problem::usage(messages::no_variable(format!("{flag}-env"), name)))?,
            None if is_asked && io::stdin().is_terminal() => {
                rpassword::prompt_password(format!("{flag}: "))
                    .map_err(|error| Problem::other(messages::terminal_unreadable(flag, error)))?
            }
            None if is_asked => {
                let way = format!("--{flag}-env VARIABLE");
                return Err(Problem::usage(messages::no_terminal_to_ask(flag, way)));
            }
            None => continue,
        };
        secrets.push((key, plain(flag, value)?.into()));
    }
    match is_any || !secrets.is_empty() {
        true => Ok(secrets),
        false => Err(Problem::usage(messages::configure_nothing())),
    }
}

/// Asks for the values of a profile; an empty line leaves a value unchanged. Out: the secrets.
fn init(ini: &mut Ini, section: &str) -> Result<Secrets, Problem> {
    let mut secrets = Secrets::new();
    if !io::stdin().is_terminal() {
        return Err(Problem::usage(messages::no_terminal_to_ask(
            "access-key",
            "hwc configure set",
        )));
    }
    let unreadable = |flag: &str, error: &dyn std::fmt::Display| {
        Problem::other(messages::terminal_unreadable(flag, error))
    };
    let asked = |flag: &str| -> Result<String, Problem> {
        tell(&format!("{flag}:"));
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(|error| unreadable(flag, &error))?;
        Ok(line.trim().to_owned())
    };
    for (flag, key) in PLAIN {
        let value = asked(flag)?;
        if !value.is_empty() {
            ini.set(section, key, &plain(flag, value)?);
        }
        if flag == "access-key" {
            let secret = rpassword::prompt_password("secret-key: ")
                .map_err(|error| unreadable("secret-key", &error))?;
            if !secret.trim().is_empty() {
                secrets.push(("sk", plain("secret-key", secret)?.into()));
            }
        }
    }
    Ok(secrets)
}

/// Makes a signed call that only reads the account of the credentials.
fn test(profile: Option<&String>) -> Result<(), Problem> {
    let mut words = vec!["--output".to_owned(), "table".to_owned()];
    words.extend(profile.into_iter().flat_map(|name| ["--profile".to_owned(), name.clone()]));
    let prepared = prepare::prepare("iam", "keystone-list-auth-domains", words)?;
    call::call(prepared, messages::language_name())
}

/// A value of one line.
fn plain(flag: &str, value: String) -> Result<String, Problem> {
    let value = value.trim().to_owned();
    match value.is_empty() || value.contains(char::is_control) {
        true => Err(Problem::usage(messages::must_be_a_line(flag))),
        false => Ok(value),
    }
}

fn show(ini: &Ini, section: &str) -> Result<(), Problem> {
    let Some(values) = ini.values(section) else {
        let known = ini.sections().join(", ");
        return Err(Problem::usage(messages::no_profile_but(section, known)));
    };
    let is_shown = |key: &str| key == kept::MARK || PLAIN.iter().any(|(_, known)| *known == key);
    let line = |(key, value): &(String, String)| {
        let value = if is_shown(key) { value.as_str() } else { crate::secrets::REDACTED };
        format!("{key} = {value}")
    };
    print(&values.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Replaces the file as a whole; a temporary file is readable by its owner alone.
fn write(path: &PathBuf, text: &str) -> Result<(), Problem> {
    let cannot = |error: io::Error| Problem::other(messages::unwritable(path.display(), error));
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    #[expect(clippy::disallowed_methods, reason = "the user's own folder")]
    fs::create_dir_all(&folder).map_err(cannot)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}
