//! What a call does. In: a request that was read whole. Out: its answer: from IAM's tokens, the metadata service, a
//! neighbor, or DCS with its processes.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use huaweicloud_core::server::{Needed, Operation, Place, Route};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::{
    Answer, Server, Strictness, answer, iam, metadata, read::Received, server::locked, typed,
};
use crate::{
    auth,
    behavior::{self, Live, Question, Said},
    call::{Call, Reply},
    example,
    faults::Plan,
    neighbors::{self, Owner},
    pace::Pace,
    refusal::Refusal,
    services::Service,
    state::{Effect, Fate, Outcome, State},
    store::Store,
};

/// How long an answer waits for processes to do what it says.
const PLANE_TIME: Duration = Duration::from_secs(20);
/// The account that everything belongs to.
pub(super) const DOMAIN: &str = "fedcba9876543210fedcba9876543210";
/// The header by which a request asks for a pace of its own.
const PACE: &str = "x-emulator-time";

/// A call that was answered.
pub(super) struct Done {
    pub(super) answer: Answer,
    /// The operationId, or what else it was for.
    pub(super) operation: &'static str,
    /// Of a refusal.
    pub(super) code: Option<String>,
    pub(super) why: Option<String>,
}

impl Server {
    /// Carries out a call and answers it.
    pub(super) async fn done(&self, received: &Received, plan: &Plan, id: &str) -> Done {
        if let Some(done) = self.elsewhere(received, id).await {
            return done;
        }
        let now = self.clock.now();
        let of_machine = metadata::answered(received, &self.issuer, now)
            .or_else(|| iam::answered(received, self.gate.is_none(), &self.keys, now));
        if let Some(answer) = of_machine {
            return Done { answer, operation: "none", code: None, why: None };
        }
        let (service, route) = self.services.find(&received.method, received.path());
        let (operation, result) = match route {
            Route::To(operation, path) => {
                let result = self.of_operation(service, operation, path, received, plan).await;
                (Some(operation), result)
            }
            Route::OtherMethod(methods) => {
                let detail = format!("There is {} here.", methods.join(", "));
                let code = if service == Service::Dcs { "DCS.5001" } else { "APIGW.0101" };
                (None, Err(Refusal { status: 405, ..Refusal::new(code, detail) }))
            }
            Route::Nowhere => (None, Err(Refusal::new("APIGW.0101", ""))),
        };
        let name = operation.map_or("none", |operation| operation.id);
        match result {
            Ok(reply) => {
                let answer = of_reply(operation, &reply);
                Done { answer, operation: name, code: None, why: None }
            }
            Err(refusal) => {
                let body = neighbors::refusal_body(service, operation, &refusal, id);
                let answer = answer(refusal.status, Some(&body));
                let code = (!refusal.code.is_empty()).then(|| refusal.code.to_owned());
                Done { answer, operation: name, code, why: Some(refusal.detail) }
            }
        }
    }

