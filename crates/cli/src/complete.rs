//! Shell completion. In: a shell, and the words typed so far. Out: candidates in the format of that shell; or the script that
//! makes the shell call this program.
//!
//! Only the needed part of the command tree is built: services, then operations, then the flags of one operation. Values come
//! from the document, and from known regions, profiles, states and rules; with a script that was written with `--online`,
//! also from the service.

use std::{
    env,
    ffi::{OsStr, OsString},
    io::{self, Write},
};

use clap::{Arg, Command};
use clap_complete::{
    engine::{ArgValueCompleter, CompletionCandidate},
    env::Shells,
};
use huaweicloud_catalog::{Choices, Place};
use huaweicloud_core::Region;

use crate::{
    call, choices,
    connect::Connection,
    follow, native,
    native::{Flag, FlagKind},
    options::Options,
    output,
    prepare::{Form, form_of},
    problem::Problem,
    profile,
    service::{self, Chosen, Service},
    text::kebab,
};

/// The environment variables that request completion; the second also allows calls of the service.
const VARIABLES: [(&str, bool); 2] = [("HWC_COMPLETE", false), ("HWC_COMPLETE_ONLINE", true)];

/// The script of a shell.
///
/// # Errors
///
/// There is no such shell.
pub(crate) fn script(shell: &str, is_online: bool) -> Result<String, Problem> {
    let (variable, _) = VARIABLES[usize::from(is_online)];
    let mut script = Vec::new();
    let completer = Shells::builtins()
        .completer(shell)
        .map(|shell| shell.write_registration(variable, "hwc", "hwc", "hwc", &mut script));
    match completer {
        Some(Ok(())) => Ok(String::from_utf8_lossy(&script).trim_end().to_owned()),
        Some(Err(error)) => Err(Problem::other(error.to_string())),
        None => Err(Problem::usage(crate::messages::no_shell(shell))),
    }
}

/// Writes candidates if a completion script called this program; `words` are its arguments.
pub(crate) fn asked(words: &[OsString]) -> bool {
    let asked = VARIABLES.iter().find_map(|(name, is_online)| {
        Some((env::var(name).ok().filter(|shell| !shell.is_empty())?, *is_online))
    });
    let Some((shell, is_online)) = asked else { return false };
    let typed = words.iter().position(|word| word == "--").map(|at| words[at + 1..].to_vec());
    let typed = typed.unwrap_or_default();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&shell) else { return true };
    let texts: Vec<String> =
        typed.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let mut out = Vec::new();
    // Errors are silent: a message would end up in the command line being edited.
    if let Ok(mut command) = command(&texts, is_online)
        && shell
            .write_complete(&mut command, typed, env::current_dir().ok().as_deref(), &mut out)
            .is_ok()
    {
        let _ = io::stdout().write_all(&out);
    }
    true
}

/// The part of the command tree that the words need.
fn command(words: &[String], is_online: bool) -> Result<Command, Problem> {
    let language = crate::messages::language_name();
    let mut root = Command::new("hwc").disable_help_subcommand(true);
    for own in native::commands::all() {
        root = root.subcommand(own.mut_args(|arg| with_values::<&str>(arg, None)));
    }
    for service in service::SERVICES {
        let name = service.catalog.name;
        let index = service.catalog.index()?;
        let is_meant = |word: &&String| word.eq_ignore_ascii_case(name);
        let typed = words.iter().find(is_meant).map_or(name, String::as_str);
        let mut own = Command::new(typed.to_owned())
            .about(index.title.in_language(language).to_owned())
            .disable_help_subcommand(true);
        if words.iter().any(|word| word.eq_ignore_ascii_case(name)) {
            own = operations(own, service, words, (language, is_online))?;
        }
        root = root.subcommand(own);
    }
    Ok(root)
}

