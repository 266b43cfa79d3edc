//! A value against the types and keywords of tables. In: a value and a type. Out: findings, at the
//! places of the document that the value contradicts.

use conventions::pointer::JsonPointer;
use serde_json::{Map, Value};

use super::super::{
    coerce,
    context::{self, Context, Effective, Way, effective},
    document,
    field::{Field, listed, outside, shown},
    keyword::{Keyword, Keywords},
    kind::Kind,
    report::{Claim, Report},
    secrets,
    typed_page::TypedTable,
    unique_schemas::TableId,
};
use super::values::{bound, capital, equal, length, matches, too_long, type_word};
use crate::transcript::At;

/// Collects what does not fit.
pub(super) struct Checker<'k, 'c, 'p> {
    context: &'k Context<'c, 'p>,
    typed_page: usize,
    /// Whether a request is checked, or an answer.
    way: Way,
    at: At,
    report: &'k mut Report,
    pub(super) fits: bool,
}

/// The field that a value belongs to.
struct Of<'f> {
    field: &'f Field<'f>,
    pointer: JsonPointer,
}

impl<'k, 'c, 'p> Checker<'k, 'c, 'p> {
    pub(super) fn new(
        context: &'k Context<'c, 'p>,
        typed_page: usize,
        way: Way,
        at: At,
        report: &'k mut Report,
    ) -> Self {
        Self { context, typed_page, way, at, report, fits: true }
    }

    /// A whole body.
    pub(super) fn body(&mut self, value: &Value, member: TableId) {
        self.table(value, member, None);
    }

    /// A parameter of the call, at its place.
    pub(super) fn parameter(&mut self, field: &Field<'_>, value: &Value, pointer: &JsonPointer) {
        let of = Of { field, pointer: pointer.clone() };
        self.field(value, &of, Way::Sent);
    }

    /// A value that a table describes; `of` is the field that holds it.
    fn table(&mut self, value: &Value, member: TableId, of: Option<&Of<'_>>) {
        let Some((unique, name)) = self.context.named(member) else { return };
        let (first, way) =
            (unique.first, if unique.is_request { Way::Sent } else { Way::Received });
        let Some(fields) = self.context.fields(first) else { return };
        let pointer = context::component(name);
        let outer = std::mem::replace(&mut self.typed_page, first.0);
        if let (Some(kind), [field]) = (document::whole(fields), fields.fields.as_slice()) {
            let of = Of { field, pointer };
            let effective = effective(field, way);
            self.value(value, &kind, &of, (&effective.whole, &effective.items));
        } else if let Value::Object(map) = value {
            self.object(map, fields, &pointer, way);
        } else if let Some(of) = of {
            self.wrong_type(value, &of.field.kind, of);
        } else {
            let example = Some(capital(type_word(value)));
            let table = Some("Object.".to_owned());
            let value = Some(Value::from(type_word(value)));
            let claim = Claim { kind: "example-type", table, example, value, ..Claim::default() };
            self.find(&pointer, name, claim);
        }
        self.typed_page = outer;
    }

    fn object(
        &mut self,
        map: &Map<String, Value>,
        fields: &TypedTable<'_>,
        pointer: &JsonPointer,
        way: Way,
    ) {
        let properties = pointer.child("properties");
        for field in &fields.fields {
            let name = &field.row.name;
            let of = Of { field, pointer: properties.child(name) };
            match map.get(name) {
                Some(value) => self.field(value, &of, way),
                None if field.required() && self.way == Way::Sent => {
                    let left_out = "Left out".to_owned();
                    self.claim(&of, "example-required", ("Required.", None), left_out, None);
                }
                // The table of the answer does not say so; its schema is that of a request.
                None => self.fits &= !field.required(),
            }
        }
        let known = |key: &String| fields.fields.iter().any(|field| field.row.name == *key);
        if map.len() > 1 && !fields.fields.is_empty() && !map.keys().any(known) {
            return self.other_shape(map, fields, pointer);
        }
        for key in map.keys() {
            if fields.fields.iter().all(|field| field.row.name != *key) {
                let key: String = key.chars().take(60).collect();
                let claim = Claim {
                    kind: "example-key",
                    table: Some(format!("No row `{key}`.")),
                    example: Some(format!("Has the key `{key}`")),
                    ..Claim::default()
                };
                self.find(pointer, &key, claim);
            }
        }
    }

    /// Nothing of the table is there: one finding instead of many.
    fn other_shape(
        &mut self,
        map: &Map<String, Value>,
        fields: &TypedTable<'_>,
        pointer: &JsonPointer,
    ) {
        let quoted = |name: &str| format!("`{}`", name.chars().take(60).collect::<String>());
        let rows: Vec<String> = fields.fields.iter().map(|f| quoted(&f.row.name)).collect();
        let keys: Vec<String> = map.keys().map(|key| quoted(key)).collect();
        let claim = Claim {
            kind: "example-shape",
            table: Some(format!("{}.", rows.join(", "))),
            example: Some(keys.join(", ")),
            value: Some(Value::from(map.keys().cloned().collect::<Vec<_>>())),
            ..Claim::default()
        };
        let name = pointer.last().unwrap_or_default().to_owned();
        self.find(pointer, &name, claim);
    }

    fn field(&mut self, value: &Value, of: &Of<'_>, way: Way) {
        let Effective { whole, items, .. } = effective(of.field, way);
        self.value(value, &of.field.kind, of, (&whole, &items));
    }

