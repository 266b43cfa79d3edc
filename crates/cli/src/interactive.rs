//! A request question by question. In: the flags of an operation, and which were given. Out: what was answered; and, once the
//! whole request is known, whether it is to be sent. Questions go to standard error, so that standard output holds only the
//! answer of the service.
//!
//! Required fields are asked for, and those that the price or the values of another field depend on. Which values exist is
//! asked of the service where the document says how.

use std::{
    cell::OnceCell,
    io::{self, BufRead, IsTerminal, Write},
};

use huaweicloud_catalog::Kind as TypeKind;
use serde_json::Value;

use crate::{
    call,
    choices::{self, Choice},
    connect::Connection,
    fill::{Assignment, Given, Part},
    messages,
    native::{Flag, FlagKind},
    options::Options,
    problem::{Kind, Problem},
    request::{Ids, Request},
    service::Chosen,
};

/// Asks for what was not given.
pub(crate) fn ask(
    chosen: &Chosen,
    flags: &[Flag<'_>],
    given: &[Assignment],
    options: &Options,
    language: &str,
) -> Result<Vec<Assignment>, Problem> {
    let mut interview =
        Interview { chosen, options, connection: OnceCell::new(), answered: given.to_vec() };
    for flag in flags.iter().filter(|flag| is_asked(flag, flags)) {
        if given.iter().any(|one| one.path.starts_with(&flag.path)) {
            continue;
        }
        let answer = interview.question(flag, language)?;
        interview.answered.extend(assigned(flag, &answer));
    }
    Ok(interview.answered.split_off(given.len()))
}

/// Whether a flag is asked for.
fn is_asked(flag: &Flag<'_>, flags: &[Flag<'_>]) -> bool {
    let path = flag.path.join(".");
    let decides = || {
        let others = flags.iter().filter_map(|other| other.choices);
        others.flat_map(|choices| &choices.with).any(|(_, field)| *field == path)
    };
    !flag.deprecated && (flag.required || flag.affects_price || flag.choices.is_some() || decides())
}

/// The assignments of an answer; an empty answer has none.
fn assigned(flag: &Flag<'_>, answer: &str) -> Vec<Assignment> {
    let one = |path: Vec<String>, text: &str| Assignment {
        part: Part::Any,
        path,
        given: Given::Text(text.to_owned()),
    };
    match answer {
        "" => Vec::new(),
        answer if flag.kind == FlagKind::List && !answer.starts_with('[') => {
            let items = (1..).zip(answer.split(','));
            let item = |(number, text): (usize, &str)| {
                one([flag.path.clone(), vec![number.to_string()]].concat(), text.trim())
            };
            items.map(item).collect()
        }
        answer => vec![one(flag.path.clone(), answer)],
    }
}

struct Interview<'a> {
    chosen: &'a Chosen,
    options: &'a Options,
    connection: OnceCell<Connection>,
    /// What was given, then what was answered.
    answered: Vec<Assignment>,
}

impl Interview<'_> {
    /// Asks until there is a valid answer; that to an optional field may be empty.
    fn question(&self, flag: &Flag<'_>, language: &str) -> Result<String, Problem> {
        say(&format!("\n{}\n", flag.description.in_language(language)))?;
        for known in &flag.known {
            let meaning = known.description.as_ref().map(|text| text.first_sentence(language));
            say(&format!("  {:<14} {}\n", known.value, meaning.unwrap_or_default()))?;
        }
        let offered = self.offered(flag)?;
        let width = offered.iter().map(|choice| choice.value.len()).max().unwrap_or(0);
        for (number, choice) in (1..).zip(&offered) {
            say(&format!("  {number:>3}  {:<width$}  {}\n", choice.value, choice.label))?;
        }
        loop {
            say(&prompt(flag, !offered.is_empty()))?;
            let answer = match flag.kind {
                FlagKind::Secret if io::stdin().is_terminal() => {
                    rpassword::prompt_password("").map_err(|error| unreadable(&error))?
                }
                _ => line()?,
            };
            match picked(&answer, &offered, flag.kind == FlagKind::List) {
                Some(answer) if !answer.is_empty() || !flag.required => return Ok(answer),
                Some(_) => {}
                None => say(&messages::ask_range(offered.len()))?,
            }
        }
    }

    /// Existing values; none, with the reason shown, if they cannot be listed.
    fn offered(&self, flag: &Flag<'_>) -> Result<Vec<Choice>, Problem> {
        let Some(choices) = flag.choices else { return Ok(Vec::new()) };
        let connection = match self.connection.get() {
            Some(connection) => connection,
            None => {
                let connection = Connection::new(self.options.clone())?;
                self.connection.get_or_init(|| connection)
            }
        };
        let filled = |path: &str| {
            let is_it = |one: &&Assignment| one.path.join(".") == path;
            match &self.answered.iter().find(is_it)?.given {
                Given::Text(text) => Some(text.clone()),
                Given::Json(value) => Some(crate::output::text(value)),
            }
        };
        let listed =
            call::wait_out(choices::list(connection, self.chosen.service, choices, &filled));
        match listed {
            Ok(found) => Ok(found),
            Err(problem) if problem.kind == Kind::Interrupted => Err(problem),
            Err(problem) => {
                say(&messages::ask_no_choices(&problem))?;
                Ok(Vec::new())
            }
        }
    }
}

