//! Every envelope, and what is reported for it.

use reqwest::header::HeaderValue;

use super::*;

fn error(status: u16, body: &str) -> ServiceError {
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", HeaderValue::from_static("r-1"));
    whole(status, &headers, body)
}

fn whole(status: u16, headers: &HeaderMap, body: &str) -> ServiceError {
    read(status, headers, body, false)
}

fn cut(status: u16, body: &str) -> ServiceError {
    read(status, &HeaderMap::new(), body, true)
}

fn read(status: u16, headers: &HeaderMap, body: &str, is_cut: bool) -> ServiceError {
    let status = StatusCode::from_u16(status).unwrap();
    let bytes = Bytes::copy_from_slice(body.as_bytes());
    ServiceError::new(status, headers, bytes, is_cut, Redactor::new("hunter2/token"))
}

#[test]
fn envelopes() {
    let bodies = [
        r#"{"error_code":"DCS.4922","error_msg":"Sold out.","error_ext_msg":null}"#,
        r#"{"error":{"code":"DCS.4922","message":"Sold out."}}"#,
        r#"{"error":{"error_code":"DCS.4922","error_msg":"Sold out."}}"#,
        r#"{"code":"DCS.4922","message":"Sold out."}"#,
        r#"{"errorCode":"DCS.4922","errorMsg":" Sold\nout. "}"#,
        r#"{"badRequest":{"code":"DCS.4922","message":"Sold out."}}"#,
        r#"{"code":"DCS.4922","error":"Sold out."}"#,
        "\u{feff}{\"error_code\":\"DCS.4922\",\"error_msg\":\"Sold out.\"}",
    ];
    for body in bodies {
        let error = error(400, body);
        assert_eq!(error.to_string(), "400 DCS.4922: Sold out. (request id r-1)", "{body}");
        assert_eq!(error.code(), Some("DCS.4922"), "{body}");
        assert_eq!(error.raw_body(), body.as_bytes());
    }
}

