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
        among(one("output", "FORM", String::new()), messages::help_output(), &Output::NAMES)
            .short('o'),
        one("query", "JMESPATH", messages::help_query()),
        among(one("errors", "FORM", String::new()), messages::help_errors(), &["text", "json"]),
        among(one("lang", "LANGUAGE", String::new()), messages::help_lang(), &LANGUAGES),
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
        among(one("skeleton", "FORM", String::new()), messages::help_skeleton(), &["json", "yaml"])
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("json"),
        among(one("show", "LANGUAGE", String::new()), messages::help_show(), &["curl", "rust"]),
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

/// A command whose help is worded in the chosen language; its arguments are complete.
pub(crate) fn worded(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(messages::help_help())
        .help_heading(messages::heading_options());
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let mut usage = format!("{name} {}", messages::usage_options());
    for arg in command.get_arguments().filter(|arg| arg.is_positional()) {
        let name = arg.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str());
        let many = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) { "…" } else { "" };
        usage.push_str(&match arg.is_required_set() {
            true => format!(" <{name}>{many}"),
            false => format!(" [{name}]{many}"),
        });
    }
    command
        .override_usage(usage)
        .disable_version_flag(true)
        .disable_help_flag(true)
        .help_template(messages::help_template())
        .arg(help)
}

/// An option with a closed set of values, which the help lists.
pub(crate) fn among(arg: Arg, help: String, values: &[&'static str]) -> Arg {
    let known = messages::known_values(values.join(", "));
    let parser = PossibleValuesParser::new(values.iter().copied());
    arg.value_parser(parser).hide_possible_values(true).help(help + &known)
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
