//! The response to one kind of call. In: conditions, and a response, typed or raw. Out: an entry
//! of the mock.

use std::{collections::VecDeque, fmt, marker::PhantomData, sync::Arc};

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Answer, Sent,
    mock::{Scene, refused},
};
use crate::call::Call;

/// Whether a request is meant.
type Condition = Box<dyn Fn(&Sent) -> bool + Send + Sync>;

/// What calls of the type `K` are answered. Nothing is expected before it is said what is answered.
#[must_use = "nothing is expected before it is said what is answered"]
pub struct Expectation<'m, K> {
    scene: &'m Scene,
    conditions: Vec<Condition>,
    times: Option<u64>,
    call: PhantomData<fn() -> K>,
}

/// An entry of a mock.
pub(super) struct Expected {
    operation: &'static str,
    conditions: Vec<Condition>,
    /// The last one stays.
    then: VecDeque<Then>,
    times: Option<u64>,
    met: u64,
}

/// How a request is answered.
#[derive(Clone)]
pub(super) enum Then {
    Given(Answer),
    Made(Arc<dyn Fn(&Sent) -> Answer + Send + Sync>),
}

impl<'m, K: Call> Expectation<'m, K> {
    pub(super) fn new(scene: &'m Scene) -> Self {
        Self { scene, conditions: Vec::new(), times: None, call: PhantomData }
    }

    /// Only requests of which this is so; all conditions must hold.
    pub fn when(mut self, is_meant: impl Fn(&Sent) -> bool + Send + Sync + 'static) -> Self {
        self.conditions.push(Box::new(is_meant));
        self
    }

    /// So many requests, neither more nor fewer: more go to the next expectation, and
    /// [`Mock::verify`](super::Mock::verify) tells if there are fewer.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Answers with this, each time.
    pub fn answer(self, answer: K::Answer)
    where
        K::Answer: Serialize,
    {
        self.answers([answer]);
    }

    /// Answers with these, one after the other; the last one stays.
    pub fn answers(self, answers: impl IntoIterator<Item = K::Answer>)
    where
        K::Answer: Serialize,
    {
        let then = answers.into_iter().map(|answer| Then::Given(typed::<K>(&answer)));
        let then = then.collect();
        self.add(then);
    }

    /// Answers with what a function makes of the request.
    pub fn answer_with(self, make: impl Fn(&Sent) -> K::Answer + Send + Sync + 'static)
    where
        K::Answer: Serialize,
    {
        self.then(Then::Made(Arc::new(move |sent| typed::<K>(&make(sent)))));
    }

    /// Answers with a status and a body of JSON, as it travels.
    pub fn json(self, status: u16, body: Value) {
        self.then(Then::Given(Answer::json(status, &body)));
    }

    /// Answers with a status and bytes, such as a file or the page of a gateway.
    pub fn bytes(self, status: u16, media: &str, body: impl Into<Vec<u8>>) {
        let headers = vec![("content-type".to_owned(), media.to_owned())];
        let body = body.into();
        self.then(Then::Given(Answer { status, headers, body, breaks_off: false }));
    }

    /// Refuses, as the service does, with one of its error codes.
    pub fn refuse(self, status: u16, code: &str, message: &str) {
        self.then(Then::Given(refused(status, code, message)));
    }

    /// Succeeds, but its answer breaks off: what became of the call is unknown.
    pub fn break_off(self) {
        self.then(Then::Given(Answer { status: 200, breaks_off: true, ..Answer::default() }));
    }

    fn then(self, then: Then) {
        self.add([then].into());
    }

    fn add(self, then: VecDeque<Then>) {
        let Self { scene, conditions, times, .. } = self;
        let operation = K::OPERATION.id;
        let expected = Expected { operation, conditions, then, times, met: 0 };
        scene.lock().expected.push(expected);
    }
}

impl Expected {
    /// How a request is answered, if it is one of those that are meant.
    pub(super) fn meet(&mut self, sent: &Sent) -> Option<Then> {
        let is_meant = sent.operation == self.operation
            && self.times.is_none_or(|times| self.met < times)
            && self.conditions.iter().all(|is_meant| is_meant(sent));
        if !is_meant {
            return None;
        }
        let then = match self.then.len() {
            0 | 1 => self.then.front().cloned(),
            _ => self.then.pop_front(),
        }?;
        self.met += 1;
        Some(then)
    }

    /// What there is to tell if it was not met as often as it should.
    pub(super) fn unmet(&self) -> Option<String> {
        let (operation, met) = (self.operation, self.met);
        let times = self.times.filter(|times| *times != met)?;
        Some(format!("{operation} was expected {times} times, and called {met} times"))
    }
}

/// An answer as the service writes it: a list is there even if it is empty.
fn typed<K: Call>(answer: &K::Answer) -> Answer
where
    K::Answer: Serialize,
{
    let mut body = match serde_json::to_value(answer) {
        Ok(Value::Null) => return Answer { status: 204, ..Answer::default() },
        Ok(body) => body,
        Err(error) => return Answer::unknown(&format!("the answer has no JSON: {error}")),
    };
    if let (Some(list), Value::Object(fields)) = (K::OPERATION.list, &mut body) {
        fields.entry(list.field).or_insert_with(|| json!([]));
    }
    Answer::json(200, &body)
}

impl<K: Call> fmt::Debug for Expectation<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation").field("operation", &K::OPERATION.id).finish_non_exhaustive()
    }
}
