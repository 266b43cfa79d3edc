//! Can something be made of a list of services? In: the services. Out: one line per problem,
//! with what to do.

use std::path::{Component, Path};

use super::Service;

/// Names that a crate here cannot have: of the language, of the toolchain, of the runtime.
const RESERVED: [&str; 11] = [
    "alloc",
    "core",
    "gen",
    "huaweicloud_core",
    "proc_macro",
    "std",
    "test",
    "codegen",
    "conformance",
    "examples",
    "xtask",
];

const MAX_PACKAGE: usize = 64;
const MAX_KEYWORDS: usize = 5;
const MAX_KEYWORD: usize = 20;

/// Everything that is wrong, in the order of the list.
pub(super) fn problems(services: &[Service]) -> Vec<String> {
    if services.is_empty() {
        return vec!["no service is listed; add one below `services`".to_owned()];
    }
    let mut found = Vec::new();
    for (index, service) in services.iter().enumerate() {
        let mut of_service = Vec::new();
        of_service.extend(package(&service.package));
        of_service.extend(path("document", &service.document));
        of_service.extend(path("output", &service.output));
        if is_within(&service.document, &service.output) {
            let why = format!("`document` lies in the output folder `{}`", service.output);
            of_service.push(format!("{why}; move it out"));
        }
        of_service.extend(version(&service.version));
        of_service.extend(keywords(&service.keywords));
        for (earlier, other) in services.iter().take(index).enumerate() {
            of_service.extend(clash(earlier + 1, other, service));
        }
        let who = format!("service {} ({})", index + 1, service.package.escape_debug());
        found.extend(of_service.into_iter().map(|problem| format!("{who}: {problem}")));
    }
    found
}

fn package(name: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let code = name.replace('-', "_");
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(fits) {
        return Some(
            "`package` is not a name for a crate; start it with a letter and use a-z, 0-9, - and _"
                .to_owned(),
        );
    }
    if name.len() > MAX_PACKAGE {
        return Some(format!("`package` is longer than {MAX_PACKAGE} characters; shorten it"));
    }
    let taken = RESERVED.contains(&code.as_str()) || syn::parse_str::<syn::Ident>(&code).is_err();
    taken.then(|| "`package` is a reserved name; choose another".to_owned())
}

/// A path that is the same on each machine: names with `/` between them, below the root.
fn path(key: &str, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some(format!("`{key}` is empty; give a path below the repository's root"));
    }
    if text.contains('\\') || text.contains(char::is_control) {
        let shown = text.escape_debug();
        return Some(format!("`{key}` is `{shown}`; use `/`, and no control characters"));
    }
    let names: Option<Vec<&str>> = Path::new(text)
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let why = match names {
        None => "is not below the repository's root; give a relative path without `.` and `..`",
        Some(_) if has_drive(text) => "is absolute; give a path relative to the repository's root",
        Some(names) if names.join("/") != text => "has a `/` or a `.` too many; remove it",
        Some(_) => return None,
    };
    Some(format!("`{key}` is `{text}`, which {why}"))
}

/// `C:` and the like, whatever system this runs on.
fn has_drive(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic()) && characters.next() == Some(':')
}

fn version(text: &str) -> Option<String> {
    let is_number = |part: &str| {
        let is_plain = part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u64>().is_ok();
        is_plain && (part == "0" || !part.starts_with('0'))
    };
    let parts: Vec<&str> = text.split('.').collect();
    let fits = parts.len() == 3 && parts.into_iter().all(is_number);
    let shown = text.escape_debug();
    (!fits).then(|| format!("`version` is `{shown}`; write three numbers, such as 0.1.0"))
}

fn keywords(words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    if words.len() > MAX_KEYWORDS {
        let count = words.len();
        found.push(format!("{count} `keywords` are given; the registry takes {MAX_KEYWORDS}"));
    }
    for word in words {
        let fits = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
        let starts = word.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !starts || word.len() > MAX_KEYWORD || !word.chars().all(fits) {
            let shown = word.escape_debug();
            found.push(format!(
                "the keyword `{shown}` is not taken by the registry; start it with a letter or a \
                 digit and use at most {MAX_KEYWORD} letters, digits, _, + and -"
            ));
        }
    }
    found
}

/// What two services cannot share.
fn clash(number: usize, earlier: &Service, later: &Service) -> Vec<String> {
    let mut found = Vec::new();
    if earlier.crate_name() == later.crate_name() {
        found.push(format!("`package` is that of service {number} too; choose another"));
    }
    if earlier.output == later.output {
        found.push(format!("`output` is that of service {number} too; choose another"));
    } else if is_within(&earlier.output, &later.output) || is_within(&later.output, &earlier.output)
    {
        let (one, other) = (&later.output, &earlier.output);
        found.push(format!(
            "`output` is `{one}` and that of service {number} is `{other}`; neither may lie in the \
             other, so choose a folder beside it"
        ));
    }
    found
}

/// Whether a path lies below a folder.
fn is_within(path: &str, folder: &str) -> bool {
    !folder.is_empty() && path != folder && Path::new(path).starts_with(folder)
}

#[cfg(test)]
mod tests;
