//! Signatures. In: the header `Authorization` and what it should be the signature of. Out: nothing, or
//! why it is refused.
//!
//! The emulator signs the request anew by the client's own canonical request, and compares.

use huaweicloud_core::sign::{self, Signer};

use super::{Request, is_same};
use crate::{moment, refusal::Refusal};

/// How far the date of a signature may be from the clock, in milliseconds.
const TOLERANCE: u64 = 15 * 60 * 1000;

/// What every signature is made of.
const NEEDED: [&str; 2] = ["host", "x-sdk-date"];

/// Who says to have signed.
pub(super) fn access_key(authorization: &str) -> Result<&str, Refusal> {
    Ok(Parts::read(authorization).ok_or_else(no_parts)?.access_key)
}

fn no_parts() -> Refusal {
    refused(
        "The header Authorization is not of the form SDK-HMAC-SHA256 Access=…, SignedHeaders=…, \
         Signature=….",
    )
}

/// Whether the signature is that of the signer.
pub(super) fn check(
    signer: &Signer,
    request: &Request<'_>,
    authorization: &str,
    now: u64,
) -> Result<(), Refusal> {
    let parts = Parts::read(authorization).ok_or_else(no_parts)?;
    if let Some(missing) = NEEDED.into_iter().find(|name| !parts.headers.contains(name)) {
        return Err(refused(&format!("The header {missing} is not signed.")));
    }
    check_date(request, now)?;
    let mut headers = Vec::with_capacity(parts.headers.len());
    for name in &parts.headers {
        let value = request.header(name);
        let value =
            value.ok_or_else(|| refused(&format!("The signed header {name} is missing.")))?;
        headers.push((*name, value));
    }
    let signed = sign::Request {
        method: request.method,
        uri: request.target,
        headers: &headers,
        body: request.body,
    };
    let ours = signer.authorization(&signed).map_err(|error| refused(&error.to_string()))?;
    let ours = Parts::read(&ours).map_or("", |parts| parts.signature);
    if !is_same(ours, parts.signature) {
        return Err(refused(
            "verify aksk signature fail: another secret key, or the request is not what was signed.",
        ));
    }
    Ok(())
}

/// The date, compared as text: its form sorts like the moments.
fn check_date(request: &Request<'_>, now: u64) -> Result<(), Refusal> {
    let date = request.header("x-sdk-date").unwrap_or_default();
    let earliest = moment::compact(now.saturating_sub(TOLERANCE));
    let latest = moment::compact(now.saturating_add(TOLERANCE));
    let has_form = date.len() == latest.len();
    if !has_form || date < earliest.as_str() || date > latest.as_str() {
        let ours = moment::compact(now);
        let why = format!(
            "The signature is expired: x-sdk-date is {date}, and here it is {ours}; \
             15 minutes are allowed.",
        );
        return Err(refused(&why));
    }
    Ok(())
}

pub(super) fn refused(why: &str) -> Refusal {
    Refusal::new("APIGW.0301", format!("Incorrect IAM authentication information: {why}"))
}

/// What the header consists of.
struct Parts<'a> {
    access_key: &'a str,
    headers: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("SDK-HMAC-SHA256 ")?;
        let (mut access_key, mut headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            match part.trim().split_once('=')? {
                ("Access", value) => access_key = Some(value),
                ("SignedHeaders", value) => headers = Some(value.split(';').collect()),
                ("Signature", value) => signature = Some(value),
                _ => return None,
            }
        }
        Some(Self { access_key: access_key?, headers: headers?, signature: signature? })
    }
}
