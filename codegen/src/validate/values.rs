//! Values in the document against their schemas: examples, defaults, and the values of sets.

use std::collections::BTreeSet;

use huaweicloud_core::Severity;
use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::Report,
};
use crate::{
    conform::{self, Compiled},
    pointer::JsonPointer,
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut values = Values { index, report, compiled: Compiled::default(), done: BTreeSet::new() };
    for place in &index.places {
        match place.kind {
            Kind::MediaType | Kind::Parameter | Kind::Header => values.examples(place),
            Kind::Schema => values.of_schema(place),
            _ => {}
        }
    }
}

struct Values<'i, 'd, 'r> {
    index: &'i Index<'d>,
    report: &'r mut Report,
    compiled: Compiled,
    /// Values that were checked, by their places and those of the schemas: many may share one.
    done: BTreeSet<(*const Value, *const Value)>,
}

impl<'d> Values<'_, 'd, '_> {
    fn examples(&mut self, place: &Place<'d>) {
        if place.has("example") && place.has("examples") {
            let message = "`example` excludes `examples`; move it there or remove it";
            self.report.add(&place.child("example"), "exclusive-keywords", message);
        }
        let Some(schema) = place.map.get("schema") else { return };
        let schema = self.index.target(schema);
        if let Some(example) = place.map.get("example") {
            self.value(schema, example, &place.child("example"), "bad-example");
        }
        for (name, example) in place.object("examples").into_iter().flatten() {
            let at = place.child("examples").child(name);
            let Some((map, at)) = self.index.resolve(example, &at) else { continue };
            if let Some(value) = map.get("value") {
                self.value(schema, value, &at.child("value"), "bad-example");
            }
        }
    }

    fn of_schema(&mut self, place: &Place<'d>) {
        let schema = place.at.get(self.index.root);
        for (keyword, code) in [("example", "bad-example"), ("default", "bad-default")] {
            if let (Some(schema), Some(value)) = (schema, place.map.get(keyword)) {
                self.value(schema, value, &place.child(keyword), code);
            }
        }
        for keyword in ["enum", "x-extensible-enum"] {
            if place.list(keyword).is_empty() {
                continue;
            }
            let mut others = place.map.clone();
            others.retain(|key, _| key != "enum" && !key.starts_with("x-"));
            let others = Value::Object(others);
            for (i, value) in place.list(keyword).iter().enumerate() {
                // `null` in a closed set says that the value may be null.
                if keyword != "enum" || !value.is_null() {
                    let at = place.child(keyword).child(i);
                    self.fits(&others, value, &at, "bad-enum-value");
                }
            }
        }
    }

    fn value(&mut self, schema: &Value, value: &Value, at: &JsonPointer, code: &'static str) {
        if self.done.insert((schema, value)) {
            self.fits(schema, value, at, code);
        }
    }

    fn fits(&mut self, schema: &Value, value: &Value, at: &JsonPointer, code: &'static str) {
        let found = conform::located(&mut self.compiled, self.index.root, schema, value);
        let errors = found.into_iter().filter(|(_, v)| v.severity == Severity::Error);
        for (place, violation) in errors {
            let at = at.join(place.segments().iter().map(String::as_str));
            let what = match violation.path.as_str() {
                "(body)" => "the value".to_owned(),
                path => format!("`{path}`"),
            };
            let message = format!("{what} {}; correct it or the schema", violation.message);
            self.report.add(&at, code, message);
        }
    }
}

impl<'d> Index<'d> {
    /// The schema itself, or the one that it refers to.
    fn target(&self, schema: &'d Value) -> &'d Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(JsonPointer::parse).and_then(|at| at.get(self.root));
        target.unwrap_or(schema)
    }
}
