//! Looking names up. In: a way to list, and how long to look. Out: what exists, or that this is
//! unknown.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use super::{
    Difference, EnsureSettings, Listed, LookupError, Purchase, Resource, Stated, Unusable,
    compare::differences,
};
use crate::error::Verdict;

/// So many looks in a row may fail.
const FAILURES: u32 = 10;

/// The least pause between two looks.
const LEAST_PAUSE: Duration = Duration::from_secs(1);

/// How long to look for something that does not appear.
///
/// These times are what the promise to order at most once stands on: see
/// [`EnsureError::Unknown`](crate::EnsureError::Unknown).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookupPolicy {
    /// How long to look before ordering, where nothing is known of an earlier order; 15 s. It covers
    /// others, who have ordered without the same journal and whose instance is not listed yet.
    pub before: Duration,
    /// How long an order may take until what it made is listed; 3 minutes. So long is looked after an
    /// order of unknown outcome, and before a next one if the journal knows of it.
    pub after: Duration,
    /// The pause between two looks; 5 s, and never less than 1 s.
    pub every: Duration,
}

impl Default for LookupPolicy {
    #[inline]
    fn default() -> Self {
        Self {
            before: Duration::from_secs(15),
            after: Duration::from_secs(180),
            every: Duration::from_secs(5),
        }
    }
}

impl LookupPolicy {
    fn pause(&self) -> Duration {
        self.every.max(LEAST_PAUSE)
    }

    /// Looks that fit into a time: one at its begin, and one behind each pause.
    fn looks(&self, time: Duration) -> u128 {
        1 + time.as_millis().div_ceil(self.pause().as_millis())
    }
}

/// What looking has shown.
#[derive(Debug, PartialEq)]
pub(super) enum Seen {
    None,
    All(Vec<(Resource, Vec<Difference>)>),
    Some {
        found: Vec<(Resource, Vec<Difference>)>,
        missing: Vec<String>,
    },
    /// A name is there more than once.
    Duplicate(Vec<Resource>),
    /// Names are only there in states that do not count.
    Unusable {
        found: Vec<Unusable>,
        missing: Vec<String>,
    },
}

impl Seen {
    /// Whether another look can show nothing better.
    fn is_clear(&self) -> bool {
        match self {
            Self::All(_) | Self::Duplicate(_) => true,
            Self::Unusable { missing, .. } => missing.is_empty(),
            Self::None | Self::Some { .. } => false,
        }
    }
}

/// One who looks for the names of an order.
pub(super) struct Lookup<'a> {
    purchase: &'a dyn Purchase,
    names: &'a [String],
    stated: Vec<Stated>,
    policy: LookupPolicy,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(
        purchase: &'a dyn Purchase,
        names: &'a [String],
        settings: &EnsureSettings,
    ) -> Self {
        Self { purchase, names, stated: purchase.stated(), policy: settings.lookup }
    }

    /// Looks until all names are seen or the time is over, and says what was seen last.
    ///
    /// A look that fails says nothing, least of all that something is absent; it is made again. When
    /// too many fail in a row the last error is given. Where a list has others only, one more look
    /// follows: a list that changes between two of its pages may skip an item.
    pub(super) async fn over(&self, time: Duration) -> Result<Seen, LookupError> {
        let (mut left, mut failures, mut is_sure) = (self.policy.looks(time), 0, false);
        loop {
            match self.look().await {
                Ok((seen, is_blank)) => {
                    (left, failures) = (left.saturating_sub(1), 0);
                    let is_settled = is_sure || is_blank || seen != Seen::None;
                    if seen.is_clear() || left == 0 && is_settled {
                        return Ok(seen);
                    }
                    is_sure = left == 0;
                }
                Err(error) => {
                    failures += 1;
                    if !is_passing(&error) || failures > FAILURES {
                        return Err(error);
                    }
                }
            }
            tokio::time::sleep(if is_sure { LEAST_PAUSE } else { self.policy.pause() }).await;
        }
    }

    /// Looks once.
    pub(super) async fn once(&self) -> Result<Seen, LookupError> {
        Ok(self.look().await?.0)
    }

    /// Looks once, and says whether the list had nothing at all.
    async fn look(&self) -> Result<(Seen, bool), LookupError> {
        let listed = self.purchase.list().await.map_err(LookupError::call)?;
        let is_blank = listed.is_empty();
        Ok((self.sort(listed)?, is_blank))
    }

    /// What of a list has one of the names, in the order of the names.
    ///
    /// # Errors
    ///
    /// Something is missing, and the list has an item that cannot be told.
    fn sort(&self, listed: Vec<Listed>) -> Result<Seen, LookupError> {
        let (listed, unidentified) = distinct(listed);
        let (mut found, mut missing, mut unusable) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_duplicate = false;
        for name in self.names {
            let of_name = listed.iter().filter(|item| item.name == *name);
            let (broken, usable): (Vec<&Listed>, Vec<&Listed>) =
                of_name.partition(|item| self.is_unusable(item));
            is_duplicate |= usable.len() > 1;
            if usable.is_empty() {
                match broken.first() {
                    Some(item) => unusable.push(Unusable::new(item)),
                    None => missing.push(name.clone()),
                }
            }
            found.extend(usable.into_iter().map(|item| (item.resource(), self.differences(item))));
        }
        if is_duplicate {
            return Ok(Seen::Duplicate(found.into_iter().map(|(resource, _)| resource).collect()));
        }
        let unidentified = unidentified.into_iter().find(|item| self.may_be(item));
        if let Some(item) = unidentified.filter(|_| !missing.is_empty()) {
            return Err(LookupError::Unidentified(item));
        }
        Ok(match (unusable.is_empty(), found.is_empty(), missing.is_empty()) {
            (false, ..) => Seen::Unusable { found: unusable, missing },
            (true, _, true) => Seen::All(found),
            (true, true, false) => Seen::None,
            (true, false, false) => Seen::Some { found, missing },
        })
    }

    fn is_unusable(&self, item: &Listed) -> bool {
        self.purchase.unusable().iter().any(|state| item.status.eq_ignore_ascii_case(state))
    }

    fn differences(&self, item: &Listed) -> Vec<Difference> {
        differences(&self.stated, item)
    }

    /// Whether an item without a name or an id may be one of those that are looked for.
    fn may_be(&self, item: &Resource) -> bool {
        item.name.is_empty() || self.names.contains(&item.name)
    }
}