#[test]
fn details_and_numbers() {
    let body = r#"{"error_code":111400002,"error_msg":"Invalid.","error_ext_msg":"Not a UUID."}"#;
    let first = error(400, body);
    assert_eq!(first.to_string(), "400 111400002: Invalid.; Not a UUID. (request id r-1)");
    assert_eq!((first.message(), first.detail()), (Some("Invalid."), Some("Not a UUID.")));
    let keystone = error(401, r#"{"error":{"code":401,"message":"No.","title":"Unauthorized"}}"#);
    assert_eq!(keystone.to_string(), "401 401: No. (request id r-1)");
}

#[test]
fn the_id_may_stand_in_the_body() {
    let body = r#"{"error_code":"APIGW.0301","error_msg":"Wrong token.","request_id":"r-2"}"#;
    let error = whole(401, &HeaderMap::new(), body);
    assert_eq!(error.to_string(), "401 APIGW.0301: Wrong token. (request id r-2)");
}

#[test]
fn bodies_without_a_message() {
    let said = |status, body| error(status, body).to_string();
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<hr>nginx</html>";
    assert_eq!(said(502, page), "502: Bad Gateway nginx (request id r-1)");
    assert_eq!(said(503, " \n"), "503: Service Unavailable (request id r-1)");
    assert_eq!(said(599, ""), "599: no message (request id r-1)");
    assert_eq!(said(404, "no\nroute"), "404: no route (request id r-1)");
    assert_eq!(said(400, r#"{"code":"","a":[]}"#), r#"400: {"code":"","a":[]} (request id r-1)"#);
    assert_eq!(said(400, "[1]"), "400: [1] (request id r-1)");
    let redirect = "302: redirects are not followed; check the endpoint (request id r-1)";
    assert_eq!(said(302, "moved"), redirect);
    let long = format!("500: {}… (request id r-1)", "x".repeat(200));
    assert_eq!(said(500, &"x".repeat(201)), long);
}

#[test]
fn debug_is_the_text_and_shows_no_more_of_the_body() {
    let body = r#"{"error_code":"A.1","error_msg":"No.","password":"hunter2"}"#;
    let error = error(400, body);
    assert_eq!(format!("{error:?}"), "400 A.1: No. (request id r-1)");
    assert_eq!(error.raw_body(), body.as_bytes());
}

#[test]
fn cut_bodies_are_said_to_be() {
    let error = cut(400, "busy");
    assert_eq!(error.to_string(), "400: busy (only 4 bytes of the body were read)");
    assert!(error.is_body_cut());
}

#[test]
fn what_stands_in_the_part_that_was_read_is_found() {
    let body = r#"{"error_code":"DCS.5000","error_msg":"Sold out.","data":["a","b"#;
    let error = cut(500, body);
    let text = "500 DCS.5000: Sold out. (only 63 bytes of the body were read)";
    assert_eq!(error.to_string(), text);
    assert!(!error.is_unknown_outcome() && error.raw_body() == body.as_bytes());
    let error = cut(403, r#"{"error":{"code":"A.1","message":"No.","trace":"long"#);
    assert_eq!((error.code(), error.message()), (Some("A.1"), Some("No.")));
    let error = cut(403, r#"{"code":"A.1","message":"half of a mes"#);
    assert_eq!((error.code(), error.message()), (Some("A.1"), None));
    let error = cut(403, r#"{"code":4711"#);
    assert_eq!(error.code(), None);
}

#[test]
fn echoed_tokens_are_not_shown() {
    let mut headers = HeaderMap::new();
    headers.insert("x-request-id", HeaderValue::from_static("r hunter2/token"));
    let bodies = [
        r#"{"error_code":"hunter2/token","error_msg":"a hunter2\/token","error_ext_msg":"hunter2/token"}"#,
        r#"{"unknown":"hunter2/token","escaped":"hunter2\/token"}"#,
        "no route for hunter2/token",
        "<html><p>hunter2/<b></b>token <b>hunter2/token</b></html>",
    ];
    for body in bodies {
        for is_cut in [false, true] {
            let error = read(400, &headers, body, is_cut);
            let text = format!("{error}\n{error:?}");
            assert!(!text.contains("hunter2/token") && !text.contains("hunter2\\/"), "{text}");
            assert!(text.contains("[redacted]"), "{text}");
            let kept = String::from_utf8(error.raw_body().to_vec()).unwrap();
            assert!(kept.contains("[redacted]") && !kept.contains("hunter2"), "{kept}");
        }
    }
    let first = whole(400, &headers, bodies[0]);
    let text = "400 [redacted]: a [redacted]; [redacted] (request id r [redacted])";
    assert_eq!(first.to_string(), text);
    assert_eq!((first.code(), first.detail()), (Some("[redacted]"), Some("[redacted]")));
    let body = r#"{"code":"A.1","message":"The token hunter2/token is no good."}"#;
    let error = whole(401, &HeaderMap::new(), body);
    assert_eq!(error.to_string(), "401 A.1: The token [redacted] is no good.");
    assert_eq!(error.message(), Some("The token [redacted] is no good."));
    let error = cut(401, "Headers: X-Auth-Token: hunter2/to");
    let text = "401: Headers: X-Auth-Token: [redacted] (only 33 bytes of the body were read)";
    assert_eq!(error.to_string(), text);
}

#[test]
fn gateways_leave_the_outcome_open() {
    let open = |status, body| error(status, body).is_unknown_outcome();
    assert!(open(502, "") && open(500, "oops") && open(503, "<html>"));
    assert!(open(504, r#"{"error_code":"APIGW.0201","error_msg":"Backend timeout"}"#));
    assert!(!open(500, r#"{"error_code":"DCS.5000","error_msg":"Internal error"}"#));
    assert!(!open(404, "") && !open(429, ""));
}

#[test]
fn a_page_says_its_status_once() {
    let said = |status, body| error(status, body).to_string();
    let page = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>\
                <hr>nginx</body></html>";
    assert_eq!(said(404, page), "404: Not Found nginx (request id r-1)");
    assert_eq!(said(404, "404 Not Found 404 Not Found"), "404: Not Found (request id r-1)");
    assert_eq!(said(404, "404"), "404: 404 (request id r-1)");
    assert_eq!(said(503, "busy busy bee"), "503: busy busy bee (request id r-1)");
    assert_eq!(
        said(502, "<h1>504 is not our status</h1>"),
        "502: 504 is not our status (request id r-1)"
    );
}
