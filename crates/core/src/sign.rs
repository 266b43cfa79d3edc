//! Signs requests by `SDK-HMAC-SHA256`, with nothing but hashes.
//!
//! In: an access key with its secret key, and what is sent: method, URI, headers and body. Out: the
//! value of the header `Authorization`. Any HTTP client can send it.
//!
//! ```
//! use huaweicloud_core::sign::{Request, Signer, Timestamp};
//!
//! let signer = Signer::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY");
//! let date = Timestamp::now();
//! let request = Request {
//!     method: "GET",
//!     uri: "/v2/available-zones?limit=10",
//!     headers: &[
//!         ("Host", "dcs.eu-west-101.myhuaweicloud.com"),
//!         ("X-Sdk-Date", date.as_str()),
//!         ("X-Project-Id", "EXAMPLE-PROJECT-ID"),
//!     ],
//!     body: b"",
//! };
//! let authorization = signer.authorization(&request)?;
//! assert!(authorization.starts_with("SDK-HMAC-SHA256 Access=EXAMPLE-ACCESS-KEY, SignedHeaders="));
//! # Ok::<(), huaweicloud_core::sign::SignError>(())
//! ```
//!
//! # What is signed
//!
//! The hash of the *canonical request*, which client and server make of the same request:
//!
//! 1. the method in upper case,
//! 2. the path: percent-decoded, encoded anew with nothing but unreserved characters
//!    (`A-Z a-z 0-9 - . _ ~`) and slashes left alone, and `/` at its end,
//! 3. the query: each name and value decoded, sorted by name and then by value, and encoded anew,
//! 4. one line per header, sorted by name: the name in lower case, a colon, the value without white
//!    space around it,
//! 5. the names of these headers,
//! 6. the SHA-256 of the body.
//!
//! So it does not matter how a path or query is encoded on its way, as long as it is decoded to the
//! same. In a query, `+` is a space: that is how servers decode it.

mod canonical;
mod date;
mod encode;
mod error;
mod headers;
mod sink;

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroize as _;

pub use date::Timestamp;
pub use error::SignError;

/// What is signed, with room for the moment and for the hash of the canonical request.
const TO_SIGN: &[u8; 97] = b"SDK-HMAC-SHA256\n\
    ________________\n\
    ________________________________________________________________";

/// Signs with one pair of keys.
///
/// What the secret key was made into is overwritten when the signer is dropped, and `Debug` does
/// not show it. A signer is made once and signs many requests.
#[derive(Clone)]
pub struct Signer {
    /// `SDK-HMAC-SHA256 Access=…, SignedHeaders=`
    prefix: String,
    /// Has taken in the secret key.
    mac: Hmac<Sha256>,
}

/// What is signed of a request. It must be sent as it is here, but for the forms that are
/// [the same to a signature](self#what-is-signed).
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Such as `GET`; letters of either case.
    pub method: &'a str,
    /// Path and query, such as `/v2/things?limit=10`, or a whole URL, whose scheme and host count
    /// for nothing here. Encoded or not: spaces and letters of any language may stand as they are,
    /// while `%`, `?`, `#`, and in a query `&`, `=` and `+`, need their encoding.
    pub uri: &'a str,
    /// The headers to be signed, in any order; names in either case. `Host` (with the port, if it
    /// is not the one of the scheme) and `X-Sdk-Date` (a [`Timestamp`]) are needed; `Content-Type`
    /// and every `X-` header should be there, among them `X-Security-Token` with temporary keys.
    /// Names with `_` are left out, since gateways drop such headers. Headers that a proxy may
    /// change must not be there.
    ///
    /// `X-Sdk-Content-Sha256` takes the place of the hash of a body that is not empty;
    /// `UNSIGNED-PAYLOAD` leaves the body out of the signature.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body as it is sent; empty if there is none.
    pub body: &'a [u8],
}

impl Signer {
    /// A signer for a pair of keys, permanent or temporary.
    pub fn new(access_key: &str, secret_key: &str) -> Self {
        let prefix = format!("SDK-HMAC-SHA256 Access={access_key}, SignedHeaders=");
        Self { prefix, mac: keyed(secret_key.as_bytes()) }
    }

    /// The value of the header `Authorization` for a request.
    ///
    /// # Errors
    ///
    /// [`SignError`] when a header is missing, is there twice, or holds what no header can.
    pub fn authorization(&self, request: &Request<'_>) -> Result<String, SignError> {
        let headers = headers::Signed::new(request)?;
        let mut text = String::with_capacity(self.length(request));
        text.push_str(&self.prefix);
        let names = text.len();
        headers.push_names(&mut text);
        let hash = canonical::hash(request, &headers, &text.as_bytes()[names..]);
        text.push_str(", Signature=");
        // Digits are text.
        text.push_str(
            std::str::from_utf8(&self.signature(headers.date, &hash)).unwrap_or_default(),
        );
        Ok(text)
    }

    /// Of a moment and the hash of a canonical request, in hexadecimal digits.
    fn signature(&self, date: &[u8; 16], hash: &[u8; 32]) -> [u8; 64] {
        let mut text = *TO_SIGN;
        text[16..32].copy_from_slice(date);
        text[33..].copy_from_slice(&sink::hex(hash));
        let mut mac = self.mac.clone();
        mac.update(&text);
        sink::hex(&mac.finalize().into_bytes().into())
    }

    /// Of the header, at most.
    fn length(&self, request: &Request<'_>) -> usize {
        let names: usize = request.headers.iter().map(|(name, _)| name.len() + 1).sum();
        self.prefix.len() + names + ", Signature=".len() + 64
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

/// Headers and body may hold secrets.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("uri", &self.uri)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// HMAC with a key of any length: one longer than a block counts as its hash, a shorter one is
/// filled up with zeros.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(room) => room.copy_from_slice(key),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let mac = Hmac::new(&block.into());
    block.zeroize();
    mac
}

#[cfg(test)]
mod tests;
