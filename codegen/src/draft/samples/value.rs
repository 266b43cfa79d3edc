//! A value of a schema. In: a schema of the model. Out: a value within its bounds, or nothing.

use std::cell::Cell;

use serde_json::{Map, Number, Value, json};

use crate::model::{Bound, Constraints, Schema, Shape, Struct, TypeDef, TypeKind, TypeName, Width};

/// Deeper structures have only what they need.
const READABLE: usize = 6;

/// Nothing is deeper; what needs itself has no value.
const MAX_DEPTH: usize = 30;

/// So many values stand in one example; the rest of it has only what it needs.
const MAX_VALUES: usize = 400;

/// The named types that schemas lead to.
type Types = indexmap::IndexMap<TypeName, TypeDef>;

/// Makes values.
pub(super) struct Sampler<'a> {
    types: &'a Types,
    /// How many values the example has.
    count: Cell<usize>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(types: &'a Types) -> Self {
        Self { types, count: Cell::new(0) }
    }

    /// A value of a schema; nothing where none is found.
    pub(super) fn value(&self, schema: &Schema) -> Option<Value> {
        self.count.set(0);
        self.at(schema, 0)
    }

    fn at(&self, schema: &Schema, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.count.set(self.count.get() + 1);
        let bounds = &schema.constraints;
        match &schema.shape {
            Shape::Any => Some(json!("anything")),
            Shape::Boolean => Some(json!(true)),
            Shape::Integer(width) => integer(bounds, *width),
            Shape::Number => number(bounds),
            Shape::String { format } => text(bounds, format.as_deref()).map(Value::from),
            Shape::Secret => text(bounds, Some("password")).map(Value::from),
            Shape::File => None,
            Shape::Array(item) => self.array(item, bounds, depth),
            Shape::Map(inner) => self.map(inner, bounds, depth),
            Shape::Named(name) => match &self.types.get(name)?.kind {
                TypeKind::Struct(shape) => self.structure(shape, depth),
                TypeKind::Enum(set) => Some(json!(set.variants.first()?.name.wire)),
            },
        }
    }

    /// One item, or as many as there must be.
    fn array(&self, item: &Schema, bounds: &Constraints, depth: usize) -> Option<Value> {
        let count = usize::try_from(bounds.min_items.unwrap_or(1).max(1)).ok()?;
        let is_room = bounds.max_items.is_none_or(|max| max >= 1);
        let item = if is_room { self.at(item, depth + 1) } else { None };
        match item {
            Some(item) if count == 1 || !bounds.unique_items && count <= READABLE => {
                Some(Value::Array(vec![item; count]))
            }
            _ => bounds.min_items.is_none_or(|min| min == 0).then(|| json!([])),
        }
    }

    fn map(&self, inner: &Schema, bounds: &Constraints, depth: usize) -> Option<Value> {
        let count = usize::try_from(bounds.min_properties.unwrap_or(1).max(1)).ok()?;
        let keys: Vec<String> = match bounds.keys.as_slice() {
            [] => (1..=count.min(READABLE)).map(|n| format!("key{n}")).collect(),
            keys => keys.iter().take(count).map(|(key, _)| key.clone()).collect(),
        };
        let value = self.at(inner, depth + 1)?;
        let map: Map<String, Value> = keys.into_iter().map(|key| (key, value.clone())).collect();
        (map.len() == count).then_some(Value::Object(map))
    }

    fn structure(&self, shape: &Struct, depth: usize) -> Option<Value> {
        let mut object = Map::new();
        for field in shape.properties() {
            let is_readable = depth < READABLE && self.count.get() < MAX_VALUES;
            if !field.required && !is_readable {
                continue;
            }
            match self.at(&field.schema, depth + 1) {
                Some(value) => {
                    object.insert(field.name.wire.clone(), value);
                }
                None if field.required => return None,
                None => {}
            }
        }
        Some(Value::Object(object))
    }
}

