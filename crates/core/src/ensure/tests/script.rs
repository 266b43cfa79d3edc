//! A scripted service. In: what it lists before and after an order, and how it responds to the order.
//! Out: a [`Purchase`] that counts its requests.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use super::super::*;
use crate::{ServiceError, redact::Redactor};

pub(super) const POLICY: LookupPolicy = LookupPolicy {
    before: Duration::from_secs(10),
    after: Duration::from_secs(30),
    every: Duration::from_secs(5),
};

pub(super) fn service_error(status: u16, body: &'static str) -> Error {
    let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
    let (body, redactor) = (Bytes::from(body), Redactor::new(""));
    Error::Service(Box::new(ServiceError::new(status, &headers, body, false, redactor)))
}

pub(super) fn resource(name: &str, id: &str) -> Resource {
    Resource { name: name.to_owned(), id: id.to_owned() }
}

/// An item of a list: its name, id and state.
pub(super) fn row(name: &str, id: &str, status: &str) -> Listed {
    let status = status.to_owned();
    Listed { status, ..Listed { name: name.to_owned(), id: id.to_owned(), ..Listed::default() } }
}

pub(super) fn settings() -> EnsureSettings {
    EnsureSettings {
        lookup: POLICY,
        journal: JournalChoice::None,
        process: Some(MemoryJournal::new()),
        ..EnsureSettings::default()
    }
}

/// A service that shows the same list until an order arrives, and from then on others, the last of them
/// again and again.
pub(super) struct Script {
    names: Vec<String>,
    stated: Vec<Stated>,
    before: Vec<Listed>,
    after: Mutex<VecDeque<Vec<Listed>>>,
    pub(super) answer: Mutex<Option<Result<Reported, Error>>>,
    /// What the next looks before an order and behind it give instead of a list; 0 for a list.
    pub(super) failing: Mutex<(VecDeque<u16>, VecDeque<u16>)>,
    /// How long the call of the order may take.
    pub(super) longest: Duration,
    /// Whether the order is never answered.
    pub(super) hangs: bool,
    /// Looks before an order and behind it.
    looks: Mutex<(u32, u32)>,
}

impl Script {
    pub(super) fn new(count: i64, before: &[Listed]) -> Self {
        Self {
            names: batch_names("a", count),
            stated: vec![Stated::new("engine", Compare::Text, "Redis".to_owned())],
            before: before.to_vec(),
            after: Mutex::default(),
            answer: Mutex::default(),
            failing: Mutex::default(),
            longest: Duration::ZERO,
            hangs: false,
            looks: Mutex::default(),
        }
    }

    pub(super) fn answers(self, answer: Result<Reported, Error>) -> Self {
        *lock(&self.answer) = Some(answer);
        self
    }

    pub(super) fn then(self, lists: &[&[Listed]]) -> Self {
        lock(&self.after).extend(lists.iter().map(|list| list.to_vec()));
        self
    }

    pub(super) fn looks(&self) -> (u32, u32) {
        *lock(&self.looks)
    }

    pub(super) async fn run(&self) -> Result<Ensured, EnsureError> {
        ensure(self, &settings()).await
    }

    pub(super) async fn said(&self) -> String {
        self.run().await.unwrap_err().to_string()
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Purchase for Script {
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn stated(&self) -> Vec<Stated> {
        self.stated.clone()
    }

    fn unusable(&self) -> &'static [&'static str] {
        &["FAILED", "DELETING"]
    }

    fn text(&self) -> String {
        String::new()
    }

    fn scope(&self) -> Compiled<'_, Result<String, Error>> {
        Box::pin(async { Ok("here".to_owned()) })
    }

    fn longest(&self) -> Duration {
        self.longest
    }

    fn state_folder(&self) -> Option<PathBuf> {
        None
    }

    fn list(&self) -> Compiled<'_, Result<Vec<Listed>, Error>> {
        let is_ordered = lock(&self.answer).is_none();
        let mut failing = lock(&self.failing);
        let next = if is_ordered { failing.1.pop_front() } else { failing.0.pop_front() };
        if let Some(status) = next.filter(|status| *status != 0) {
            return Box::pin(async move { Err(service_error(status, "")) });
        }
        let list = if is_ordered {
            lock(&self.looks).1 += 1;
            let mut after = lock(&self.after);
            if after.len() > 1 { after.pop_front() } else { after.front().cloned() }
        } else {
            lock(&self.looks).0 += 1;
            Some(self.before.clone())
        };
        Box::pin(async move { Ok(list.unwrap_or_default()) })
    }

    fn order(&self) -> Compiled<'_, Result<Reported, Error>> {
        let answer = lock(&self.answer).take().expect("ordered once, and only where it may be");
        let hangs = self.hangs;
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            answer
        })
    }
}

pub(super) fn reported(items: &[(&str, &str)]) -> Result<Reported, Error> {
    let items = items.iter().map(|(name, id)| resource(name, id)).collect();
    Ok(Reported { items, order_id: Some("order-1".to_owned()) })
}

/// An answer that must not be needed.
pub(super) fn unneeded() -> Result<Reported, Error> {
    Err(service_error(500, ""))
}
