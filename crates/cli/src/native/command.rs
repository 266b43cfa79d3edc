//! The command of an operation, for clap. In: its flags. Out: a command with them and with the options of every call.

use clap::{Arg, ArgAction, Command};

use super::{
    arguments,
    flags::{Flag, FlagKind},
};
use crate::{messages, service::Chosen};

/// The ids of the additional flags of a secret.
pub(super) fn of_file(name: &str) -> String {
    format!("{name}-file")
}

/// See [`of_file`].
pub(super) fn of_env(name: &str) -> String {
    format!("{name}-env")
}

/// The id of the same value without its name.
pub(crate) fn positional(name: &str) -> String {
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
        .args_override_self(false)
        .next_line_help(false);
    for (at, flag) in flags.iter().filter(|flag| flag.is_positional).enumerate() {
        let arg = Arg::new(positional(&flag.name))
            .value_name(flag.name.to_uppercase().replace('-', "_"))
            .help(flag.description.first_sentence(language).to_owned())
            .help_heading(messages::heading_arguments())
            .display_order(at);
        command = command.arg(arg);
    }
    let taken: Vec<&str> = flags.iter().map(|flag| flag.name.as_str()).collect();
    for flag in flags {
        command = command.args(of_flag(flag, language));
    }
    for arg in arguments::of_call(chosen) {
        let id = arg.get_id().as_str().to_owned();
        // A name that the operation has is the operation's.
        let arg = match taken.contains(&id.as_str()) {
            true => arg.long(format!("cli-{id}")).short(None),
            false => arg.long(id),
        };
        command = command.arg(arg.help_heading(messages::heading_options()));
    }
    arguments::worded(command)
}

fn about(chosen: &Chosen, language: &str) -> String {
    let operation = &chosen.described.operation;
    let money = if operation.purchase { messages::costs_money() } else { String::new() };
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
        true => messages::heading_required(),
        false => messages::heading_optional(),
    };
    let words = super::help::words(flag, language);
    let arg = Arg::new(flag.id())
        .long(flag.name.clone())
        .help(words)
        .help_heading(heading.clone())
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
            let more = |name: String, words: String, value: &'static str| {
                Arg::new(name.clone())
                    .long(name)
                    .help(words)
                    .help_heading(heading.clone())
                    .value_name(value)
            };
            vec![
                arg.action(ArgAction::Set).num_args(0..=1).require_equals(true).value_name("VALUE"),
                more(of_file(&flag.name), messages::help_secret_file(), "FILE"),
                more(of_env(&flag.name), messages::help_secret_env(), "NAME"),
            ]
        }
        FlagKind::List => {
            vec![arg.action(ArgAction::Append).value_name("VALUE,…").allow_hyphen_values(true)]
        }
        FlagKind::Objects => vec![arg.action(ArgAction::Append).value_name("NAME=VALUE,…")],
        FlagKind::Entries => vec![arg.action(ArgAction::Append).value_name("KEY=VALUE,…")],
    }
}
