//! From a request to its answer. In: a request. Out: the answer, a line in the log and one in the journal.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use huaweicloud_core::server::{Needed, Operation, Route, Routes};
use huaweicloud_dcs_server::OPERATIONS;
use hyper::{
    Request,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};

use super::{
    Answer, answer, iam,
    origin::Hosts,
    pages,
    read::{self, Received},
};
use crate::{
    auth::{self, Gate, Keys},
    behavior::{self, Live, Question, Said},
    call::{Call, Reply},
    example, moment,
    pace::Pace,
    plane::Plane,
    refusal::Refusal,
    state::{Act, Effect, Outcome, State},
};

/// How long an answer waits for processes to do what it says.
const PLANE_TIME: Duration = Duration::from_secs(20);
/// Requests that the journal keeps.
const JOURNAL: usize = 1000;

/// What to do with a request that breaks bounds or rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// It is refused, with the documented status and code.
    #[default]
    Strict,
    /// It is carried out as far as possible, and logged.
    Loose,
}

/// Everything that answering needs.
pub(crate) struct Server {
    routes: Routes,
    /// Nothing where anybody may call.
    gate: Option<Gate>,
    keys: Keys,
    hosts: Hosts,
    strictness: Strictness,
    state: Arc<Mutex<State>>,
    pub(super) plane: Plane,
    journal: Mutex<VecDeque<Value>>,
}

impl Server {
    pub(crate) fn new(
        gate: Option<Gate>,
        keys: Keys,
        hosts: Hosts,
        strictness: Strictness,
        state: State,
        plane: Plane,
    ) -> Self {
        let state = Arc::new(Mutex::new(state));
        let routes = Routes::new(OPERATIONS);
        Self { routes, gate, keys, hosts, strictness, state, plane, journal: Mutex::default() }
    }

