//! What an expression can see: its variables, and which optional fields are known to be there.

use std::collections::BTreeSet;

use crate::model::{Expr, ValueType};

/// Places of optional fields, in the notation of expressions: `self.a.b`.
pub(super) type Places = BTreeSet<String>;

/// The surroundings of an expression.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    variables: Vec<(String, ValueType)>,
    present: Places,
}

impl Scope {
    /// Of a whole rule.
    pub(super) fn new(this: ValueType) -> Self {
        Self { variables: vec![("self".to_owned(), this)], present: Places::new() }
    }

    pub(super) fn variable(&self, name: &str) -> Option<&ValueType> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, ty)| ty)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn has(&self, place: &str) -> bool {
        self.present.contains(place)
    }

    /// The same with one more variable.
    pub(super) fn with_variable(&self, name: &str, ty: ValueType) -> Self {
        let mut inner = self.clone();
        inner.variables.push((name.to_owned(), ty));
        inner
    }

    /// The same where more fields are known to be there.
    pub(super) fn knowing(&self, places: &Places) -> Self {
        let mut inner = self.clone();
        inner.present.extend(places.iter().cloned());
        inner
    }
}

/// An expression, and the fields that are there whenever it holds, or does not.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) expr: Expr,
    pub(super) when_true: Places,
    pub(super) when_false: Places,
}

impl Checked {
    /// An expression that tells nothing of fields.
    pub(super) fn plain(expr: Expr) -> Self {
        Self { expr, when_true: Places::new(), when_false: Places::new() }
    }
}

pub(super) fn union(a: &Places, b: &Places) -> Places {
    a.union(b).cloned().collect()
}

pub(super) fn intersection(a: &Places, b: &Places) -> Places {
    a.intersection(b).cloned().collect()
}
