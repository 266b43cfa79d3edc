//! Why it is not certain that everything exists exactly once.

use std::fmt::{self, Display};

use super::{Difference, JournalError, Listed, Resource};
use crate::{Error, readable_debug};

/// Why it is not sure that everything is there once.
///
/// Displays as one line that says what happened, what to look for, and what to do; so does `Debug`, with
/// what is behind it.
#[non_exhaustive]
pub enum EnsureError {
    /// It could not be looked for. Nothing was ordered.
    LookupFailed(LookupError),
    /// Some of a batch are there. Nothing was ordered: another batch would repeat their names.
    Incomplete {
        /// What is there.
        found: Vec<Resource>,
        /// What is not.
        missing: Vec<String>,
    },
    /// Several have the same name, and nobody can say which is meant.
    #[non_exhaustive]
    Duplicate {
        /// All that have one of the names.
        found: Vec<Resource>,
        /// Whether an order was sent before that was seen; else nothing was ordered.
        ordered: bool,
        /// What came of that order, if it was not reported as done.
        cause: Option<Box<Error>>,
    },
    /// Something has the name, and is not what the order states. Nothing was ordered, unless `ordered`
    /// says so. `allow_differences` takes it all the same.
    #[non_exhaustive]
    Different {
        /// The name.
        name: String,
        /// The id of what has it.
        id: String,
        /// All that differs.
        differences: Vec<Difference>,
        /// Whether an order was sent before that was seen; else nothing was ordered.
        ordered: bool,
        /// What came of that order, if it was not reported as done.
        cause: Option<Box<Error>>,
    },
    /// What has the name is in a state in which it does not count as there, such as after a creation
    /// that failed. Nothing was ordered, unless `ordered` says so.
    #[non_exhaustive]
    Unusable {
        /// What is there, one for each name.
        found: Vec<Unusable>,
        /// Whether an order was sent before that was seen; else nothing was ordered.
        ordered: bool,
        /// What came of that order, if it was not reported as done.
        cause: Option<Box<Error>>,
    },
    /// The journal could not be read or written. Nothing was ordered.
    Journal(JournalError),
    /// The order was refused, or never left. Nothing was ordered: of a batch, none appeared.
    Refused(Box<Error>),
    /// Something may have been ordered, but it did not appear in time.
    ///
    /// It was not tried again. Calling again is safe where the journal was in use: it knows of the order,
    /// and so the call looks as long as [`LookupPolicy::after`](crate::LookupPolicy::after) says, counted
    /// from that order, before it orders again. Without a journal it is not safe until that time is
    /// over, unless the call is told that it `may_have_been_ordered`.
    #[non_exhaustive]
    Unknown {
        /// What is there.
        found: Vec<Resource>,
        /// What is not there yet.
        missing: Vec<String>,
        /// What the answer named, if the order was reported as done, but not for what was ordered.
        reported: Vec<Resource>,
        /// The order, if the answer named one: it can be looked up where orders are paid.
        order_id: Option<String>,
        /// What came of the order; nothing if it was reported as done.
        cause: Option<Box<Error>>,
    },
}

/// Why it could not be looked for.
#[non_exhaustive]
pub enum LookupError {
    /// The list gave an error.
    Call(Box<Error>),
    /// The list has an item without a name or without an id, which may be what was looked for.
    Unidentified(Resource),
}

/// What has a name and is in a state in which it does not count as there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unusable {
    /// Its name and id.
    pub resource: Resource,
    /// Its state, as the service calls it.
    pub status: String,
}

impl EnsureError {
    /// May something have been ordered that is not accounted for?
    pub fn is_unknown_outcome(&self) -> bool {
        match self {
            Self::Unknown { .. } => true,
            Self::Duplicate { ordered, .. }
            | Self::Different { ordered, .. }
            | Self::Unusable { ordered, .. } => *ordered,
            Self::LookupFailed(_)
            | Self::Incomplete { .. }
            | Self::Journal(_)
            | Self::Refused(_) => false,
        }
    }

