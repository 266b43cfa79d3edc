//! Rules between fields, in words. In: the types of a request. Out: a view a rule; its expression is there for those who
//! want it.

use std::collections::BTreeSet;

use codegen::model::{Api, Rule, Severity, TypeDef, TypeKind};
use serde::Serialize;

use crate::{
    markdown::{self, Links},
    words::Words,
};

/// One rule.
#[derive(Serialize)]
pub(crate) struct View {
    pub(crate) id: String,
    /// The field that it is about, or the structure.
    about: String,
    words: String,
    is_error: bool,
    expression: String,
    source: String,
    dates: Option<String>,
}

/// The rules of some types.
pub(crate) fn views<'a>(
    api: &Api,
    types: impl Iterator<Item = &'a TypeDef>,
    words: &Words,
    links: &Links<'_>,
) -> Vec<View> {
    let of = |definition: &'a TypeDef| match &definition.kind {
        TypeKind::Struct(shape) => shape.rules.as_slice(),
        TypeKind::Enum(_) => &[],
    };
    let rules =
        types.flat_map(|definition| of(definition).iter().map(move |rule| (definition, rule)));
    rules.map(|(definition, rule)| view(api, definition, rule, words, links)).collect()
}

fn view(api: &Api, definition: &TypeDef, rule: &Rule, words: &Words, links: &Links<'_>) -> View {
    View {
        id: rule.id.clone(),
        about: match rule.field_path.as_slice() {
            [] => definition.name.0.clone(),
            path => path.join("."),
        },
        words: sentence(&rule.message.text, links),
        is_error: rule.severity == Severity::Error,
        expression: rule.text.split_whitespace().collect::<Vec<_>>().join(" "),
        source: rule.source.clone(),
        dates: dates(api, rule, words),
    }
}

/// A message as what is said of a field, with what stands for values of the request as code.
fn sentence(message: &str, links: &Links<'_>) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for c in message.chars() {
        match c {
            '`' => {
                in_code = !in_code;
                text.push(c);
            }
            '{' if !in_code => text.push_str("`{"),
            '}' if !in_code => text.push_str("}`"),
            c => text.push(c),
        }
    }
    let ends = ['.', '。', '!', '?'].iter().any(|end| text.ends_with(*end));
    let stop = match (ends, text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))) {
        (true, _) => "",
        (false, true) => "。",
        (false, false) => ".",
    };
    markdown::inline(&format!("{text}{stop}"), links)
}

/// When the sources that state it are from.
fn dates(api: &Api, rule: &Rule, words: &Words) -> Option<String> {
    let known = api.knowledge.as_ref()?;
    let dates = rule.sources.iter().filter_map(|id| Some(known.source(id)?.date.as_str()));
    let dates: BTreeSet<&str> = dates.collect();
    Some(match (dates.first()?, dates.last()?) {
        (first, last) if first == last => (*first).to_owned(),
        (first, last) => words.fill("dates_between", &[("first", first), ("last", last)]),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn messages_are_sentences() {
        let operations = BTreeMap::new();
        let links = Links { operations: &operations, base: "", own: "", resolve: &|_| None };
        assert_eq!(sentence("is {a}; set `b`", &links), "is <code>{a}</code>; set <code>b</code>.");
        assert_eq!(sentence("{a} 太大", &links), "<code>{a}</code> 太大。");
    }
}
