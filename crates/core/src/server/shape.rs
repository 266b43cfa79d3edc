//! The documented shapes of responses. In: generated tables. Out: the shape of a value, to compare
//! with what a service really returns.

use std::fmt;

/// What a value is documented to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A text: one of these, or any if there are none.
    Text(&'static [&'static str]),
    /// A text that must never be shown.
    Secret,
    /// A list of such values.
    List(&'static Shape),
    /// An object whose keys are data.
    Map(&'static Shape),
    /// An object with known fields.
    Object(&'static Structure),
}

/// An object with known fields.
#[derive(Clone, Copy)]
pub struct Structure {
    /// As the document calls it.
    pub name: &'static str,
    /// Its fields, in document order.
    pub fields: &'static [Member],
    /// What fields without a name of their own are, if there may be some.
    pub others: Option<Shape>,
}

/// A field of a structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// As it travels.
    pub name: &'static str,
    /// Whether it is documented to be always there.
    pub needed: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// What it is.
    pub shape: Shape,
}

/// By its name alone: a structure may hold itself.
impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A table has each name once.
impl PartialEq for Structure {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.fields, other.fields) && self.name == other.name
    }
}

impl Eq for Structure {}
