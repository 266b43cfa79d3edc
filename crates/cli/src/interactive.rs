//! An order question by question. In: the flags that a call must have and that were not given. Out: what was answered; and,
//! once the whole request is known, whether it is to be sent. Questions go to standard error, so that only answers of the
//! service are on standard output.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::{
    fill::{Assignment, Given, Part},
    native::{Flag, FlagKind},
    problem::{Kind, Problem},
    request::{Ids, Request},
};

/// Asks for each flag that is needed and was not given.
pub(crate) fn ask(
    flags: &[Flag<'_>],
    given: &[Assignment],
    language: &str,
) -> Result<Vec<Assignment>, Problem> {
    let mut answered = Vec::new();
    for flag in flags.iter().filter(|flag| flag.required) {
        let is_given = given.iter().any(|one| one.path.starts_with(&flag.path));
        if !is_given {
            let text = question(flag, language)?;
            answered.push(Assignment {
                part: Part::Any,
                path: flag.path.clone(),
                given: Given::Text(text),
            });
        }
    }
    Ok(answered)
}

/// Asks until there is an answer.
fn question(flag: &Flag<'_>, language: &str) -> Result<String, Problem> {
    say(&format!("\n{}\n", flag.description.in_language(language)))?;
    for known in &flag.known {
        let meaning = known.description.as_ref().map(|text| text.first_sentence(language));
        say(&format!("  {:<14} {}\n", known.value, meaning.unwrap_or_default()))?;
    }
    let many = if flag.kind == FlagKind::List { " (with commas between them)" } else { "" };
    loop {
        say(&format!("{}{many}: ", flag.name))?;
        let answer = match flag.kind {
            FlagKind::Secret if io::stdin().is_terminal() => {
                rpassword::prompt_password("").map_err(|error| unreadable(&error))?
            }
            _ => line()?,
        };
        if !answer.is_empty() {
            return Ok(answer);
        }
    }
}

/// Shows the whole request, without secrets, and asks whether it is to be sent.
pub(crate) fn confirm(request: &Request) -> Result<(), Problem> {
    say(&format!("\n{} {}\n", request.method(), request.target(Ids::UNKNOWN)))?;
    if let Some(body) = &request.masked_body {
        let yaml =
            serde_yaml::to_string(body).map_err(|error| Problem::other(error.to_string()))?;
        say(&yaml)?;
    }
    if request.chosen.described.operation.purchase {
        say("This costs money.\n")?;
    }
    say("Send it? [y/N] ")?;
    match line()?.to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Problem::new(Kind::Interrupted, "nothing was sent")),
    }
}

fn say(text: &str) -> Result<(), Problem> {
    let mut out = io::stderr();
    write!(out, "{text}").and_then(|()| out.flush()).map_err(|error| unreadable(&error))
}

fn line() -> Result<String, Problem> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).map_err(|error| unreadable(&error))?;
    match read {
        0 => Err(Problem::new(Kind::Interrupted, "the answers end here; nothing was sent")),
        _ => Ok(line.trim().to_owned()),
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::other(format!("the terminal cannot be used: {error}"))
}
