//! Explanations of rules and error codes, offline. In: an ID or a code. Out: its meaning, what to do, and its source.

use huaweicloud_catalog::{Described, KnownSource, Rule, Severity};

use crate::{
    messages::{self, Message},
    problem::Problem,
    service::{SERVICES, Service},
    text::did_you_mean,
};

/// The keywords of bounds and their meanings.
const BOUNDS: [(&str, Message); 16] = [
    ("additionalProperties", messages::bound_additional_properties),
    ("enum", messages::bound_enum),
    ("exclusiveMaximum", messages::bound_exclusive_maximum),
    ("exclusiveMinimum", messages::bound_exclusive_minimum),
    ("maxItems", messages::bound_max_items),
    ("maxLength", messages::bound_max_length),
    ("maxProperties", messages::bound_max_properties),
    ("maximum", messages::bound_maximum),
    ("minItems", messages::bound_min_items),
    ("minLength", messages::bound_min_length),
    ("minProperties", messages::bound_min_properties),
    ("minimum", messages::bound_minimum),
    ("multipleOf", messages::bound_multiple_of),
    ("pattern", messages::bound_pattern),
    ("required", messages::bound_required),
    ("uniqueItems", messages::bound_unique_items),
];

/// Explains a rule, a bound or an error code.
///
/// # Errors
///
/// There is no rule or code of that name.
pub(crate) fn explain(word: &str, language: &str) -> Result<String, Problem> {
    if let Some(text) = bound(word) {
        return Ok(text);
    }
    let mut known: Vec<String> = Vec::new();
    for service in SERVICES {
        for code in service.catalog.error_codes()? {
            if code.code.eq_ignore_ascii_case(word) {
                let status = code.status.map_or_else(String::new, messages::status_of);
                let again = match code.retryable {
                    true => format!("\n{}", messages::again_later()),
                    false => String::new(),
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
    Err(Problem::usage(messages::nothing_called(word, hint)))
}

/// Everything that can be explained, except bounds of fields.
pub(crate) fn words() -> Vec<String> {
    let codes = |service: &Service| service.catalog.error_codes().unwrap_or_default();
    let codes = SERVICES.iter().flat_map(codes).map(|code| code.code);
    let rules = SERVICES.iter().flat_map(|service| service.rules).map(|id| (*id).to_owned());
    rules.chain(codes).collect()
}

/// What the keyword of a bound means.
pub(crate) fn meaning(keyword: &str) -> Option<String> {
    let (_, meaning) = BOUNDS.iter().find(|(known, _)| *known == keyword)?;
    Some(meaning())
}

fn bound(word: &str) -> Option<String> {
    let (keyword, field) = word.split_once('@').unwrap_or((word, ""));
    let meaning = meaning(keyword)?;
    let way = messages::way_out(format!("--allow {word}"));
    Some(match field {
        "" => format!("{keyword}: {meaning}"),
        field => format!("{}\n{way}", messages::bound_of(keyword, field, meaning)),
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
        Severity::Error => messages::rule_error(),
        Severity::Warning => messages::rule_warning(),
    };
    let field = match rule.field.is_empty() {
        true => messages::the_request(),
        false => rule.field.join("."),
    };
    let mut text = format!(
        "{}: {field} {}\n{}\n{}\n{}",
        rule.id,
        rule.message.in_language(language),
        messages::rule_of(&described.operation.id, what),
        messages::rule_must_hold(rule.cel.split_whitespace().collect::<Vec<_>>().join(" ")),
        messages::rule_source(&rule.source),
    );
    for id in &rule.sources {
        if let Some(source) = sources.iter().find(|source| source.id == *id) {
            text.push_str(&format!("\n  {} ({})", source.title, source.date));
        }
    }
    text.push_str(&format!("\n{}", messages::way_out(format!("--allow {}", rule.id))));
    text
}
