//! Violations in the language of the user. In: violations as the compiled checks word them, in English. Out: a rule between
//! fields in the words of the document; a bound by what it means, with the English words for its numbers.

use huaweicloud_catalog::{Described, Rule};
use huaweicloud_core::Violation;
use serde_json::Value;

use crate::{explain, messages, output::text};

/// Puts violations into the chosen language.
pub(crate) fn translated(
    violations: Vec<Violation>,
    described: &Described,
    body: Option<&Value>,
) -> Vec<Violation> {
    if messages::language() == messages::Language::English {
        return violations;
    }
    let rules = described.rules();
    let language = messages::language_name();
    let translate = |violation: Violation| {
        let rule = rules.iter().find(|rule| rule.id == violation.rule);
        let message = match rule {
            Some(rule) if rule.message.others.contains_key(language) => {
                let object = body.and_then(|body| owner(body, &violation.path, rule));
                filled(rule.message.in_language(language), object)
            }
            _ => match explain::meaning(&violation.rule) {
                Some(meaning) => messages::bound_broken(meaning, &violation.message),
                None => return violation,
            },
        };
        let mut translated = violation;
        translated.message = message;
        translated
    };
    violations.into_iter().map(translate).collect()
}

/// The object that a rule is about: what is around the field that it names.
fn owner<'b>(body: &'b Value, path: &str, rule: &Rule) -> Option<&'b Value> {
    let steps: Vec<&str> =
        path.split(['.', '[', ']']).filter(|step| !step.is_empty() && *step != "(body)").collect();
    let depth = steps.len().checked_sub(rule.field.len())?;
    steps.iter().take(depth).try_fold(body, |here, step| match here {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        other => other.get(*step),
    })
}

/// A message whose `{field}`s are values of an object; `{{` is a brace.
fn filled(message: &str, object: Option<&Value>) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('{') {
            out.push('{');
            rest = after;
            continue;
        }
        let Some((name, behind)) = after.split_once('}') else { break };
        let value =
            object.and_then(|object| name.split('.').try_fold(object, |here, key| here.get(key)));
        match value {
            Some(value) => out.push_str(&text(value)),
            None => out.push_str(name),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_stand_in_messages() {
        let object = json!({"capacity": 3, "inner": {"name": "x"}});
        assert_eq!(
            filled("{capacity} GB, {inner.name}, {gone}, {{a}", Some(&object)),
            "3 GB, x, gone, {a}"
        );
    }
}
