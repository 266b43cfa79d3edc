//! Paths, queries and headers that are hard to sign; the expected signatures are from the vendor's
//! signer. Its file of complete requests is in `tests/sign.rs`.

use super::*;

const HOST: (&str, &str) = ("Host", "h.example");
const DATE: (&str, &str) = ("X-Sdk-Date", "20260131T235959Z");

fn signer() -> Signer {
    Signer::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY")
}

fn request<'a>(uri: &'a str, headers: &'a [(&'a str, &'a str)]) -> Request<'a> {
    Request { method: "GET", uri, headers, body: b"" }
}

/// The header, without what is the same in all of them.
fn signed(request: Request<'_>) -> Result<String, SignError> {
    let text = signer().authorization(&request)?;
    let rest = text.strip_prefix("SDK-HMAC-SHA256 Access=EXAMPLE-ACCESS-KEY, SignedHeaders=");
    Ok(rest.unwrap_or(&text).replace(", Signature=", " "))
}

fn signature(uri: &str) -> String {
    signed(request(uri, &[HOST, DATE])).unwrap()
}

#[test]
fn a_plain_request() {
    let expected =
        "host;x-sdk-date 9341926a5d9a17812c67bbb53905db5b9d8867f36b414a22c693c677b7c71dfe";
    assert_eq!(signature("/"), expected);
    for same in ["", "https://h.example", "https://h.example/", "/?", "/#top", "%2F"] {
        assert_eq!(signature(same), expected, "{same}");
    }
}

#[test]
fn a_hard_request() {
    let headers =
        [DATE, ("X-Empty", ""), ("x_skipped", "1"), ("Content-Type", "\t application/json "), HOST];
    let request = Request {
        method: "get",
        uri: "/v2/a b/%2F%25/中//é!$&'()*+,;=:@?b=2&a=%20%2B%26=&a=中&a&A=~#not/sent?",
        headers: &headers,
        body: b"{}",
    };
    assert_eq!(
        signed(request).unwrap(),
        "content-type;host;x-empty;x-sdk-date \
         0d0fc9ae29694bff3898144dbd4b28cdd1295c09296f678f456cb8c48ff7841d"
    );
}

