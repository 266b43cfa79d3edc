//! The real service behind the emulator. In: a request that came here. Out: the service's own answer, and
//! where it differs from the document.

mod compare;
mod differences;

use huaweicloud_core::{
    Secret,
    server::Operation,
    sign::{self, Signer, Timestamp},
};
use hyper::{
    StatusCode,
    body::Bytes,
    header::{HeaderName, HeaderValue},
};
use reqwest::{Method, Url};

pub(crate) use differences::Differences;

use crate::http::{Answer, AnswerBody, Received};

/// Most bytes of an answer that are handed on.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// Headers of a connection or of a proof, which are the proxy's own business.
const OWN: [&str; 9] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "transfer-encoding",
    "x-project-id",
    "x-sdk-date",
    "x-security-token",
];

/// Headers of an answer that are handed on.
const HANDED_ON: [&str; 5] =
    ["content-type", "retry-after", "date", "x-request-id", "x-subject-token"];

/// A real service, and who calls it.
#[derive(Clone, Debug)]
#[must_use = "nothing is forwarded before an emulator has it"]
pub struct Upstream {
    pub(crate) url: String,
    keys: Option<(String, Secret)>,
    token: Option<Secret>,
    project: Option<String>,
}

impl Upstream {
    /// A service by its endpoint. Requests are forwarded as they come, tokens included; what is signed for the
    /// emulator is not signed for it, so give it [keys](Self::keys).
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), keys: None, token: None, project: None }
    }

    /// Signs what is forwarded with these keys.
    pub fn keys(mut self, access_key: impl Into<String>, secret_key: impl Into<Secret>) -> Self {
        self.keys = Some((access_key.into(), secret_key.into()));
        self
    }

    /// The security token of temporary keys.
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The project there, which stands in the place of the emulator's.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project = Some(id.into());
        self
    }
}

/// Forwards requests.
pub(crate) struct Proxy {
    http: reqwest::Client,
    base: Url,
    upstream: Upstream,
    /// The emulator's own.
    own_project: String,
    pub(crate) differences: Differences,
}

impl Proxy {
    /// # Errors
    ///
    /// What is wrong with the address.
    pub(crate) fn new(upstream: Upstream, own_project: &str) -> Result<Self, String> {
        // The connections of a client: its TLS, and no redirects and repetitions.
        let client = huaweicloud_dcs::Client::builder()
            .endpoint(&upstream.url)
            .allow_http(true)
            .project_id(own_project)
            .domain_id(own_project)
            .environment(|_| None)
            .auth_token("none")
            .build();
        let client = client.map_err(|error| error.to_string())?;
        let base = Url::parse(client.context().endpoint()).map_err(|error| error.to_string())?;
        let http = client.context().http().clone();
        let own_project = own_project.to_owned();
        Ok(Self { http, base, upstream, own_project, differences: Differences::default() })
    }

    /// The service's answer.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(crate) async fn forward(
        &self,
        received: &Received,
        operation: Option<&'static Operation>,
    ) -> Result<Answer, String> {
        let request = self.request(received)?;
        let mut response = self.http.execute(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| error.to_string())? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_ANSWER {
                return Err("its answer is longer than 16 MiB".to_owned());
            }
        }
        if let Some(operation) = operation {
            self.differences.note(operation, status, &body);
        }
        let mut answer = Answer::new(AnswerBody::from(Bytes::from(body)));
        *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        for name in HANDED_ON {
            if let Some(value) = headers.get(name) {
                answer.headers_mut().insert(HeaderName::from_static(name), value.clone());
            }
        }
        Ok(answer)
    }

    /// The service's address.
    pub(crate) fn origin(&self) -> &str {
        self.base.as_str()
    }

    fn request(&self, received: &Received) -> Result<reqwest::Request, String> {
        let target = match &self.upstream.project {
            Some(project) => in_project(&received.target, &self.own_project, project),
            None => received.target.clone(),
        };
        let base = self.base.as_str().trim_end_matches('/');
        let url = Url::parse(&format!("{base}{target}")).map_err(|error| error.to_string())?;
        let method = Method::from_bytes(received.method.as_bytes()).map_err(|e| e.to_string())?;
        let host = match (url.host_str().unwrap_or_default(), url.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) => host.to_owned(),
        };
        let uri = target;
        let mut request = reqwest::Request::new(method, url);
        let is_signed = self.upstream.keys.is_some();
        for (name, value) in &received.headers {
            let is_own = OWN.contains(&name.as_str()) || is_signed && name == "x-auth-token";
            if !is_own {
                insert(&mut request, name, value)?;
            }
        }
        if let Some((access_key, secret_key)) = &self.upstream.keys {
            let date = Timestamp::now();
            let mut headers = vec![("host", host.as_str()), ("x-sdk-date", date.as_str())];
            if let Some(project) = &self.upstream.project {
                headers.push(("x-project-id", project));
            }
            if let Some(token) = &self.upstream.token {
                headers.push(("x-security-token", token.expose()));
            }
            let (method, body) = (received.method.as_str(), received.body.as_slice());
            let signed = sign::Request { method, uri: &uri, headers: &headers, body };
            let signer = Signer::new(access_key, secret_key.expose());
            let authorization = signer.authorization(&signed).map_err(|error| error.to_string())?;
            for (name, value) in headers.iter().skip(1) {
                insert(&mut request, name, value)?;
            }
            insert(&mut request, "authorization", &authorization)?;
        }
        if !received.body.is_empty() {
            *request.body_mut() = Some(received.body.clone().into());
        }
        Ok(request)
    }
}

/// What is wrong is not told with the value, which may be a secret.
fn insert(request: &mut reqwest::Request, name: &str, value: &str) -> Result<(), String> {
    let wrong = |_| format!("the header {name} cannot be sent");
    let value = HeaderValue::from_str(value).map_err(wrong)?;
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
    request.headers_mut().insert(name, value);
    Ok(())
}

/// The same target in another project.
fn in_project(target: &str, own: &str, other: &str) -> String {
    let (path, query) = match target.find('?') {
        Some(at) => target.split_at(at),
        None => (target, ""),
    };
    let segments = path.split('/').map(|segment| if segment == own { other } else { segment });
    format!("{}{query}", segments.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_of_the_emulator_becomes_that_of_the_service() {
        for (target, expected) in [
            ("/v2/own/instances?name=own", "/v2/other/instances?name=own"),
            ("/v2/owner/own", "/v2/owner/other"),
            ("/", "/"),
        ] {
            assert_eq!(in_project(target, "own", "other"), expected);
        }
    }
}