/// A whole number.
fn integer(bounds: &Constraints, width: Width) -> Option<Value> {
    if let Some(first) = bounds.allowed.first().or_else(|| bounds.known.first()) {
        return Some(Value::Number(first.clone()));
    }
    let (least, greatest) = width.range();
    let bound = |bound: &Bound, step: i128| {
        let whole = crate::model::whole(&bound.value)?;
        Some(if bound.exclusive { whole + step } else { whole })
    };
    let least = match &bounds.minimum {
        Some(minimum) => bound(minimum, 1)?.max(least),
        None => least,
    };
    let greatest = match &bounds.maximum {
        Some(maximum) => bound(maximum, -1)?.min(greatest),
        None => greatest,
    };
    let step = match &bounds.multiple_of {
        Some(step) => crate::model::whole(step).filter(|step| *step > 0)?,
        None => 1,
    };
    let wanted = least.max(1).min(greatest);
    // Up to the next multiple, or down where that is too much.
    let up = wanted + (step - wanted.rem_euclid(step)) % step;
    let found = if up <= greatest { up } else { wanted - wanted.rem_euclid(step) };
    let is_fit = (least..=greatest).contains(&found);
    let number =
        i64::try_from(found).map(Number::from).or_else(|_| u64::try_from(found).map(Number::from));
    number.ok().filter(|_| is_fit).map(Value::Number)
}

/// A number with a fraction, where bounds leave room for one.
fn number(bounds: &Constraints) -> Option<Value> {
    if let Some(first) = bounds.allowed.first().or_else(|| bounds.known.first()) {
        return Some(Value::Number(first.clone()));
    }
    let least = bounds.minimum.as_ref().and_then(|bound| bound.value.as_f64());
    let greatest = bounds.maximum.as_ref().and_then(|bound| bound.value.as_f64());
    let fits = |n: &f64| {
        let is_above = least.is_none_or(|least| *n > least);
        let is_below = greatest.is_none_or(|greatest| *n < greatest);
        let step = bounds.multiple_of.as_ref().and_then(Number::as_f64);
        is_above && is_below && step.is_none_or(|step| (n / step).fract() == 0.0)
    };
    let middle = least.zip(greatest).map(|(least, greatest)| (least + greatest) / 2.0);
    let tries = [Some(1.5), Some(1.0), middle, least.map(|n| n + 1.0), greatest.map(|n| n - 1.0)];
    let found = tries.into_iter().flatten().find(fits)?;
    Number::from_f64(found).map(Value::Number)
}

/// A text within its bounds, by its format where one is known.
fn text(bounds: &Constraints, format: Option<&str>) -> Option<String> {
    let length =
        |bound: Option<u64>, or: usize| bound.map_or(or, |n| usize::try_from(n).unwrap_or(or));
    let min = length(bounds.min_length, 0);
    let max = length(bounds.max_length, usize::MAX);
    if min > max {
        return None;
    }
    let word = match format {
        Some("date-time") => "2024-01-02T03:04:05Z",
        Some("date") => "2024-01-02",
        Some("password") => "Example-Passw0rd",
        Some("byte") => "dGV4dA==",
        Some("ipv4") => "192.0.2.1",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        _ => "text",
    };
    let is_fit = |text: &str| {
        let count = text.chars().count();
        let matches = |pattern: &crate::model::Pattern| pattern.dfa.matches(text);
        (min..=max).contains(&count) && bounds.pattern.as_ref().is_none_or(matches)
    };
    if is_fit(word) {
        return Some(word.to_owned());
    }
    match &bounds.pattern {
        Some(pattern) => pattern
            .dfa
            .shortest(min.max(1), max)
            .or_else(|| pattern.dfa.shortest(0, max))
            .filter(|text| is_fit(text)),
        // A repeated word is as long as it has to be.
        None if min <= 4096 => {
            Some(word.chars().cycle().take(word.len().clamp(min, max)).collect())
        }
        None => None,
    }
}