fn operations(
    mut own: Command,
    service: &'static Service,
    words: &[String],
    (language, is_online): (&str, bool),
) -> Result<Command, Problem> {
    let form = form_of(own.get_name());
    for entry in service.catalog.index()?.operations {
        let name = if form == Form::DropIn { &entry.id } else { &entry.command };
        let about = entry.summary.in_language(language).to_owned();
        let is_typed = words.iter().any(|word| word == name);
        let command = match (is_typed, form) {
            (false, _) => Command::new(name.clone()),
            (true, Form::DropIn) => dropin(&service.choose(&entry)?),
            (true, Form::Native) => {
                let chosen = service.choose(&entry)?;
                native(&chosen, words, language, is_online)
            }
        };
        own = own.subcommand(command.about(about));
    }
    if form == Form::Native {
        let states = follow::states(service)?;
        let wait = native::commands::wait(service.catalog.name, &states.join(", "));
        own = own.subcommand(wait.mut_args(|arg| with_values(arg, Some(&states))));
    }
    Ok(own)
}

/// An operation with its flags and their candidates.
fn native(chosen: &Chosen, words: &[String], language: &str, is_online: bool) -> Command {
    let flags = native::flags(&chosen.described);
    let columns = output::columns_of(&chosen.described).map(|columns| columns.names);
    let command = native::command(chosen, &flags, language);
    command.mut_args(|arg| {
        let id = arg.get_id().as_str().to_owned();
        let flag =
            flags.iter().find(|flag| flag.id() == id || native::positional(&flag.name) == id);
        match flag {
            Some(flag) => arg.add(values(chosen, flag, words, language, is_online)),
            None if id == "columns" || id == "sort" => with_values(arg, columns.as_deref()),
            None if id == "allow" => with_values(arg, Some(chosen.service.rules)),
            None => with_values::<&str>(arg, None),
        }
    })
}

/// The flags as hcloud has them.
fn dropin(chosen: &Chosen) -> Command {
    let mut command = Command::new(chosen.described.operation.id.clone());
    for flag in native::flags(&chosen.described) {
        let path = flag.path.join(".");
        let names = match flag.kind {
            FlagKind::List => vec![format!("{path}.1")],
            FlagKind::Objects => {
                let item = match &flag.schema.shape {
                    huaweicloud_catalog::Shape::Array(item) => chosen.described.fields(item),
                    _ => None,
                };
                let fields = item.unwrap_or_default().iter();
                fields.map(|field| format!("{path}.1.{}", field.name)).collect()
            }
            _ => vec![path],
        };
        let known = known(&flag, "en");
        for name in names {
            let known = known.clone();
            let completer = ArgValueCompleter::new(move |typed: &OsStr| matching(&known, typed));
            command = command.arg(
                Arg::new(name.clone()).long(name).require_equals(true).num_args(1).add(completer),
            );
        }
    }
    for name in crate::options::names() {
        command = command.arg(with_values::<&str>(
            Arg::new(name).long(name).require_equals(true).num_args(1),
            None,
        ));
    }
    command
}

/// Adds candidates to an option that is not a field: regions, profiles, or the given values.
fn with_values<S: AsRef<str>>(arg: Arg, given: Option<&[S]>) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let texts: Vec<String> = match (given, id.trim_start_matches("cli-")) {
        (_, "region") => Region::KNOWN.iter().map(ToString::to_string).collect(),
        (_, "profile") => profile::names(),
        (_, "service") => service::SERVICES.iter().map(|one| one.catalog.name.to_owned()).collect(),
        (_, "word") => crate::explain::words(),
        (Some(given), "until" | "columns" | "sort" | "allow") => {
            given.iter().map(|text| text.as_ref().to_owned()).collect()
        }
        _ => return arg,
    };
    let texts: Vec<(String, String)> =
        texts.into_iter().map(|text| (text, String::new())).collect();
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| matching(&texts, typed)))
}

/// The candidates of a flag: known values, and existing ones if the service may be called.
fn values(
    chosen: &Chosen,
    flag: &Flag<'_>,
    words: &[String],
    language: &str,
    is_online: bool,
) -> ArgValueCompleter {
    let known = known(flag, language);
    let choices = flag.choices.filter(|_| is_online).cloned();
    let path = chosen.described.operation.parameters.iter();
    let path = path.filter(|p| p.place == Place::Path && p.of_client.is_none());
    let path: Vec<String> = path.map(|parameter| parameter.name.clone()).collect();
    let (service, words) = (chosen.service, words.to_vec());
    ArgValueCompleter::new(move |typed: &OsStr| {
        let mut all = known.clone();
        if let Some(choices) = &choices {
            all.extend(existing(service, choices, &words, &path).unwrap_or_default());
        }
        matching(&all, typed)
    })
}

