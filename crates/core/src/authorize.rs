//! Authorizes a request: with a token, or with a signature.
//!
//! In: a request as it will be sent, credentials, the project, the time. Out: the same request with
//! headers, all marked as sensitive, so that its `Debug` shows none of them. What is sent is what was
//! signed: nothing may be changed afterwards.

use std::time::SystemTime;

use reqwest::{
    Request, Url,
    header::{
        AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue,
    },
};

use crate::{
    Credentials, Secret,
    credentials::Kind,
    owner::Owner,
    secret::sensitive,
    sign::{self, Signer, Timestamp},
};

const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_SDK_CONTENT: HeaderName = HeaderName::from_static("x-sdk-content-sha256");
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");

/// Stands for the hash of a body that is not in memory.
const UNSIGNED: HeaderValue = HeaderValue::from_static("UNSIGNED-PAYLOAD");

/// Authorizes a request, for a project or a domain if there is one. What was there of an earlier attempt is
/// replaced.
///
/// # Errors
///
/// What the request holds that cannot be signed or sent.
pub(crate) fn authorize(
    request: &mut Request,
    credentials: &Credentials,
    owned: Option<(Owner, &HeaderValue)>,
    now: SystemTime,
) -> Result<(), String> {
    if let Some((owner, id)) = owned {
        let name = match owner {
            Owner::Project => X_PROJECT_ID,
            Owner::Domain => X_DOMAIN_ID,
        };
        request.headers_mut().insert(name, id.clone());
    }
    match credentials.kind() {
        Kind::Token(token) => {
            let token = of_secret(token)?;
            request.headers_mut().insert(X_AUTH_TOKEN, token);
        }
        Kind::Keys { security_token, signer, .. } => {
            if let Some(token) = security_token {
                let token = of_secret(token)?;
                request.headers_mut().insert(X_SECURITY_TOKEN, token);
            }
            sign(request, signer, now)?;
        }
    }
    Ok(())
}

fn sign(request: &mut Request, signer: &Signer, now: SystemTime) -> Result<(), String> {
    without_plus(request.url_mut());
    let date = Timestamp::from(now);
    let date = HeaderValue::from_str(date.as_str()).map_err(|error| error.to_string())?;
    request.headers_mut().insert(X_SDK_DATE, date);
    if request.body().is_some_and(|body| body.as_bytes().is_none()) {
        request.headers_mut().insert(X_SDK_CONTENT, UNSIGNED);
    }
    let body: &[u8] = match request.body().map(reqwest::Body::as_bytes) {
        None => b"",
        Some(Some(bytes)) => bytes,
        // Any body that is not empty: its header stands for it.
        Some(None) => b"stream",
    };
    let host = host(request.url());
    let headers = signed(request.headers(), &host);
    let unsigned = sign::Request {
        method: request.method().as_str(),
        uri: request.url().as_str(),
        headers: &headers,
        body,
    };
    let authorization = signer.authorization(&unsigned).map_err(|error| error.to_string())?;
    let authorization = sensitive(HeaderValue::try_from(authorization)).map_err(unfit)?;
    request.headers_mut().insert(AUTHORIZATION, authorization);
    Ok(())
}

/// `Host`, `Content-Type` and every `X-` header, as long as they are single and text; anything else
/// may be changed on the way. In the order of their names.
fn signed<'a>(headers: &'a HeaderMap, host: &'a str) -> Vec<(&'a str, &'a str)> {
    let is_signed =
        |name: &HeaderName| name == CONTENT_TYPE || name == HOST || name.as_str().starts_with("x-");
    let mut signed = Vec::with_capacity(headers.len() + 1);
    let (mut has_host, mut last) = (false, None);
    for (name, value) in headers.iter().filter(|(name, _)| is_signed(name)) {
        has_host |= name == HOST;
        // The values of a name come one after the other.
        let is_again = last.replace(name) == Some(name);
        let at = signed.partition_point(|(before, _)| *before < name.as_str());
        if is_again {
            if signed.get(at).is_some_and(|(other, _)| *other == name.as_str()) {
                signed.remove(at);
            }
        } else if let Ok(value) = std::str::from_utf8(value.as_bytes()) {
            signed.insert(at, (name.as_str(), value));
        }
    }
    if !has_host {
        let at = signed.partition_point(|(before, _)| *before < HOST.as_str());
        signed.insert(at, (HOST.as_str(), host));
    }
    signed
}

/// As the header carries it: with the port, unless it is the one of the scheme.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// A space in a query is written `+` by forms and `%20` elsewhere; servers that read `+` as itself
/// would take the signature for wrong.
fn without_plus(url: &mut Url) {
    if let Some(query) = url.query().filter(|query| query.contains('+')) {
        let query = query.replace('+', "%20");
        url.set_query(Some(&query));
    }
}

fn of_secret(secret: &Secret) -> Result<HeaderValue, String> {
    sensitive(HeaderValue::from_str(secret.expose())).map_err(unfit)
}

fn unfit(_: InvalidHeaderValue) -> String {
    "a header cannot carry the credentials".to_owned()
}

#[cfg(test)]
mod tests;
