//! Buying at most once. In: the names of what is wanted, a way to look for them, and a way to buy
//! them. Out: what is there in the end.
//!
//! The service gives no token that makes a purchase repeatable; names do. So: look first, buy at
//! most once, and when it is unknown whether that was carried out, look again. Lists lag behind:
//! "not there" is only believed when several looks in a row say so.

mod error;
mod outcome;

use std::{future::Future, time::Duration};

use crate::Error;
pub use error::{EnsureError, EnsureWaitError};
pub use outcome::{Ensured, Named, Origin, batch_names};

/// So many looks in a row may fail.
const FAILURES: u32 = 10;

/// How long to look for something that does not appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How long to look before buying; 15 s. It covers an earlier attempt, perhaps of another
    /// process, that has bought and whose instance is not listed yet.
    pub before: Duration,
    /// How long to look after a purchase of unknown outcome; 3 minutes.
    pub after: Duration,
    /// The pause between two looks; 5 s.
    pub every: Duration,
}

impl Default for Patience {
    #[inline]
    fn default() -> Self {
        Self {
            before: Duration::from_secs(15),
            after: Duration::from_secs(180),
            every: Duration::from_secs(5),
        }
    }
}

impl Patience {
    /// Looks that fit into a time: one at its begin, and one behind each pause.
    #[inline]
    fn looks(&self, time: Duration) -> u128 {
        let every = self.every.as_millis().max(1);
        1 + time.as_millis().div_ceil(every)
    }
}

/// Looks for all names, buys what is wanted if none of them is there, and says what is there then.
///
/// `look` lists what has one of the names, and may list more. `buy` is called at most once.
///
/// # Errors
///
/// [`EnsureError`]; each says whether something may have been bought.
#[doc(hidden)]
pub async fn ensure<L, B>(
    names: &[String],
    patience: Patience,
    mut look: impl FnMut() -> L,
    buy: impl FnOnce() -> B,
) -> Result<Ensured, EnsureError>
where
    L: Future<Output = Result<Vec<Named>, Error>>,
    B: Future<Output = Result<Ensured, Error>>,
{
    let before = look_for(names, patience, patience.before, &mut look).await;
    match before.map_err(|error| EnsureError::NotLooked(Box::new(error)))? {
        Seen::All(found) => return Ok(Ensured::found(found)),
        Seen::Twice(found) => return Err(EnsureError::Twice(found)),
        Seen::Some { found, missing } => return Err(EnsureError::Incomplete { found, missing }),
        Seen::None => {}
    }
    // The names are told by the errors here.
    let cause = match buy().await.map_err(Error::into_cause) {
        Ok(bought) if bought.holds(names) => return Ok(bought),
        // It is bought, but the answer does not say what.
        Ok(bought) => Cause::Unsaid(bought.order_id),
        Err(error) if is_refusal(&error) => return Err(EnsureError::Refused(Box::new(error))),
        Err(error) => Cause::Unknown(Box::new(error)),
    };
    match look_for(names, patience, patience.after, &mut look).await {
        Ok(Seen::All(found)) => Ok(cause.into_ensured(found)),
        Ok(Seen::Twice(found)) => Err(EnsureError::Twice(found)),
        Ok(Seen::Some { found, missing }) => {
            Err(EnsureError::Unknown { found, missing, cause: cause.into_error() })
        }
        Ok(Seen::None) | Err(_) => Err(EnsureError::Unknown {
            found: Vec::new(),
            missing: names.to_vec(),
            cause: cause.into_error(),
        }),
    }
}

/// What looking has shown.
enum Seen {
    None,
    All(Vec<Named>),
    Some { found: Vec<Named>, missing: Vec<String> },
    Twice(Vec<Named>),
}

/// Why it must be looked for what was bought.
enum Cause {
    Unknown(Box<Error>),
    Unsaid(Option<String>),
}

impl Cause {
    #[inline]
    fn into_ensured(self, found: Vec<Named>) -> Ensured {
        match self {
            Self::Unknown(_) => Ensured { origin: Origin::Adopted, ..Ensured::found(found) },
            Self::Unsaid(order_id) => {
                Ensured { origin: Origin::Bought, order_id, ..Ensured::found(found) }
            }
        }
    }

    #[inline]
    fn into_error(self) -> Option<Box<Error>> {
        match self {
            Self::Unknown(error) => Some(error),
            Self::Unsaid(_) => None,
        }
    }
}

/// Looks until all names are seen or the time is over, and says what was seen last.
///
/// A look that fails says nothing, least of all that something is absent; it is made again. When too
/// many fail in a row the last error is given.
async fn look_for<L>(
    names: &[String],
    patience: Patience,
    time: Duration,
    look: &mut impl FnMut() -> L,
) -> Result<Seen, Error>
where
    L: Future<Output = Result<Vec<Named>, Error>>,
{
    let (mut looks, mut failures) = (0, 0);
    loop {
        match look().await {
            Ok(listed) => {
                (looks, failures) = (looks + 1, 0);
                let seen = sort(names, &listed);
                let is_clear = matches!(seen, Seen::All(_) | Seen::Twice(_));
                if is_clear || looks >= patience.looks(time) {
                    return Ok(seen);
                }
            }
            Err(error) => {
                failures += 1;
                let is_passing = matches!(error, Error::Connect(_)) || error.is_retryable();
                if is_refusal(&error) && !is_passing || failures > FAILURES {
                    return Err(error);
                }
            }
        }
        tokio::time::sleep(patience.every).await;
    }
}

/// What of a list has one of the names, in the order of the names.
#[inline]
fn sort(names: &[String], listed: &[Named]) -> Seen {
    let (mut found, mut missing, mut is_twice) = (Vec::new(), Vec::new(), false);
    for name in names {
        let before = found.len();
        found.extend(listed.iter().filter(|item| item.name == *name).cloned());
        match found.len() - before {
            0 => missing.push(name.clone()),
            1 => {}
            _ => is_twice = true,
        }
    }
    if is_twice {
        return Seen::Twice(found);
    }
    match (found.is_empty(), missing.is_empty()) {
        (_, true) => Seen::All(found),
        (true, false) => Seen::None,
        (false, false) => Seen::Some { found, missing },
    }
}

/// Whether nothing was carried out for sure: nothing was sent, or the service refused it with a
/// status that says so. An error of a kind that is not listed here may hide anything.
#[inline]
fn is_refusal(error: &Error) -> bool {
    match error {
        Error::Config(_)
        | Error::Credentials(_)
        | Error::Invalid(_)
        | Error::Request(_)
        | Error::Connect(_) => true,
        Error::Service(error) => {
            let status = error.status();
            status.is_client_error() && !matches!(status.as_u16(), 408 | 409 | 425 | 429)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