    /// Caller, body, checks, behavior.
    async fn of_operation(
        &self,
        service: Service,
        operation: &'static Operation,
        path: Vec<(&'static str, String)>,
        received: &Received,
        plan: &Plan,
    ) -> Result<Reply, Refusal> {
        if let Some(gate) = &self.gate {
            let Received { method, target, headers, body } = received;
            let request = auth::Request { method, target, headers, body };
            gate.check(&request, self.clock.of_signatures())?;
            let project = project(operation, &path);
            gate.check_project(project, received.header("authorization").is_none())?;
        }
        let home = |refusal: Refusal| match service {
            Service::Dcs => refusal,
            _ => neighbors::translated(refusal),
        };
        let body = body_of(operation, &received.body).map_err(home)?;
        let (mut query, headers) = (received.query(), received.headers.clone());
        if plan.overlaps {
            one_early(&mut query);
        }
        let call = Call { operation, path, query, headers, body, now: self.clock.now() };
        self.check(&call).map_err(home)?;
        let call = call.without_nulls();
        if let Some(live) = behavior::live(operation) {
            return self.of_live(live, &call).await;
        }
        let asked = asked_pace(received).map_err(home)?;
        let (reply, effects, pace) = {
            let mut state = self.state();
            state.advance(call.now);
            let usual = state.pace;
            let pace = asked.unwrap_or(usual);
            (state.pace, state.fate) = (pace, plan.fate);
            let result = match behavior::of(operation) {
                _ if service != Service::Dcs => {
                    let owner = Owner { project: &self.keys.project_id, domain: DOMAIN };
                    neighbors::answer(&mut state, &self.stock, &owner, &call)
                }
                Some(behavior) => behavior(&mut state, &call),
                None => example::answer(&state, &call),
            };
            (state.pace, state.fate) = (usual, Fate::default());
            (result?, state.take_effects(), pace)
        };
        self.carry_out(effects, pace).await?;
        Ok(reply)
    }

    /// Asks the processes, then answers.
    async fn of_live(&self, live: Live, call: &Call) -> Result<Reply, Refusal> {
        let questions = {
            let mut state = self.state();
            state.advance(call.now);
            (live.ask)(&mut state, call)?
        };
        let asked = questions.into_iter().map(|Question { instance, act, patience }| {
            let effect = Effect { instance: instance.clone(), act };
            (instance, patience, self.plane.submit(effect))
        });
        // All are asked before the first reply is waited for.
        let asked: Vec<_> = asked.collect();
        let mut said = Vec::with_capacity(asked.len());
        for (instance, patience, outcome) in asked {
            let replies = match tokio::time::timeout(patience, outcome).await {
                Ok(Outcome::Said(replies)) => replies,
                Ok(Outcome::Found(reply)) => vec![reply],
                Ok(Outcome::Failed(why)) => {
                    tracing::warn!(instance, why, "the process did not reply");
                    continue;
                }
                Ok(_) | Err(_) => continue,
            };
            let of_shards = replies.into_iter().enumerate();
            said.extend(of_shards.map(|(shard, reply)| {
                let instance = instance.clone();
                Said { instance, shard, reply }
            }));
        }
        let (reply, effects, pace) = {
            let mut state = self.state();
            let reply = (live.answer)(&mut state, call, &said)?;
            (reply, state.take_effects(), state.pace)
        };
        self.carry_out(effects, pace).await?;
        Ok(reply)
    }

    /// Has back what an earlier emulator left, and waits until it answers.
    pub(crate) async fn revive(&self) {
        let effects = {
            let mut state = self.state();
            self.plane.keep_only(&state.files());
            state.take_effects()
        };
        if let Err(refusal) = self.carry_out(effects, Pace::Immediate).await {
            tracing::warn!(why = refusal.detail, "not all is as it was");
        }
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

    /// Waits until all that was changed is on the disk, then hands effects to the data plane. Waits for those
    /// that an answer speaks of.
    pub(crate) async fn carry_out(&self, effects: Vec<Effect>, pace: Pace) -> Result<(), Refusal> {
        let kept = saved(&self.state, &self.store).await;
        kept.map_err(|why| Refusal::new("DCS.5017", why))?;
        let mut waiting = Vec::new();
        for effect in effects {
            let is_awaited = pace == Pace::Immediate || effect.act.is_quick();
            let outcome = self.plane.submit(effect.clone());
            let (state, store) = (Arc::clone(&self.state), Arc::clone(&self.store));
            let clock = Arc::clone(&self.clock);
            let done = tokio::spawn(async move {
                let outcome = outcome.await;
                if let Outcome::Failed(why) | Outcome::Refused(why) = &outcome {
                    tracing::error!(instance = effect.instance, why, "the data plane failed");
                }
                locked(&state).finished(&effect, &outcome, clock.now());
                match saved(&state, &store).await {
                    Ok(()) => (effect, outcome),
                    Err(why) => (effect, Outcome::Failed(why)),
                }
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
}

/// Waits until the changes are on disk. They are handed over under the lock of the state, so that
/// the order on the disk is that of the changes.
pub(super) async fn saved(state: &Mutex<State>, store: &Store) -> Result<(), String> {
    let saved = {
        let mut state = locked(state);
        store.save(state.take_changes(store.is_kept()))
    };
    saved.await
}

fn of_reply(operation: Option<&Operation>, reply: &Reply) -> Answer {
    let media = operation.and_then(|one| media(one, reply.status));
    if let Some(file) = &reply.file {
        return typed(reply.status, media.unwrap_or("application/octet-stream"), file.clone());
    }
    let mut answer = answer(reply.status, reply.body.as_ref());
    if let (None, Some(media)) = (&reply.body, media) {
        // A file with nothing in it is one all the same.
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    }
    answer
}

/// The project that a call is made for; the one that a call asks about is another matter.
fn project<'p>(operation: &Operation, path: &'p [(&'static str, String)]) -> &'p str {
    let mut own = operation.parameters.iter().filter(|p| p.of_client && p.place == Place::Path);
    let name = own.next().map_or("", |parameter| parameter.name);
    path.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// The page begins one item early.
fn one_early(query: &mut [(String, String)]) {
    for (_, value) in query.iter_mut().filter(|(name, _)| name == "offset") {
        if let Some(offset) = value.parse::<u64>().ok().and_then(|offset| offset.checked_sub(1)) {
            *value = offset.to_string();
        }
    }
}

/// The pace that a request has of its own.
fn asked_pace(received: &Received) -> Result<Option<Pace>, Refusal> {
    let asked = received.header(PACE).map(str::parse::<Pace>).transpose();
    asked.map_err(|error| Refusal::new("DCS.4062", format!("The header {PACE}: {error}.")))
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
