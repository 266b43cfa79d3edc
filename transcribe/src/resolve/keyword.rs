//! Keywords of a schema that bound or describe a value, in the order in which documents have them.

use std::collections::BTreeMap;

use serde_json::Value;

/// A keyword; `Values` becomes `enum` or `x-extensible-enum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Keyword {
    Values,
    /// Values known today; becomes `x-extensible-enum`, whichever way the value travels.
    KnownValues,
    MinLength,
    MaxLength,
    Pattern,
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
    MinItems,
    MaxItems,
    Nullable,
    Default,
}

/// The keywords of one value.
pub(super) type Keywords = BTreeMap<Keyword, Value>;

/// A keyword and its value as JSON, to be compared and put in order.
type Label = (Keyword, String);

/// What labels say of a value as a whole, and of what stands inside of it.
pub(super) type Labels = (Vec<Label>, Vec<Label>);

/// The keywords of one value, comparable.
pub(super) fn labels(keywords: &Keywords) -> Vec<Label> {
    keywords.iter().map(|(keyword, value)| (*keyword, value.to_string())).collect()
}

impl Keyword {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Values => "enum",
            Self::KnownValues => "x-extensible-enum",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Pattern => "pattern",
            Self::Minimum => "minimum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::Nullable => "nullable",
            Self::Default => "default",
        }
    }

    /// As sentences have it: `the default`.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::KnownValues => "known values",
            Self::MinLength => "minimum length",
            Self::MaxLength => "maximum length",
            Self::Pattern => "form",
            Self::Minimum | Self::ExclusiveMinimum => "minimum",
            Self::Maximum | Self::ExclusiveMaximum => "maximum",
            Self::MinItems => "minimum number of items",
            Self::MaxItems => "maximum number of items",
            Self::Nullable => "null",
            Self::Default => "default",
        }
    }
}
