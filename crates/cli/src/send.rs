//! Sending. In: a checked request. Out: the answer, or, for a dry run, the request that would be sent.

use huaweicloud_catalog::{Described, Owner};
use huaweicloud_core::{
    Context, Error, Response,
    call::{DataCall, Fields, Operation, Scope},
};
use serde_json::Value;

use crate::{
    connect::{Connection, Network},
    messages,
    problem::{Kind, Problem},
    request::{Ids, Request},
    service::Service,
};

/// What came back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The call succeeded, and there is nothing to say.
    Nothing,
    /// JSON.
    Value(Value),
    /// A file.
    File(Vec<u8>),
}

/// The request that would be sent, with secrets masked, without using the network: unknown IDs are placeholders, and without
/// credentials there is no signature.
///
/// # Errors
///
/// There is no region or endpoint.
pub(crate) async fn dry_run(request: &Request, connection: &Connection) -> Result<String, Problem> {
    let context =
        connection.context(request.chosen.service, request.project_id(), Network::Offline)?;
    let shown = request.masked_body.as_ref().map(Value::to_string);
    let call = DataCall::new(&context, operation(request), |ready| request.build(ready));
    match call.dry_run(shown.clone()).await {
        Ok(prepared) => Ok(prepared.to_string().trim_end().to_owned()),
        Err(Error::Credentials(_)) => {
            let options = &connection.options;
            let ids = Ids {
                project: options.project_id.as_deref().unwrap_or(Ids::UNKNOWN.project),
                domain: options.domain_id.as_deref().unwrap_or(Ids::UNKNOWN.domain),
            };
            let (method, target) = (request.method(), request.target(ids));
            let mut text = format!("{method} {}{target}\n", context.endpoint());
            for (name, value) in &request.headers {
                text.push_str(&format!("{}: {value}\n", name.to_ascii_lowercase()));
            }
            text.push_str(&format!("authorization: {}\n", messages::no_credentials()));
            text.push_str(&shown.map(|body| format!("\n{body}")).unwrap_or_default());
            Ok(text.trim_end().to_owned())
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends requests to one service.
pub(crate) struct Sender {
    context: Context,
}

impl Sender {
    /// Credentials and project are looked up on the first call.
    pub(crate) fn new(
        connection: &Connection,
        service: &Service,
        project_id: Option<&str>,
    ) -> Result<Self, Problem> {
        Ok(Self { context: connection.context(service, project_id, Network::Online)? })
    }

    /// The context of the client.
    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    /// The same with a new connection for each request.
    pub(crate) fn with_single_use_connections(&self) -> Self {
        Self { context: self.context.with_single_use_connections() }
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn send(&self, request: &Request) -> Result<Answer, Problem> {
        let response = self.response(request).await.map_err(Problem::from)?;
        answer(&request.chosen.described, response)
    }

    /// Sends a request; its answer is as it came.
    pub(crate) async fn response(&self, request: &Request) -> Result<Response<Vec<u8>>, Error> {
        let mut call =
            DataCall::new(&self.context, operation(request), |ready| request.build(ready))
                .secrets(request.secrets());
        if let Some(names) = request.ordered() {
            call = call.orders(names);
        }
        call.send().await
    }
}

/// The content of an answer.
fn answer(described: &Described, response: Response<Vec<u8>>) -> Result<Answer, Problem> {
    let is_file = described.operation.success().is_some_and(|answer| answer.file.is_some());
    let body = response.into_inner();
    if is_file {
        return Ok(Answer::File(body));
    }
    let text = body.trim_ascii();
    if text.is_empty() {
        return Ok(Answer::Nothing);
    }
    match serde_json::from_slice(text) {
        Ok(value) => Ok(Answer::Value(value)),
        Err(_) => {
            let message = messages::success_no_json();
            let is_harmless = described.operation.repeatable;
            Err(Problem::new(if is_harmless { Kind::Unavailable } else { Kind::Unknown }, message))
        }
    }
}

/// The operation as the runtime knows it.
fn operation(request: &Request) -> Operation {
    let described = &request.chosen.described;
    let scope = match described.operation.owner {
        Some(Owner::Project) => Scope::Project,
        Some(Owner::Domain) => Scope::Domain,
        None => Scope::Neither,
    };
    let schema = described.operation.success().and_then(|answer| answer.schema.as_ref());
    let fields = match schema.and_then(|schema| described.fields(schema)) {
        Some(_) => Fields::Known(request.answer_names()),
        None if schema.is_some() => Fields::Any,
        None => Fields::Known(&[]),
    };
    let is_repeatable = described.operation.repeatable && !described.operation.purchase;
    Operation::new(request.chosen.checked.id, is_repeatable).answers(fields).scope(scope)
}
