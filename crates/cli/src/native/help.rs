//! Help. In: data of services and operations. Out: texts for a terminal.

use huaweicloud_catalog::{Described, Schema, Shape};

use super::{
    command::command,
    flags::{Flag, flags},
};
use crate::{
    prepare::Form,
    problem::{Kind, Problem},
    service::{Chosen, SERVICES, Service},
};

/// What the program does, and for which services.
///
/// # Errors
///
/// The data of the program are damaged.
pub fn overview(language: &str) -> Result<String, Problem> {
    let mut text = "hwc: Huawei Cloud from the shell\n\n\
        \x20 hwc dcs create-instance --name x --az-codes a,b …    an operation, in words of a shell\n\
        \x20 hwc DCS CreateInstance --name=x --az_codes.1=a …     the same as hcloud has it\n\
        \x20 hwc dcs --help                                       the operations of a service\n\
        \x20 hwc dcs create-instance --help                       the flags of an operation\n\
        \x20 hwc dcs wait ID --until deleted                      waits for a state\n\
        \x20 hwc explain RULE_OR_ERROR_CODE                       what it means and what to do\n\
        \x20 hwc validate dcs create-instance order.yaml          checks a file, sends nothing\n\
        \x20 hwc configure, hwc whoami                            keys, region and project\n\
        \x20 hwc completion SHELL, hwc man SERVICE OPERATION      for bash, zsh, fish, powershell, elvish; for man\n\
        \nServices:\n"
        .to_owned();
    for service in SERVICES {
        let index = service.catalog.index()?;
        let count = index.operations.len();
        let title = index.title.in_language(language);
        text.push_str(&format!("  {:<5} {title} ({count} operations)\n", service.catalog.name));
    }
    text.push_str("\nExit codes:\n  0     it was done\n");
    for kind in Kind::ALL {
        text.push_str(&format!("  {:<5} {}\n", kind.code(), kind.meaning()));
    }
    text.push_str(
        "\nKeys: HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, ~/.huaweicloud/credentials or ~/.hcloud/config.json.",
    );
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
    let tags = index.tags.iter().map(|tag| Some(tag.name.as_str())).chain([None]);
    for tag in tags {
        let mut own =
            index.operations.iter().filter(|entry| entry.tag.as_deref() == tag).peekable();
        if own.peek().is_some() {
            text.push_str(&format!("\n{}:\n", tag.unwrap_or("Others")));
        }
        for entry in own {
            let summary = entry.summary.in_language(language);
            let mark = if entry.deprecated { " (deprecated)" } else { "" };
            text.push_str(&format!("  {:<widest$}  {summary}{mark}\n", entry.command));
        }
    }
    Ok(text.trim_end().to_owned())
}

/// The page of an operation, in a form.
pub fn help(chosen: &Chosen, form: Form, language: &str) -> String {
    let flags = flags(&chosen.described);
    match form {
        Form::Native => command(chosen, &flags, language).render_long_help().to_string(),
        Form::DropIn => dropin(chosen, language),
    }
}

/// The page in the order that users of the vendor's command line know.
fn dropin(chosen: &Chosen, language: &str) -> String {
    let described = &chosen.described;
    let operation = &described.operation;
    let mut text = format!(
        "Service:\n  {}\n\nDescription:\n  {}\n\nMethod:\n  {} {}\n\nParams:\n",
        chosen.service.catalog.name.to_uppercase(),
        operation.summary.in_language(language),
        operation.method,
        operation.path,
    );
    let rows: Vec<[String; 4]> = flags(described)
        .iter()
        .map(|flag| {
            let place = operation.parameters.iter().find(|p| p.name == flag.path[0]);
            let place =
                place.map_or("body".to_owned(), |p| format!("{:?}", p.place).to_lowercase());
            [
                format!("--{}{}", flag.path.join("."), notation(described, flag.schema)),
                if flag.required { "required" } else { "optional" }.to_owned(),
                place,
                words(flag, language),
            ]
        })
        .collect();
    let widest = rows.iter().map(|row| row[0].len()).max().unwrap_or(0).min(48);
    for [name, need, place, words] in &rows {
        text.push_str(&format!("  {name:<widest$}  {need}  {place:<6}  {words}\n"));
    }
    text.trim_end().to_owned()
}

/// How the places of a list or of a map are written.
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

/// What a flag means and takes, in a line or two.
pub(super) fn words(flag: &Flag<'_>, language: &str) -> String {
    let mut words = flag.description.first_sentence(language).to_owned();
    let values: Vec<&str> = flag.known.iter().map(|known| known.value.as_str()).take(12).collect();
    if !values.is_empty() {
        let more = if flag.known.len() > values.len() { "|…" } else { "" };
        words.push_str(&format!(" [{}{more}]", values.join("|")));
    }
    let bounds = &flag.schema.bounds;
    let span = |least: Option<String>, most: Option<String>, what: &str| match (least, most) {
        (Some(least), Some(most)) => Some(format!(" [{least} to {most}{what}]")),
        (Some(least), None) => Some(format!(" [at least {least}{what}]")),
        (None, Some(most)) => Some(format!(" [at most {most}{what}]")),
        (None, None) => None,
    };
    let number = |limit: &Option<huaweicloud_catalog::Limit>| {
        limit.as_ref().map(|limit| limit.value.to_string())
    };
    let count = |n: Option<u64>| n.map(|n| n.to_string());
    // That something must not be empty goes without saying.
    let least = |n: Option<u64>| count(n.filter(|n| *n > 1));
    words.extend(span(number(&bounds.minimum), number(&bounds.maximum), ""));
    words.extend(span(least(bounds.min_length), count(bounds.max_length), " characters"));
    words.extend(span(least(bounds.min_items), count(bounds.max_items), " items"));
    words
}
