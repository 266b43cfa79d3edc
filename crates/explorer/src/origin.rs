//! Requests that a web page of another site might have sent. In: the headers `Host` and `Origin`. Out: whether the
//! request names a host that this program answers to.
//!
//! A page may have its own name lead to 127.0.0.1 and then talk to whatever listens there. The name
//! stays in `Host`, and the page in `Origin`, so both must be local.

use std::net::IpAddr;

/// Names that count as this machine, besides addresses and `localhost`.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    /// Names that the user allows.
    pub allowed: Vec<String>,
}

impl Hosts {
    /// Decides whether a request may be answered.
    ///
    /// # Errors
    ///
    /// Why it is refused.
    pub fn check(&self, host: Option<&str>, origin: Option<&str>) -> Result<(), String> {
        let host = host.ok_or("there is no Host header; send one")?;
        if !self.is_here(host) {
            return Err(format!(
                "the Host header is {host}, which is no name of this program; call it by its address, \
                 or start it with --allow-host"
            ));
        }
        let Some(origin) = origin else { return Ok(()) };
        let name = origin.split_once("://").map_or(origin, |(_, rest)| rest);
        match self.is_here(name) {
            true => Ok(()),
            false => Err(format!(
                "the Origin header is {origin}; pages of other sites may not call this program"
            )),
        }
    }

    fn is_here(&self, host: &str) -> bool {
        let name = without_port(host);
        let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is_address = address.unwrap_or(name).parse::<IpAddr>().is_ok();
        let lower = name.to_ascii_lowercase();
        is_address
            || lower == "localhost"
            || lower.ends_with(".localhost")
            || self.allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            // The colon may be one of an address of version 6.
            if name.contains(':') && !name.ends_with(']') { host } else { name }
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_names_and_addresses_are_here() {
        let hosts = Hosts { allowed: vec!["dcs.test".to_owned()] };
        for host in
            ["127.0.0.1:8800", "localhost", "LOCALHOST:1", "[::1]:8800", "::1", "DCS.test:9"]
        {
            assert_eq!(hosts.check(Some(host), None), Ok(()), "{host}");
        }
        for host in ["", "evil.example", "evil.example:8800", "localhost.evil.example", "a:b"] {
            assert!(hosts.check(Some(host), None).is_err(), "{host}");
        }
        assert!(hosts.check(None, None).is_err());
    }

    #[test]
    fn pages_of_elsewhere_are_refused() {
        let hosts = Hosts::default();
        let check = |origin| hosts.check(Some("127.0.0.1"), Some(origin));
        assert_eq!(check("http://localhost:3000"), Ok(()));
        assert_eq!(check("http://127.0.0.1"), Ok(()));
        for origin in ["null", "https://evil.example", "http://localhost.evil.example:80", ""] {
            assert!(check(origin).is_err(), "{origin}");
        }
    }
}
