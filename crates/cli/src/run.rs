//! The commands. In: the arguments. Out: the result on standard output, everything else on standard error, and the exit code.

use std::{
    borrow::Cow,
    ffi::OsString,
    io::{self, Write},
};

use crate::{
    call, complete, configure, diff, explain, explorer, messages, native, output, prepare,
    problem::{Kind, Problem},
    service, shells, terminal,
};

/// Runs a command line without the name of the program.
pub fn run(words: impl Iterator<Item = OsString>) -> u8 {
    let words: Vec<OsString> = words.collect();
    if complete::asked(&words) {
        return 0;
    }
    let words: Vec<String> =
        words.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let is_json =
        words.iter().any(|word| ["--errors=json", "--cli-errors=json"].contains(&word.as_str()))
            || words.windows(2).any(|pair| pair == ["--errors", "json"]);
    let language = language(&words);
    messages::speak(&language);
    match act(words, &language) {
        Ok(()) => 0,
        // The reader has closed the pipe.
        Err(problem) if problem.kind == Kind::Other && problem.message.is_empty() => 0,
        Err(problem) => {
            let text = if is_json { problem.json() } else { messages::error(&problem) };
            tell(&text);
            problem.kind.code()
        }
    }
}

/// The requested language, or that of the locale, if there are texts in it.
fn language(words: &[String]) -> String {
    let told = words.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1].clone());
    let told = told.or_else(|| {
        let value = |word: &String| {
            let value = word.strip_prefix("--lang=").or_else(|| word.strip_prefix("--cli-lang="));
            value.map(str::to_owned)
        };
        words.iter().find_map(value)
    });
    let set = told.or_else(|| {
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].iter();
        let mut set = variables.filter_map(|name| std::env::var(name).ok());
        set.find(|value| !value.is_empty())
    });
    match set {
        Some(locale) if locale.starts_with("zh") || locale == "cn" => "zh".to_owned(),
        _ => "en".to_owned(),
    }
}

/// Writes a line to standard output.
pub(crate) fn print(text: &str) -> Result<(), Problem> {
    writeln!(io::stdout(), "{text}").map_err(output::closed)
}

/// Writes a line to standard error.
pub(crate) fn tell(text: &str) {
    let text = match terminal::is_coloured(&io::stderr()) {
        true => Cow::from(terminal::marked(text)),
        false => Cow::from(text),
    };
    let _ = writeln!(io::stderr(), "{text}");
}

/// Commands of hcloud that are not here, each with what to do instead.
const OTHERS: [(&str, messages::Message); 6] = [
    ("auto-complete", messages::instead_completion),
    ("log", messages::instead_debug),
    ("meta", messages::instead_meta),
    ("obs", messages::instead_obs),
    ("template", messages::instead_skeleton),
    ("update", messages::instead_update),
];

fn act(mut words: Vec<String>, language: &str) -> Result<(), Problem> {
    // A language may be named before anything else.
    while words.first().is_some_and(|word| word.starts_with("--lang")) {
        let is_joined = words[0].contains('=');
        words.drain(..if is_joined { 1 } else { 2.min(words.len()) });
    }
    let Some(first) = words.first().cloned() else { return print(&native::overview(language)?) };
    if matches!(words.get(1).map(String::as_str), Some("--help" | "-h"))
        && let Some(mut own) =
            native::commands::all().into_iter().find(|own| own.get_name() == first)
        && !own.has_subcommands()
    {
        return print(native::styled(&own.render_long_help()).trim_end());
    }
    match first.as_str() {
        "help" | "--help" | "-h" => return print(&native::overview(language)?),
        "version" | "--version" | "-V" => return print(concat!("hwc ", env!("CARGO_PKG_VERSION"))),
        "explain" => {
            return match words.get(1) {
                Some(word) => print(&explain::explain(word, language)?),
                None => Err(Problem::usage(messages::usage_of("hwc explain RULE_OR_ERROR_CODE"))),
            };
        }
        "diff" => return diff::run(words.split_off(1)),
        "explorer" => return explorer::run(words.split_off(1)),
        "configure" => return configure::run(words.split_off(1)),
        "completion" => return shells::completion(words.split_off(1)),
        "man" => return shells::man(&words.split_off(1), language),
        "docs" => {
            let [_, service, operation] = words.as_slice() else {
                return Err(Problem::usage(messages::usage_of("hwc docs SERVICE OPERATION")));
            };
            let chosen = service::named(service)?.operation(operation)?;
            let form = prepare::form_of(operation);
            return terminal::page(&native::help(&chosen, form, language));
        }
        "validate" => return validate(words, language),
        "whoami" => return call::whoami(words.split_off(1)),
        // Commands of hcloud that have another name here, or none.
        word => {
            if let Some((_, instead)) = OTHERS.iter().find(|(known, _)| *known == word) {
                return Err(Problem::usage(messages::no_command(word, instead())));
            }
        }
    }
    let service = service::named(&first)?;
    let operation = words.get(1).cloned().unwrap_or_default();
    match operation.as_str() {
        "" | "--help" | "-h" | "help" => print(&native::operations(service, language)?),
        "wait" => call::wait(service, words.split_off(2), language),
        _ => call::call(prepare::prepare(&first, &operation, words.split_off(2))?, language),
    }
}

/// `hwc validate SERVICE OPERATION FILE`, with `--allow RULE` and other options behind it.
fn validate(mut words: Vec<String>, language: &str) -> Result<(), Problem> {
    if words.len() < 4 {
        return Err(Problem::usage(messages::usage_of(
            "hwc validate SERVICE OPERATION FILE [--allow RULE]…",
        )));
    }
    let more = words.split_off(4);
    let [_, service, operation, file] = words.as_slice() else { return Ok(()) };
    // Both names of an operation are accepted; options are native.
    let command = service::named(service)?.operation(operation)?.described.operation.command;
    let mut line = vec!["--from".to_owned(), file.clone(), "--validate".to_owned()];
    line.extend(more);
    call::call(prepare::prepare(service, &command, line)?, language)
}
