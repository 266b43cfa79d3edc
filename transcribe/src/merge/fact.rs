//! What a source states about one value, in types. In: keywords of a schema. Out: facts, and whether a
//! schema of the document says the same.

use std::collections::BTreeSet;

use conventions::unstated::{BOUNDS, INSIDE, VALUES, word_of};
use serde_json::{Number, Value, json};

use super::{
    error::MergeError,
    place::{DocPlace, Edited, PagePlace, Stated, Tree},
    schema,
};

/// One fact about a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Type(String),
    Format(String),
    Nullable(bool),
    MinLength(u64),
    MaxLength(u64),
    Pattern(String),
    Minimum(Number),
    Maximum(Number),
    MinItems(u64),
    MaxItems(u64),
    Default(Value),
    /// A list of values, which may be open to others.
    Values {
        values: Vec<Value>,
        is_open: bool,
    },
    Required(bool),
}

impl Fact {
    /// The bounds and the list of values that stand at one place of a source.
    ///
    /// # Errors
    /// When a bound has a value that no bound can have.
    pub(super) fn all(tree: Tree<'_, Stated>, at: &PagePlace) -> Result<Vec<Self>, MergeError> {
        let mut facts = Vec::new();
        for keyword in BOUNDS {
            let Some(value) = tree.key(at, keyword) else { continue };
            let fact = bound(tree, at, keyword, value).ok_or_else(|| {
                let message = format!("{value} is no `{keyword}`; the page was read wrongly");
                MergeError::new(&at.child(keyword), message)
            })?;
            facts.push(fact);
        }
        // That a field is a secret is told by its name and not stated; people have seen to that.
        facts.retain(|fact| *fact != Self::Format("password".to_owned()));
        if let Some((name, values)) = schema::values(tree, std::slice::from_ref(at)) {
            facts.push(Self::Values { values: values.to_vec(), is_open: name != "enum" });
        }
        Ok(facts)
    }

    /// The keyword of OpenAPI that says it.
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Type(_) => "type",
            Self::Format(_) => "format",
            Self::Nullable(_) => "nullable",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::Default(_) => "default",
            Self::Values { is_open: false, .. } => "enum",
            Self::Values { is_open: true, .. } => "x-extensible-enum",
            Self::Required(_) => "required",
        }
    }

    /// The word for it in the `about` of a row.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Values { .. } => "values",
            other => other.keyword(),
        }
    }

    /// What is stated, as a document has it.
    pub fn value(&self) -> Value {
        match self {
            Self::Type(text) | Self::Format(text) | Self::Pattern(text) => json!(text),
            Self::Nullable(is) | Self::Required(is) => json!(is),
            Self::MinLength(count)
            | Self::MaxLength(count)
            | Self::MinItems(count)
            | Self::MaxItems(count) => json!(count),
            Self::Minimum(number) | Self::Maximum(number) => json!(number),
            Self::Default(value) => value.clone(),
            Self::Values { values, .. } => json!(values),
        }
    }

    /// Whether both say the same, be a list of values open or closed, and whatever its order is.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Values { values: a, .. }, Self::Values { values: b, .. }) => {
                lacking(a, b).is_empty() && lacking(b, a).is_empty()
            }
            _ => self.keyword() == other.keyword() && is_same(&self.value(), &other.value()),
        }
    }

    /// Whether a schema of the document says so, or says more.
    pub(super) fn holds(&self, doc: Tree<'_, Edited>, parts: &[DocPlace], is_prose: bool) -> bool {
        let found = schema::keyword(doc, parts, self.keyword());
        if found.is_some_and(|found| is_same(found, &self.value())) {
            return true;
        }
        let has = |name: &str| schema::holder(doc, parts, name).is_some();
        let list = schema::values(doc, parts);
        match self {
            // A list of values says more than any form or length.
            Self::MinLength(_) | Self::MaxLength(_) if list.is_some() => true,
            Self::MinLength(0) | Self::MinItems(0) if found.is_none() => true,
            Self::MinLength(_) | Self::MaxLength(_) => {
                found.is_none() && is_prose && has("pattern")
            }
            Self::Pattern(_) => found.is_some() || list.is_some() || has("format"),
            Self::Format(_) => is_prose && (found.is_some() || list.is_some() || has("pattern")),
            Self::Minimum(bound) => {
                let keeps = |value: f64, bound: f64| value >= bound;
                found.is_none() && list.is_some_and(|(_, list)| keep(list, bound, keeps))
            }
            Self::Maximum(bound) => {
                let keeps = |value: f64, bound: f64| value <= bound;
                found.is_none() && list.is_some_and(|(_, list)| keep(list, bound, keeps))
            }
            Self::Nullable(is) => !is,
            Self::Values { values, .. } => match list {
                Some((_, found)) => lacking(values, found).is_empty(),
                None => is_prose && (has("pattern") || has("format")),
            },
            Self::Type(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::Default(_)
            | Self::Required(_) => false,
        }
    }
}

