//! The options that are no value of a request. In: what a command can do. Out: arguments for clap, each with its long name as
//! its id.

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser};

use crate::{
    messages,
    options::{LANGUAGES, Output},
    service::Chosen,
};

/// Where and for whom, and how the answer is written: options of every command that calls a service.
pub(super) fn of_connection() -> Vec<Arg> {
    vec![
        one("region", "NAME", messages::help_region()),
        one("profile", "NAME", messages::help_profile()),
        one("endpoint", "URL", messages::help_endpoint()),
        one("project-id", "ID", messages::help_project_id()),
        one("domain-id", "ID", messages::help_domain_id()),
        one("output", "FORM", messages::help_output())
            .short('o')
            .value_parser(PossibleValuesParser::new(Output::NAMES)),
        one("query", "JMESPATH", messages::help_query()),
        one("errors", "FORM", messages::help_errors())
            .value_parser(PossibleValuesParser::new(["text", "json"])),
        one("lang", "LANGUAGE", messages::help_lang())
            .value_parser(PossibleValuesParser::new(LANGUAGES)),
        one("connect-timeout", "SECONDS", messages::help_connect_timeout()),
        one("read-timeout", "SECONDS", messages::help_read_timeout()),
        one("retry-count", "N", messages::help_retry_count()),
    ]
}

/// How patient waiting is.
pub(super) fn of_waiting() -> [Arg; 2] {
    [
        one("interval", "SECONDS", messages::help_interval()),
        one("wait-limit", "SECONDS", messages::help_wait_limit()),
    ]
}

/// The options of a call.
pub(super) fn of_call(chosen: &Chosen) -> Vec<Arg> {
    let mut all = of_connection();
    all.extend([
        one("from", "FILE", messages::help_from()).short('f'),
        one("columns", "NAME,…", messages::help_columns()).value_delimiter(','),
        one("sort", "NAME", messages::help_sort()).allow_hyphen_values(true),
        switch("numbers", messages::help_numbers()),
        switch("dry-run", messages::help_dry_run()),
        switch("validate", messages::help_validate()),
        one("skeleton", "FORM", messages::help_skeleton())
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("json")
            .value_parser(PossibleValuesParser::new(["json", "yaml"])),
        one("show", "LANGUAGE", messages::help_show())
            .value_parser(PossibleValuesParser::new(["curl", "rust"])),
        one("allow", "RULE", messages::help_allow()).action(ArgAction::Append),
        switch("no-check", messages::help_no_check()),
        switch("interactive", messages::help_interactive()),
        switch("debug", messages::help_debug()),
    ]);
    let operation = &chosen.described.operation;
    if operation.pagination.is_some() {
        all.push(one("limit", "N", messages::help_limit()));
    }
    if operation.ensure.is_some() {
        all.push(switch("ensure", messages::help_ensure()));
    }
    if operation.ensure.as_ref().is_some_and(|ensure| ensure.waiter.is_some())
        || operation.follow.is_some()
    {
        all.push(switch("wait", messages::help_wait()));
        all.extend(of_waiting());
    }
    all
}

/// A command whose help is worded in the chosen language, as far as clap does not word it itself.
pub(super) fn worded(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(messages::help_help())
        .help_heading(messages::heading_options());
    command
        .disable_version_flag(true)
        .disable_help_flag(true)
        .help_template(messages::help_template())
        .arg(help)
}

pub(super) fn with_long(arg: Arg) -> Arg {
    let long = arg.get_id().as_str().to_owned();
    arg.long(long).help_heading(messages::heading_options())
}

pub(super) fn one(id: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(id).value_name(value).help(help)
}

fn switch(id: &'static str, help: String) -> Arg {
    Arg::new(id).action(ArgAction::SetTrue).help(help)
}
