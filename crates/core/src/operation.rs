//! What is known about an operation when it is sent, and about its response when it is read.
//!
//! In: facts of the document, from generated code. Out: the same for sending, reading and errors.

use crate::{lenient::Structure, owner::Owner};

/// What is known of an operation where it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) is_repeatable: bool,
    pub(crate) fields: Fields,
    pub(crate) list: Option<List>,
    pub(crate) scope: Scope,
}

/// What a call is made for, by the parameters of its operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// A project of a region; its id is sent as `X-Project-Id`.
    #[default]
    Project,
    /// A domain, which is the account; its id is sent as `X-Domain-Id`.
    Domain,
    /// Whoever calls: no id is needed.
    Neither,
}

impl Scope {
    pub(crate) fn owner(self) -> Option<Owner> {
        match self {
            Self::Project => Some(Owner::Project),
            Self::Domain => Some(Owner::Domain),
            Self::Neither => None,
        }
    }
}

/// The names of the outermost object of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// Those that are documented.
    Known(&'static [&'static str]),
    /// They are data.
    Any,
}

/// The field that makes an answer a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) field: &'static str,
    /// Whether `null` stands for an empty list there.
    pub(crate) is_nullable: bool,
}

/// What was listed by an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// How many items.
    pub count: usize,
    /// How many there are in all, as the service counts.
    pub total: Option<i64>,
    /// How many were to be passed over.
    pub offset: i64,
    /// How many were asked for at most.
    pub limit: Option<i64>,
}

impl Operation {
    /// An operation by its id in the document, such as `CreateInstance`. What is repeatable is sent
    /// again even if an attempt may have been carried out.
    pub const fn new(id: &'static str, is_repeatable: bool) -> Self {
        Self { id, is_repeatable, fields: Fields::Known(&[]), list: None, scope: Scope::Project }
    }

    /// The same with the names of its answer. One that is not among them may belong to the envelope
    /// of an error.
    #[must_use]
    pub const fn answers(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// The same, made for something else than a project.
    #[must_use]
    pub const fn scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same; its answer is a list only if it has this field, which may be null or not.
    #[must_use]
    pub const fn lists(self, field: &'static str, is_nullable: bool) -> Self {
        Self { list: Some(List { field, is_nullable }), ..self }
    }
}

impl Fields {
    /// Those of a structure.
    pub const fn of<T: Structure>() -> Self {
        Self::Known(T::NAMES)
    }

    /// Is a name documented nowhere?
    pub(crate) fn is_new(self, name: &str) -> bool {
        match self {
            Self::Known(names) => !names.contains(&name),
            Self::Any => true,
        }
    }
}