fn prompt(flag: &Flag<'_>, is_offered: bool) -> String {
    let mut notes = Vec::new();
    if is_offered {
        notes.push(messages::ask_number());
    }
    if flag.kind == FlagKind::List {
        notes.push(messages::ask_commas());
    }
    if !flag.required {
        notes.push(messages::ask_optional());
    }
    match notes.is_empty() {
        true => format!("{}: ", flag.name),
        false => format!("{} ({}): ", flag.name, notes.join("; ")),
    }
}

/// The answer with numbers replaced by the values they stand for; `None` for a number out of range.
fn picked(answer: &str, offered: &[Choice], is_list: bool) -> Option<String> {
    if offered.is_empty() {
        return Some(answer.to_owned());
    }
    let one = |word: &str| -> Option<String> {
        let word = word.trim();
        match word.parse::<usize>() {
            _ if offered.iter().any(|choice| choice.value == word) => Some(word.to_owned()),
            Ok(number) => offered.get(number.checked_sub(1)?).map(|choice| choice.value.clone()),
            Err(_) => Some(word.to_owned()),
        }
    };
    match is_list {
        true => answer.split(',').map(one).collect::<Option<Vec<_>>>().map(|all| all.join(",")),
        false => one(answer),
    }
}

/// Shows the whole request, without secrets, and asks whether it is to be sent.
pub(crate) fn confirm(request: &Request, language: &str) -> Result<(), Problem> {
    say(&format!("\n{} {}\n", request.method(), request.target(Ids::UNKNOWN)))?;
    if let Some(body) = &request.masked_body {
        let yaml =
            serde_yaml::to_string(body).map_err(|error| Problem::other(error.to_string()))?;
        say(&yaml)?;
        let priced = priced(request, body, language);
        if !priced.is_empty() {
            say(&format!("\n{}\n", messages::ask_priced()))?;
            priced.iter().try_for_each(|line| say(&format!("  {line}\n")))?;
        }
    }
    if request.chosen.described.operation.purchase {
        say(&format!("{}\n", messages::ask_money()))?;
    }
    say(&messages::ask_send())?;
    match line()?.to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Problem::new(Kind::Interrupted, messages::nothing_sent())),
    }
}

/// The values that affect the price, with their meaning if the document has one.
fn priced(request: &Request, body: &Value, language: &str) -> Vec<String> {
    let described = &request.chosen.described;
    let flags = crate::native::flags(described);
    let priced = flags.iter().filter(|flag| flag.affects_price);
    let line = |flag: &Flag<'_>| {
        let value = flag.path.iter().try_fold(body, |here, name| here.get(name))?;
        let value = crate::output::text(value);
        let named = described.type_of(flag.schema).map(|named| &named.kind);
        let meaning = match named {
            Some(TypeKind::Enum { values, .. }) => values
                .iter()
                .find(|known| known.value == value)
                .and_then(|known| known.description.as_ref())
                .map(|text| format!("  {}", text.first_sentence(language))),
            _ => None,
        };
        Some(format!("{}: {value}{}", flag.name, meaning.unwrap_or_default()))
    };
    priced.filter_map(line).collect()
}

fn say(text: &str) -> Result<(), Problem> {
    let mut out = io::stderr();
    write!(out, "{text}").and_then(|()| out.flush()).map_err(|error| unreadable(&error))
}

fn line() -> Result<String, Problem> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).map_err(|error| unreadable(&error))?;
    match read {
        0 => Err(Problem::new(Kind::Interrupted, messages::answers_end())),
        _ => Ok(line.trim().to_owned()),
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::other(messages::no_terminal(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_for_values_that_are_offered() {
        let choice = |value: &str| Choice { value: value.to_owned(), label: String::new() };
        let offered = [choice("a"), choice("b"), choice("1")];
        let cases = [
            ("2", false, Some("b")),
            ("b", false, Some("b")),
            ("other", false, Some("other")),
            // A value that is a number is meant as the value.
            ("1", false, Some("1")),
            ("0", false, None),
            ("4", false, None),
            ("2, a", true, Some("b,a")),
            ("2,9", true, None),
            ("", false, Some("")),
        ];
        for (answer, is_list, expected) in cases {
            assert_eq!(picked(answer, &offered, is_list).as_deref(), expected, "{answer}");
        }
        assert_eq!(picked("7", &[], false).as_deref(), Some("7"));
    }
}
