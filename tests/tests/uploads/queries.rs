//! Forms in the notation of queries, maps in queries, and a body of a GET request, as they are sent.

#[path = "wire/socket.rs"]
mod socket;

use case_queries::{Client, types::*};
use socket::answer;

fn client(endpoint: String) -> Client {
    let builder = Client::builder().endpoint(endpoint).allow_http(true).auth_token("EXAMPLE-TOKEN");
    builder.build().unwrap()
}

const CREATED: &str = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

const COUNTED: &str =
    "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"count\":2}";

fn rule() -> Rule {
    Rule::new("a & é")
        .count(2)
        .active(true)
        .tags(["x", "y z"])
        .spec(RuleSpec::new().depth(1))
        .token("example-token")
}

#[tokio::test]
async fn a_form_leaves_as_a_query() {
    let (endpoint, request) = answer(CREATED);
    client(endpoint).create_rule(rule()).send().await.unwrap();
    let request = request.join().unwrap();
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        "name=a+%26+%C3%A9&count=2&active=true&tags=x&tags=y+z&spec=%7B%22depth%22%3A1%7D&token=example-token"
    );
    let (endpoint, request) = answer("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    client(endpoint).replace_rules().send().await.unwrap();
    let request = request.join().unwrap();
    assert!(request.body.is_empty() && request.header("content-type").is_none());
}

#[tokio::test]
async fn a_form_is_checked_and_shown_without_secrets() {
    let client = client("http://127.0.0.1:1".to_owned());
    let shown = client.create_rule(rule()).dry_run().await.unwrap();
    let expected = "name: a & é\ncount: 2\nactive: true\ntags: x\ntags: y z\nspec: {\"depth\":1}\n\
        token: [redacted]\n";
    assert_eq!(shown.body().unwrap(), expected);
    let violations = client.create_rule(Rule::new("too long a name")).violations();
    let lines: Vec<String> = violations.iter().map(|v| format!("{}: {}", v.path, v.rule)).collect();
    assert_eq!(lines, ["name: maxLength"]);
}

#[tokio::test]
async fn a_map_is_a_pair_for_each_value() {
    let (endpoint, request) = answer(COUNTED);
    let client = client(endpoint);
    let tags = [("the key", vec!["a".to_owned(), "b&c".to_owned()])];
    let call = client.list_rules([("depth", 2), ("size", 3)]).tag(tags);
    assert_eq!(call.send().await.unwrap().count, Some(2));
    let request = request.join().unwrap();
    let line = request.head.lines().next().unwrap();
    let (query, _) = line.strip_prefix("GET /rules?").unwrap().split_once(' ').unwrap();
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "least%5Bdepth%5D=2",
            "least%5Bsize%5D=3",
            "tag%5Bthe+key%5D=a",
            "tag%5Bthe+key%5D=b%26c",
        ]
    );
}

#[tokio::test]
async fn the_values_of_a_map_are_checked() {
    let client = client("http://127.0.0.1:1".to_owned());
    let call = client.list_rules([("depth", 0)]).tag([("k", vec!["longer".to_owned()])]);
    let violations = call.violations();
    let mut lines: Vec<String> =
        violations.iter().map(|v| format!("{}: {}", v.path, v.rule)).collect();
    lines.sort_unstable();
    assert_eq!(lines, ["least.depth: minimum", "tag.k[0]: maxLength"]);
}

#[tokio::test]
async fn a_get_request_carries_a_body() {
    let (endpoint, request) = answer(COUNTED);
    client(endpoint).export_rules(Choice::new().name("a")).send().await.unwrap();
    let request = request.join().unwrap();
    assert!(request.head.starts_with("GET /rules/export HTTP/1.1\r\n"), "{}", request.head);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.body, br#"{"name":"a"}"#);
}
