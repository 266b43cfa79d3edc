//! One row: its type and its keywords.
//!
//! In: a row whose type is known. Out: what its labels and its prose say together, and where these two,
//! or text and columns, contradict each other.

use serde_json::{Value, json};

use super::{
    formal,
    keyword::{Keyword, Keywords, Labels, labels},
    kind::Kind,
    prose::{self, Presence, Promoted},
    report::Claim,
};
use crate::facts::Row;

/// A parameter or field.
#[derive(Clone, Debug)]
pub(super) struct Field<'p> {
    pub(super) row: &'p Row,
    pub(super) kind: Kind<usize>,
    /// Of the value as a whole.
    pub(super) whole: Keywords,
    /// Of what stands inside of all lists and maps.
    pub(super) items: Keywords,
    /// Only what the labels say of the value as a whole, and of what stands inside, for comparisons.
    pub(super) labels: Labels,
    pub(super) promoted: Vec<Promoted>,
    pub(super) claims: Vec<Claim>,
    pub(super) rest: Vec<String>,
}

impl<'p> Field<'p> {
    /// Reads a row; problems go to `refused`.
    pub(super) fn new(row: &'p Row, kind: Kind<usize>, refused: &mut Vec<String>) -> Self {
        let mut formal = formal::read(&row.constraints, &kind);
        let prose = prose::read(&row.name, &row.prose, &kind);
        refused.extend(formal.refused);
        let mut rest = prose.rest;
        rest.extend(formal.rest);
        let labels = (labels(&formal.whole), labels(&formal.items));
        let mut field = Field {
            row,
            kind: wide(kind, &formal.whole, &formal.items),
            whole: std::mem::take(&mut formal.whole),
            items: std::mem::take(&mut formal.items),
            labels,
            promoted: Vec::new(),
            claims: formal.claims,
            rest,
        };
        for promoted in prose.promoted {
            field.promote(promoted);
        }
        field.settle();
        for presence in prose.presence {
            field.presence(presence);
        }
        field
    }

    pub(super) fn required(&self) -> bool {
        self.row.required == Some(true)
    }

    /// The keywords that bound what stands inside of all lists and maps.
    pub(super) fn leaf(&mut self) -> &mut Keywords {
        match self.kind {
            Kind::Array(_) | Kind::Map(_) => &mut self.items,
            _ => &mut self.whole,
        }
    }

    /// Takes a keyword from prose, unless a label has it.
    fn promote(&mut self, promoted: Promoted) {
        // A label closes the list that prose calls today's.
        let keyword = match promoted.keyword {
            Keyword::KnownValues if self.leaf().contains_key(&Keyword::Values) => Keyword::Values,
            keyword => keyword,
        };
        let of_whole = matches!(
            keyword,
            Keyword::Default | Keyword::Nullable | Keyword::MinItems | Keyword::MaxItems
        );
        let keywords = if of_whole { &mut self.whole } else { self.leaf() };
        match keywords.get(&keyword) {
            None => {
                keywords.insert(keyword, promoted.value.clone());
                self.promoted.push(promoted);
            }
            Some(known) if !same(keyword, known, &promoted.value) => {
                let says = |value: &Value| format!("{} {}.", capital(keyword), shown(value));
                let (table, text) = (says(known), says(&promoted.value));
                let kind = match keyword {
                    Keyword::Default => "default-text",
                    Keyword::Values | Keyword::KnownValues => "values-text",
                    _ => "bound-text",
                };
                let value = json!([known, promoted.value]);
                self.claim(kind, Some(table), Some(text), value);
            }
            Some(_) => {}
        }
    }

    /// Takes away what cannot hold beside the rest.
    fn settle(&mut self) {
        let pairs = [
            (Keyword::MinLength, Keyword::MaxLength),
            (Keyword::Minimum, Keyword::Maximum),
            (Keyword::MinItems, Keyword::MaxItems),
        ];
        for (least, most) in pairs {
            for of_items in [false, true] {
                let keywords = if of_items { &mut self.items } else { &mut self.whole };
                let (min, max) = (keywords.get(&least).cloned(), keywords.get(&most).cloned());
                let (Some(min), Some(max)) = (min, max) else { continue };
                if min.as_f64() > max.as_f64() {
                    keywords.remove(&least);
                    keywords.remove(&most);
                    self.drop(&[least, most]);
                    let table = format!("{} {min}, {} {max}.", capital(least), most.phrase());
                    self.claim("bound-range", Some(table), None, json!([min, max]));
                }
            }
        }
        // A list of values says more than a form.
        if (self.whole.contains_key(&Keyword::Values)
            || self.whole.contains_key(&Keyword::KnownValues))
            && self.whole.remove(&Keyword::Pattern).is_some()
        {
            self.drop(&[Keyword::Pattern]);
        }
        self.check_default();
        if self.required()
            && let Some(default) = self.whole.get(&Keyword::Default)
        {
            let table = format!("Required, with the default {}.", shown(default));
            let default = default.clone();
            self.claim("required-default", Some(table), None, default);
        }
    }