/// The items of a list, each id once: pages may overlap, and then what was read last holds. Beside them
/// those that have no name or no id.
fn distinct(listed: Vec<Listed>) -> (Vec<Listed>, Vec<Resource>) {
    let (mut items, mut unidentified): (Vec<Listed>, Vec<Resource>) = (Vec::new(), Vec::new());
    let mut places = BTreeMap::new();
    for item in listed {
        if item.id.trim().is_empty() || item.name.is_empty() {
            unidentified.push(item.resource());
            continue;
        }
        match places.entry(item.id.clone()) {
            Entry::Occupied(place) => items[*place.get()] = item,
            Entry::Vacant(place) => {
                place.insert(items.len());
                items.push(item);
            }
        }
    }
    (items, unidentified)
}

impl Listed {
    fn resource(&self) -> Resource {
        Resource { name: self.name.clone(), id: self.id.clone() }
    }
}

/// Whether a look that failed may succeed when it is made again.
fn is_passing(error: &LookupError) -> bool {
    match error {
        LookupError::Unidentified(_) => true,
        LookupError::Call(error) => error.is_retryable() || Verdict::of(error) == Verdict::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::{StatusCode, header::HeaderMap};

    use super::*;
    use crate::{
        Error, ErrorCatalog, ErrorEntry, ServiceError, Violation, Violations, redact::Redactor,
    };

    fn service(status: u16, body: &'static str) -> LookupError {
        static BUSY: &[ErrorEntry] = &[ErrorEntry::new("A.1", 400, "Busy.", "Wait.", true)];
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let (body, redactor) = (Bytes::from(body), Redactor::new(""));
        let error = ServiceError::new(status, &headers, body, false, redactor);
        let error = error.explained(ErrorCatalog::new(BUSY));
        LookupError::call(Error::Service(Box::new(error)))
    }

    #[test]
    fn looks_that_may_succeed_are_made_again() {
        for status in [408, 409, 425, 429, 499, 500, 501, 502, 503, 504] {
            assert!(is_passing(&service(status, "")), "{status}");
        }
        for status in [400, 401, 403, 404, 405, 422, 451] {
            assert!(!is_passing(&service(status, "")), "{status}");
        }
        // The service is busy, and says so in a code of its own.
        assert!(is_passing(&service(400, r#"{"error_code":"A.1"}"#)));
        assert!(!is_passing(&service(400, r#"{"error_code":"A.2"}"#)));
        let invalid = Violations::from(Violation::error("name", "pattern", "is bad"));
        assert!(!is_passing(&LookupError::call(invalid.into())));
        assert!(is_passing(&LookupError::Unidentified(Resource::default())));
    }
}
