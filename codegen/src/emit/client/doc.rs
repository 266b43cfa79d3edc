//! The words above generated items: what it means, what bounds it, where it comes from.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::{
    emit::{
        docs::{code_blocks, markdown},
        words,
    },
    model::{Field, Header, Operation, Parameter, Schema, TypeDef},
};

/// The longest line of a doc comment.
const WIDTH: usize = 92;

/// A doc comment of several paragraphs.
pub(super) fn doc(paragraphs: &[String]) -> TokenStream {
    let lines = of_paragraphs(paragraphs);
    quote!(#(#[doc = #lines])*)
}

/// The same for the file that it begins.
pub(super) fn of_file(paragraphs: &[String]) -> TokenStream {
    let lines = of_paragraphs(paragraphs);
    quote!(#(#![doc = #lines])*)
}

fn of_paragraphs(paragraphs: &[String]) -> Vec<String> {
    let lines =
        paragraphs.iter().filter(|p| !p.trim().is_empty()).enumerate().flat_map(|(i, p)| {
            let gap = (i > 0).then(String::new);
            gap.into_iter().chain(lines(p).into_iter().map(|line| format!(" {line}")))
        });
    lines.collect()
}

/// The lines of a paragraph. Only blocks that are marked as `text` stay blocks of code: rustdoc would run
/// any other.
fn lines(paragraph: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut block: Option<&str> = None;
    for line in paragraph.trim().lines().map(str::trim_end) {
        match block {
            Some(fence) => {
                all.push(line.to_owned());
                block = Some(fence).filter(|fence| line != *fence);
            }
            None => {
                block = line.strip_suffix("text").filter(|fence| is_fence(fence));
                match block {
                    Some(_) => all.push(line.to_owned()),
                    None => all.extend(words::wrap(line, WIDTH).into_iter().map(inert)),
                }
            }
        }
    }
    all.extend(block.map(str::to_owned));
    all
}

fn is_fence(text: &str) -> bool {
    text.len() >= 3 && text.chars().all(|c| c == '`')
}

/// A line of words that begins like a block of code does not begin one.
fn inert(line: String) -> String {
    match code_blocks::fence_length(&line) {
        Some(_) => line.replace('`', "\\`").replace('~', "\\~"),
        None => line,
    }
}

/// The paragraphs of a structure or enumeration.
pub(super) fn of_type(definition: &TypeDef) -> Vec<String> {
    let mut paragraphs = vec![tidy(&definition.description)];
    if paragraphs[0].is_empty() {
        paragraphs[0] = format!("`{}`.", definition.name);
    }
    paragraphs.extend(words::origins(&definition.origins));
    paragraphs
}

/// The paragraphs of a field.
pub(super) fn of_field(field: &Field) -> Vec<String> {
    vec![
        tidy(&field.description),
        facts(&field.description, field.required, &field.schema, field.default.as_ref()),
        if field.deprecated { "Deprecated by the service.".to_owned() } else { String::new() },
        words::only_from(&field.origins).unwrap_or_default(),
    ]
}

/// The paragraphs of a parameter.
pub(super) fn of_parameter(parameter: &Parameter) -> Vec<String> {
    let default = parameter.default.as_ref();
    vec![
        tidy(&parameter.description),
        facts(&parameter.description, parameter.required, &parameter.schema, default),
        words::only_from(&parameter.origins).unwrap_or_default(),
    ]
}

/// The paragraphs of a header of an answer.
pub(super) fn of_header(header: &Header) -> Vec<String> {
    vec![tidy(&header.description), facts(&header.description, false, &header.schema, None)]
}

/// An argument on one line; arguments are required anyway.
pub(super) fn of_argument(parameter: &Parameter) -> String {
    let facts = facts(&parameter.description, false, &parameter.schema, None);
    format!("{} {facts}", tidy_line(&parameter.description)).trim_end().to_owned()
}

/// The paragraphs of an operation.
pub(super) fn of_operation(operation: &Operation) -> Vec<String> {
    let mut paragraphs = Vec::new();
    paragraphs.extend(
        operation.summary.as_deref().map(|summary| format!("{}.", tidy_line(stem(summary)))),
    );
    paragraphs.push(tidy(&operation.description));
    if operation.purchase {
        paragraphs.push(
            "**Costs money**, so it is never sent twice by itself: when the outcome is unknown, look at \
             what is there first."
                .to_owned(),
        );
    }
    paragraphs.extend(see_also(operation));
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    paragraphs.push(words::code(&request));
    paragraphs.extend(words::linked_origins(&operation.origins, operation.docs_url.as_deref()));
    paragraphs
}

/// What the crate makes of the operation besides the call itself.
fn see_also(operation: &Operation) -> Option<String> {
    let method = |name: &str| format!("[`{name}`](crate::Client::{name})");
    let mut sentences = Vec::new();
    if let Some(ensure) = &operation.ensure {
        sentences.push(format!("{} orders at most once.", method(&ensure.name.code)));
        sentences.extend(ensure.wait.as_ref().map(|(name, _)| {
            format!("{} also waits until what was ordered can be used.", method(&name.code))
        }));
    }
    let waiters: Vec<String> = operation.waiters.iter().map(|w| method(&w.name.code)).collect();
    match waiters.as_slice() {
        [] => {}
        [one] => sentences.push(format!("To wait for a result, see {one}.")),
        [most @ .., last] => {
            sentences.push(format!("To wait for a result, see {} and {last}.", most.join(", ")));
        }
    }
    if operation.pagination.as_ref().is_some_and(|list| list.paging.is_some()) {
        let call = &operation.type_name;
        sentences.push(format!("[`stream`]({call}::stream) fetches all pages."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn stem(summary: &str) -> &str {
    summary.trim().trim_end_matches('.')
}

/// Whether it must always be there, and what its values may be: one line, without what the description
/// says already. What may be absent is an `Option` or a setter, and says in its own words when it is
/// needed all the same.
fn facts(description: &str, required: bool, schema: &Schema, default: Option<&Value>) -> String {
    let mut sentences = Vec::new();
    if required {
        sentences.push("Required.".to_owned());
    }
    let mut bounds = words::constraints(schema);
    bounds.retain(|bound| !says(description, bound));
    if !bounds.is_empty() {
        sentences.push(format!("{}.", words::capitalize(&bounds.join("; "))));
    }
    if let Some(default) = default {
        sentences
            .push(format!("The service's default is {}.", words::code(&words::value(default))));
    }
    sentences.join(" ")
}

/// Whether a description has a phrase, and not as a part of other words or numbers.
fn says(description: &str, phrase: &str) -> bool {
    let (description, phrase) = (description.to_lowercase(), phrase.to_lowercase());
    description.match_indices(&phrase).any(|(at, _)| {
        let (before, after) = (&description[..at], &description[at + phrase.len()..]);
        let goes_on = |c: char| c.is_alphanumeric() || c == '-';
        let is_fraction = after
            .strip_prefix(['.', ','])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        !before.ends_with(|c| goes_on(c) || c == '.') && !after.starts_with(goes_on) && !is_fraction
    })
}

/// Text of the document as rustdoc wants it.
pub(super) fn tidy(text: &str) -> String {
    markdown::rustdoc(text)
}

/// The same on one line.
pub(super) fn tidy_line(text: &str) -> String {
    markdown::rustdoc_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_left_out_only_where_the_description_has_it() {
        assert!(says("A remark, at most 128 characters.", "at most 128 characters"));
        assert!(says("At most 5.", "at most 5"));
        for (description, bound) in [
            ("Names of 21 to 64 characters.", "1 to 64 characters"),
            ("At least 10.", "at least 1"),
            ("At least 1.5 GB.", "at least 1"),
            ("From -1 to 5.", "1 to 5"),
            ("", "at least 1"),
        ] {
            assert!(!says(description, bound), "{description}");
        }
    }

    /// rustdoc runs what it takes for code, and an indented block is code to it.
    #[test]
    fn an_indented_line_is_no_block_of_code() {
        assert_eq!(of_paragraphs(&[tidy("W\n\n    `")]), [" W", " ", " \\`"]);
    }
}