    /// A value with the keywords of itself and of what stands inside of all lists.
    fn value(
        &mut self,
        value: &Value,
        kind: &Kind<usize>,
        of: &Of<'_>,
        (own, leaf): (&Keywords, &Keywords),
    ) {
        if value.is_null() {
            if !own.contains_key(&Keyword::Nullable) && !matches!(kind, Kind::Any) {
                let table = format!("{}.", of.field.row.type_text);
                self.claim(of, "example-null", (&table, None), "Null".to_owned(), None);
            }
            return;
        }
        if let Kind::Table(table) = kind {
            return self.table(value, (self.typed_page, *table), Some(of));
        }
        if !coerce::fits(kind, value) || too_long(kind, value) {
            return self.wrong_type(value, kind, of);
        }
        self.bounds(value, own, of);
        let none = Keywords::new();
        let nested = |inner: &Kind<usize>| matches!(inner, Kind::Array(_) | Kind::Map(_));
        match (kind, value) {
            (Kind::Array(inner), Value::Array(values)) => {
                let keywords = if nested(inner) { (&none, leaf) } else { (leaf, &none) };
                values.iter().for_each(|value| self.value(value, inner, of, keywords));
            }
            (Kind::Map(inner), Value::Object(map)) => {
                let keywords = if nested(inner) { (&none, leaf) } else { (leaf, &none) };
                map.values().for_each(|value| self.value(value, inner, of, keywords));
            }
            _ => {}
        }
    }

    fn bounds(&mut self, value: &Value, own: &Keywords, of: &Of<'_>) {
        let example = self.shown(value, of);
        if let Some(Value::Array(values)) = own.get(&Keyword::Values)
            && !values.iter().any(|known| equal(known, value))
        {
            let says = format!("Values {}.", listed(values));
            self.says(of, "example-value", Keyword::Values, &says, &example);
        }
        if let Some(why) = outside(own, value) {
            let (kind, keyword) = match value {
                Value::String(_) => ("example-length", length(&why)),
                _ => ("example-value", bound(&why)),
            };
            self.says(of, kind, keyword, &format!("{}.", capital(&why)), &example);
        }
        if let (Some(pattern), Some(text)) = (own.get(&Keyword::Pattern), value.as_str())
            && outside(own, value).is_none()
            && pattern.as_str().is_some_and(|pattern| !matches(pattern, text))
        {
            let says = format!("Form {}.", shown(pattern));
            self.says(of, "example-format", Keyword::Pattern, &says, &example);
        }
        if let Value::Array(items) = value {
            let count = items.len() as f64;
            for (keyword, least) in [(Keyword::MinItems, true), (Keyword::MaxItems, false)] {
                let Some(limit) = own.get(&keyword).and_then(Value::as_f64) else { continue };
                if if least { count < limit } else { count > limit } {
                    let says = format!("{} {limit}.", capital(keyword.phrase()));
                    let example = format!("Number of items {count}");
                    self.says(of, "example-length", keyword, &says, &example);
                }
            }
        }
    }

    /// A claim against a keyword, which a label of the table has or the text.
    fn says(
        &mut self,
        of: &Of<'_>,
        kind: &'static str,
        keyword: Keyword,
        says: &str,
        example: &str,
    ) {
        let from_text = of.field.promoted.iter().any(|promoted| promoted.keyword == keyword);
        let (table, text) = if from_text { ("", Some(says)) } else { (says, None) };
        let value = Some(Value::from(example));
        self.claim(of, kind, (table, text), example.to_owned(), value);
    }

    fn wrong_type(&mut self, value: &Value, kind: &Kind<usize>, of: &Of<'_>) {
        let table = format!("{}.", of.field.row.type_text);
        let (mut example, mut word) = (self.shown(value, of), type_word(value));
        if too_long(kind, value) {
            example.push_str(", beyond 32 bits");
            word = "int64";
        }
        self.claim(of, "example-type", (&table, None), example, Some(word.into()));
    }

    fn claim(
        &mut self,
        of: &Of<'_>,
        kind: &'static str,
        (table, text): (&str, Option<&str>),
        example: String,
        value: Option<Value>,
    ) {
        let claim = Claim {
            kind,
            table: Some(table.to_owned()).filter(|table| !table.is_empty()),
            text: text.map(str::to_owned),
            example: Some(example),
            value,
        };
        self.find(&of.pointer, &of.field.row.name, claim);
    }

    fn find(&mut self, pointer: &JsonPointer, field: &str, claim: Claim) {
        self.fits = false;
        self.report.find(pointer, field, claim, self.at.clone());
    }

    /// The kind of a value, and the value where it is short and nobody's.
    fn shown(&self, value: &Value, of: &Of<'_>) -> String {
        let word = capital(type_word(value));
        let length = |text: &str| text.chars().count();
        match value {
            Value::String(text) if !text.is_empty() && secrets::is_private(&of.field.row.name) => {
                format!("{word} of {} characters", length(text))
            }
            Value::String(text) if text.is_empty() => "Empty string".to_owned(),
            Value::String(text) if length(text) > 80 => {
                format!("{word} of {} characters", length(text))
            }
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                format!("{word} {}", shown(&secrets::redacted(value)))
            }
            _ => word,
        }
    }
}
