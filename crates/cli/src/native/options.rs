//! Common options. In: the matches of clap. Out: [`Options`].

use clap::{ArgMatches, parser::ValueSource};

use crate::{
    messages,
    options::{Instead, Options, Output},
    problem::Problem,
};

pub(super) fn read(matches: &ArgMatches) -> Result<Options, Problem> {
    // Not every command has every option.
    let one =
        |id: &str| -> Option<String> { matches.try_get_one::<String>(id).ok().flatten().cloned() };
    let is_set = |id: &str| {
        matches.try_contains_id(id).unwrap_or(false)
            && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let many = |id: &str| -> Vec<String> {
        let found = matches.try_get_many::<String>(id).ok().flatten();
        found.into_iter().flatten().cloned().collect()
    };
    let mut options = Options {
        from: one("from"),
        region: one("region"),
        profile: one("profile"),
        endpoint: one("endpoint"),
        project_id: one("project-id"),
        domain_id: one("domain-id"),
        query: one("query"),
        columns: many("columns"),
        sort: one("sort"),
        numbers: is_set("numbers"),
        allow: many("allow"),
        no_check: is_set("no-check"),
        errors_json: one("errors").as_deref() == Some("json"),
        language: one("lang"),
        debug: is_set("debug"),
        wait: is_set("wait"),
        ensure: is_set("ensure"),
        interactive: is_set("interactive"),
        ..Options::default()
    };
    options.output = one("output").map(|name| Output::of(&name)).transpose()?;
    for name in ["connect-timeout", "read-timeout", "retry-count"] {
        if let Some(value) = one(name) {
            options.set(&format!("cli-{name}"), &value)?;
        }
    }
    let seconds = |name: &str| -> Result<Option<u64>, Problem> {
        let Some(text) = one(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| (1..=86_400).contains(number));
        let wrong = || Problem::usage(messages::seconds_range(name));
        number.ok_or_else(wrong).map(Some)
    };
    options.interval = seconds("interval")?;
    options.wait_limit = seconds("wait-limit")?;
    if let Some(limit) = one("limit") {
        let number = limit.parse().ok().filter(|number| *number > 0);
        options.limit = Some(number.ok_or_else(|| Problem::usage(messages::limit_range()))?);
    }
    options.instead = match (one("skeleton").as_deref(), one("show").as_deref()) {
        (Some("yaml"), _) => Some(Instead::YamlSkeleton),
        (Some(_), _) => Some(Instead::Skeleton),
        (None, Some("curl")) => Some(Instead::Curl),
        (None, Some(_)) => Some(Instead::Rust),
        (None, None) if is_set("dry-run") => Some(Instead::DryRun),
        (None, None) if is_set("validate") => Some(Instead::Validate),
        (None, None) => None,
    };
    Ok(options)
}