    /// Answers a request; whatever arrives gets an answer.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Answer {
        let id = self.state().id();
        let mut answer = match read::read(request).await {
            Err(unread) => answer(unread.status(), Some(&json!({"message": unread.why()}))),
            Ok(received) => self.of_received(&received, &id).await,
        };
        if let Ok(id) = HeaderValue::from_str(&id) {
            answer.headers_mut().insert("x-request-id", id);
        }
        answer
    }

    async fn of_received(&self, received: &Received, id: &str) -> Answer {
        let (host, origin) = (received.header("host"), received.header("origin"));
        if let Err(why) = self.hosts.check(host, origin) {
            tracing::warn!(why, "refused");
            return answer(403, Some(&json!({"message": why})));
        }
        if let Some(page) = received.path().strip_prefix("/_emulator/") {
            return pages::answered(self, page, received).await;
        }
        if let Some(answer) = iam::answered(received, self.gate.as_ref(), &self.keys) {
            return answer;
        }
        let (operation, result) = self.of_api(received).await;
        let (status, body, code) = match &result {
            Ok(reply) => (reply.status, reply.body.clone(), None),
            Err(refusal) => (refusal.status, Some(refusal.body(id)), Some(refusal.code)),
        };
        let name = operation.map_or("none", |operation| operation.id);
        let (method, path) = (&received.method, received.path());
        match &result {
            Ok(_) => tracing::info!(operation = name, status, "{method} {path}"),
            Err(refusal) => {
                let why = &refusal.detail;
                tracing::info!(operation = name, status, code, why, "{method} {path}");
            }
        }
        self.remember(json!({
            "id": id, "method": method, "path": path, "operation": name, "status": status,
            "error_code": code,
        }));
        let mut answer = answer(status, body.as_ref());
        if let (None, Some(media)) = (&body, operation.and_then(|one| media(one, status))) {
            // A file with nothing in it is one all the same.
            answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
        }
        answer
    }

    /// Route, caller, body, checks, behavior.
    async fn of_api(
        &self,
        received: &Received,
    ) -> (Option<&'static Operation>, Result<Reply, Refusal>) {
        let now = moment::now();
        let (operation, path) = match self.routes.find(&received.method, received.path()) {
            Route::To(operation, path) => (operation, path),
            Route::OtherMethod(methods) => {
                let detail = format!("There is {} here.", methods.join(", "));
                return (None, Err(Refusal::new("DCS.5001", detail)));
            }
            Route::Nowhere => return (None, Err(Refusal::new("APIGW.0101", ""))),
        };
        (Some(operation), self.of_operation(operation, path, received, now).await)
    }

    async fn of_operation(
        &self,
        operation: &'static Operation,
        path: Vec<(&'static str, String)>,
        received: &Received,
        now: u64,
    ) -> Result<Reply, Refusal> {
        if let Some(gate) = &self.gate {
            let Received { method, target, headers, body } = received;
            gate.check(&auth::Request { method, target, headers, body }, now)?;
            let project = path.iter().find(|(name, _)| *name == "project_id");
            let project = project.map_or("", |(_, value)| value);
            gate.check_project(project, received.header("authorization").is_none())?;
        }
        let body = body_of(operation, &received.body)?;
        let (query, headers) = (received.query(), received.headers.clone());
        let call = Call { operation, path, query, headers, body, now };
        self.check(&call)?;
        if let Some(live) = behavior::live(operation) {
            return self.of_live(live, &call).await;
        }
        let (reply, effects, pace) = {
            let mut state = self.state();
            state.advance(now);
            let reply = match behavior::of(operation) {
                Some(behavior) => behavior(&mut state, &call),
                None => example::answer(&state, &call),
            }?;
            (reply, state.take_effects(), state.pace)
        };
        self.carry_out(effects, pace).await?;
        Ok(reply)
    }

    /// Asks the processes, then answers.
    async fn of_live(&self, live: Live, call: &Call) -> Result<Reply, Refusal> {
        let questions = {
            let mut state = self.state();
            state.advance(call.now);
            (live.ask)(&state, call)?
        };
        let mut said = Vec::with_capacity(questions.len());
        for Question { instance, command } in questions {
            let effect = Effect { instance: instance.clone(), act: Act::Ask(command) };
            let reply = match self.plane.submit(effect).await {
                Outcome::Said(reply) => reply,
                Outcome::Failed(why) => {
                    tracing::warn!(instance, why, "the process did not reply");
                    Value::Null
                }
                _ => Value::Null,
            };
            said.push(Said { instance, reply });
        }
        (live.answer)(&self.state(), call, &said)
    }

    fn check(&self, call: &Call) -> Result<(), Refusal> {
        let violations = call.operation.violations(&call.given());
        for violation in violations.iter() {
            let rule = &violation.rule;
            tracing::warn!(operation = call.operation.id, %rule, "{violation}");
        }
        match (Refusal::of_violations(&violations, call.body.is_some()), self.strictness) {
            (Some(refusal), Strictness::Strict) => Err(refusal),
            _ => Ok(()),
        }
    }

    /// Hands effects to the data plane. Waits for those that an answer speaks of.
    pub(super) async fn carry_out(&self, effects: Vec<Effect>, pace: Pace) -> Result<(), Refusal> {
        let mut waiting = Vec::new();
        for effect in effects {
            let is_awaited = pace == Pace::Immediate || effect.act.is_quick();
            let outcome = self.plane.submit(effect.clone());
            let state = Arc::clone(&self.state);
            let done = tokio::spawn(async move {
                let outcome = outcome.await;
                if let Outcome::Failed(why) = &outcome {
                    tracing::error!(instance = effect.instance, why, "the data plane failed");
                }
                locked(&state).finished(&effect, &outcome, moment::now());
                (effect, outcome)
            });
            waiting.extend(is_awaited.then_some(done));
        }
        for done in waiting {
            match tokio::time::timeout(PLANE_TIME, done).await {
                Ok(Ok((effect, Outcome::Failed(why)))) if effect.act.is_quick() => {
                    return Err(Refusal::new("DCS.4066", why));
                }
                Ok(_) => {}
                Err(_) => tracing::warn!("the data plane is slow; the answer does not wait for it"),
            }
        }
        Ok(())
    }

    /// The last requests, oldest first.
    pub(super) fn journal(&self) -> Value {
        json!(*locked(&self.journal))
    }

    fn remember(&self, entry: Value) {
        let mut journal = locked(&self.journal);
        if journal.len() == JOURNAL {
            journal.pop_front();
        }
        journal.push_back(entry);
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

/// The documented kind of an answer's body.
fn media(operation: &Operation, status: u16) -> Option<&'static str> {
    operation.answers.iter().find(|answer| answer.code() == Some(status))?.media
}

/// The body as JSON; an empty one is none. What an operation without a body is sent does not count.
fn body_of(operation: &Operation, bytes: &[u8]) -> Result<Option<Value>, Refusal> {
    if operation.body.is_none() || bytes.trim_ascii().is_empty() {
        return match operation.body {
            Some(Needed::Always) => Err(Refusal::new("DCS.4004", "")),
            _ => Ok(None),
        };
    }
    let read = serde_json::from_slice(bytes);
    read.map(Some).map_err(|error| Refusal::new("DCS.4005", format!("It is no JSON: {error}.")))
}

/// A lock; what a task that panicked left is still whole, for nothing is changed in steps.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