#[test]
fn keys_longer_than_a_block() {
    let signer = Signer::new("A", &"k".repeat(65));
    let text = signer.authorization(&request("/", &[HOST, DATE])).unwrap();
    let expected = "712ef605c9a9b146b8080b31f77007ef674e4ac2a4310485de123fc29e4e6582";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn a_body_that_is_not_signed() {
    let headers =
        [HOST, DATE, ("Content-Type", "text/plain"), ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")];
    let put = |body| Request { method: "PUT", body, ..request("/upload", &headers) };
    let names = "content-type;host;x-sdk-content-sha256;x-sdk-date";
    let unsigned = "cab446ffedeb146c202ad85ad62e3e83a65dda0f8f010867d31c1a047e833d3c";
    assert_eq!(signed(put(b"abc")).unwrap(), format!("{names} {unsigned}"));
    assert_eq!(signed(put(b"xyz")).unwrap(), format!("{names} {unsigned}"));
    let empty = "0780037a8c356a69bd4ca7888bf234af657e8476f085a054efe73a5b0c96541c";
    assert_eq!(signed(put(b"")).unwrap(), format!("{names} {empty}"));
}

#[test]
fn the_same_in_another_encoding_has_the_same_signature() {
    let same = [
        ("/a b", "/a%20b"),
        ("/a", "/a/"),
        ("/%7E", "/~"),
        ("/ü", "/%c3%bc"),
        ("/a+b", "/a%2Bb"),
        ("/%zz%4", "/%25zz%254"),
        ("/?a=x y", "/?a=x+y"),
        ("/?a=x%20y", "/?a=x+y"),
        ("/?a=%zz", "/?a=%25zz"),
        ("/?b=1&a=2", "/?a=2&b=1"),
        ("/?a=2&a=10", "/?a=10&a=2"),
        ("/?a&&b", "/?a=&b="),
        ("http://other:1/a?b#c", "/a?b"),
        ("http://other?a=/x", "/?a=%2Fx"),
        ("http://other#/a", "/"),
        ("/?a=b://c/d", "/?a=b%3A%2F%2Fc%2Fd"),
        ("/x://y", "/x%3A%2F%2Fy"),
    ];
    for (one, other) in same {
        assert_eq!(signature(one), signature(other), "{one} {other}");
    }
    for (one, other) in
        [("/a", "/b"), ("/a", "/A"), ("/?a=1", "/?a=2"), ("/?a+", "/?a"), ("/?a=+", "/?a=%2B")]
    {
        assert_ne!(signature(one), signature(other), "{one} {other}");
    }
}

/// Sorted by what is decoded: `%` would come before letters, and `中` after them.
#[test]
fn queries_are_sorted_by_their_decoded_text() {
    let order = |query: &str| signature(&format!("/?{query}"));
    assert_eq!(order("n=%E4%B8%AD&n=dcs"), order("n=dcs&n=中"));
    assert_eq!(order("%62=1&a=1"), order("a=1&b=1"));
}

#[test]
fn every_text_is_signed_like_its_encoding() {
    // A generator of Marsaglia's; the same texts in each run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..300 {
        let length = next() % 600;
        let text: String = (0..length)
            .map(|_| char::from_u32((next() % 0x250) as u32).unwrap_or('x'))
            .filter(|c| !"%?#".contains(*c))
            .collect();
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        assert_eq!(signature(&format!("/x{text}")), signature(&format!("/x{encoded}")), "{text:?}");
        let value = text.replace(['&', '=', '+'], "");
        let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(
            signature(&format!("/?{value}={value}")),
            signature(&format!("/?{encoded}={encoded}")),
            "{value:?}"
        );
    }
}

#[test]
fn headers_come_in_any_order_and_case() {
    let body = ("content-type", "application/json");
    let many: Vec<(String, String)> =
        (0..40).map(|i| (format!("X-{i:02}"), "x".repeat(i))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let lower: Vec<String> = many.iter().map(|(name, _)| name.to_lowercase()).collect();
    let mut sorted = vec![body, ("host", HOST.1)];
    sorted.extend(lower.iter().zip(&many).map(|(name, (_, value))| (name.as_str(), *value)));
    sorted.push(("x-sdk-date", DATE.1));
    let mut mixed = many.clone();
    mixed.extend([DATE, ("hOST", " h.example\t"), body]);
    mixed.reverse();
    assert_eq!(signed(request("/", &sorted)), signed(request("/", &mixed)));
    assert!(signed(request("/", &sorted)).unwrap().starts_with("content-type;host;x-00;x-01;"));
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let error = |headers: &[(&str, &str)]| signed(request("/", headers)).unwrap_err().to_string();
    assert_eq!(error(&[DATE]), "no header Host: give it, it is signed");
    assert_eq!(error(&[HOST]), "no header X-Sdk-Date: give it, it is signed");
    assert_eq!(
        error(&[HOST, DATE, ("host", "h")]),
        "more than one header host: give one, with all values in it"
    );
    let date = "the header X-Sdk-Date is no moment of the form 20260131T235959Z, in UTC";
    assert_eq!(error(&[HOST, ("x-sdk-date", "2026-01-31")]), date);
    assert_eq!(error(&[HOST, ("x-sdk-date", "20260131T235959z")]), date);
    assert_eq!(error(&[HOST, ("x-sdk-date", "20260131_235959Z")]), date);
    for value in ["hunter2\n", "a\r\nb", "a\0b"] {
        assert_eq!(
            error(&[HOST, DATE, ("X-A", &format!("1{value}2"))]),
            "the header X-A holds a line break: remove it"
        );
    }
    let name = |name: &str| error(&[HOST, DATE, (name, "1")]);
    let hint = "is not a valid header name: use letters, digits and hyphens";
    assert_eq!(name(""), format!("\"\" {hint}"));
    assert_eq!(name("a:b"), format!("\"a:b\" {hint}"));
    assert_eq!(name("a\nb"), format!("\"a\\nb\" {hint}"));
}

#[test]
fn debug_tells_no_secret() {
    assert_eq!(format!("{:?}", signer()), "Signer { .. }");
    let headers = [("X-Security-Token", "hunter2")];
    let request = Request { body: b"hunter2", ..request("/v2", &headers) };
    assert_eq!(
        format!("{request:?}"),
        r#"Request { method: "GET", uri: "/v2", body_bytes: 7, .. }"#
    );
}
