//! Properties without a field of their own, sent and read.

#[path = "wire/socket.rs"]
mod socket;

use case_others::{Client, types::*};
use socket::answer;

fn client(endpoint: String) -> Client {
    let builder = Client::builder().endpoint(endpoint).allow_http(true).auth_token("EXAMPLE-TOKEN");
    builder.build().unwrap()
}

#[tokio::test]
async fn what_has_no_field_is_kept() {
    let (endpoint, request) = answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 62\r\nConnection: close\r\n\r\n\
         {\"name\":null,\"a\":\"7\",\"sixty_four\":18446744073709551615,\"b\":{}}",
    );
    let thing = Thing::new("n").eight(255).extra_2([("other", 7), ("another", -7)]);
    let response = client(endpoint).set_thing(thing).send().await.unwrap();
    let body = String::from_utf8(request.join().unwrap().body).unwrap();
    assert_eq!(body, r#"{"name":"n","eight":255,"another":-7,"other":7}"#);
    assert_eq!((response.name.as_str(), response.sixty_four), ("", Some(u64::MAX)));
    // What cannot be meant is left out, as in any map.
    assert_eq!(response.extra_2.iter().collect::<Vec<_>>(), [(&"a".to_owned(), &7)]);
}

#[tokio::test]
async fn bounds_of_widths_are_checked() {
    let client = client("http://127.0.0.1:1".to_owned());
    let thing = Thing::new("n").eight(256).extra_2([("other", 10), ("name", 1)]);
    let violations = client.set_thing(thing).violations();
    let lines: Vec<String> = violations.iter().map(|v| format!("{}: {}", v.path, v.rule)).collect();
    assert_eq!(
        lines,
        ["eight: maximum", "name: additionalProperties", "other: maximum"]
    );
}

#[tokio::test]
async fn structures_are_kept_by_their_names() {
    let (endpoint, request) = answer(
        "HTTP/1.1 200 OK\r\nContent-Length: 46\r\nConnection: close\r\n\r\n\
         {\"count\":2,\"first\":{\"id\":\"a\"},\"second\":null}  ",
    );
    let response = client(endpoint).show_things().send().await.unwrap();
    assert_eq!(response.count, 2);
    assert_eq!(response.extra.keys().collect::<Vec<_>>(), ["first"]);
    assert_eq!(response.extra["first"].id.as_deref(), Some("a"));
    request.join().unwrap();
}
