//! Temporary keys of the machine, an Elastic Cloud Server with an agency.
//!
//! In: the address of the metadata service. Out: keys, or why there are none. The service is on the
//! machine's own link, so requests use no proxy, plain HTTP, and short timeouts.

use std::time::Duration;

use reqwest::{
    RequestBuilder, StatusCode,
    header::{HeaderName, HeaderValue},
    redirect,
};
use serde_json::Value;

use super::{Attempt, Credentials, CredentialsError, date, found::Found};
use crate::{Secret, body, causes::innermost, clock::Clock, secret::sensitive, tls::Tls};

/// Where every elastic cloud server finds the service.
pub(super) const ADDRESS: &str = "http://169.254.169.254";

const KEY_PATH: &str = "/openstack/latest/securitykey";
const TOKEN_PATH: &str = "/meta-data/latest/api/token";
const TOKEN: HeaderName = HeaderName::from_static("x-metadata-token");
const TOKEN_TTL: HeaderName = HeaderName::from_static("x-metadata-token-ttl-seconds");

/// The token is used at once; the least time is a second.
const TOKEN_SECONDS: &str = "60";

/// Elsewhere nobody answers at this address: waiting longer would only hold up the call.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(2);

/// Longest answer that is read, in bytes.
const LONGEST: usize = 64 << 10;

/// Asks the service at an address.
pub(super) async fn find(address: &str, clock: &Clock) -> Found {
    let address = address.trim_end_matches('/');
    match ask(address, clock).await {
        Ok(credentials) => Found::credentials(place(address), credentials),
        Err(Failure::Nobody(problem)) => Found::Nothing(Attempt::new(place(address), problem)),
        Err(Failure::Broken(problem, source)) => {
            let error = CredentialsError::new(place(address), problem);
            Found::Failed(match source {
                Some(source) => error.with_source(source),
                None => error,
            })
        }
    }
}

enum Failure {
    /// This is no such machine, or it has no agency.
    Nobody(String),
    /// There is a service, and it does not work.
    Broken(String, Option<reqwest::Error>),
}

async fn ask(address: &str, clock: &Clock) -> Result<Credentials, Failure> {
    let http = client().map_err(|problem| Failure::Broken(problem, None))?;
    let get = |token: Option<Secret>| {
        send(http.get(format!("{address}{KEY_PATH}")), token.map(|token| (TOKEN, token)), clock)
    };
    let (mut status, mut text) = get(None).await?;
    if status == StatusCode::UNAUTHORIZED {
        // The machine is set to give keys only to who fetched a token first.
        let seconds = Secret::from(TOKEN_SECONDS);
        let request = http.put(format!("{address}{TOKEN_PATH}"));
        let (of_token, token) = send(request, Some((TOKEN_TTL, seconds)), clock).await?;
        if of_token.is_success() {
            let token = String::from_utf8(token).unwrap_or_default();
            (status, text) = get(Some(Secret::from(token.trim()))).await?;
        }
    }
    match status {
        _ if status.is_success() => {
            read(&text).map_err(|problem| Failure::Broken(problem.to_owned(), None))
        }
        StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND => {
            let status = status.as_u16();
            Err(Failure::Nobody(format!("gives no keys ({status}): the server has no agency")))
        }
        _ => Err(Failure::Broken(format!("answered {}", status.as_u16()), None)),
    }
}

async fn send(
    request: RequestBuilder,
    header: Option<(HeaderName, Secret)>,
    clock: &Clock,
) -> Result<(StatusCode, Vec<u8>), Failure> {
    let failure = |error: reqwest::Error| {
        let problem = format!("does not answer ({})", innermost(&error));
        if error.is_connect() {
            Failure::Nobody(problem)
        } else {
            Failure::Broken(problem, Some(error))
        }
    };
    let (http, request) = request.build_split();
    let mut request = request.map_err(failure)?;
    if let Some((name, value)) = header {
        let unfit = |_| Failure::Broken("gave a token that no header can carry".to_owned(), None);
        let value = sensitive(HeaderValue::from_str(value.expose())).map_err(unfit)?;
        request.headers_mut().insert(name, value);
    }
    let mut response = http.execute(request).await.map_err(failure)?;
    let status = response.status();
    clock.learn(response.headers());
    let body::Collected { body, broken, .. } = body::collect(&mut response, LONGEST).await;
    match broken {
        Some(error) => Err(failure(error)),
        None => Ok((status, body.to_vec())),
    }
}

/// Never shows what it reads.
fn read(text: &[u8]) -> Result<Credentials, &'static str> {
    let mut json: Value = serde_json::from_slice(text).map_err(|_| "answered no JSON")?;
    let credential = json.get_mut("credential").ok_or("answered no `credential`")?;
    let mut take = |key: &str| match credential.get_mut(key).map(Value::take) {
        Some(Value::String(text)) => Some(Secret::from(text)),
        _ => None,
    };
    let (access, secret, token) = (take("access"), take("secret"), take("securitytoken"));
    let (Some(access), Some(secret), Some(token)) = (access, secret, token) else {
        return Err("answered no `access`, no `secret` or no `securitytoken`");
    };
    let expires = take("expires_at").and_then(|text| date::parse(text.expose()));
    let expires = expires.ok_or("answered no `expires_at`, or one that is no moment")?;
    Ok(Credentials::keys(access, secret, Some(token)).expiring(expires))
}

fn client() -> Result<reqwest::Client, String> {
    let builder = reqwest::Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT);
    Tls::new(false, &[])?.apply(builder).build().map_err(|error| error.to_string())
}

fn place(address: &str) -> String {
    format!("metadata service {address}")
}
