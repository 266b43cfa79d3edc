//! From a request to its answer. In: a request. Out: the answer, a line in the log and one in the journal; or
//! a connection that ends, where that is wanted.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use huaweicloud_core::server::{Operation, Route};
use hyper::{
    Request,
    body::Incoming,
    header::{DATE, HeaderValue},
};
use serde_json::json;

use super::{
    Answer, Broken, Hosts, answer,
    dispatch::Done,
    downloads, explorer,
    read::{self, Received},
    source::Source,
    troubled,
};
use crate::{
    admin::{self, Clock, Crashes, Journal, Metrics, Snapshots, Start},
    auth::{Gate, Issuer, Keys},
    faults::{Ending, Plan, Registry, Reset, Target},
    moment,
    neighbors::Stock,
    pace::Pace,
    plane::Plane,
    recorder::Recorder,
    services::Services,
    state::State,
    store::Store,
};

/// What to do with a request that breaks bounds or rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// It is refused, with the documented status and code.
    #[default]
    Strict,
    /// It is carried out as far as possible, and logged.
    Loose,
}

/// What a server is made of.
pub(crate) struct Parts {
    /// Nothing where anybody may call.
    pub(crate) gate: Option<Gate>,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) keys: Keys,
    pub(crate) hosts: Hosts,
    pub(crate) strictness: Strictness,
    pub(crate) state: State,
    pub(crate) store: Store,
    pub(crate) plane: Plane,
    pub(crate) stock: Stock,
    pub(crate) faults: Registry,
    pub(crate) source: Source,
    /// Where calls are recorded.
    pub(crate) recorder: Option<Recorder>,
    /// How long the parts of a request may take to arrive.
    pub(crate) patience: Duration,
}

/// Everything that answering needs.
pub(crate) struct Server {
    pub(super) services: Services,
    pub(super) gate: Option<Gate>,
    pub(super) issuer: Arc<Issuer>,
    pub(super) keys: Keys,
    hosts: Hosts,
    pub(super) strictness: Strictness,
    pub(super) state: Arc<Mutex<State>>,
    pub(super) store: Arc<Store>,
    /// What a reset comes back to.
    pub(crate) first_pace: Pace,
    pub(crate) plane: Plane,
    pub(super) stock: Stock,
    pub(crate) faults: Registry,
    pub(crate) journal: Journal,
    pub(crate) crashes: Crashes,
    pub(crate) metrics: Metrics,
    pub(crate) snapshots: Snapshots,
    pub(crate) clock: Arc<Clock>,
    pub(crate) source: Source,
    recorder: Option<Recorder>,
    pub(super) patience: Duration,
}