    /// A default that the field itself does not allow is none.
    fn check_default(&mut self) {
        let Some(default) = self.whole.get(&Keyword::Default).cloned() else { return };
        let is_flag = matches!(default.as_str(), Some("true" | "false"));
        if is_flag && self.row.name.ends_with("_id") {
            self.whole.remove(&Keyword::Default);
            let table = format!("{}, with the default {}.", self.row.type_text, shown(&default));
            return self.claim("default-type", Some(table), None, default);
        }
        let why = match self.whole.get(&Keyword::Values).and_then(Value::as_array) {
            Some(values) if !values.contains(&default) => {
                Some(format!("values {}", listed(values)))
            }
            _ => outside(&self.whole, &default),
        };
        if let Some(why) = why {
            self.whole.remove(&Keyword::Default);
            let table = format!("Default {}; {why}.", shown(&default));
            self.drop(&[Keyword::Default]);
            self.claim("default-value", Some(table), None, default);
        }
    }

    fn presence(&mut self, presence: Presence) {
        let (text, value) = match (self.row.required, presence) {
            (Some(false), Presence::Required) => ("Required.".to_owned(), json!(true)),
            (Some(false), Presence::RequiredWhen(Some((field, value)))) => {
                let when = json!({ &field: value });
                (format!("Required when `{field}` is `{value}`."), json!({"when": when}))
            }
            (Some(false), Presence::RequiredWhen(None)) => {
                ("Required under a condition.".to_owned(), json!("conditional"))
            }
            (Some(false), Presence::OneOf) => {
                ("One of several fields is required.".to_owned(), json!("one-of"))
            }
            (Some(true), Presence::Optional) => ("Optional.".to_owned(), json!(false)),
            _ => return,
        };
        let table = if self.required() { "Required." } else { "Optional." };
        self.claim("required-text", Some(table.to_owned()), Some(text), value);
    }

    fn drop(&mut self, keywords: &[Keyword]) {
        self.promoted.retain(|promoted| !keywords.contains(&promoted.keyword));
    }

    fn claim(
        &mut self,
        kind: &'static str,
        table: Option<String>,
        text: Option<String>,
        value: Value,
    ) {
        let claim = Claim { kind, table, text, value: Some(value), ..Claim::default() };
        if !self.claims.contains(&claim) {
            self.claims.push(claim);
        }
    }
}

/// A whole number whose bounds, values or default need more than 32 bits has 64.
fn wide(kind: Kind<usize>, whole: &Keywords, items: &Keywords) -> Kind<usize> {
    let long = |value: &Value| value.as_i64().is_some_and(|n| i32::try_from(n).is_err());
    let any = |value: &Value| value.as_array().map_or(long(value), |all| all.iter().any(long));
    match kind {
        Kind::Int32 if whole.values().any(any) => Kind::Int64,
        Kind::Array(inner) => Kind::Array(Box::new(wide(*inner, items, items))),
        Kind::Map(inner) => Kind::Map(Box::new(wide(*inner, items, items))),
        other => other,
    }
}

/// Whether two values say the same; the order of a list says nothing.
fn same(keyword: Keyword, one: &Value, other: &Value) -> bool {
    match (keyword, one, other) {
        (Keyword::Values | Keyword::KnownValues, Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().all(|value| other.contains(value))
        }
        _ => one == other,
    }
}

/// What is wrong with a value by the bounds beside it.
pub(super) fn outside(keywords: &Keywords, value: &Value) -> Option<String> {
    let length = value.as_str().map(|text| text.chars().count() as f64);
    let measures = [
        (Keyword::MinLength, length, true),
        (Keyword::MaxLength, length, false),
        (Keyword::Minimum, value.as_f64(), true),
        (Keyword::Maximum, value.as_f64(), false),
    ];
    measures.into_iter().find_map(|(keyword, measure, least)| {
        let bound = keywords.get(&keyword)?;
        let (measure, limit) = (measure?, bound.as_f64()?);
        let breaks = if least { measure < limit } else { measure > limit };
        breaks.then(|| format!("{} {bound}", keyword.phrase()))
    })
}

/// As sources have it: strings in backticks, so that `1` and 1 differ.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(values) => listed(values),
        other => other.to_string(),
    }
}

pub(super) fn listed(values: &[Value]) -> String {
    values.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn capital(keyword: Keyword) -> String {
    let phrase = keyword.phrase();
    let mut chars = phrase.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
