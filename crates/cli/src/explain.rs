//! What a rule or an error code means, offline. In: an id or a code. Out: a text with what to do and where it is from.

use huaweicloud_catalog::{Described, KnownSource, Rule, Severity};

use crate::{
    problem::Problem,
    service::{SERVICES, Service},
    text::did_you_mean,
};

/// The keywords of bounds, with what each says.
const BOUNDS: [(&str, &str); 16] = [
    ("additionalProperties", "the field has a name that is not documented"),
    ("enum", "the value is none of those that are documented, and the list is closed"),
    ("exclusiveMaximum", "the number must be less than the bound"),
    ("exclusiveMinimum", "the number must be greater than the bound"),
    ("maxItems", "the list is longer than documented"),
    ("maxLength", "the text is longer than documented"),
    ("maxProperties", "the map has more entries than documented"),
    ("maximum", "the number is greater than documented"),
    ("minItems", "the list is shorter than documented"),
    ("minLength", "the text is shorter than documented"),
    ("minProperties", "the map has fewer entries than documented"),
    ("minimum", "the number is less than documented"),
    ("multipleOf", "the number is no multiple of the documented one"),
    ("pattern", "the text does not have the documented form"),
    ("required", "the field must be there"),
    ("uniqueItems", "the list has an item twice"),
];

/// Explains a rule, a bound or an error code.
///
/// # Errors
///
/// Nothing is called so.
pub(crate) fn explain(word: &str, language: &str) -> Result<String, Problem> {
    if let Some(text) = bound(word) {
        return Ok(text);
    }
    let mut known: Vec<String> = Vec::new();
    for service in SERVICES {
        for code in service.catalog.error_codes()? {
            if code.code.eq_ignore_ascii_case(word) {
                let status =
                    code.status.map_or_else(String::new, |status| format!(" (status {status})"));
                let again = match code.retryable {
                    true => "\nThe same request may succeed later.",
                    false => "",
                };
                let (meaning, advice) =
                    (code.meaning.in_language(language), code.advice.in_language(language));
                return Ok(format!("{}{status}: {meaning}\n{advice}{again}", code.code));
            }
            known.push(code.code);
        }
        if service.rules.contains(&word)
            && let Some(text) = rule(service, word, language)?
        {
            return Ok(text);
        }
        known.extend(service.rules.iter().map(|id| (*id).to_owned()));
    }
    let hint = did_you_mean(word, known.iter().map(String::as_str));
    Err(Problem::usage(format!("no rule and no error code is called {word:?}{hint}")))
}

fn bound(word: &str) -> Option<String> {
    let (keyword, field) = word.split_once('@').unwrap_or((word, ""));
    let (_, meaning) = BOUNDS.iter().find(|(known, _)| *known == keyword)?;
    let way = format!("if the service accepts it anyway: --allow {word}");
    Some(match field {
        "" => format!("{keyword}: {meaning}"),
        field => format!("{keyword} of {field}: {meaning}\n{way}"),
    })
}

fn rule(service: &'static Service, id: &str, language: &str) -> Result<Option<String>, Problem> {
    let index = service.catalog.index()?;
    for entry in &index.operations {
        let Some(described) = service.catalog.operation_of(&entry.chapter, &entry.id)? else {
            continue;
        };
        if let Some(rule) = found(&described, id) {
            return Ok(Some(shown(rule, &described, &index.sources, language)));
        }
    }
    Ok(None)
}

fn found<'d>(described: &'d Described, id: &str) -> Option<&'d Rule> {
    described.rules().into_iter().find(|rule| rule.id == id)
}

fn shown(rule: &Rule, described: &Described, sources: &[KnownSource], language: &str) -> String {
    let what = match rule.severity {
        Severity::Error => "a request that breaks it is not sent",
        Severity::Warning => "a request that breaks it is sent, with a warning",
    };
    let field = if rule.field.is_empty() { "the request".to_owned() } else { rule.field.join(".") };
    let mut text = format!(
        "{}: {field} {}\nof {}; {what}\nmust hold: {}\nsource: {}",
        rule.id,
        rule.message.in_language(language),
        described.operation.id,
        rule.cel.split_whitespace().collect::<Vec<_>>().join(" "),
        rule.source,
    );
    for id in &rule.sources {
        if let Some(source) = sources.iter().find(|source| source.id == *id) {
            text.push_str(&format!("\n  {} ({})", source.title, source.date));
        }
    }
    text.push_str(&format!("\nif the service accepts it anyway: --allow {}", rule.id));
    text
}
