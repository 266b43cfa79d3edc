//! `hwc configure`: profiles in `~/.huaweicloud/credentials`, which the vendor's SDKs read, too. In: what to set. Out: the file,
//! otherwise unchanged, readable only by its owner.

mod ini;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use clap::{Arg, ArgMatches, Command};

use crate::{
    call, messages, native, prepare,
    problem::Problem,
    profile,
    run::{print, tell},
};

pub(crate) use ini::Ini;

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
    let profile = || {
        Arg::new("profile")
            .long("profile")
            .alias("cli-profile")
            .value_name("NAME")
            .help(messages::help_profile_name())
    };
    // The aliases are the names of hcloud.
    let set = PLAIN.iter().map(|(flag, _)| {
        Arg::new(*flag).long(*flag).alias(format!("cli-{flag}")).value_name("VALUE")
    });
    let of_hcloud = SECRETS.iter().map(|(flag, _)| {
        Arg::new(*flag).long(format!("cli-{flag}")).value_name("VALUE").hide(true)
    });
    let from_env = SECRETS.iter().map(|(flag, _)| {
        let name = format!("{flag}-env");
        Arg::new(name.clone()).long(name).value_name("VARIABLE").help(messages::help_from_env())
    });
    Command::new("configure")
        .bin_name("hwc configure")
        .about(messages::about_configure())
        .disable_version_flag(true)
        .subcommand_required(true)
        .subcommand(
            Command::new("set")
                .about(messages::about_configure_set())
                .arg(profile())
                .args(set)
                .args(from_env)
                .args(of_hcloud),
        )
        .subcommand(Command::new("init").about(messages::about_configure_init()).arg(profile()))
        .subcommand(Command::new("test").about(messages::about_configure_test()).arg(profile()))
        .subcommand(Command::new("list").about(messages::about_configure_list()))
        .subcommand(Command::new("show").about(messages::about_configure_show()).arg(profile()))
        .subcommand(Command::new("delete").about(messages::about_configure_delete()).arg(profile()))
}

/// Runs `hwc configure`.
pub(crate) fn run(words: Vec<String>) -> Result<(), Problem> {
    let Some(matches) = native::matches(command(), words)? else { return Ok(()) };
    let Some((action, matches)) = matches.subcommand() else { return Ok(()) };
    let path = path()?;
    let mut ini = read(&path)?;
    let section =
        section(matches.try_get_one::<String>("profile").ok().flatten().map(String::as_str));
    match action {
        "list" => print(&ini.sections().join("\n")),
        "show" => show(&ini, &section),
        "delete" => {
            if !ini.remove(&section) {
                return Err(Problem::usage(messages::no_profile(section)));
            }
            write(&path, &ini.text())
        }
        "test" => test(matches.get_one::<String>("profile")),
        "init" => {
            init(&mut ini, &section)?;
            write(&path, &ini.text())?;
            print(&messages::profile_written(section, path.display()))
        }
        _ => {
            set(&mut ini, &section, matches)?;
            write(&path, &ini.text())?;
            print(&messages::profile_written(section, path.display()))
        }
    }
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

fn set(ini: &mut Ini, section: &str, matches: &ArgMatches) -> Result<(), Problem> {
    let one = |name: &str| matches.get_one::<String>(name).cloned();
    let mut is_any = false;
    for (flag, key) in PLAIN {
        if let Some(value) = one(flag) {
            ini.set(section, key, &plain(flag, value)?);
            is_any = true;
        }
    }
    for (flag, key) in SECRETS {
        if let Some(value) = one(flag) {
            ini.set(section, key, &plain(flag, value)?);
            is_any = true;
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
        ini.set(section, key, &plain(flag, value)?);
        is_any = true;
    }
    match is_any {
        true => Ok(()),
        false => Err(Problem::usage(messages::configure_nothing())),
    }
}

/// Asks for the values of a profile; an empty line leaves a value unchanged.
fn init(ini: &mut Ini, section: &str) -> Result<(), Problem> {
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
                ini.set(section, "sk", &plain("secret-key", secret)?);
            }
        }
    }
    Ok(())
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
    let is_shown = |key: &str| PLAIN.iter().any(|(_, known)| *known == key);
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
