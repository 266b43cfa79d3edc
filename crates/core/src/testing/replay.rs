//! Responses from a recording. In: requests. Out: the recorded responses to matching requests, in the order of
//! the recording.
//!
//! A matching request has the same method, path and query. Project IDs are ignored, since a test has another
//! project, and so are bodies, whose secrets no recording has.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Answer, Recorded, Recording, RecordingError, Sent, Stage};
use crate::ServiceClient;

/// A recording that is answered from. Each entry answers once; the last one for a request that only reads
/// answers from then on.
#[derive(Debug)]
pub struct Replay {
    entries: Vec<(Key, Recorded)>,
    used: Mutex<Vec<bool>>,
}

/// What makes two requests alike.
#[derive(Debug, PartialEq, Eq)]
struct Key {
    method: String,
    path: String,
    /// Sorted: their order means nothing.
    query: Vec<String>,
}

impl Replay {
    /// Answers from a recording.
    pub fn new(recording: Recording) -> Self {
        let entries = recording.entries.into_iter();
        let entries: Vec<_> =
            entries.map(|entry| (Key::of(&entry.method, entry.target()), entry)).collect();
        let used = Mutex::new(vec![false; entries.len()]);
        Self { entries, used }
    }

    /// What was answered to such a request; nothing if there was none, or no other one any more. `target` is
    /// the path with the query.
    pub fn answer(&self, method: &str, target: &str) -> Option<&Recorded> {
        let key = Key::of(method, target);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut last = None;
        for ((known, entry), used) in self.entries.iter().zip(used.iter_mut()) {
            if *known != key {
                continue;
            }
            if !*used {
                *used = true;
                return Some(entry);
            }
            last = Some(entry);
        }
        last.filter(|_| method == "GET")
    }

    /// A client that is answered from a recording, and sends nothing.
    ///
    /// # Errors
    ///
    /// The recording cannot be read.
    pub fn client<C: ServiceClient>(
        path: impl AsRef<std::path::Path>,
    ) -> Result<C, RecordingError> {
        let stage: Arc<dyn Stage> = Arc::new(Self::new(Recording::load(path)?));
        let client = super::builder(stage).build();
        client.map_err(|error| RecordingError::Client(Box::new(error)))
    }
}

impl Key {
    fn of(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let segment =
            |segment: &str| if is_project(segment) { "*".to_owned() } else { segment.to_owned() };
        let path = path.split('/').map(segment).collect::<Vec<_>>().join("/");
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let mut query: Vec<String> = pairs.map(str::to_owned).collect();
        query.sort_unstable();
        Self { method: method.to_owned(), path, query }
    }
}

/// Ids of projects and accounts are 32 hexadecimal digits; those of other things have hyphens.
fn is_project(segment: &str) -> bool {
    segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Stage for Replay {
    fn answer(&self, sent: Sent) -> Answer {
        let target = sent.target();
        match Replay::answer(self, &sent.method, &target) {
            Some(recorded) => Answer {
                status: recorded.status,
                headers: recorded.headers.clone(),
                body: recorded.body.clone().unwrap_or_default().into_bytes(),
                breaks_off: false,
            },
            None => {
                let Sent { method, operation, .. } = &sent;
                Answer::unknown(&format!(
                    "the recording has no answer left to {method} {target} ({operation}); record it \
                     again"
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(entries: &[(&str, &str, u16)]) -> Replay {
        let one = |(method, url, status): &(&str, &str, u16)| {
            Recorded::new(*method, *url).answered(*status, None)
        };
        Replay::new(Recording { entries: entries.iter().map(one).collect() })
    }

    #[test]
    fn such_requests_are_answered_in_the_order_of_the_recording() {
        let project = "0123456789abcdef0123456789abcdef";
        let replay = recording(&[
            ("GET", &format!("https://host/v2/{project}/things?a=1&b=2"), 200),
            ("POST", "/v2/p/things", 201),
            ("GET", &format!("/v2/{project}/things?b=2&a=1"), 202),
        ]);
        let other = "00000000000000000000000000000000";
        let target = format!("/v2/{other}/things?a=1&b=2");
        let said = |method, target: &str| replay.answer(method, target).map(|entry| entry.status);
        assert_eq!(said("GET", &target), Some(200));
        assert_eq!(said("GET", &target), Some(202));
        assert_eq!(said("GET", &target), Some(202), "a look may be repeated");
        assert_eq!(said("POST", "/v2/p/things"), Some(201));
        assert_eq!(said("POST", "/v2/p/things"), None, "a change may not");
        assert_eq!(said("GET", "/v2/p/things"), None);
    }

    #[test]
    fn a_recording_is_written_as_it_is_read() {
        let mut entry =
            Recorded::new("GET", "https://host/p?a=1").answered(200, Some("{}".to_owned()));
        entry.headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        entry.request_body = Some("body".to_owned());
        let recording = Recording { entries: vec![entry] };
        let text = recording.to_text();
        assert!(text.contains("\"queryString\""), "{text}");
        assert_eq!(Recording::parse(&text).unwrap(), recording);
        for (text, why) in [
            ("x", "this is not a recording: expected value at line 1 column 1"),
            (
                "{}",
                "this is not a recording: it has no list `log.entries`, as an HTTP Archive does",
            ),
            (
                r#"{"log": {"entries": [{"request": {"method": "GET", "url": "/"}}]}}"#,
                "this is not a recording: log.entries[0]: there is no `response.status`, a number",
            ),
        ] {
            assert_eq!(Recording::parse(text).unwrap_err().to_string(), why);
        }
    }
}
