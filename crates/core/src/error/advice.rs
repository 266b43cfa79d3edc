//! Advice for transport failures. In: the failure, and the client's connection settings.
//! Out: a hint, if the failure itself does not say what is wrong.

use std::{error::Error as StdError, fmt, iter};

use crate::{Region, causes::below, check::nearest, link::Link};

/// A hint, behind the failure.
pub(crate) struct Advice(String);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of a failure by the words of those who noticed it.
const KNOWN: [(&str, &str); 7] = [
    ("invalidcontenttype", NO_TLS),
    ("wrong version number", NO_TLS),
    ("handshake eof", NO_TLS),
    (
        "invalid http version",
        "what answers there speaks no HTTP, perhaps TLS: check the port, or call it by https",
    ),
    ("unknownissuer", OWN_AUTHORITY),
    ("badsignature", OWN_AUTHORITY),
    ("proxy authorization required", "give .proxy(…) a URL with user name and password"),
];

const OWN_AUTHORITY: &str =
    "if the authority is one of your own, give .root_certificate(…) its certificate";

const NO_TLS: &str = "what answers there speaks no TLS: check host and port";

impl Advice {
    /// What to do about a failure.
    pub(crate) fn of(error: &reqwest::Error, link: &Link) -> Option<Self> {
        let words = words(error);
        let known = KNOWN.iter().find(|(part, _)| words.contains(part));
        let mut hints: Vec<String> =
            known.map(|(_, hint)| (*hint).to_owned()).into_iter().collect();
        if error.is_connect() {
            hints.extend(link.proxy.as_deref().map(|proxy| format!("it was called by {proxy}")));
            // Not if the address was given.
            let host = error.url().and_then(|url| url.host_str()).unwrap_or_default();
            let is_called = |region: &&Region| host.split('.').any(|part| part == region.as_str());
            let region = link.region.as_ref().filter(is_called);
            hints.extend(region.and_then(unknown_region));
        }
        (!hints.is_empty()).then(|| Self(hints.join("; ")))
    }
}

/// All that is said on the way down, in lower case.
fn words(error: &reqwest::Error) -> String {
    let first: &(dyn StdError + 'static) = error;
    let causes = iter::successors(Some(first), |error| below(*error));
    causes.map(|error| error.to_string().to_ascii_lowercase() + "\n").collect()
}

/// A region may be newer than this crate, so that its name is doubted only where nobody answers.
fn unknown_region(region: &Region) -> Option<String> {
    if Region::KNOWN.contains(region) {
        return None;
    }
    let known: Vec<&str> = Region::KNOWN.iter().map(Region::as_str).collect();
    Some(match nearest(region.as_str(), &known) {
        Some(name) => format!("no region {region} is known here; did you mean {name}?"),
        None => format!("no region {region} is known here; check its name"),
    })
}
