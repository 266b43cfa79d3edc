//! Ordering at most once. In: an order, as a generated client describes it, and how to look up what it
//! orders. Out: what exists in the end.
//!
//! The service has no idempotency token for orders; names take its place. So: take turns with everybody who
//! orders the same names, look them up first, record that an order is about to be sent, order at most once, and
//! look the names up again if the outcome is unknown. Lists are eventually consistent, and an order may be
//! carried out late: absence is only believed after lookups over some time, and that
//! time starts again with every order that may be pending.

mod compare;
mod error;
mod journal;
mod lookup;
mod outcome;
mod payment;
mod purchase;
mod ready;
mod settings;
mod turn;

use crate::{Error, compiled::Compiled, error::Verdict};
pub use compare::{Compare, Difference, Stated, differences, said};
pub use error::{EnsureError, LookupError, Unusable};
pub use journal::{
    FileJournal, Intention, IntentionOutcome, Journal, JournalError, JournalFuture, JournalTurn,
    MemoryJournal,
};
pub use lookup::LookupPolicy;
pub use outcome::{Ensured, Provenance, Resource, batch_names};
pub use payment::{OrderState, OrderStateFuture, OrderStates};
pub use purchase::{Listed, Purchase, Reported, longest, scope, state_folder};
pub use ready::{EnsureWaitError, WaitOptions};
pub use settings::{EnsureSettings, JournalChoice};

use lookup::{Lookup, Seen};
use turn::Turn;

/// Looks for all names, orders what is wanted if none of them is there, and says what is there then.
///
/// # Errors
///
/// [`EnsureError`]; each says whether something may have been ordered.
pub fn ensure<'a>(
    purchase: &'a dyn Purchase,
    settings: &'a EnsureSettings,
) -> Compiled<'a, Result<Ensured, EnsureError>> {
    Box::pin(async move {
        let names = purchase.names();
        let scope = purchase.scope().await.map_err(LookupError::call)?;
        let mut turn = Turn::take(settings, scope, &names, purchase.state_folder()).await?;
        let lookup = Lookup::new(purchase, &names, settings);
        let before = turn.patience().await?;
        match settle(lookup.over(before).await?, settings)? {
            Settled::All(found) => return Ok(Ensured::found(found)),
            Settled::Some { found, missing } => {
                return Err(EnsureError::Incomplete { found, missing });
            }
            Settled::None => {}
        }
        turn.begin(&purchase.text(), purchase.longest()).await?;
        let answer = purchase.order().await;
        turn.returned().await;
        // The names are told by the errors here.
        let end = match answer.map_err(Error::into_cause) {
            Ok(Reported { items, order_id }) => match outcome::in_order(&names, &items) {
                Some(items) => {
                    turn.end(IntentionOutcome::Created).await;
                    return Ok(Ensured::created(items, order_id));
                }
                // It is ordered, but the answer does not say what, or something else.
                None => End::Accepted { reported: items, order_id },
            },
            Err(error) => match Verdict::of(&error) {
                Verdict::NotSent => {
                    turn.end(IntentionOutcome::Refused).await;
                    return Err(EnsureError::Refused(Box::new(error)));
                }
                Verdict::Refused => End::Refused(Box::new(error)),
                Verdict::Unknown => End::Unknown(Box::new(error)),
            },
        };
        let seen = match &end {
            End::Refused(_) if !Verdict::Refused.leaves_open(names.len()) => lookup.once().await,
            _ => lookup.over(settings.lookup.after).await,
        };
        let result = end.judge(seen, &names, settings);
        match &result {
            Ok(_) => turn.end(IntentionOutcome::Created).await,
            Err(EnsureError::Refused(_)) => turn.end(IntentionOutcome::Refused).await,
            Err(_) => {}
        }
        result
    })
}

/// What looking has shown, where nothing of it is in doubt.
enum Settled {
    None,
    All(Vec<Resource>),
    Some { found: Vec<Resource>, missing: Vec<String> },
}

