//! `hwc configure`: profiles in the file that the vendor's SDKs read, too, `~/.huaweicloud/credentials`. In: what to set.
//! Out: the file, with everything else as it was, readable by its owner alone.

mod ini;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use clap::{Arg, ArgMatches, Command};

use crate::{native, problem::Problem, profile, run::print};

pub(crate) use ini::Ini;

/// What is set without being a secret, by flag and key.
const PLAIN: [(&str, &str); 4] = [
    ("access-key", "ak"),
    ("region", "region"),
    ("project-id", "project_id"),
    ("domain-id", "domain_id"),
];
/// What nobody should see.
const SECRETS: [(&str, &str); 2] = [("secret-key", "sk"), ("security-token", "security_token")];

pub(crate) fn command() -> Command {
    let profile = || {
        let help = "The profile; without it, the one that is used where none is named.";
        Arg::new("profile").long("profile").value_name("NAME").help(help)
    };
    let set = PLAIN.iter().map(|(flag, _)| Arg::new(*flag).long(*flag).value_name("VALUE"));
    let from_env = SECRETS.iter().map(|(flag, _)| {
        let name = format!("{flag}-env");
        Arg::new(name.clone())
            .long(name)
            .value_name("VARIABLE")
            .help("Read from a variable; without it, asked for.")
    });
    Command::new("configure")
        .bin_name("hwc configure")
        .about("Profiles: keys, region, project")
        .disable_version_flag(true)
        .subcommand_required(true)
        .subcommand(
            Command::new("set")
                .about("Sets values of a profile")
                .arg(profile())
                .args(set)
                .args(from_env),
        )
        .subcommand(Command::new("list").about("Names the profiles"))
        .subcommand(
            Command::new("show").about("Shows a profile, without its secrets").arg(profile()),
        )
        .subcommand(Command::new("delete").about("Removes a profile").arg(profile()))
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
                return Err(Problem::usage(format!("there is no profile [{section}]")));
            }
            write(&path, &ini.text())
        }
        _ => {
            set(&mut ini, &section, matches)?;
            write(&path, &ini.text())?;
            print(&format!("[{section}] in {}", path.display()))
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
    profile::own_file()
        .ok_or_else(|| Problem::other("HOME is not set, so there is no place for profiles"))
}

/// The file; an empty one if there is none.
pub(crate) fn read(path: &PathBuf) -> Result<Ini, Problem> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Ini::new(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ini::new("")),
        Err(error) => Err(Problem::other(format!("{}: cannot be read: {error}", path.display()))),
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
        let variable = one(&format!("{flag}-env"));
        // A new access key without its secret key would be of no use.
        let is_asked = flag == "secret-key" && one("access-key").is_some();
        let value = match variable {
            Some(name) => std::env::var(&name).map_err(|_| {
                Problem::usage(format!("--{flag}-env: the variable {name} is not set"))
            })?,
            None if is_asked && io::stdin().is_terminal() => {
                rpassword::prompt_password(format!("{flag}: ")).map_err(|error| {
                    Problem::other(format!("the terminal cannot be read: {error}"))
                })?
            }
            None if is_asked => {
                let way = format!("give --{flag}-env VARIABLE");
                return Err(Problem::usage(format!(
                    "there is no terminal to ask for the {flag}; {way}"
                )));
            }
            None => continue,
        };
        ini.set(section, key, &plain(flag, value)?);
        is_any = true;
    }
    match is_any {
        true => Ok(()),
        false => Err(Problem::usage("nothing is set; see hwc configure set --help")),
    }
}

/// A value that is one line.
fn plain(flag: &str, value: String) -> Result<String, Problem> {
    let value = value.trim().to_owned();
    match value.is_empty() || value.contains(char::is_control) {
        true => Err(Problem::usage(format!("--{flag}: must be one line that is not empty"))),
        false => Ok(value),
    }
}

fn show(ini: &Ini, section: &str) -> Result<(), Problem> {
    let Some(values) = ini.values(section) else {
        let known = ini.sections().join(", ");
        return Err(Problem::usage(format!("there is no profile [{section}]; there is {known}")));
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
    let cannot = |error: io::Error| {
        Problem::other(format!("{}: cannot be written: {error}", path.display()))
    };
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    #[expect(clippy::disallowed_methods, reason = "the user's own folder")]
    fs::create_dir_all(&folder).map_err(cannot)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}
