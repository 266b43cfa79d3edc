//! Expressions of rules: a small typed tree. Displays in one canonical notation, with parentheses.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Field, Pattern, TypeName};

/// An expression and the type of its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub ty: ValueType,
}

/// The types of values. Enumerations and secrets are text.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueType {
    Bool,
    Int,
    Double,
    Text,
    List(Box<ValueType>),
    /// Keys are text, or in a map that a rule writes out, whole numbers.
    Map(Box<ValueType>, Box<ValueType>),
    Struct(TypeName),
}

/// What an expression does.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    List(Vec<Expr>),
    /// Keys are literals, each once.
    Map(Vec<(Expr, Expr)>),
    /// `self`, or an item of a comprehension.
    Variable(String),
    /// A field that is there: required, or behind a `has`.
    Field(Box<Expr>, Box<Field>),
    Has(Box<Expr>, Box<Field>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Of numbers; `Add` also joins texts.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    In(Box<Expr>, Box<Expr>),
    Index(Box<Expr>, Box<Expr>),
    Size(Box<Expr>),
    Test(TextTest, Box<Expr>, Box<Expr>),
    Matches(Box<Expr>, Pattern),
    Comprehension(Comprehension, Box<Expr>, String, Box<Expr>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextTest {
    StartsWith,
    EndsWith,
    Contains,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comprehension {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

impl Comparison {
    /// What holds where this does not.
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    /// As CEL and Rust write it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Arithmetic {
    /// As CEL and Rust write it.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

impl TextTest {
    /// As CEL calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::StartsWith => "startsWith",
            Self::EndsWith => "endsWith",
            Self::Contains => "contains",
        }
    }
}

impl Comprehension {
    /// As CEL calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Exists => "exists",
            Self::ExistsOne => "exists_one",
            Self::Filter => "filter",
            Self::Map => "map",
        }
    }
}

impl Expr {
    /// Visits this expression and all inside of it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Double(_)
            | ExprKind::Text(_)
            | ExprKind::Variable(_) => {}
            ExprKind::List(items) => items.iter().for_each(|item| item.walk(visit)),
            ExprKind::Map(entries) => entries.iter().for_each(|(key, value)| {
                key.walk(visit);
                value.walk(visit);
            }),
            ExprKind::Field(of, _)
            | ExprKind::Has(of, _)
            | ExprKind::Not(of)
            | ExprKind::Negate(of)
            | ExprKind::Size(of)
            | ExprKind::Matches(of, _) => of.walk(visit),
            ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::Arithmetic(_, a, b)
            | ExprKind::In(a, b)
            | ExprKind::Index(a, b)
            | ExprKind::Test(_, a, b)
            | ExprKind::Comprehension(_, a, _, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            ExprKind::Choose(c, a, b) => [c, a, b].into_iter().for_each(|part| part.walk(visit)),
        }
    }

    /// The same, to change them.
    pub fn walk_mut(&mut self, visit: &mut impl FnMut(&mut Expr)) {
        visit(self);
        match &mut self.kind {
            ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Double(_)
            | ExprKind::Text(_)
            | ExprKind::Variable(_) => {}
            ExprKind::List(items) => items.iter_mut().for_each(|item| item.walk_mut(visit)),
            ExprKind::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                key.walk_mut(visit);
                value.walk_mut(visit);
            }),
            ExprKind::Field(of, _)
            | ExprKind::Has(of, _)
            | ExprKind::Not(of)
            | ExprKind::Negate(of)
            | ExprKind::Size(of)
            | ExprKind::Matches(of, _) => of.walk_mut(visit),
            ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::Arithmetic(_, a, b)
            | ExprKind::In(a, b)
            | ExprKind::Index(a, b)
            | ExprKind::Test(_, a, b)
            | ExprKind::Comprehension(_, a, _, b) => {
                a.walk_mut(visit);
                b.walk_mut(visit);
            }
            ExprKind::Choose(c, a, b) => {
                [c, a, b].into_iter().for_each(|part| part.walk_mut(visit))
            }
        }
    }
}

impl ValueType {
    /// Whether it is a number of either kind.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int | Self::Double)
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Int => f.write_str("int"),
            Self::Double => f.write_str("double"),
            Self::Text => f.write_str("string"),
            Self::List(item) => write!(f, "list of {item}"),
            Self::Map(key, value) => write!(f, "map of {key} to {value}"),
            Self::Struct(name) => write!(f, "{name}"),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Bool(value) => write!(f, "{value}"),
            ExprKind::Int(value) => write!(f, "{value}"),
            ExprKind::Double(value) => write!(f, "{value:?}"),
            ExprKind::Text(value) => write!(f, "{value:?}"),
            ExprKind::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            ExprKind::Map(entries) => {
                f.write_str("{")?;
                for (i, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{key}: {value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("}")
            }
            ExprKind::Variable(name) => f.write_str(name),
            ExprKind::Field(of, field) => write!(f, "{of}.{}", field.name.wire),
            ExprKind::Has(of, field) => write!(f, "has({of}.{})", field.name.wire),
            ExprKind::Not(of) => write!(f, "!{of}"),
            ExprKind::Negate(of) => write!(f, "-{of}"),
            ExprKind::And(a, b) => write!(f, "({a} && {b})"),
            ExprKind::Or(a, b) => write!(f, "({a} || {b})"),
            ExprKind::Choose(c, a, b) => write!(f, "({c} ? {a} : {b})"),
            ExprKind::Compare(op, a, b) => write!(f, "({a} {} {b})", op.sign()),
            ExprKind::Arithmetic(op, a, b) => write!(f, "({a} {} {b})", op.sign()),
            ExprKind::In(a, b) => write!(f, "({a} in {b})"),
            ExprKind::Index(of, key) => write!(f, "{of}[{key}]"),
            ExprKind::Size(of) => write!(f, "size({of})"),
            ExprKind::Test(test, of, with) => write!(f, "{of}.{}({with})", test.name()),
            ExprKind::Matches(of, pattern) => write!(f, "{of}.matches({:?})", pattern.text),
            ExprKind::Comprehension(kind, over, name, body) => {
                write!(f, "{over}.{}({name}, {body})", kind.name())
            }
        }
    }
}

impl Serialize for Expr {
    /// In the canonical notation: for review.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