/// What keywords of one place of the document say, each with its word.
pub(super) fn keywords<'v>(doc: Tree<'v, Edited>, at: &DocPlace) -> Vec<(&'static str, &'v Value)> {
    let is_map = schema::is_closed_map(doc, std::slice::from_ref(at));
    let said = doc.object(at).iter().filter_map(|(key, value)| Some((word_of(key)?, value)));
    said.filter(|(word, value)| {
        // That a field is a secret is told by its name.
        let is_secret = *word == "format" && *value == "password";
        // Without them it would be the same.
        let is_nothing = **value == Value::Bool(false) && *word != "default";
        !(is_secret || is_nothing || is_map && INSIDE.contains(word))
    })
    .collect()
}

/// The words of what is stated at one place of a source. A list of values says more than any form or length.
pub(super) fn stated(tree: Tree<'_, Stated>, at: &PagePlace) -> BTreeSet<&'static str> {
    let mut words: BTreeSet<&str> = tree.keys(at).filter_map(|key| word_of(key)).collect();
    if words.contains(VALUES) {
        words.extend(["minLength", "maxLength", "pattern"]);
    }
    words
}

/// A bound as OpenAPI 3.0 has it, with an exclusive one of whole numbers made inclusive.
fn bound(tree: Tree<'_, Stated>, at: &PagePlace, keyword: &str, value: &Value) -> Option<Fact> {
    let number = |exclusive: &str, step: i64| {
        let is_exclusive = tree.key(at, exclusive) == Some(&Value::Bool(true))
            && tree.text(at, "type") == Some("integer");
        let next = value.as_i64().and_then(|value| value.checked_add(step));
        match next.filter(|_| is_exclusive) {
            Some(next) => Some(Number::from(next)),
            None => value.as_number().cloned(),
        }
    };
    let text = || value.as_str().map(str::to_owned);
    Some(match keyword {
        "format" => Fact::Format(text()?),
        "nullable" => Fact::Nullable(value.as_bool()?),
        "minLength" => Fact::MinLength(value.as_u64()?),
        "maxLength" => Fact::MaxLength(value.as_u64()?),
        "pattern" => Fact::Pattern(text()?),
        "minimum" => Fact::Minimum(number("exclusiveMinimum", 1)?),
        "maximum" => Fact::Maximum(number("exclusiveMaximum", -1)?),
        "minItems" => Fact::MinItems(value.as_u64()?),
        "maxItems" => Fact::MaxItems(value.as_u64()?),
        "default" => Fact::Default(value.clone()),
        _ => return None,
    })
}

/// Numbers are the same when their values are.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    a == b || matches!((a.as_f64(), b.as_f64()), (Some(a), Some(b)) if a == b)
}

/// The values that the other list lacks.
pub(super) fn lacking(values: &[Value], other: &[Value]) -> Vec<Value> {
    let has = |value: &Value| other.iter().any(|known| is_same(known, value));
    values.iter().filter(|value| !has(value)).cloned().collect()
}

/// The document's values, with the stated further ones behind those that precede them there.
pub(super) fn joined(found: &[Value], stated: &[Value]) -> Vec<Value> {
    let mut joined = found.to_vec();
    for (i, value) in stated.iter().enumerate() {
        if joined.iter().any(|known| is_same(known, value)) {
            continue;
        }
        let before = stated.iter().take(i).rev();
        let at = before
            .filter_map(|before| joined.iter().position(|known| is_same(known, before)))
            .next();
        joined.insert(at.map_or(joined.len(), |at| at + 1), value.clone());
    }
    joined
}

fn keep(values: &[Value], bound: &Number, keeps: impl Fn(f64, f64) -> bool) -> bool {
    let Some(bound) = bound.as_f64() else { return false };
    values.iter().all(|value| value.as_f64().is_some_and(|value| keeps(value, bound)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::joined;

    #[test]
    fn new_values_follow_the_one_in_front_of_them() {
        let list = |value: Value| value.as_array().unwrap().clone();
        assert_eq!(
            joined(&list(json!(["b", "z", "a"])), &list(json!(["a", "new", "b", "c"]))),
            list(json!(["b", "c", "z", "a", "new"]))
        );
        assert_eq!(joined(&list(json!(["a"])), &list(json!(["x", "a"]))), list(json!(["a", "x"])));
    }
}
