//! One attempt of a call: timeouts, token or signature, sending, and reading the response.

use reqwest::{
    Request, Response, StatusCode,
    header::{HeaderMap, HeaderValue},
};
use tokio::time::Instant;
use tracing::{Instrument as _, Span, field::Empty};

use super::received::{Answer, LONGEST_FAILURE, LONGEST_SUCCESS, misfit_error};
use crate::{
    AttemptInfo, Error, Outcome, ServiceError, TransportError,
    body::{Collected, collect},
    clock::Refusal,
    context::Ready,
    error::{Advice, Limit, Misfit},
    operation::Operation,
    response,
    retry::{Attempts, Failed, Next, asked},
};

/// What is wanted of a success.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Body,
    /// The status. What can be read of a body only tells whether it reports an error.
    Status,
}

/// A request that is sent until there is an answer.
pub(super) struct Sending<'a> {
    ready: &'a Ready,
    /// By credentials in place of those that were refused.
    renewed: Option<Ready>,
    operation: Operation,
    /// Without credentials, which each attempt has anew: a signature holds the date. Nothing once a
    /// body was sent that there is no copy of.
    request: Option<Request>,
    wants: Wants,
    /// Sensitive headers of the last attempt.
    sent: Vec<HeaderValue>,
}

impl<'a> Sending<'a> {
    pub(super) fn new(
        ready: &'a Ready,
        operation: Operation,
        request: Request,
        wants: Wants,
    ) -> Self {
        let request = Some(request);
        Self { ready, renewed: None, operation, request, wants, sent: Vec::new() }
    }
}

impl Attempts for Sending<'_> {
    type Answer = Answer;

    async fn make(&mut self, number: u32) -> Result<Answer, Failed> {
        let Some(request) = self.request.take() else {
            let error = Error::request("its body is a stream, which cannot be sent again");
            return Err(Failed { error, asked: None, next: Next::Never });
        };
        self.request = request.try_clone();
        let info = AttemptInfo {
            operation: self.operation.id,
            is_repeatable: self.operation.is_repeatable,
            region: self.ready.context().settings().link.region(),
            number,
        };
        let span = tracing::debug_span!(
            "attempt",
            attempt = number,
            status = Empty,
            request_id = Empty,
            duration_ms = Empty
        );
        let hooks = &self.ready.context().settings().hooks;
        hooks.before(&info);
        let begun = Instant::now();
        let result = self.once(request, begun).instrument(span.clone()).await;
        let is_repeatable = self.operation.is_repeatable;
        let result = result
            .map_err(|failed| Failed { error: failed.error.of_operation(is_repeatable), ..failed });
        if !span.is_disabled() || !hooks.is_empty() {
            self.report(&info, begun, &result, &span);
        }
        match result {
            Err(failed) if self.request.is_none() => Err(Failed { next: Next::Never, ..failed }),
            result => result,
        }
    }

    fn refuse_keys(&mut self) {
        self.ready().refuse();
    }

    async fn renew(&mut self) -> bool {
        let renewed = self.ready().by_other_credentials().await;
        let is_other = renewed.is_some();
        self.renewed = renewed.or(self.renewed.take());
        is_other
    }
}

