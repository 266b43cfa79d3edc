//! What a source says about a place of the document, and whether two such statements agree.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    fact::Fact,
    finding::Part,
    fix::Fix,
    place::{DocPlace, PagePlace},
    subject::Subject,
};

/// What a source says about a place of the document.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) subject: Subject,
    pub(super) page: PagePlace,
    /// What the document says about this stands here, or would.
    pub(super) at: DocPlace,
    pub(super) says: Says,
    /// Whether the document says so, or says more.
    pub(super) holds: bool,
    pub(super) found: Option<Value>,
    /// What would make it so. Values still refer to the schemas of the source.
    pub(super) fixes: Vec<Fix>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Says {
    Fact(Fact),
    Has(Part),
    /// Words and examples, which are taken over where people have written none.
    Words(&'static str, Value),
}

impl Statement {
    /// Whether the other one says the same about the same, and would add the same.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.says.agrees(&other.says) && has_same_parts(self, other)
    }

    /// What it is about, among all statements about its place.
    pub(super) fn key(&self) -> String {
        match &self.says {
            Says::Fact(fact) => fact.word().to_owned(),
            Says::Has(part) => part.to_string(),
            Says::Words(keyword, _) => format!("words {keyword}"),
        }
    }

    pub(super) fn is_component(&self) -> bool {
        matches!(self.says, Says::Has(Part::Component(..)))
    }
}

impl Says {
    /// The word that a row has for it, and what is stated.
    pub(super) fn about(&self) -> (&str, Option<Value>) {
        match self {
            Self::Fact(fact) => (fact.word(), Some(fact.value())),
            Self::Has(_) => ("presence", None),
            Self::Words(keyword, _) => (keyword, None),
        }
    }

    fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Fact(a), Self::Fact(b)) => a.agrees(b),
            (a, b) => a == b,
        }
    }
}

/// Whether two statements would add the same facts.
fn has_same_parts(a: &Statement, b: &Statement) -> bool {
    let value = |statement: &Statement| match statement.says {
        Says::Has(_) | Says::Fact(Fact::Type(_)) => {
            statement.fixes.iter().find_map(Fix::value).map(bare)
        }
        Says::Fact(_) | Says::Words(..) => None,
    };
    a.holds || b.holds || value(a) == value(b)
}

/// A schema without words, its keys in alphabetical order.
pub(super) fn bare(value: &Value) -> Value {
    const WORDS: [&str; 6] = ["title", "summary", "description", "example", "examples", "x-source"];
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, value)| {
                !WORDS.contains(&key.as_str()) || (value.is_object() && *key != "x-source")
            });
            let kept: BTreeMap<String, Value> =
                kept.map(|(key, value)| (key.clone(), bare(value))).collect();
            Value::Object(kept.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(list) => list.iter().map(bare).collect(),
        other => other.clone(),
    }
}
