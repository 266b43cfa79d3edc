//! Operations that descriptions name, as links to the methods that call them: who reads the client's
//! documentation has `list_instances`, not `ListInstances`.
//!
//! In: the client's own model. Out: the same, with links in its descriptions.

use std::collections::BTreeMap;

use crate::model::{Api, TypeKind};

/// Links every operation that a description names.
pub(super) fn link(api: &mut Api) {
    let ids = api.operations.iter().map(|o| (o.name.wire.clone(), o.name.code.clone()));
    let methods: BTreeMap<String, String> = ids.collect();
    for operation in &mut api.operations {
        replace(&mut operation.description, &methods);
        for parameter in &mut operation.parameters {
            replace(&mut parameter.description, &methods);
        }
        if let Some(description) = operation.body.as_mut().and_then(|b| b.description.as_mut()) {
            replace(description, &methods);
        }
        for waiter in &mut operation.waiters {
            replace(&mut waiter.description, &methods);
        }
        if let Some(ensure) = &mut operation.ensure {
            replace(&mut ensure.description, &methods);
        }
    }
    for definition in api.types.values_mut() {
        replace(&mut definition.description, &methods);
        match &mut definition.kind {
            TypeKind::Struct(shape) => {
                shape.fields.iter_mut().for_each(|f| replace(&mut f.description, &methods));
            }
            TypeKind::Enum(shape) => {
                let descriptions = shape.variants.iter_mut().filter_map(|v| v.description.as_mut());
                descriptions.for_each(|description| replace(description, &methods));
            }
        }
    }
}

fn replace(text: &mut String, methods: &BTreeMap<String, String>) {
    let linked = linked(text, methods);
    if linked != *text {
        *text = linked;
    }
}

/// A text in which each word that is the id of an operation is a link. Code and addresses stay as they are.
fn linked(text: &str, methods: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_code, mut before) = (false, ' ');
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_alone = !matches!(before, '/' | '.' | '-' | '#' | '=');
        match methods.get(word).filter(|_| is_alone && !is_code) {
            Some(method) => out.push_str(&format!("[`{method}`](crate::Client::{method})")),
            None if word.is_empty() => out.push(sign),
            None => out.push_str(word),
        }
        is_code ^= sign == '`';
        let length = end.max(if word.is_empty() { sign.len_utf8() } else { 0 });
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    out
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let methods = [("ListInstances", "list_instances"), ("ShowTags", "show_tags")];
        linked(text, &methods.map(|(id, method)| (id.to_owned(), method.to_owned())).into())
    }

    #[test]
    fn operations_are_links() {
        assert_eq!(
            of("As ListInstances gives it, see ShowTags."),
            "As [`list_instances`](crate::Client::list_instances) gives it, see \
             [`show_tags`](crate::Client::show_tags)."
        );
    }

    #[test]
    fn other_words_code_and_addresses_are_none() {
        for text in [
            "ListInstancesResponse, XListInstances, 实例ListInstances",
            "`ListInstances` and ``a ` ListInstances``",
            "<https://example.com/ListInstances>",
            "",
        ] {
            assert_eq!(of(text), text);
        }
    }
}
