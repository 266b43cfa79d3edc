//! Values of flags. In: the matches of clap. Out: assignments; files, environment variables and the terminal are read here.

use std::{
    env, fs,
    io::{self, IsTerminal, Read},
};

use clap::ArgMatches;

use super::{
    command::{of_env, of_file, positional},
    flags::{Flag, FlagKind},
};
use crate::{
    fill::{Assignment, Given, Part},
    messages,
    problem::Problem,
};

/// Maximum size of a file.
const LARGEST: u64 = 8 << 20;

pub(super) fn assignments(
    flag: &Flag<'_>,
    matches: &ArgMatches,
) -> Result<Vec<Assignment>, Problem> {
    let one = |text: String| Assignment {
        part: Part::Any,
        path: flag.path.clone(),
        given: Given::Text(text),
    };
    if flag.kind == FlagKind::Secret {
        return Ok(secret(flag, matches)?.map(one).into_iter().collect());
    }
    let texts = matches.get_many::<String>(&flag.id()).into_iter().flatten();
    let mut texts = texts.map(|text| value(flag, text)).collect::<Result<Vec<_>, _>>()?;
    if flag.is_positional
        && let Some(text) = matches.get_one::<String>(&positional(&flag.name))
    {
        if !texts.is_empty() {
            let problem = messages::twice_unnamed(&flag.name);
            return Err(Problem::usage(problem));
        }
        texts.push(value(flag, text)?);
    }
    Ok(match flag.kind {
        FlagKind::One | FlagKind::Switch | FlagKind::Secret => texts.into_iter().map(one).collect(),
        FlagKind::List | FlagKind::Objects => items(flag, texts),
        FlagKind::Entries => entries(flag, texts)?,
    })
}

/// Items have numbers, from 1; a list that is given as JSON is one.
fn items(flag: &Flag<'_>, texts: Vec<String>) -> Vec<Assignment> {
    if let [whole] = texts.as_slice()
        && whole.trim_start().starts_with('[')
    {
        return vec![Assignment {
            part: Part::Any,
            path: flag.path.clone(),
            given: Given::Text(whole.clone()),
        }];
    }
    let split = |text: &String| -> Vec<String> {
        match flag.kind {
            FlagKind::List => text.split(',').map(str::to_owned).collect(),
            _ => vec![text.clone()],
        }
    };
    let all = texts.iter().flat_map(split);
    let numbered = (1..).zip(all).map(|(number, text): (usize, String)| {
        let mut path = flag.path.clone();
        path.push(number.to_string());
        Assignment { part: Part::Any, path, given: Given::Text(text) }
    });
    numbered.collect()
}

fn entries(flag: &Flag<'_>, texts: Vec<String>) -> Result<Vec<Assignment>, Problem> {
    let mut found = Vec::new();
    for text in texts {
        if text.trim_start().starts_with('{') {
            found.push(Assignment {
                part: Part::Any,
                path: flag.path.clone(),
                given: Given::Text(text),
            });
            continue;
        }
        for part in text.split(',') {
            let Some((key, value)) = part.split_once('=') else {
                let problem = messages::write_entries(&flag.name);
                return Err(Problem::usage(problem));
            };
            let mut path = flag.path.clone();
            path.push(key.to_owned());
            found.push(Assignment { part: Part::Any, path, given: Given::Text(value.to_owned()) });
        }
    }
    Ok(found)
}

/// `@file` is the text of a file, `@@…` a text that begins with `@`.
fn value(flag: &Flag<'_>, text: &str) -> Result<String, Problem> {
    match text.strip_prefix('@') {
        Some(rest) if rest.starts_with('@') => Ok(rest.to_owned()),
        Some(path) if !path.is_empty() => read(&flag.name, path),
        _ => Ok(text.to_owned()),
    }
}

fn read(name: &str, path: &str) -> Result<String, Problem> {
    let cannot = |error: io::Error| Problem::other(messages::unreadable_file(name, path, error));
    let mut text = String::new();
    let done = match path {
        "-" => io::stdin().take(LARGEST).read_to_string(&mut text),
        path => fs::File::open(path).map_err(cannot)?.take(LARGEST).read_to_string(&mut text),
    };
    done.map_err(cannot)?;
    Ok(text)
}

/// A secret: from a file, a variable, the command line, or the terminal, where nobody sees it.
fn secret(flag: &Flag<'_>, matches: &ArgMatches) -> Result<Option<String>, Problem> {
    let name = &flag.name;
    let get = |id: &str| matches.get_one::<String>(id).cloned();
    let is_asked = matches.contains_id(&flag.id()) && get(&flag.id()).is_none();
    let ways = [
        get(&flag.id()).map(Way::Text),
        get(&of_file(name)).map(Way::File),
        get(&of_env(name)).map(Way::Env),
        is_asked.then_some(Way::Terminal),
    ];
    let mut given = ways.into_iter().flatten();
    let Some(way) = given.next() else { return Ok(None) };
    if given.next().is_some() {
        let problem = messages::two_ways(name);
        return Err(Problem::usage(problem));
    }
    Ok(Some(match way {
        Way::Text(text) => text,
        // The line break at the end of the file is not part of the secret.
        Way::File(path) => read(&of_file(name), &path)?.trim_end_matches(['\r', '\n']).to_owned(),
        Way::Env(variable) => env::var(&variable)
            .map_err(|_| Problem::usage(messages::no_variable(of_env(name), &variable)))?,
        Way::Terminal if io::stdin().is_terminal() => {
            rpassword::prompt_password(format!("{name}: "))
                .map_err(|error| Problem::other(messages::terminal_unreadable(name, error)))?
        }
        Way::Terminal => {
            let ways = format!("--{}, --{}", of_file(name), of_env(name));
            return Err(Problem::usage(messages::no_terminal_to_ask(name, ways)));
        }
    }))
}

enum Way {
    Text(String),
    File(String),
    Env(String),
    Terminal,
}
