//! Which schemas of the source and of the document are counterparts. In: pairs that comparing finds. Out: values
//! and fixes of the source with the references and names that the document has.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::{
    fix::Fix,
    place::{DocPlace, PagePlace},
};

#[derive(Default)]
pub(super) struct Pairing {
    /// Schemas of the source, and what stands for them in the document.
    pub(super) pairs: BTreeMap<PagePlace, Vec<DocPlace>>,
    /// Pairs that are still to be compared.
    pub(super) open: VecDeque<(PagePlace, DocPlace)>,
    /// What was compared.
    pub(super) seen: BTreeSet<(PagePlace, DocPlace)>,
    /// Components that the document lacks.
    pub(super) created: BTreeSet<DocPlace>,
}

impl Pairing {
    /// Makes two schemas counterparts.
    pub(super) fn pair(&mut self, page: &PagePlace, doc: &DocPlace) {
        let pairs = self.pairs.entry(page.clone()).or_default();
        if !pairs.contains(doc) {
            pairs.push(doc.clone());
            self.open.push_back((page.clone(), doc.clone()));
        }
    }

    /// Whether these two have not been compared yet; from now on they have.
    pub(super) fn is_first(&mut self, page: &PagePlace, doc: &DocPlace) -> bool {
        self.seen.insert((page.clone(), doc.clone()))
    }

    /// The component of the document that stands for one of the source; of several, the one that is added for it,
    /// for new parts are compared with that the next time; else its namesake, or the first by name.
    pub(super) fn component(&self, page: &PagePlace) -> Option<&DocPlace> {
        let pairs = self.pairs.get(page).into_iter().flatten().filter(|doc| doc.is_schema());
        pairs
            .min_by_key(|doc| (!self.created.contains(*doc), doc.pointer() != page.pointer(), *doc))
    }

    /// A value of the source with the document's references.
    pub(super) fn adopted(&self, value: &Value) -> Value {
        references(value, &mut |target| {
            let page = PagePlace::of_reference(target);
            let doc = page.as_ref().and_then(|page| self.component(page));
            doc.map_or_else(|| target.to_owned(), ToString::to_string)
        })
    }

    /// A fix with the document's references and names.
    pub(super) fn adopted_fix(&self, fix: Fix) -> Fix {
        match fix {
            Fix::Set { at, keyword, value } if is_schema_keyword(&keyword) => {
                Fix::Set { at, keyword, value: self.adopted(&value) }
            }
            Fix::Reshape { at, value } => Fix::Reshape { at, value: self.adopted(&value) },
            Fix::InsertItem { list, before, value } => {
                Fix::InsertItem { list, before, value: self.adopted(&value) }
            }
            Fix::Insert { into, key, value, behind, at_front } => {
                let value = self.adopted(&value);
                let is_schemas = into == DocPlace::of(["components", "schemas"]);
                let named = |name: String| {
                    let page = PagePlace::component("schemas", &name);
                    let doc = self.component(&page).filter(|_| is_schemas);
                    doc.map_or(name, |doc| doc.last().to_owned())
                };
                let behind = behind.into_iter().map(named).collect();
                Fix::Insert { into, key, value, behind, at_front }
            }
            other => other,
        }
    }
}

/// The components that values of fixes refer to, in their order.
pub(super) fn targets(fixes: &[Fix]) -> Vec<PagePlace> {
    let mut found = Vec::new();
    for fix in fixes {
        let value = match fix {
            Fix::Set { keyword, value, .. } if is_schema_keyword(keyword) => value,
            Fix::Reshape { value, .. }
            | Fix::Insert { value, .. }
            | Fix::InsertItem { value, .. } => value,
            _ => continue,
        };
        references(value, &mut |target| {
            found.extend(PagePlace::of_reference(target));
            target.to_owned()
        });
    }
    found
}

fn is_schema_keyword(keyword: &str) -> bool {
    matches!(keyword, "items" | "additionalProperties" | "schema")
}

/// A copy with other references.
fn references(value: &Value, reference: &mut dyn FnMut(&str) -> String) -> Value {
    copy(value, false, reference)
}

/// The copy; `is_names` when the keys are names and not keywords.
fn copy(value: &Value, is_names: bool, reference: &mut dyn FnMut(&str) -> String) -> Value {
    match value {
        Value::Object(map) => {
            let mut copied = Map::new();
            for (key, value) in map {
                let value = match (key.as_str(), value) {
                    ("$ref", Value::String(target)) if !is_names => json!(reference(target)),
                    // Examples are data, whatever their keys are called.
                    ("example" | "examples" | "default", value) if !is_names => value.clone(),
                    (key, value) => copy(value, !is_names && key == "properties", reference),
                };
                copied.insert(key.clone(), value);
            }
            Value::Object(copied)
        }
        Value::Array(list) => {
            Value::Array(list.iter().map(|value| copy(value, false, reference)).collect())
        }
        other => other.clone(),
    }
}
