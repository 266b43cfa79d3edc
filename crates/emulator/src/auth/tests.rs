//! Who is let in, and what the others are told.

use huaweicloud_core::{
    Secret,
    sign::{self, Signer, Timestamp},
};

use super::*;
use crate::moment;

const NOW: u64 = 1_769_904_000_000;

fn gate() -> Gate {
    let keys = Keys {
        access_key: "EXAMPLE-AK".to_owned(),
        secret_key: Secret::new("EXAMPLE-SK"),
        token: Secret::new("EXAMPLE-TOKEN"),
        project_id: "p-1".to_owned(),
    };
    Gate::new(keys, Arc::new(Issuer::new(1000, Some(1))))
}

struct Sent {
    headers: Vec<(String, String)>,
    target: &'static str,
    body: &'static [u8],
}

/// A request that is signed at a moment, with one pair of keys.
fn signed(access_key: &str, secret_key: &str, at: u64) -> Sent {
    let date = moment::compact(at);
    let (target, body) = ("/v2/p-1/instances?limit=1&name=a%20b", b"{}");
    let headers = [("content-type", "application/json"), ("host", "h:1"), ("x-sdk-date", &date)];
    let request = sign::Request { method: "POST", uri: target, headers: &headers, body };
    let authorization = Signer::new(access_key, secret_key).authorization(&request).unwrap();
    let mut headers: Vec<(String, String)> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    headers.push(("authorization".to_owned(), authorization));
    Sent { headers, target, body }
}

fn said(sent: &Sent) -> String {
    let Sent { headers, target, body } = sent;
    let request = Request { method: "POST", target, headers, body };
    match gate().check(&request, NOW) {
        Ok(()) => "let in".to_owned(),
        Err(refusal) => format!("{} {} {}", refusal.status, refusal.code, refusal.detail),
    }
}

fn sent(name: &str, value: &str) -> Sent {
    Sent { headers: vec![(name.to_owned(), value.to_owned())], target: "/", body: b"" }
}

#[test]
fn a_right_signature_is_let_in_within_fifteen_minutes() {
    for at in [NOW, NOW - 899_000, NOW + 899_000] {
        assert_eq!(said(&signed("EXAMPLE-AK", "EXAMPLE-SK", at)), "let in");
    }
    for at in [NOW - 901_000, NOW + 901_000] {
        let said = said(&signed("EXAMPLE-AK", "EXAMPLE-SK", at));
        assert!(said.starts_with("401 APIGW.0301") && said.contains("expired"), "{said}");
    }
}

#[test]
fn wrong_keys_are_refused() {
    let unknown = said(&signed("OTHER", "EXAMPLE-SK", NOW));
    assert!(unknown.starts_with("401 APIGW.0301") && unknown.contains("unknown"), "{unknown}");
    let wrong = said(&signed("EXAMPLE-AK", "OTHER", NOW));
    assert!(wrong.contains("verify aksk signature fail"), "{wrong}");
}

#[test]
fn whatever_is_changed_after_signing_is_noticed() {
    let right = || signed("EXAMPLE-AK", "EXAMPLE-SK", NOW);
    let body = Sent { body: b"{ }", ..right() };
    let target = Sent { target: "/v2/p-1/instances?limit=2&name=a%20b", ..right() };
    let mut header = right();
    header.headers[0].1 = "text/plain".to_owned();
    let mut missing = right();
    missing.headers.remove(0);
    for tampered in [body, target, header, missing] {
        let said = said(&tampered);
        assert!(said.starts_with("401 APIGW.0301"), "{said}");
    }
}

#[test]
fn another_encoding_of_the_same_is_no_change() {
    let same = Sent {
        target: "/v2/p%2D1/instances/?name=a+b&limit=1",
        ..signed("EXAMPLE-AK", "EXAMPLE-SK", NOW)
    };
    assert_eq!(said(&same), "let in");
}

#[test]
fn host_and_date_must_be_signed() {
    let date = moment::compact(NOW);
    let authorization = "SDK-HMAC-SHA256 Access=EXAMPLE-AK, SignedHeaders=x-sdk-date, Signature=0";
    let mut request = sent("authorization", authorization);
    request.headers.push(("x-sdk-date".to_owned(), date));
    assert!(said(&request).contains("host is not signed"));
    for nonsense in ["", "Basic x", "SDK-HMAC-SHA256 x", "SDK-HMAC-SHA256 Access=a, B=c"] {
        let said = said(&sent("authorization", nonsense));
        assert!(said.contains("not of the form"), "{said}");
    }
}

#[test]
fn tokens_are_taken_and_nothing_is_not() {
    assert_eq!(said(&sent("x-auth-token", "EXAMPLE-TOKEN")), "let in");
    assert!(said(&sent("x-auth-token", "OTHER")).starts_with("401 APIGW.0301"));
    assert!(said(&sent("accept", "x")).starts_with("401 DCS.1003"));
}

#[test]
fn a_project_is_that_of_the_credential() {
    let gate = gate();
    assert_eq!(gate.check_project("p-1", false), Ok(()));
    assert_eq!(gate.check_project("", true), Ok(()));
    let code = |has_token| gate.check_project("p-2", has_token).unwrap_err();
    assert_eq!((code(false).status, code(false).code), (403, "APIGW.0302"));
    assert_eq!((code(true).status, code(true).code), (401, "APIGW.0307"));
}

#[test]
fn dates_sort_as_texts() {
    assert_eq!(moment::compact(NOW).len(), Timestamp::now().as_str().len());
}