/// The known values of a flag with their meaning.
fn known(flag: &Flag<'_>, language: &str) -> Vec<(String, String)> {
    if flag.kind == FlagKind::Switch {
        return ["true", "false"].map(|value| (value.to_owned(), String::new())).to_vec();
    }
    let meaning = |known: &huaweicloud_catalog::Known| {
        known.description.as_ref().map(|text| text.first_sentence(language).to_owned())
    };
    let known = flag.known.iter();
    known.map(|known| (known.value.clone(), meaning(known).unwrap_or_default())).collect()
}

/// Existing values. Connection and other fields are taken from the words.
fn existing(
    service: &'static Service,
    choices: &Choices,
    words: &[String],
    path: &[String],
) -> Result<Vec<(String, String)>, Problem> {
    let options = Options {
        region: flag_value(words, "region"),
        profile: flag_value(words, "profile"),
        endpoint: flag_value(words, "endpoint"),
        project_id: flag_value(words, "project-id"),
        ..Options::default()
    };
    let connection = Connection::new(options)?;
    let filled = |field: &str| {
        let name: Vec<String> = field.split('.').map(kebab).collect();
        let unnamed = || bare(words, path.iter().position(|name| name == field)?);
        flag_value(words, &name.join(".")).or_else(unnamed)
    };
    let listed = call::wait_out(choices::list(&connection, service, choices, &filled))?;
    Ok(listed.into_iter().map(|choice| (choice.value, choice.label)).collect())
}

/// The value of a flag on the command line.
fn flag_value(words: &[String], name: &str) -> Option<String> {
    let flag = format!("--{name}");
    let pair = words.windows(2).find(|pair| pair[0] == flag).map(|pair| pair[1].clone());
    let joined = || words.iter().find_map(|word| word.strip_prefix(&format!("{flag}=")));
    pair.or_else(|| joined().map(str::to_owned))
}

/// A positional value: these follow service and operation, in the order of the path.
fn bare(words: &[String], at: usize) -> Option<String> {
    let is_flag = |word: &String| word.starts_with('-');
    let mut bare = (2..words.len()).filter(|at| {
        let is_value = is_flag(&words[at - 1]) && !words[at - 1].contains('=');
        !is_flag(&words[*at]) && !is_value
    });
    words.get(bare.nth(at)?).filter(|word| !word.is_empty()).cloned()
}

/// Values with the typed prefix; in a list, the last item is completed.
fn matching(values: &[(String, String)], typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (before, last) = match typed.rsplit_once(',') {
        Some((before, last)) => (format!("{before},"), last),
        None => (String::new(), &*typed),
    };
    let fits = values.iter().filter(|(value, _)| value.starts_with(last));
    let candidate = |(value, help): &(String, String)| {
        let help = (!help.is_empty()).then(|| help.clone().into());
        CompletionCandidate::new(format!("{before}{value}")).help(help)
    };
    fits.map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn values_that_were_typed_are_found_with_and_without_their_names() {
        let line = words("dcs delete-backup-file --region r b --endpoint=http://e i");
        assert_eq!(flag_value(&line, "region").as_deref(), Some("r"));
        assert_eq!(flag_value(&line, "endpoint").as_deref(), Some("http://e"));
        assert_eq!(bare(&line, 0).as_deref(), Some("b"));
        assert_eq!(bare(&line, 1).as_deref(), Some("i"));
        assert_eq!(bare(&line, 2), None);
    }

    #[test]
    fn of_a_list_the_last_item_is_completed() {
        let known = [("alpha".to_owned(), String::new()), ("beta".to_owned(), String::new())];
        let found = |typed: &str| -> Vec<String> {
            let found = matching(&known, OsStr::new(typed));
            found.iter().map(|one| one.get_value().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(found("b"), ["beta"]);
        assert_eq!(found("alpha,"), ["alpha,alpha", "alpha,beta"]);
        assert_eq!(found("x"), Vec::<String>::new());
    }
}
