//! A request that would have been sent. In: what a client built. Out: its parts, to choose a response and to assert
//! on.

use reqwest::Request;
use serde::de::DeserializeOwned;

/// A request that would have left.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// The operationId.
    pub operation: &'static str,
    /// In upper case.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Names and values of the query, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The body; empty where there is none.
    pub body: Vec<u8>,
    target: String,
}

impl Sent {
    pub(super) fn of(operation: &'static str, request: &Request) -> Self {
        let query = request.url().query_pairs();
        let query = query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default().to_vec();
        let (method, path) = (request.method().as_str(), request.url().path());
        let target = match request.url().query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        Self { operation, method: method.to_owned(), path: path.to_owned(), query, body, target }
    }

    /// Path and query, as on the wire.
    pub(super) fn target(&self) -> String {
        self.target.clone()
    }

    /// The last value of a parameter of the query.
    pub fn asked(&self, name: &str) -> Option<&str> {
        let mut found = self.query.iter().rev().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    /// The body as a type of the client, or as `serde_json::Value`.
    ///
    /// # Errors
    ///
    /// It is no JSON, or none of this type.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }
}

/// Without the body, which may hold secrets.
impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
