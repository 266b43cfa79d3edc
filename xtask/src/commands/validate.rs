//! `validate OPERATION FILE`: validates a payload against the request schema, and prints one line per violation, or
//! that it is valid. A document with problems cannot be trusted: they are printed, and no payload passes.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write as _},
    path::Path,
};

use anyhow::Context as _;
use codegen::{
    config::Config,
    load,
    payload::{self, Allowed, PayloadError, Severity, Violation},
};

use super::{Outcome, print_problems};
use crate::screen::{Screen, complain};

/// The first service that has the operation decides; the documents of the others need not even be
/// readable.
pub(crate) fn run(
    config: &Config,
    operation: &str,
    file: &Path,
    allow: Vec<String>,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let mut allowed = Allowed::default();
    allow.into_iter().for_each(|rule| allowed.add(rule));
    let text = read(file)?;
    let (payload, mut violations) =
        payload::read(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    let mut documents = Vec::new();
    let mut unreadable = Vec::new();
    for service in &config.services {
        let document = match load::load(&config.root.join(&service.document)) {
            Ok(document) => document,
            Err(problem) => {
                unreadable.push((service, problem));
                continue;
            }
        };
        match payload::check(&document, operation, &payload) {
            Ok(found) => {
                let rules = payload::rules(&[&document]);
                known(&allowed, &rules)?;
                violations.extend(found);
                violations.retain(|violation| !allowed.covers(violation));
                print(&violations, &rules, out)?;
                let problems = codegen::validate::validate(&document);
                if !problems.is_empty() {
                    print_problems(service, &problems);
                    complain(format_args!(
                        "error: {operation} was not checked against all of {}; fix its problems first",
                        service.document
                    ));
                    return Ok(Outcome::Problems);
                }
                if violations.iter().any(|v| v.severity == Severity::Error) {
                    return Ok(Outcome::Problems);
                }
                writeln!(out, "{}", valid(violations.len()))?;
                return Ok(Outcome::Fine);
            }
            // Another service may have it.
            Err(PayloadError::UnknownOperation { .. }) => documents.push(document),
            Err(error) => return Err(error.into()),
        }
    }
    for (service, problem) in unreadable {
        print_problems(service, &[problem]);
    }
    if documents.is_empty() {
        return Ok(Outcome::BadCall);
    }
    Err(payload::unknown(&documents.iter().collect::<Vec<_>>(), operation).into())
}

/// The last line for a payload that can be sent.
fn valid(warnings: usize) -> String {
    match warnings {
        0 => "valid".to_owned(),
        1 => "valid, with 1 warning".to_owned(),
        more => format!("valid, with {more} warnings"),
    }
}

/// An id that no rule has is a bad call.
fn known(allowed: &Allowed, rules: &[&str]) -> anyhow::Result<()> {
    let problems = allowed.problems(rules);
    anyhow::ensure!(problems.is_empty(), "--allow: {}", problems.join("\n--allow: "));
    Ok(())
}

/// A line a violation; for an error also how to go on if the service takes the request.
fn print(violations: &[Violation], rules: &[&str], out: &mut Screen) -> anyhow::Result<()> {
    for violation in violations {
        let (path, rule, message) = (&violation.path, &violation.rule, &violation.message);
        let severity = violation.severity;
        writeln!(out, "{severity}: {path}: {rule}: {message}")?;
    }
    let errors = violations.iter().filter(|violation| violation.severity == Severity::Error);
    let ids = errors.map(|violation| violation.id().into_owned());
    let can_be_allowed = |id: &String| {
        let mut allowed = Allowed::default();
        allowed.add(id.clone());
        allowed.problems(rules).is_empty()
    };
    let ids: BTreeSet<_> = ids.filter(can_be_allowed).map(|id| shell_word(&id)).collect();
    if !ids.is_empty() {
        let flags: Vec<String> = ids.iter().map(|id| format!("--allow {id}")).collect();
        writeln!(out, "if the service accepts it anyway: {}", flags.join(" "))?;
    }
    Ok(())
}

/// A word that a shell takes as it is.
fn shell_word(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@".contains(c);
    if id.chars().all(plain) { id.to_owned() } else { format!("'{}'", id.replace('\'', "'\\''")) }
}

fn read(file: &Path) -> anyhow::Result<String> {
    if file == Path::new("-") {
        return io::read_to_string(io::stdin()).context("cannot read standard input");
    }
    if file.is_dir() {
        anyhow::bail!("{} is a folder; give a file with a JSON payload", file.display());
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