    /// The error of a call, if one is behind it.
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::LookupFailed(LookupError::Call(error)) | Self::Refused(error) => Some(error),
            Self::Unknown { cause, .. }
            | Self::Duplicate { cause, .. }
            | Self::Different { cause, .. }
            | Self::Unusable { cause, .. } => cause.as_deref(),
            _ => None,
        }
    }
}

impl LookupError {
    pub(super) fn call(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl Unusable {
    pub(super) fn new(item: &Listed) -> Self {
        let (name, id) = (item.name.clone(), item.id.clone());
        Self { resource: Resource { name, id }, status: item.status.clone() }
    }
}

impl From<LookupError> for EnsureError {
    fn from(error: LookupError) -> Self {
        Self::LookupFailed(error)
    }
}

impl From<JournalError> for EnsureError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl Display for EnsureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LookupFailed(error) => {
                write!(f, "the lookup failed; nothing was ordered: {error}")
            }
            Self::Incomplete { found, missing } => write!(
                f,
                "of the batch only {} is there, nothing was ordered; missing: {}; complete it by \
                 single orders, or delete what is there",
                Comma(found),
                missing.join(", ")
            ),
            Self::Duplicate { found, ordered, cause } => write!(
                f,
                "a name is there more than once, so it is not known which is meant: {}; {}",
                Comma(found),
                Sent(*ordered, cause, "rename or delete the others")
            ),
            Self::Different { name, id, differences, ordered, cause } => write!(
                f,
                "{name} ({id}) is not what was ordered: {}; {}",
                Comma(differences),
                Sent(*ordered, cause, "take another name, or allow differences")
            ),
            Self::Unusable { found, ordered, cause } => write!(
                f,
                "{} and cannot be used; {}",
                Comma(found),
                Sent(*ordered, cause, "delete it and order again, or take another name")
            ),
            Self::Journal(error) => write!(f, "nothing was ordered: {error}"),
            Self::Refused(error) => error.fmt(f),
            Self::Unknown { missing, reported, order_id, cause, .. } => {
                write!(
                    f,
                    "the outcome is unknown: look for {} before ordering again",
                    missing.join(", ")
                )?;
                match cause {
                    Some(error) => write!(f, " ({error})"),
                    None if reported.is_empty() => {
                        f.write_str(" (the order was accepted, but nothing appeared)")
                    }
                    None => write!(f, " (the order was accepted for {})", Comma(reported)),
                }?;
                match order_id {
                    Some(id) => write!(f, "; its order is {id}"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Unidentified(Resource { name, id }) if id.trim().is_empty() => {
                write!(
                    f,
                    "the list has {} without an id",
                    if name.is_empty() { "an item" } else { name }
                )
            }
            Self::Unidentified(Resource { id, .. }) => {
                write!(f, "the list has {id} without a name")
            }
        }
    }
}

impl Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.resource, self.status)
    }
}

impl Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.id)
    }
}

readable_debug!(EnsureError, LookupError);

impl std::error::Error for EnsureError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Journal(error) => error.source(),
            _ => self.call().map(|error| error as _),
        }
    }
}

impl std::error::Error for LookupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Unidentified(_) => None,
        }
    }
}

/// All of a list in one line.
pub(super) struct Comma<'a, T>(pub(super) &'a [T]);

impl<T: Display> Display for Comma<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// Whether an order was sent, what came of it, and what to do.
struct Sent<'a>(bool, &'a Option<Box<Error>>, &'static str);

impl Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(ordered, cause, advice) = self;
        f.write_str(match ordered {
            true => "an order was sent before, and its outcome is unknown",
            false => "nothing was ordered",
        })?;
        if let Some(cause) = cause {
            write!(f, " ({cause})")?;
        }
        write!(f, "; {advice}")
    }
}
