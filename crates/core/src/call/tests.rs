//! Decoding and limits without a network; the rest is in `tests/http.rs`.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use super::{
    received::{LONGEST_SUCCESS, misfit_error},
    watch::Seen,
    *,
};
use crate::{
    body::{self, collect},
    error::Misfit,
    redact::Redactor,
    tls,
};

fn decode<T: Lenient>(body: &[u8]) -> Result<T, Misfit> {
    answer::decode(body, &mut Seen::new(Fields::Any))
}

struct Pieces(VecDeque<&'static str>);

impl body::Pieces for Pieces {
    async fn piece(&mut self) -> reqwest::Result<Option<Bytes>> {
        Ok(self.0.pop_front().map(|piece| Bytes::from_static(piece.as_bytes())))
    }
}

#[tokio::test]
async fn bodies_are_read_up_to_the_limit() {
    let read = async |pieces: &[&'static str], limit| {
        let collected = collect(&mut Pieces(pieces.iter().copied().collect()), limit).await;
        (collected.body, collected.is_cut)
    };
    assert_eq!(read(&[], 3).await, (Bytes::new(), false));
    assert_eq!(read(&["abc"], 3).await, (Bytes::from("abc"), false));
    assert_eq!(read(&["ab", "c"], 3).await, (Bytes::from("abc"), false));
    assert_eq!(read(&["ab", "cd", "e"], 3).await, (Bytes::from("abc"), true));
    assert_eq!(read(&["abcd"], 3).await, (Bytes::from("abc"), true));
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Instance {
    port: u16,
}

crate::lenient_struct!(Instance);

fn redactor() -> Redactor<'static> {
    Redactor::new("hunter2")
}

fn said<T: Lenient + std::fmt::Debug>(body: &'static str) -> String {
    let misfit = match decode::<T>(body.as_bytes()) {
        Ok(value) => return format!("{value:?}"),
        Err(misfit) => misfit,
    };
    misfit_error(StatusCode::OK, &HeaderMap::new(), Bytes::from(body), misfit, redactor())
        .to_string()
}

#[test]
fn misfits_say_where() {
    type Instances = BTreeMap<String, Vec<Instance>>;
    assert_eq!(
        said::<Instances>(r#"{"instances":[{"port":6379},{"port":[]}]}"#),
        "200, but the response cannot be decoded at instances[1].port: \
         invalid type: sequence, expected u16 at line 1 column 36"
    );
    assert_eq!(
        said::<Vec<Instance>>(r#"[{"port":6379},[6379]]"#),
        "200, but the response cannot be decoded at [1]: \
         invalid type: sequence, expected an object at line 1 column 16"
    );
    assert_eq!(
        said::<Instance>(r#""hunter3""#),
        "200, but the response cannot be decoded: \
         invalid type: string, expected an object at line 1 column 9"
    );
    assert_eq!(
        said::<Instance>("<html>"),
        "200, but the response cannot be decoded: it is not JSON (expected value at line 1 column 1)"
    );
    assert_eq!(
        said::<Instance>(r#"{"port":1} x"#),
        "200, but the response cannot be decoded: it is not JSON (trailing characters at line 1 column 12)"
    );
}

#[test]
fn empty_bodies_fit_what_may_be_empty() {
    assert_eq!(said::<Option<Instance>>(" "), "None");
    assert_eq!(said::<()>(""), "()");
    assert_eq!(said::<BTreeMap<String, i32>>(""), "{}");
    let empty = "200, but the response cannot be decoded: it is empty";
    assert_eq!(said::<Vec<i32>>("\r\n"), "[]");
    assert_eq!(said::<Instance>(""), empty);
    assert_eq!(said::<Option<Vec<i32>>>(""), "None");
    assert_eq!(said::<Box<BTreeMap<String, Instance>>>(""), "{}");
    assert_eq!(said::<serde_json::Value>(""), "Null");
    assert_eq!(said::<String>(""), empty);
}

#[test]
fn structures_without_needs_may_be_empty() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Page {
        #[serde(default, deserialize_with = "crate::lenient::field")]
        count: Option<i32>,
    }
    crate::lenient_struct!(Page);
    assert_eq!(said::<Page>(""), "Page { count: None }");
    assert_eq!(said::<Page>(r#"{"count":"7"}"#), "Page { count: Some(7) }");
    assert_eq!(said::<Option<Page>>(""), "None");
    assert_eq!(said::<Option<Page>>("{}"), "Some(Page { count: None })");
}

#[test]
fn bodies_are_as_lenient_as_fields() {
    assert_eq!(said::<i64>(r#""7""#), "7");
    assert_eq!(said::<bool>("1"), "true");
    assert_eq!(said::<f64>(r#""0.5""#), "0.5");
    assert_eq!(said::<String>("3.0"), r#""3.0""#);
    assert_eq!(said::<Vec<i64>>(r#"["1",2]"#), "[1, 2]");
    assert_eq!(said::<BTreeMap<String, bool>>(r#"{"a":"true"}"#), r#"{"a": true}"#);
    assert_eq!(said::<Option<Box<Instance>>>(r#"{"port":1}"#), "Some(Instance { port: 1 })");
    assert_eq!(said::<()>(r#"{"a":[1]}"#), "()");
}

#[test]
fn echoed_tokens_are_not_shown() {
    #[derive(Debug, serde::Deserialize)]
    struct Strict;
    impl Lenient for Strict {
        fn lenient<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            // Repeats what it refuses.
            <i32 as serde::Deserialize>::deserialize(deserializer).map(|_| Self)
        }
    }
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", reqwest::header::HeaderValue::from_static("hunter2"));
    let body = r#"{"a hunter2":"b hunter2"}"#;
    let misfit = decode::<BTreeMap<String, Strict>>(body.as_bytes()).unwrap_err();
    let error = misfit_error(StatusCode::OK, &headers, Bytes::from(body), misfit, redactor());
    let text = "200, but the response cannot be decoded at a [redacted]: invalid type: string \
                \"b [redacted]\", expected i32 at line 1 column 24 (request id [redacted])";
    assert_eq!(error.to_string(), text);
    let source = std::error::Error::source(&error).map(|source| format!("{source} {source:?}"));
    assert!(!format!("{error:?}{source:?}").contains("hunter2"));
    let clean = r#"{"a [redacted]":"b [redacted]"}"#;
    assert_eq!(error.raw_body(), Some(clean.as_bytes()));
}

#[test]
fn too_long_is_said() {
    let misfit = Misfit::TooLong { limit: LONGEST_SUCCESS };
    let error =
        misfit_error(StatusCode::CREATED, &HeaderMap::new(), Bytes::new(), misfit, redactor());
    let text = "201, but the response cannot be decoded: it is longer than 64 MiB";
    assert_eq!(error.to_string(), text);
    assert!(error.is_unknown_outcome());
    assert_eq!(format!("{error:?}"), text);
}

#[test]
fn segments_stay_in_their_place() {
    let said = |value| segment("id", value).err().map(|error| error.to_string());
    let invalid = "the request is invalid and was not sent";
    assert_eq!(said("a/b%2e.."), None);
    assert_eq!(
        said(""),
        Some(format!("{invalid}: id: is empty; a part of the path is needed (path)"))
    );
    let dots = "is made of dots alone, which leads to another path; give the name or id";
    assert_eq!(said(".."), Some(format!("{invalid}: id: {dots} (path)")));
    let backslash = "holds a backslash, which leads to another path; remove it";
    assert_eq!(said(r"a\.."), Some(format!("{invalid}: id: {backslash} (path)")));
}

/// `reqwest::Client::new` would look for a process-wide provider of TLS, and we install none.
fn client() -> reqwest::Client {
    tls::Tls::new(false, &[]).unwrap().apply(reqwest::Client::builder()).build().unwrap()
}

#[test]
fn optional_bodies() {
    let http = client();
    let post = || http.post("http://h");
    let without = post().json_if::<i32>(&None).build().unwrap();
    assert!(without.body().is_none() && without.headers().is_empty());
    let with = post().json_if(&Some(&1)).build().unwrap();
    assert_eq!(with.body().unwrap().as_bytes(), Some(&b"1"[..]));
    let media = "application/merge-patch+json";
    let with = post().json_as(media, &Some(&1)).build().unwrap();
    let types: Vec<_> = with.headers().get_all("content-type").iter().collect();
    assert_eq!(types, [media]);
    assert_eq!(with.body().unwrap().as_bytes(), Some(&b"1"[..]));
    let without = post().json_as::<i32>(media, &None).build().unwrap();
    assert!(without.body().is_none() && without.headers().is_empty());
}
