//! Where answers are from. In: a call that was let in. Out: the answer of the emulator itself, of a recording,
//! or of the real service.

use huaweicloud_core::testing::Replay;
use hyper::header::{HeaderName, HeaderValue};
use serde_json::json;

use super::{Answer, Server, answer, dispatch::Done, read::Received, typed};
use crate::{auth, proxy::Proxy};

/// Where answers are from.
pub(crate) enum Source {
    /// What there is in the emulator.
    Emulated,
    /// What was answered once.
    Recorded(Replay),
    /// The real service.
    Forwarded(Box<Proxy>),
}

impl Server {
    /// The answer of a recording or of the real service; nothing where the emulator answers itself.
    pub(super) async fn elsewhere(&self, received: &Received, id: &str) -> Option<Done> {
        if matches!(self.source, Source::Emulated) {
            return None;
        }
        let operation = self.operation(received);
        let name = operation.map_or("none", |operation| operation.id);
        let done = |answer, code: Option<&str>, why| {
            Some(Done { answer, operation: name, code: code.map(str::to_owned), why })
        };
        if let Some(gate) = &self.gate {
            let Received { method, target, headers, body } = received;
            let request = auth::Request { method, target, headers, body };
            if let Err(refusal) = gate.check(&request, self.clock.of_signatures()) {
                let body = refusal.body(id);
                return done(
                    answer(refusal.status, Some(&body)),
                    Some(refusal.code),
                    Some(refusal.detail),
                );
            }
        }
        let failed = |status, why: String| {
            let body = json!({"error_code": "EMULATOR.0001", "error_msg": why});
            done(answer(status, Some(&body)), Some("EMULATOR.0001"), Some(why))
        };
        match &self.source {
            Source::Emulated => None,
            Source::Recorded(replay) => match replay.answer(&received.method, &received.target) {
                Some(recorded) => {
                    let body = recorded.body.clone().unwrap_or_default();
                    done(of_recorded(recorded.status, &recorded.headers, body), None, None)
                }
                None => failed(501, "The recording has no answer left to this request.".to_owned()),
            },
            Source::Forwarded(proxy) => match proxy.forward(received, operation).await {
                Ok(answer) => done(answer, None, None),
                Err(why) => failed(502, format!("The service did not answer: {why}.")),
            },
        }
    }

    /// Where calls are carried out.
    pub(super) fn origin(&self) -> &str {
        match &self.source {
            Source::Forwarded(proxy) => proxy.origin(),
            _ => "http://127.0.0.1",
        }
    }
}

fn of_recorded(status: u16, headers: &[(String, String)], body: String) -> Answer {
    let mut answer = typed(status, "application/json", body);
    for (name, value) in headers {
        // What is about the connection of that time is not about this one.
        if ["content-type", "retry-after"].contains(&name.to_ascii_lowercase().as_str())
            && let (Ok(name), Ok(value)) =
                (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
