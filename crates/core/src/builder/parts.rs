//! A builder's settings, one by one: validated, and in the form that is sent.
//!
//! A problem says what is wrong and which setter to call; it never repeats a secret.

use reqwest::{Url, header::HeaderValue};

use crate::owner::{Owner, OwnerId};

/// An id that was given, of a project or a domain.
pub(super) fn owner_id(owner: Owner, id: &str) -> Result<OwnerId, String> {
    let (id, word) = (id.trim(), owner.word());
    if id.is_empty() {
        return Err(format!("the {word} id is empty: give .{word}_id(…) one, or do not call it"));
    }
    OwnerId::new(id).ok_or_else(|| {
        format!("{id:?} is no {word} id: give .{word}_id(…) the id of the {word}, not its name")
    })
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
