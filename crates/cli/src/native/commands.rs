//! Commands that are not operations. In: nothing, or a service. Out: their arguments and options, for clap.

use clap::{Arg, ArgAction, Command};

use super::arguments::{among, of_connection, of_waiting, one, with_long, worded};
use crate::{messages, options::LANGUAGES};

/// The shells that completion is written for.
const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// All of them, for `hwc --help` and for completion.
pub(crate) fn all() -> Vec<Command> {
    vec![
        explain(),
        docs(),
        validate(),
        diff(),
        explorer(),
        whoami(),
        crate::configure::command(),
        completion(),
        man(),
    ]
}

fn command(name: &'static str, about: String, args: impl IntoIterator<Item = Arg>) -> Command {
    below("hwc", name, about, args)
}

fn below(
    of: &str,
    name: &'static str,
    about: String,
    args: impl IntoIterator<Item = Arg>,
) -> Command {
    // Under a heading, clap would sort positional arguments by name.
    let args = args.into_iter().enumerate().map(|(at, arg)| arg.display_order(at));
    worded(Command::new(name).bin_name(format!("{of} {name}")).about(about).args(args))
}

/// A command that calls a service.
fn calling(name: &'static str, about: String, args: impl IntoIterator<Item = Arg>) -> Command {
    command(name, about, args.into_iter().chain(of_connection().into_iter().map(with_long)))
}

fn positional(id: &'static str, value: &'static str) -> Arg {
    Arg::new(id).value_name(value).required(true).help_heading(messages::heading_arguments())
}

/// The words that name an operation.
fn operation() -> [Arg; 2] {
    [positional("service", "SERVICE"), positional("operation", "OPERATION")]
}

pub(crate) fn language() -> Arg {
    let arg = with_long(one("lang", "LANGUAGE", String::new()));
    among(arg, messages::help_lang(), &LANGUAGES)
}

/// `hwc explain`.
fn explain() -> Command {
    let args = [positional("word", "RULE_OR_ERROR_CODE"), language()];
    command("explain", messages::about_explain(), args)
}

fn docs() -> Command {
    command("docs", messages::about_docs(), operation().into_iter().chain([language()]))
}

fn man() -> Command {
    command("man", messages::about_man(), operation().into_iter().chain([language()]))
}

fn validate() -> Command {
    let allow = with_long(one("allow", "RULE", messages::help_allow())).action(ArgAction::Append);
    let args = [positional("file", "FILE"), allow, language()];
    command("validate", messages::about_validate(), operation().into_iter().chain(args))
}

/// `hwc diff`.
pub(crate) fn diff() -> Command {
    let args = [
        positional("order", "ORDER").help(messages::help_diff_order()),
        positional("id", "ID").help(messages::help_diff_id()),
        with_long(one("operation", "SERVICE.OPERATION", messages::help_diff_operation())),
    ];
    calling("diff", messages::about_diff(), args)
}

/// `hwc explorer`.
pub(crate) fn explorer() -> Command {
    let args = [
        with_long(one("port", "PORT", messages::help_port())),
        with_long(one("allow-host", "NAME", messages::help_allow_host())).action(ArgAction::Append),
    ];
    calling("explorer", messages::about_explorer(), args)
}

/// `hwc completion`.
pub(crate) fn completion() -> Command {
    let online = Arg::new("online").long("online").action(ArgAction::SetTrue);
    let args = [
        among(positional("shell", "SHELL"), messages::help_shell(), &SHELLS),
        online.help(messages::help_online()).help_heading(messages::heading_options()),
        language(),
    ];
    command("completion", messages::about_completion(), args)
}

/// `hwc SERVICE wait`.
pub(crate) fn wait(service: &str, states: &str) -> Command {
    let until = one("until", "STATE", messages::help_until(states));
    let args = [positional("id", "ID").num_args(1..).help(messages::help_ids()), with_long(until)];
    let options = of_waiting().into_iter().chain(of_connection()).map(with_long);
    let of = format!("hwc {service}");
    below(&of, "wait", messages::about_wait(), args.into_iter().chain(options))
}

/// `hwc whoami`.
pub(crate) fn whoami() -> Command {
    calling("whoami", messages::about_whoami(), [])
}