impl Server {
    pub(crate) fn new(parts: Parts) -> Self {
        let first_pace = parts.state.pace;
        Self {
            services: Services::new(),
            gate: parts.gate,
            issuer: parts.issuer,
            keys: parts.keys,
            hosts: parts.hosts,
            strictness: parts.strictness,
            state: Arc::new(Mutex::new(parts.state)),
            store: Arc::new(parts.store),
            first_pace,
            plane: parts.plane,
            stock: parts.stock,
            faults: parts.faults,
            journal: Journal::default(),
            crashes: Crashes::default(),
            metrics: Metrics::default(),
            snapshots: Snapshots::default(),
            clock: Arc::default(),
            source: parts.source,
            recorder: parts.recorder,
            patience: parts.patience,
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    ///
    /// Where the connection shall end without an answer.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Result<Answer, Broken> {
        let id = self.state().id();
        let mut answer = self.of_request(request, &id).await?;
        if let Ok(id) = HeaderValue::from_str(&id) {
            answer.headers_mut().insert("x-request-id", id);
        }
        if self.clock.is_skewed() {
            let date = moment::of_header(self.clock.of_signatures());
            if let Ok(date) = HeaderValue::from_str(&date) {
                answer.headers_mut().insert(DATE, date);
            }
        }
        Ok(answer)
    }

    async fn of_request(&self, request: Request<Incoming>, id: &str) -> Result<Answer, Broken> {
        let begun = Instant::now();
        let unread = |unread: read::Unread| {
            Ok(answer(unread.status(), Some(&json!({"message": unread.why()}))))
        };
        let mut received = match read::head(&request) {
            Ok(head) => head,
            Err(why) => return unread(why),
        };
        let (host, origin) = (received.header("host"), received.header("origin"));
        if let Err(why) = self.hosts.check(host, origin) {
            tracing::warn!(why, "refused");
            return Ok(answer(403, Some(&json!({"message": why}))));
        }
        let operation = self.operation(&received);
        let plan = operation.map_or_else(Plan::default, |operation| {
            self.faults.plan(&Target { operation, now: self.clock.now() })
        });
        let name = operation.map_or("none", |operation| operation.id);
        if plan.ending == Ending::Reset(Reset::BeforeReading) {
            self.begin(id, &received, name, &plan);
            self.metrics.count(name, 0, plan.faults.len(), begun.elapsed());
            return Err(Broken);
        }
        received.body = match read::body(request.into_body(), self.patience).await {
            Ok(body) => body,
            Err(why) => return unread(why),
        };
        if let Some(answer) = explorer::answered(self, &received) {
            return Ok(answer);
        }
        if let Some(page) = received.path().strip_prefix("/_emulator/instances/") {
            return Ok(downloads::answered(self, page).await);
        }
        if let Some(id) = received.path().strip_prefix("/_emulator/exports/") {
            return Ok(downloads::export(self, id));
        }
        if let Some(page) = received.path().strip_prefix("/_emulator/") {
            return Ok(admin::answered(self, page, &received).await);
        }
        self.begin(id, &received, name, &plan);
        let ended = self.of_call(&received, &plan, id).await;
        let status = ended.as_ref().map_or(0, |answer| answer.status().as_u16());
        self.metrics.count(name, status, plan.faults.len(), begun.elapsed());
        ended
    }

    fn begin(&self, id: &str, received: &Received, operation: &'static str, plan: &Plan) {
        if !plan.faults.is_empty() {
            tracing::info!(operation, faults = ?plan.faults, "injecting faults");
        }
        let faults = plan.faults.as_slice();
        self.journal.begin(&Start { id, received, operation, faults });
    }

    /// The operation that a request is for, by its head alone.
    pub(super) fn operation(&self, received: &Received) -> Option<&'static Operation> {
        match self.services.find(&received.method, received.path()).1 {
            Route::To(operation, _) => Some(operation),
            _ => None,
        }
    }

    /// The answer of a call, and what goes wrong with it.
    async fn of_call(&self, received: &Received, plan: &Plan, id: &str) -> Result<Answer, Broken> {
        if !plan.delay.is_zero() {
            tokio::time::sleep(plan.delay).await;
        }
        if plan.ending == Ending::Stall {
            // Until the caller has enough, or the emulator ends.
            std::future::pending::<()>().await;
        }
        let own = match plan.carries_out() {
            true => Some(self.own(received, plan, id).await),
            false => None,
        };
        let ended = troubled::ended(&plan.ending, own, id)?;
        if plan.ending != Ending::Own {
            self.journal.end(id, ended.status().as_u16(), None);
        }
        Ok(ended)
    }

    async fn own(&self, received: &Received, plan: &Plan, id: &str) -> Answer {
        let Done { answer, operation, code, why } = self.done(received, plan, id).await;
        let (method, path, status) = (&received.method, received.path(), answer.status().as_u16());
        match &why {
            None => tracing::info!(operation, status, "{method} {path}"),
            Some(why) => tracing::info!(operation, status, code, why, "{method} {path}"),
        }
        self.journal.end(id, status, code);
        if let Some(recorder) = self.recorder.as_ref().filter(|_| operation != "none") {
            recorder.add(self.origin(), received, &answer);
        }
        answer
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

/// A lock; what a task that panicked left is still whole, for nothing is changed in steps.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
