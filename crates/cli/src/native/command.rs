//! The command of an operation, for clap. In: its flags. Out: a command with them and with the options of every call.

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser};

use super::flags::{Flag, FlagKind};
use crate::{
    options::{LANGUAGES, Output},
    problem::Problem,
    service::{Chosen, SERVICES},
};

/// The ids of the additional flags of a secret.
pub(super) fn of_file(name: &str) -> String {
    format!("{name}-file")
}

/// See [`of_file`].
pub(super) fn of_env(name: &str) -> String {
    format!("{name}-env")
}

/// The id of the same value without its name.
pub(super) fn positional(name: &str) -> String {
    format!("({name})")
}

/// The command of an operation, with help in a language.
pub fn command(chosen: &Chosen, flags: &[Flag<'_>], language: &str) -> Command {
    let operation = &chosen.described.operation;
    let service = chosen.service.catalog.name;
    let mut command = Command::new(operation.command.clone())
        .bin_name(format!("hwc {service} {}", operation.command))
        .about(operation.summary.in_language(language).to_owned())
        .long_about(about(chosen, language))
        .disable_version_flag(true)
        .args_override_self(false)
        .next_line_help(false);
    for flag in flags.iter().filter(|flag| flag.is_positional) {
        let arg = Arg::new(positional(&flag.name))
            .value_name(flag.name.to_uppercase().replace('-', "_"))
            .help(flag.description.first_sentence(language).to_owned());
        command = command.arg(arg);
    }
    let taken: Vec<&str> = flags.iter().map(|flag| flag.name.as_str()).collect();
    for flag in flags {
        command = command.args(of_flag(flag, language));
    }
    for arg in options(chosen) {
        let id = arg.get_id().as_str().to_owned();
        // A name that the operation has is the operation's.
        let arg = match taken.contains(&id.as_str()) {
            true => arg.long(format!("cli-{id}")).short(None),
            false => arg.long(id),
        };
        command = command.arg(arg.help_heading("Options of every call"));
    }
    command
}

fn about(chosen: &Chosen, language: &str) -> String {
    let operation = &chosen.described.operation;
    let money = if operation.purchase { " (costs money)" } else { "" };
    format!(
        "{}\n\n{}\n\n{} {}{money}",
        operation.summary.in_language(language),
        operation.description.in_language(language),
        operation.method,
        operation.path,
    )
}

fn of_flag(flag: &Flag<'_>, language: &str) -> Vec<Arg> {
    let heading = match flag.required {
        true => "Required",
        false => "Optional",
    };
    let words = super::help::words(flag, language);
    let arg = Arg::new(flag.id())
        .long(flag.name.clone())
        .help(words)
        .help_heading(heading)
        .hide(flag.deprecated);
    match flag.kind {
        FlagKind::One => {
            vec![arg.action(ArgAction::Set).value_name("VALUE").allow_hyphen_values(true)]
        }
        FlagKind::Switch => vec![
            arg.action(ArgAction::Set)
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true")
                .value_name("true|false"),
        ],
        FlagKind::Secret => {
            let more = |name: String, words: &str, value: &'static str| {
                Arg::new(name.clone())
                    .long(name)
                    .help(words.to_owned())
                    .help_heading(heading)
                    .value_name(value)
            };
            vec![
                arg.action(ArgAction::Set).num_args(0..=1).require_equals(true).value_name("VALUE"),
                more(of_file(&flag.name), "The same, from a file; - for standard input.", "FILE"),
                more(of_env(&flag.name), "The same, from a variable of the environment.", "NAME"),
            ]
        }
        FlagKind::List => {
            vec![arg.action(ArgAction::Append).value_name("VALUE,…").allow_hyphen_values(true)]
        }
        FlagKind::Objects => vec![arg.action(ArgAction::Append).value_name("NAME=VALUE,…")],
        FlagKind::Entries => vec![arg.action(ArgAction::Append).value_name("KEY=VALUE,…")],
    }
}

/// All commands, for shells that complete them.
///
/// # Errors
///
/// The data of the program are damaged.
pub(crate) fn tree(language: &str) -> Result<Command, Problem> {
    let mut all = Command::new("hwc")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Huawei Cloud from the shell")
        .subcommand(Command::new("explain").about("A rule or an error code").arg(Arg::new("word")))
        .subcommand(whoami_command())
        .subcommand(crate::configure::command())
        .subcommand(completion_command());
    for service in SERVICES {
        let index = service.catalog.index()?;
        let mut own = Command::new(service.catalog.name)
            .about(index.title.in_language(language).to_owned())
            .subcommand(wait_command(service.catalog.name));
        for entry in &index.operations {
            let chosen = service.choose(entry)?;
            let flags = super::flags::flags(&chosen.described);
            own = own.subcommand(command(&chosen, &flags, language));
        }
        all = all.subcommand(own);
    }
    Ok(all)
}

