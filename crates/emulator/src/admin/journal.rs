//! What the emulator was asked. In: requests, when they begin and when they end. Out: the last ones, oldest
//! first and without secrets, to assert on.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use serde_json::Value;

use crate::{http::Received, mask};

/// Requests that are kept.
const KEPT: usize = 1000;
/// Most bytes of a body that is kept.
const MAX_BODY: usize = 16 * 1024;

/// A request that the emulator saw.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seen {
    /// The id that its answer has.
    pub id: String,
    /// In upper case.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Names and values of the query, in their order.
    pub query: Vec<(String, String)>,
    /// The operationId; `none` where it is for none.
    pub operation: String,
    /// Nothing as long as there is no answer.
    pub status: Option<u16>,
    /// The code of a refusal.
    pub error_code: Option<String>,
    /// The body as JSON, with `[redacted]` in place of secrets; nothing if it is none, or long.
    pub body: Option<Value>,
    /// The ids of the faults that struck it.
    pub faults: Vec<u64>,
}

/// A request that begins.
pub(crate) struct Start<'a> {
    pub(crate) id: &'a str,
    pub(crate) received: &'a Received,
    pub(crate) operation: &'static str,
    pub(crate) faults: &'a [u64],
}

/// The last requests.
#[derive(Default)]
pub(crate) struct Journal {
    seen: Mutex<VecDeque<Seen>>,
}

impl Journal {
    pub(crate) fn begin(&self, start: &Start<'_>) {
        let Start { id, received, operation, faults } = *start;
        // What is for no operation may hold anything.
        let is_kept = operation != "none" && received.body.len() <= MAX_BODY;
        let body = is_kept.then(|| serde_json::from_slice(&received.body).ok()).flatten();
        let seen = Seen {
            id: id.to_owned(),
            method: received.method.clone(),
            path: received.path().to_owned(),
            query: received.query(),
            operation: operation.to_owned(),
            status: None,
            error_code: None,
            body: body.map(mask::masked),
            faults: faults.to_vec(),
        };
        let mut all = self.lock();
        if all.len() == KEPT {
            all.pop_front();
        }
        all.push_back(seen);
    }

    pub(crate) fn end(&self, id: &str, status: u16, error_code: Option<String>) {
        let mut all = self.lock();
        // It is among the last ones.
        if let Some(seen) = all.iter_mut().rev().find(|seen| seen.id == id) {
            seen.status = Some(status);
            seen.error_code = error_code;
        }
    }

    pub(crate) fn all(&self) -> Vec<Seen> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
