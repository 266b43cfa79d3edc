//! Help. In: the data of services and operations. Out: texts for a terminal.

use clap::builder::StyledStr;
use huaweicloud_catalog::{Described, Schema, Shape};

use super::{
    command::command,
    flags::{Flag, flags},
};
use crate::{
    messages,
    prepare::Form,
    problem::{Kind, Problem},
    service::{Chosen, SERVICES, Service},
    terminal,
};

/// The overview: forms of command lines, services, commands, exit codes.
///
/// # Errors
///
/// The data of the program are damaged.
pub fn overview(language: &str) -> Result<String, Problem> {
    let mut text = format!("hwc: {}\n\n{}\n", messages::about_hwc(), messages::overview());
    text.push_str(&format!("\n{}\n", messages::title_services()));
    for service in SERVICES {
        let index = service.catalog.index()?;
        let count = index.operations.len();
        let title = index.title.in_language(language);
        let line = messages::operations_of(service.catalog.name, title, count);
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(&format!("\n{}\n", messages::title_commands()));
    for command in super::commands::all() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!("  {:<11} {about}\n", command.get_name()));
    }
    text.push_str(&format!(
        "\n{}\n  0     {}\n",
        messages::title_exit_codes(),
        messages::exit_done()
    ));
    for kind in Kind::ALL {
        text.push_str(&format!("  {:<5} {}\n", kind.code(), kind.meaning()));
    }
    text.push_str(&format!("\n{}", messages::keys_from()));
    Ok(text)
}

/// The operations of a service, by chapter.
///
/// # Errors
///
/// The data of the program are damaged.
pub fn operations(service: &Service, language: &str) -> Result<String, Problem> {
    let index = service.catalog.index()?;
    let name = service.catalog.name;
    let mut text =
        format!("{}\n\nhwc {name} OPERATION --help\n", index.title.in_language(language));
    let widest = index.operations.iter().map(|entry| entry.command.len()).max().unwrap_or(0);
    for tag in index.tags.iter().map(Some).chain([None]) {
        let name = tag.map(|tag| tag.name.as_str());
        let mut own =
            index.operations.iter().filter(|entry| entry.tag.as_deref() == name).peekable();
        if own.peek().is_some() {
            let title = tag.map(|tag| format!("{}:", tag.title.in_language(language)));
            let title = title.unwrap_or_else(messages::title_others);
            text.push_str(&format!("\n{title}\n"));
        }
        for entry in own {
            let summary = entry.summary.in_language(language);
            let mark = match entry.deprecated {
                true => messages::deprecated_mark(),
                false => String::new(),
            };
            text.push_str(&format!("  {:<widest$}  {summary}{mark}\n", entry.command));
        }
    }
    Ok(text.trim_end().to_owned())
}

/// The page of an operation, in a form.
pub fn help(chosen: &Chosen, form: Form, language: &str) -> String {
    let flags = flags(&chosen.described);
    match form {
        Form::Native => styled(&command(chosen, &flags, language).render_long_help()),
        Form::DropIn => dropin(chosen, language),
    }
}

/// A text of clap, with styles for a terminal.
pub(crate) fn styled(text: &StyledStr) -> String {
    match terminal::is_coloured(&std::io::stdout()) {
        true => text.ansi().to_string(),
        false => text.to_string(),
    }
}

/// The page in the layout of hcloud.
fn dropin(chosen: &Chosen, language: &str) -> String {
    let described = &chosen.described;
    let operation = &described.operation;
    let rows: Vec<[String; 4]> = flags(described)
        .iter()
        .map(|flag| {
            let place = operation.parameters.iter().find(|p| p.name == flag.path[0]);
            let place =
                place.map_or("body".to_owned(), |p| format!("{:?}", p.place).to_lowercase());
            [
                format!("--{}{}", flag.path.join("."), notation(described, flag.schema)),
                match flag.required {
                    true => messages::need_required(),
                    false => messages::need_optional(),
                },
                place,
                words(flag, language),
            ]
        })
        .collect();
    let widest = rows.iter().map(|row| row[0].len()).max().unwrap_or(0).min(48);
    let line = |[name, need, place, words]: &[String; 4]| {
        format!("  {name:<widest$}  {need}  {place:<6}  {words}")
    };
    messages::dropin_page(
        chosen.service.catalog.name.to_uppercase(),
        operation.summary.in_language(language),
        format!("{} {}", operation.method, operation.path),
        rows.iter().map(line).collect::<Vec<_>>().join("\n"),
    )
    .trim_end()
    .to_owned()
}

/// The notation of the items of a list or of a map.
fn notation(described: &Described, schema: &Schema) -> String {
    match &schema.shape {
        Shape::Array(item) => match described.fields(item) {
            Some(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                format!(".[N].{}", names.join("|"))
            }
            None => ".[N]".to_owned(),
        },
        Shape::Map(_) | Shape::Any => ".{*}".to_owned(),
        _ => String::new(),
    }
}

/// The help of a flag: meaning, known values and bounds.
pub(super) fn words(flag: &Flag<'_>, language: &str) -> String {
    let mut words = flag.description.first_sentence(language).to_owned();
    let values: Vec<&str> = flag.known.iter().map(|known| known.value.as_str()).take(12).collect();
    if !values.is_empty() {
        let more = if flag.known.len() > values.len() { "|…" } else { "" };
        words.push_str(&format!(" [{}{more}]", values.join("|")));
    }
    let bounds = &flag.schema.bounds;
    let span = |least: Option<String>, most: Option<String>, what: &str| match (least, most) {
        (Some(least), Some(most)) => Some(messages::span(least, most, what)),
        (Some(least), None) => Some(messages::at_least(least, what)),
        (None, Some(most)) => Some(messages::at_most(most, what)),
        (None, None) => None,
    };
    let number = |limit: &Option<huaweicloud_catalog::Limit>| {
        limit.as_ref().map(|limit| limit.value.to_string())
    };
    let count = |n: Option<u64>| n.map(|n| n.to_string());
    // A minimum of one is not worth mentioning.
    let least = |n: Option<u64>| count(n.filter(|n| *n > 1));
    words.extend(span(number(&bounds.minimum), number(&bounds.maximum), ""));
    words.extend(span(
        least(bounds.min_length),
        count(bounds.max_length),
        &messages::unit_characters(),
    ));
    words.extend(span(least(bounds.min_items), count(bounds.max_items), &messages::unit_items()));
    words
}
