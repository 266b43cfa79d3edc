//! The signer against requests that the vendor's own signer signed (`data/sdk-hmac-sha256.json`),
//! and the example program over the same file.

#[path = "../examples/sign.rs"]
mod example;

use std::error::Error;

use huaweicloud_core::sign::{Request, Signer};
use serde::Deserialize;

const VECTORS: &str = include_str!("data/sdk-hmac-sha256.json");

/// What the vendor's signer was given, and what it made.
#[derive(Deserialize)]
struct Case {
    name: String,
    access_key: String,
    secret_key: String,
    method: String,
    body: String,
    uri: String,
    headers_sent: std::collections::BTreeMap<String, String>,
    authorization: String,
}

#[test]
fn every_case_of_the_vendor_is_matched() -> Result<(), Box<dyn Error>> {
    let cases: Vec<Case> = serde_json::from_str(VECTORS)?;
    assert_eq!(cases.len(), 24);
    for case in cases {
        let headers: Vec<(&str, &str)> =
            case.headers_sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = Request {
            method: &case.method,
            uri: &case.uri,
            headers: &headers,
            body: case.body.as_bytes(),
        };
        let signer = Signer::new(&case.access_key, &case.secret_key);
        assert_eq!(signer.authorization(&request)?, case.authorization, "{}", case.name);
    }
    Ok(())
}

#[test]
fn the_example_prints_every_value() -> Result<(), Box<dyn Error>> {
    let _: fn() -> Result<(), Box<dyn Error>> = example::main;
    let cases: Vec<Case> = serde_json::from_str(VECTORS)?;
    let expected: String = cases.iter().map(|case| format!("{}\n", case.authorization)).collect();
    assert_eq!(example::lines(VECTORS)?, expected);
    Ok(())
}

#[test]
fn the_example_says_what_is_wrong() {
    assert_eq!(example::lines("[]").as_deref(), Ok(""));
    let missing = r#"[{"access_key":"EXAMPLE-ACCESS-KEY"}]"#;
    assert_eq!(
        example::lines(missing).err().as_deref(),
        Some("missing field `secret_key` at line 1 column 36")
    );
    let case = r#"[{"name":"late","access_key":"EXAMPLE-ACCESS-KEY","secret_key":"EXAMPLE-SECRET-KEY",
        "date":"2026-01-31","method":"GET","host":"h","path":"/"}]"#;
    assert_eq!(
        example::lines(case).err().as_deref(),
        Some(
            "case 0 late: the header X-Sdk-Date is no moment of the form 20260131T235959Z, in UTC"
        )
    );
}
