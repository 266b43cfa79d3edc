//! Keywords of one value: what the page states against what the document says.

use serde_json::{Value, json};

use super::{
    place::Place,
    schema,
    state::{Field, Source, State, Verdict},
};

/// Keywords that bound a value, besides lists of values.
const BOUNDS: &[&str] = &[
    "format",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "default",
];

impl State<'_> {
    /// Compares the keywords that stand at one place of the transcript with a value of the document.
    pub(super) fn keywords(&mut self, page: &Place, doc: &Place, parts: &[Place], field: &Field) {
        for keyword in BOUNDS {
            let Some(value) = self.stated_value(page, keyword) else { continue };
            let source = self.source(field, page, keyword);
            self.state(field, doc, keyword, &value);
            if !self.is_satisfied(keyword, &value, parts, source)
                && self.judge(field, doc, keyword, &value, source) == Verdict::Apply
            {
                self.write(doc, parts, keyword, value);
            }
        }
        self.list_of_values(page, doc, parts, field);
        for keyword in ["description", "example"] {
            self.fill(page, doc, parts, keyword);
        }
    }

    /// Sets a keyword where it stands, else at the value itself.
    pub(super) fn write(&mut self, doc: &Place, parts: &[Place], keyword: &str, value: Value) {
        let at = self.holder_or_own(doc, parts, keyword);
        let old = at.key(&self.doc, keyword).cloned();
        schema::set(&mut self.doc, &at, keyword, value.clone());
        match old {
            Some(old) => self.changed(at, keyword, old, value),
            None => self.added(at, keyword, Some(value)),
        }
    }

    /// Where a keyword stands or can stand: beside `$ref` nothing counts.
    pub(super) fn holder_or_own(&self, doc: &Place, parts: &[Place], keyword: &str) -> Place {
        let holder = schema::holder(&self.doc, parts, keyword);
        let own = parts.first().filter(|_| doc.key(&self.doc, "$ref").is_some());
        holder.or(own).unwrap_or(doc).clone()
    }

    /// What people have not written is taken over.
    pub(super) fn fill(&mut self, page: &Place, doc: &Place, parts: &[Place], keyword: &str) {
        let Some(value) = page.key(self.page, keyword).cloned() else { return };
        let parameter = doc.parent().filter(|_| doc.last() == "schema");
        let is_there = schema::holder(&self.doc, parts, keyword).is_some()
            || parameter.is_some_and(|at| {
                at.key(&self.doc, keyword).or_else(|| at.key(&self.doc, "examples")).is_some()
            });
        if !is_there && doc.key(&self.doc, "$ref").is_none() {
            self.write(doc, parts, keyword, value);
        }
    }

    /// A keyword as OpenAPI 3.0 has it, with an exclusive bound of whole numbers made inclusive.
    fn stated_value(&self, page: &Place, keyword: &str) -> Option<Value> {
        let value = page.key(self.page, keyword)?;
        // That a field is a secret is told by its name and not stated; people have seen to that.
        if keyword == "format" && value == "password" {
            return None;
        }
        let exclusive = match keyword {
            "minimum" => ("exclusiveMinimum", 1),
            "maximum" => ("exclusiveMaximum", -1),
            _ => return Some(value.clone()),
        };
        let is_exclusive = page.key(self.page, exclusive.0) == Some(&Value::Bool(true));
        match value.as_i64().and_then(|value| value.checked_add(exclusive.1)) {
            Some(next) if is_exclusive && page.text(self.page, "type") == Some("integer") => {
                Some(json!(next))
            }
            _ => Some(value.clone()),
        }
    }

    fn is_satisfied(&self, keyword: &str, value: &Value, parts: &[Place], source: Source) -> bool {
        let found = schema::keyword(&self.doc, parts, keyword);
        if found.is_some_and(|found| is_same(found, value)) {
            return true;
        }
        let has = |name: &str| schema::holder(&self.doc, parts, name).is_some();
        let list = schema::values(&self.doc, parts);
        match keyword {
            // A list of values says more than any form or length.
            "minLength" | "maxLength" => {
                list.is_some()
                    || (found.is_none() && keyword == "minLength" && value == &json!(0))
                    || (found.is_none() && source == Source::Text && has("pattern"))
            }
            "pattern" => found.is_some() || list.is_some() || has("format"),
            "format" => {
                source == Source::Text && (found.is_some() || list.is_some() || has("pattern"))
            }
            "minimum" | "maximum" => {
                found.is_none()
                    && list.is_some_and(|(_, values)| are_within(values, keyword, value))
            }
            "minItems" => found.is_none() && value == &json!(0),
            "nullable" => value == &Value::Bool(false),
            _ => false,
        }
    }
}

/// Numbers are the same when their values are.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    a == b || matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a == b)
}

fn are_within(values: &[Value], keyword: &str, bound: &Value) -> bool {
    let Some(bound) = bound.as_f64() else { return false };
    values.iter().all(|value| {
        value
            .as_f64()
            .is_some_and(|value| if keyword == "minimum" { value >= bound } else { value <= bound })
    })
}