/// `hwc completion`.
pub(crate) fn completion_command() -> Command {
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    Command::new("completion")
        .bin_name("hwc completion")
        .about("Writes what a shell needs to complete commands and flags")
        .disable_version_flag(true)
        .arg(Arg::new("shell").required(true).value_parser(PossibleValuesParser::new(shells)))
}

/// `hwc SERVICE wait`.
pub(crate) fn wait_command(service: &str) -> Command {
    let until = Arg::new("until").long("until").value_name("STATE");
    Command::new("wait")
        .bin_name(format!("hwc {service} wait"))
        .about("Waits until a thing has a state, or is gone")
        .disable_version_flag(true)
        .arg(Arg::new("id").value_name("ID").num_args(1..).required(true))
        .arg(until.help("Such as running (which is meant without it) or deleted."))
        .args(of_waiting().into_iter().map(with_long))
        .args(of_connection().into_iter().map(with_long))
}

/// How patient waiting is.
fn of_waiting() -> [Arg; 2] {
    [
        one("interval", "SECONDS", "Between two questions while it waits."),
        one("wait-limit", "SECONDS", "How long it waits at most."),
    ]
}

/// `hwc whoami`.
pub(crate) fn whoami_command() -> Command {
    Command::new("whoami")
        .bin_name("hwc whoami")
        .about("Says for whom and where calls are made")
        .disable_version_flag(true)
        .args(of_connection().into_iter().map(with_long))
}

fn with_long(arg: Arg) -> Arg {
    let long = arg.get_id().as_str().to_owned();
    arg.long(long)
}

fn one(id: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(id).value_name(value).help(help)
}

fn switch(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).action(ArgAction::SetTrue).help(help)
}

/// Where and for whom, and how it is shown.
fn of_connection() -> Vec<Arg> {
    vec![
        one("region", "NAME", "Where, such as cn-north-4."),
        one("profile", "NAME", "A profile of ~/.hcloud/config.json or ~/.huaweicloud/credentials."),
        one("endpoint", "URL", "Another address than that of the region."),
        one("project-id", "ID", "For which project; it is found without."),
        one("domain-id", "ID", "For which account; it is found without."),
        one("output", "FORM", "How the answer is written.")
            .short('o')
            .value_parser(PossibleValuesParser::new(Output::NAMES)),
        one("query", "JMESPATH", "A part of the answer."),
        one("errors", "FORM", "How errors are written.")
            .value_parser(PossibleValuesParser::new(["text", "json"])),
        one("lang", "LANGUAGE", "The language of help.")
            .value_parser(PossibleValuesParser::new(LANGUAGES)),
        one("connect-timeout", "SECONDS", "Time for a connection."),
        one("read-timeout", "SECONDS", "Time for an answer."),
        one("retry-count", "N", "How often it is sent again, where that is safe."),
    ]
}

/// The options of every call. Each has its long name as its id.
fn options(chosen: &Chosen) -> Vec<Arg> {
    let mut all = of_connection();
    all.extend([
        one("from", "FILE", "Values from a file, JSON or YAML; - for standard input. Flags win.")
            .short('f'),
        one("columns", "NAME,…", "The columns of a table.").value_delimiter(','),
        one("sort", "NAME", "The column that rows are sorted by; -NAME turns the order round.")
            .allow_hyphen_values(true),
        switch("numbers", "Numbers the rows of a table."),
        switch("dry-run", "Shows the request, without secrets, and sends nothing."),
        switch("validate", "Checks the request, and sends nothing."),
        one("skeleton", "FORM", "Writes a file of values to be filled in.")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("json")
            .value_parser(PossibleValuesParser::new(["json", "yaml"])),
        one("show", "LANGUAGE", "Writes the same call for curl, or as a program.")
            .value_parser(PossibleValuesParser::new(["curl", "rust"])),
        one("allow", "RULE", "Sends what breaks this rule; may be given again.")
            .action(ArgAction::Append),
        switch("no-check", "Checks nothing; the service decides."),
        switch("interactive", "Asks for what is needed, and shows the whole before it is sent."),
        switch("debug", "Says what is sent and what comes, without secrets."),
    ]);
    let operation = &chosen.described.operation;
    if operation.pagination.is_some() {
        all.push(one("limit", "N", "At most so many items; all without."));
    }
    if operation.ensure.is_some() {
        all.push(switch("ensure", "Looks by name first, and orders only what is not there."));
        all.push(switch("wait", "Waits until what was ordered can be used."));
        all.extend(of_waiting());
    }
    all
}
