//! A client with the responses of a test. In: expectations, one per kind of call. Out: a client, the requests
//! it would have sent, and the expectations that were not met.

use std::{
    fmt,
    marker::PhantomData,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};

use super::{
    Answer, Expectation, Sent, Stage,
    expectation::{Expected, Then},
};
use crate::{ClientBuilder, Error, ServiceClient, call::Call};

/// Says what is answered, and makes clients that are answered so. Cheap to clone; clones share everything.
pub struct Mock<C> {
    scene: Arc<Scene>,
    client: PhantomData<fn() -> C>,
}

/// What was expected and did not come, or came and was not expected.
#[derive(Clone, PartialEq, Eq)]
pub struct Unmet(Vec<String>);

/// What is expected, and what came.
#[derive(Default)]
pub(super) struct Scene {
    inner: Mutex<Inner>,
}

#[derive(Default)]
pub(super) struct Inner {
    pub(super) expected: Vec<Expected>,
    sent: Vec<Sent>,
    unexpected: Vec<String>,
}

impl<C: ServiceClient> Mock<C> {
    /// A mock that expects nothing yet.
    pub fn new() -> Self {
        Self { scene: Arc::default(), client: PhantomData }
    }

    /// A client that is answered by this mock. What is not expected is answered with the status 501.
    ///
    /// # Errors
    ///
    /// None that a test can cause; a client that is [configured](Self::builder) may have some.
    pub fn client(&self) -> Result<C, Error> {
        self.builder().build()
    }

    /// The same, to be told more: of retries, validation, hooks.
    pub fn builder(&self) -> ClientBuilder<C> {
        super::builder(Arc::clone(&self.scene) as Arc<dyn Stage>)
    }
}

impl<C> Mock<C> {
    /// Begins to say what calls of an operation are answered, by the type of its call.
    ///
    /// Of several expectations that a call meets, the one that was added first answers, as long as it has
    /// anything left to answer.
    pub fn on<K: Call>(&self) -> Expectation<'_, K> {
        Expectation::new(&self.scene)
    }

    /// The requests that would have left, in their order.
    pub fn sent(&self) -> Vec<Sent> {
        self.scene.lock().sent.clone()
    }

    /// Those of one operation, by the type of its call.
    pub fn sent_by<K: Call>(&self) -> Vec<Sent> {
        let mut sent = self.sent();
        sent.retain(|request| request.operation == K::OPERATION.id);
        sent
    }

    /// Whether all came that was expected, and nothing else.
    ///
    /// # Errors
    ///
    /// A line for each expectation of a certain number that was not met, and for each call that nothing was
    /// said of.
    pub fn verify(&self) -> Result<(), Unmet> {
        let inner = self.scene.lock();
        let unmet = inner.expected.iter().filter_map(Expected::unmet);
        let all: Vec<String> = unmet.chain(inner.unexpected.iter().cloned()).collect();
        if all.is_empty() { Ok(()) } else { Err(Unmet(all)) }
    }
}

impl Scene {
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage for Scene {
    fn answer(&self, sent: Sent) -> Answer {
        let mut inner = self.lock();
        inner.sent.push(sent.clone());
        let mut expected = inner.expected.iter_mut();
        let then = expected.find_map(|expected| expected.meet(&sent));
        match then {
            Some(then) => {
                // A function may ask this mock something.
                drop(inner);
                answered(&then, &sent)
            }
            None => {
                let Sent { operation, method, path, .. } = &sent;
                let what = format!("{operation} ({method} {path}) was not expected");
                let hint = format!("{what}; say what is answered with .on::<…{operation}>()");
                inner.unexpected.push(what);
                Answer::unknown(&hint)
            }
        }
    }
}

fn answered(then: &Then, sent: &Sent) -> Answer {
    match then {
        Then::Given(answer) => answer.clone(),
        Then::Made(make) => make(sent),
    }
}

/// As the service refuses.
pub(super) fn refused(status: u16, code: &str, message: &str) -> Answer {
    let body: Value = json!({"error_code": code, "error_msg": message});
    Answer::json(status, &body)
}

impl<C: ServiceClient> Default for Mock<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for Mock<C> {
    fn clone(&self) -> Self {
        Self { scene: Arc::clone(&self.scene), client: PhantomData }
    }
}

impl<C> fmt::Debug for Mock<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock").field("sent", &self.sent().len()).finish_non_exhaustive()
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Unmet {}

crate::readable_debug!(Unmet);