impl Sending<'_> {
    fn ready(&self) -> &Ready {
        self.renewed.as_ref().unwrap_or(self.ready)
    }

    async fn once(&mut self, mut request: Request, begun: Instant) -> Result<Answer, Failed> {
        let settings = self.ready.context().settings();
        let limit = self.ready().prepare(&mut request, begun);
        let signed = settings.link.clock.now();
        let authorized = self.ready().authorize(&mut request, signed);
        authorized.map_err(|problem| Failed::from(Error::request(problem)))?;
        let sensitive = request.headers().values().filter(|value| value.is_sensitive());
        self.sent = sensitive.cloned().collect();
        let sent = self.ready.context().execute(self.operation, request);
        let mut response = match sent.await {
            Ok(response) => response,
            Err(error) => {
                let connecting = Limit::Connect { time: settings.link.connect_timeout };
                let limit = if error.is_connect() { Some(connecting) } else { limit };
                let advice = Advice::of(&error, &settings.link);
                return Err(Error::transport(error, reached(limit, begun), advice).into());
            }
        };
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        settings.link.clock.learn(&headers);
        if !status.is_success() {
            let (error, message) = self.refused(response, status, &headers).await;
            let refusal = Refusal { status, headers: &headers, message: &message };
            let is_signed = self.ready().is_signed();
            let next = if is_signed && settings.link.clock.correct(&refusal, signed) {
                Next::ByNewDate
            } else if status == StatusCode::UNAUTHORIZED {
                Next::ByNewKeys
            } else {
                Next::Usual
            };
            return Err(Failed { error, asked: asked(&headers, &settings.link.clock), next });
        }
        if self.wants == Wants::Status {
            let Collected { body, .. } = collect(&mut response, LONGEST_FAILURE).await;
            let sent = self.sent.clone();
            return Ok(Answer { status, headers, body, sent });
        }
        let redactor = self.ready().redactor(&self.sent);
        let Collected { body, is_cut, broken } = collect(&mut response, LONGEST_SUCCESS).await;
        if let Some(error) = broken {
            let error = TransportError::in_body(error, status, &headers, redactor);
            return Err(Error::Interrupted(error.within(reached(limit, begun))).into());
        }
        if is_cut {
            let misfit = Misfit::TooLong { limit: LONGEST_SUCCESS };
            let body = bytes::Bytes::new();
            return Err(misfit_error(status, &headers, body, misfit, redactor).into());
        }
        let sent = self.sent.clone();
        Ok(Answer { status, headers, body, sent })
    }

    /// What the service said instead of a success; what can be read of it counts, even if it breaks
    /// off. Beside it stands what it said in its own words.
    async fn refused(
        &self,
        mut response: Response,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> (Error, String) {
        let Collected { body, is_cut, broken } = collect(&mut response, LONGEST_FAILURE).await;
        let is_cut = is_cut || broken.is_some();
        let error =
            ServiceError::new(status, headers, body, is_cut, self.ready().redactor(&self.sent));
        let error = error.explained(self.ready.context().settings().errors);
        let message = error.words();
        let clock = Refusal { status, headers, message: &message }.apart();
        let clock = clock.filter(|_| self.ready().is_signed());
        (Error::Service(Box::new(error.for_clock(clock))), message)
    }

    /// Tells span and hooks what came of an attempt.
    fn report(
        &self,
        info: &AttemptInfo<'_>,
        begun: Instant,
        result: &Result<Answer, Failed>,
        span: &Span,
    ) {
        let duration = begun.elapsed();
        // A server might repeat a token there, too.
        let redacted = |id: &str| self.ready().redactor(&self.sent).text(id);
        let (status, request_id, error) = match result {
            Ok(answer) => {
                (Some(answer.status), response::request_id(&answer.headers).map(redacted), None)
            }
            Err(Failed { error, .. }) => {
                (error.status(), error.request_id().map(str::to_owned), Some(error))
            }
        };
        span.record("duration_ms", u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
        if let Some(status) = status {
            span.record("status", status.as_u16());
        }
        if let Some(id) = &request_id {
            span.record("request_id", id.as_str());
        }
        let outcome = Outcome {
            status,
            code: error.and_then(Error::code),
            request_id: request_id.as_deref(),
            duration,
            is_success: error.is_none(),
            is_timeout: error.is_some_and(Error::is_timeout),
        };
        self.ready.context().settings().hooks.after(info, &outcome);
    }
}

/// The limit, if so much time has passed: sometimes the system gives up first.
fn reached(limit: Option<Limit>, begun: Instant) -> Option<Limit> {
    limit.filter(|limit| begun.elapsed() >= limit.time())
}
