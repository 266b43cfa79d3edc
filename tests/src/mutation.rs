//! Requests with fields changed, removed or added, using values that rules mention.
//!
//! In: a model and the schema of a body. Out: the places that can be changed, with values for each,
//! and a request in which every field is set.

mod values;

use std::collections::BTreeSet;

use codegen::model::{Api, ExprKind, Field, Rule, Schema, Shape, Struct, TypeKind, TypeName};
use serde_json::{Value, json};

use values::Values;

/// What can be changed about the requests of an API.
pub struct Mutations<'a> {
    api: &'a Api,
    values: Values<'a>,
}

impl<'a> Mutations<'a> {
    /// Mutations among the values that some rules speak of.
    pub fn new(api: &'a Api, rules: &[&Rule]) -> Self {
        Self { api, values: Values::new(api, rules) }
    }

    /// All places of a schema, in document order.
    pub fn targets(&self, schema: &Schema) -> Vec<Target> {
        let mut found = Vec::new();
        self.below(schema, &[], &mut found);
        found.retain(|target| !target.values.is_empty() && !target.steps.is_empty());
        found
    }

    /// A request with every field set, to the examples of the document where it has them.
    pub fn everything(&self, schema: &Schema) -> Value {
        match &schema.shape {
            Shape::Array(item) => json!([self.everything(item)]),
            Shape::Map(_) => json!({}),
            Shape::Named(name) if self.structure(name).is_some() => {
                let value = |field: &Field| {
                    field.example.clone().unwrap_or_else(|| self.everything(&field.schema))
                };
                let fields = self.structure(name).into_iter().flat_map(|shape| &shape.fields);
                fields.map(|field| (field.name.wire.clone(), value(field))).collect()
            }
            _ => self.values.scalars(schema).into_iter().next().unwrap_or_default(),
        }
    }

    fn below(&self, schema: &Schema, steps: &[String], found: &mut Vec<Target>) {
        let step = |name: &str| [steps, &[name.to_owned()]].concat();
        match &schema.shape {
            Shape::Named(name) if self.structure(name).is_some() => {
                let values = vec![self.everything(schema)];
                found.push(Target { steps: steps.to_vec(), values });
                for field in self.structure(name).into_iter().flat_map(|shape| &shape.fields) {
                    let at = found.len();
                    self.below(&field.schema, &step(&field.name.wire), found);
                    // The field itself comes before what is in it.
                    found[at].values.extend(field.example.clone());
                }
            }
            Shape::Array(item) => {
                found.push(Target { steps: steps.to_vec(), values: self.values.lists(item) });
                // As likely as all of those together: none, and more than any list may have.
                let values = self.values.lengths(item);
                found.push(Target { steps: steps.to_vec(), values });
                self.below(item, &step("0"), found);
                self.below(item, &step("1"), found);
            }
            Shape::Map(value) => {
                let values = self.values.maps(value, &schema.constraints.keys);
                found.push(Target { steps: steps.to_vec(), values });
            }
            _ => {
                let values = self.values.scalars(schema);
                found.push(Target { steps: steps.to_vec(), values });
            }
        }
    }

    fn structure(&self, name: &TypeName) -> Option<&'a Struct> {
        match &self.api.types.get(name)?.kind {
            TypeKind::Struct(shape) => Some(shape),
            TypeKind::Enum(_) => None,
        }
    }
}

/// The places in a schema that one rule speaks of, with values for it: together they break it soon.
pub fn about(api: &Api, schema: &Schema, rule: &Rule) -> Vec<Target> {
    let mut fields = BTreeSet::new();
    rule.expression.walk(&mut |expr| {
        if let ExprKind::Field(_, field) | ExprKind::Has(_, field) = &expr.kind {
            fields.insert(field.name.wire.as_str());
        }
    });
    let mut targets = Mutations::new(api, &[rule]).targets(schema);
    targets.retain(|target| target.field().is_some_and(|name| fields.contains(name)));
    targets
}

/// A field that can be changed: the steps to it, and values that fit its type.
#[derive(Debug, Clone)]
pub struct Target {
    steps: Vec<String>,
    /// Never empty.
    pub values: Vec<Value>,
}

impl Target {
    /// Puts a value at the place, making what is on the way, or takes away what is there.
    pub fn change(&self, json: &mut Value, with: Option<&Value>) {
        change(json, &self.steps, with);
    }

    /// The name of the field that it is, or is an item of.
    fn field(&self) -> Option<&str> {
        let is_name = |step: &&String| step.parse::<usize>().is_err();
        self.steps.iter().rfind(is_name).map(String::as_str)
    }
}

fn change(json: &mut Value, steps: &[String], with: Option<&Value>) {
    let [step, rest @ ..] = steps else {
        return with.map_or((), |value| *json = value.clone());
    };
    if let Ok(i) = step.parse::<usize>() {
        let Value::Array(list) = json else { return };
        if with.is_none() && rest.is_empty() && i < list.len() {
            list.remove(i);
        } else if i < list.len() {
            change(&mut list[i], rest, with);
        } else if with.is_some() && i == list.len() {
            // One that is like the last, so that it has what an item needs.
            list.push(list.last().cloned().unwrap_or_else(|| json!({})));
            change(&mut list[i], rest, with);
        }
        return;
    }
    let Value::Object(map) = json else { return };
    if rest.is_empty() && with.is_none() {
        map.shift_remove(step);
        return;
    }
    let empty = if rest.first().is_some_and(|s| s.parse::<usize>().is_ok()) {
        json!([])
    } else {
        json!({})
    };
    if with.is_some() || map.contains_key(step) {
        change(map.entry(step.clone()).or_insert(empty), rest, with);
    }
}