/// Takes what is there for what is wanted, unless something speaks against it.
fn settle(seen: Seen, settings: &EnsureSettings) -> Result<Settled, EnsureError> {
    let same = |found: Vec<(Resource, Vec<Difference>)>| {
        let different = found.iter().find(|(_, differences)| !differences.is_empty());
        match different {
            Some((Resource { name, id }, differences)) if !settings.allow_differences => {
                Err(EnsureError::Different {
                    name: name.clone(),
                    id: id.clone(),
                    differences: differences.clone(),
                    ordered: false,
                    cause: None,
                })
            }
            _ => Ok(found.into_iter().map(|(resource, _)| resource).collect()),
        }
    };
    match seen {
        Seen::None => Ok(Settled::None),
        Seen::All(found) => same(found).map(Settled::All),
        Seen::Some { found, missing } => Ok(Settled::Some { found: same(found)?, missing }),
        Seen::Duplicate(found) => {
            Err(EnsureError::Duplicate { found, ordered: false, cause: None })
        }
        Seen::Unusable { found, .. } => {
            Err(EnsureError::Unusable { found, ordered: false, cause: None })
        }
    }
}

/// What came of an order whose result must be looked for.
enum End {
    /// It was reported as done, but not for what was ordered.
    Accepted {
        reported: Vec<Resource>,
        order_id: Option<String>,
    },
    Refused(Box<Error>),
    Unknown(Box<Error>),
}

impl End {
    /// The end of it, by what is there now.
    fn judge(
        self,
        seen: Result<Seen, LookupError>,
        names: &[String],
        settings: &EnsureSettings,
    ) -> Result<Ensured, EnsureError> {
        let none = || (Vec::new(), names.to_vec());
        let (found, missing) = match seen {
            Ok(seen) => match settle(seen, settings) {
                Ok(Settled::All(found)) => return Ok(self.into_ensured(found)),
                Ok(Settled::Some { found, missing }) => (found, missing),
                Ok(Settled::None) => none(),
                Err(error) => return Err(self.before(error, names.len())),
            },
            // Of a batch, part may be there that nobody could see.
            Err(_) if names.len() > 1 => return Err(self.unknown(Vec::new(), names.to_vec())),
            Err(_) => none(),
        };
        match self {
            Self::Refused(error) if found.is_empty() => Err(EnsureError::Refused(error)),
            end => Err(end.unknown(found, missing)),
        }
    }

    fn into_ensured(self, found: Vec<Resource>) -> Ensured {
        match self {
            Self::Accepted { order_id, .. } => Ensured::created(found, order_id),
            Self::Refused(_) | Self::Unknown(_) => Ensured::adopted(found),
        }
    }

    fn unknown(self, found: Vec<Resource>, missing: Vec<String>) -> EnsureError {
        let (reported, order_id, cause) = match self {
            Self::Accepted { reported, order_id } => (reported, order_id, None),
            Self::Refused(error) | Self::Unknown(error) => (Vec::new(), None, Some(error)),
        };
        EnsureError::Unknown { found, missing, reported, order_id, cause }
    }

    /// What was seen after this end, with what it was the end of.
    fn before(self, mut seen: EnsureError, count: usize) -> EnsureError {
        if let EnsureError::Duplicate { ordered, cause, .. }
        | EnsureError::Different { ordered, cause, .. }
        | EnsureError::Unusable { ordered, cause, .. } = &mut seen
        {
            // A single order that is refused has come to nothing.
            *ordered = match &self {
                Self::Refused(_) => Verdict::Refused.leaves_open(count),
                Self::Accepted { .. } | Self::Unknown(_) => true,
            };
            *cause = match self {
                Self::Accepted { .. } => None,
                Self::Refused(error) | Self::Unknown(error) => Some(error),
            };
        }
        seen
    }
}

#[cfg(test)]
mod tests;
