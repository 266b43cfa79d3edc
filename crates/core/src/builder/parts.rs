//! What a builder was told, part by part: checked, and in the form that is sent.
//!
//! A problem says what is wrong and which setter to call; it never repeats a token.

use reqwest::{Url, header::HeaderValue};

use crate::Secret;

/// Stands for the name of the region in an endpoint.
pub(super) const REGION: &str = "{region}";

pub(super) fn endpoint(text: &str) -> Result<Url, String> {
    let problem = |what: &str| format!("{what}: give .endpoint(…) a URL such as https://host");
    let text = text.trim();
    let url = Url::parse(text).map_err(|error| problem(&format!("no URL ({error})")))?;
    // Checked before the URL is shown: it may hold a password.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(problem("an endpoint with a user name or password"));
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(problem(&format!("the endpoint is {}, not http or https", url.scheme())));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(problem("an endpoint with a query or fragment"));
    }
    Ok(url)
}

pub(super) fn regional_endpoint(region: &str, template: &str) -> Result<Url, String> {
    // It becomes part of a host name: anything else could lead the token to another host.
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if region.is_empty() || !region.chars().all(is_word) {
        return Err(format!(
            "{region:?} is no region: give .region(…) letters, digits and hyphens, such as eu-west-101"
        ));
    }
    endpoint(&template.replace(REGION, region))
}

/// The id, and the header that carries it.
pub(super) fn project_id(id: Option<&str>) -> Result<(String, HeaderValue), String> {
    let Some(id) = id.map(str::trim).filter(|id| !id.is_empty()) else {
        return Err("no project id: call .project_id(…)".to_owned());
    };
    // It becomes a segment of every path.
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match HeaderValue::from_str(id) {
        Ok(header) if id.chars().all(is_word) => Ok((id.to_owned(), header)),
        _ => Err(format!(
            "{id:?} is no project id: give .project_id(…) the id of the project, not its name"
        )),
    }
}

pub(super) fn token(token: Option<&Secret>) -> Result<HeaderValue, String> {
    let token = token.map_or("", Secret::expose);
    if token.is_empty() {
        return Err("no credentials: call .auth_token(…)".to_owned());
    }
    let mut header = HeaderValue::from_str(token).map_err(|_| {
        "the token holds what no header can carry (a line break at its end?): \
         give .auth_token(…) the token alone"
            .to_owned()
    })?;
    header.set_sensitive(true);
    Ok(header)
}

/// `huaweicloud-dcs/0.1.0 huaweicloud-core/0.1.0 my-app/1.2`
pub(super) fn user_agent(service: &str, suffix: Option<&str>) -> Result<HeaderValue, String> {
    let own = concat!("huaweicloud-core/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{service} {own} {suffix}"),
        None => format!("{service} {own}"),
    };
    HeaderValue::from_str(&text).map_err(|_| {
        "the user agent holds what no header can carry: give .user_agent_suffix(…) plain text"
            .to_owned()
    })
}

/// Is it this machine? A proxy would look for the service on its own.
pub(super) fn is_loopback(endpoint: &Url) -> bool {
    let Some(host) = endpoint.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}
