//! What was asked and answered, as a file. In: calls with their answers. Out: an HTTP Archive without secrets,
//! to replay.

use std::path::Path;

use huaweicloud_core::{
    Secret,
    testing::{self, Recorded, RecordingError},
};
use serde_json::Value;

use crate::{
    http::{Answer, Received},
    mask, moment,
};

/// Headers that are kept: none of those that prove who asked.
const KEPT: [&str; 5] = ["accept", "content-type", "date", "retry-after", "x-request-id"];

/// Headers with secrets, which a stranger may repeat.
const PROOFS: [&str; 2] = ["x-auth-token", "x-security-token"];

/// A file that calls are added to.
pub(crate) struct Recorder {
    file: testing::Recorder,
}

impl Recorder {
    /// # Errors
    ///
    /// The file cannot be written.
    pub(crate) fn create(path: &Path) -> Result<Self, RecordingError> {
        Ok(Self { file: testing::Recorder::create(path)? })
    }

    /// Adds a call of an operation. `origin` is where it was carried out.
    pub(crate) fn add(&self, origin: &str, received: &Received, answer: &Answer) {
        let url = format!("{}{}", origin.trim_end_matches('/'), received.target);
        let mut recorded = Recorded::new(&received.method, url);
        recorded.at = moment::text(moment::now());
        let named = received.headers.iter().filter(|(name, _)| KEPT.contains(&name.as_str()));
        recorded.request_headers = named.cloned().collect();
        let (body, secrets) = json(&received.body).unzip();
        let mut secrets = secrets.unwrap_or_default();
        let tokens = received.headers.iter().filter(|(name, _)| PROOFS.contains(&name.as_str()));
        secrets.extend(tokens.map(|(_, value)| Secret::from(value.as_str())));
        recorded.request_body = body;

        let headers = answer.headers().iter().filter(|(name, _)| KEPT.contains(&name.as_str()));
        let headers = headers.filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        recorded.headers = headers.collect();
        let recorded =
            recorded.answered(answer.status().as_u16(), text(answer.body().bytes(), &secrets));
        if let Err(error) = self.file.add(&recorded) {
            tracing::error!(%error, "a call is not recorded");
        }
    }
}

/// JSON without secrets, and these; nothing if it is not JSON, for then nobody knows where secrets stand in it.
fn json(body: &[u8]) -> Option<(String, Vec<Secret>)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let (body, secrets) = mask::apart(body);
    Some((body.to_string(), secrets))
}

/// What was answered, without secrets of its own and of the request; nothing if it is no text.
fn text(body: &[u8], secrets: &[Secret]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let text = json(body).map(|(text, _)| text);
    let text = text.or_else(|| String::from_utf8(body.to_vec()).ok())?;
    Some(testing::redacted(&text, secrets))
}
