//! Calls on behalf of the page. In: a service, an operation and its values, as JSON. Out: the answer of the service, or the
//! reason why there is none. Requests are checked, signed and sent like those of any other command.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use huaweicloud_core::Error;
use serde_json::{Map, Value};

use super::listener::Reply;
use crate::{
    connect::Connection,
    fill::{Assignment, Given, Notation, Notes, Part, fill},
    messages,
    options::Options,
    problem::{Kind, Problem},
    request::{Request, admit},
    run::tell,
    send::Sender,
    service,
};

/// Sends calls to the services.
pub(super) struct Forward {
    connection: Connection,
    /// One per service: each looks up credentials and project once, and keeps its connections.
    senders: Mutex<BTreeMap<&'static str, Arc<Sender>>>,
}

impl Forward {
    pub(super) fn new(connection: Connection) -> Self {
        Self { connection, senders: Mutex::default() }
    }

    pub(super) fn options(&self) -> &Options {
        &self.connection.options
    }

    /// Where calls go, in words.
    pub(super) fn place(&self) -> String {
        let options = self.options();
        let place = options.endpoint.as_deref().or(options.region.as_deref());
        place.map_or_else(messages::no_region_yet, str::to_owned)
    }

    /// Answers a request of the page.
    pub(super) async fn answer(&self, body: &[u8]) -> Reply {
        let request = match request(body) {
            Ok(request) => request,
            Err(problem) => return refused(400, &problem),
        };
        let id = request.chosen.checked.id;
        let reply = match self.sender(request.chosen.service) {
            Ok(sender) => match sender.response(&request).await {
                Ok(response) => {
                    let media = response.headers().get("content-type");
                    let media = media.and_then(|value| value.to_str().ok()).map(str::to_owned);
                    let id = response.request_id().map(str::to_owned);
                    let status = response.status().as_u16();
                    Reply::of_service(
                        status,
                        media.as_deref(),
                        id.as_deref(),
                        response.into_inner(),
                    )
                }
                Err(Error::Service(error)) => Reply::of_service(
                    error.status().as_u16(),
                    None,
                    error.request_id(),
                    error.raw_body().to_vec(),
                ),
                Err(error) => refused(502, &error.into()),
            },
            Err(problem) => refused(502, &problem),
        };
        tell(&format!("{id}: {}", reply.status));
        reply
    }

    fn sender(&self, service: &'static service::Service) -> Result<Arc<Sender>, Problem> {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = senders.get(service.catalog.name) {
            return Ok(Arc::clone(sender));
        }
        let sender = Arc::new(Sender::new(&self.connection, service, None)?);
        senders.insert(service.catalog.name, Arc::clone(&sender));
        Ok(sender)
    }
}

/// There is no answer of the service. A header lets the page tell this reply from one.
fn refused(status: u16, problem: &Problem) -> Reply {
    let mut reply = Reply::json(status, &serde_json::from_str(&problem.json()).unwrap_or_default());
    reply.headers.push(("x-explorer-problem", problem.kind.word().to_owned()));
    reply
}

/// The checked request that the page describes.
fn request(body: &[u8]) -> Result<Request, Problem> {
    let no_json = |error: serde_json::Error| Problem::usage(messages::no_json(error));
    let mut asked: Value = serde_json::from_slice(body).map_err(no_json)?;
    let name = |key: &str| match asked[key].as_str() {
        Some(name) => Ok(name.to_owned()),
        None => Err(Problem::usage(messages::must_be_text(key))),
    };
    let chosen = service::named(&name("service")?)?.operation(&name("operation")?)?;
    // Project and account are known here, not in the page.
    let of_client = |name: &str| {
        let mut parameters = chosen.described.operation.parameters.iter();
        parameters.any(|parameter| parameter.name == name && parameter.of_client.is_some())
    };
    let mut assignments = Vec::new();
    for (part, values) in
        [(Part::Parameters, asked["parameters"].take()), (Part::Body, asked["body"].take())]
    {
        let is_object = matches!(values, Value::Object(_) | Value::Null);
        match values {
            Value::Object(values) => assignments.extend(assigned(part, values)),
            Value::Null => {}
            whole => {
                assignments.extend(assigned(part, Map::from_iter([("body".to_owned(), whole)])))
            }
        }
        if part == Part::Parameters && !is_object {
            return Err(Problem::usage(messages::must_be_object("parameters")));
        }
    }
    assignments.retain(|one| one.part != Part::Parameters || !of_client(&one.path[0]));
    let mut notes = Notes::default();
    let filled = fill(&chosen.described, assignments, Notation::Places, &mut notes);
    if !notes.problems.is_empty() {
        return Err(Problem::new(Kind::Invalid, notes.problems.join("; ")));
    }
    let request = Request::new(chosen, filled);
    admit(&request.violations(&[], true)?)?;
    Ok(request)
}

fn assigned(part: Part, values: Map<String, Value>) -> impl Iterator<Item = Assignment> {
    values.into_iter().map(move |(name, value)| Assignment {
        part,
        path: vec![name],
        given: Given::Json(value),
    })
}
