//! Authentication. In: a request as it arrived, and the emulator's keys. Out: nothing, or the refusal of the gateway
//! in front of the service.

mod signature;
mod temporary;

use std::sync::Arc;

use huaweicloud_core::{Secret, sign::Signer};

use crate::refusal::Refusal;
pub(crate) use temporary::Issuer;

/// What a caller needs.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: Secret,
    /// A token, for callers that sign nothing.
    pub token: Secret,
    /// The project that both are for.
    pub project_id: String,
}

/// A request, as far as it matters who sends it.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    /// Path and query, as on the wire.
    pub(crate) target: &'a str,
    /// Names in lower case.
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: &'a [u8],
}

impl Request<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Checks callers.
pub(crate) struct Gate {
    keys: Keys,
    signer: Signer,
    /// Who gave out temporary keys.
    issuer: Arc<Issuer>,
}

impl Gate {
    pub(crate) fn new(keys: Keys, issuer: Arc<Issuer>) -> Self {
        let signer = Signer::new(&keys.access_key, keys.secret_key.expose());
        Self { keys, signer, issuer }
    }

    /// Lets a request in whose signature or token is right at a moment.
    pub(crate) fn check(&self, request: &Request<'_>, now: u64) -> Result<(), Refusal> {
        if let Some(authorization) = request.header("authorization") {
            return self.check_signature(request, authorization, now);
        }
        match request.header("x-auth-token") {
            Some(token) if is_same(token, self.keys.token.expose()) => Ok(()),
            Some(_) => Err(Refusal::new("APIGW.0301", "The token is not one of this emulator.")),
            None => Err(Refusal::new("DCS.1003", "")),
        }
    }

    fn check_signature(
        &self,
        request: &Request<'_>,
        authorization: &str,
        now: u64,
    ) -> Result<(), Refusal> {
        let access_key = signature::access_key(authorization)?;
        if is_same(access_key, &self.keys.access_key) {
            return signature::check(&self.signer, request, authorization, now);
        }
        let Some(keys) = self.issuer.find(access_key, now) else {
            return Err(signature::refused("The access key is unknown."));
        };
        let token = request.header("x-security-token").unwrap_or_default();
        if !is_same(token, keys.token.expose()) {
            return Err(signature::refused("The security token is not that of the access key."));
        }
        let signer = Signer::new(&keys.access_key, keys.secret_key.expose());
        signature::check(&signer, request, authorization, now)
    }

    /// Whether the project in a path is that of the caller.
    pub(crate) fn check_project(&self, project: &str, has_token: bool) -> Result<(), Refusal> {
        let own = &self.keys.project_id;
        if project.is_empty() || project == own {
            return Ok(());
        }
        let code = if has_token { "APIGW.0307" } else { "APIGW.0302" };
        Err(Refusal::new(code, format!("The project of this emulator is {own}.")))
    }
}

/// Compares without telling by the time how much is alike.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests;
