//! Errors of orders that are made at most once: what a program reads that ensures an instance, or waits for it too.

use std::time::Duration;

use conformance::server::{Received, Reply, Server};
use huaweicloud_dcs::{Client, FileJournal, LookupPolicy, RetryPolicy};
use serde_json::{Value, json};

use super::{Shown, builder, calls::refusal, order, shown};

pub(crate) async fn errors() -> Vec<Shown> {
    let mut page = before().await;
    page.extend(behind().await);
    page.push(journal().await);
    page.extend(waiting().await);
    page
}

/// A client of a service that gives this list at each look, and this answer to an order.
async fn client(list: Value, ordered: Reply) -> (Client, Server) {
    let list = list.to_string();
    let server = Server::answering(move |request: &Received| match &*request.method {
        "POST" => ordered.clone(),
        _ => Reply::json(200, &list),
    });
    let server = server.await.unwrap();
    let client = builder(&server.endpoint()).retry(RetryPolicy::none()).build().unwrap();
    (client, server)
}

async fn ensure(title: &str, count: i32, list: Value, ordered: Reply) -> Shown {
    let (client, _server) = client(list, ordered).await;
    let call = client.ensure_instance(order().instance_num(count));
    let outcome = call.without_journal().lookup(short()).send().await;
    shown(&format!("at most once: {title}"), outcome.unwrap_err())
}

/// Looks once, or twice behind an order.
fn short() -> LookupPolicy {
    let second = Duration::from_secs(1);
    LookupPolicy { before: Duration::ZERO, after: second, every: second }
}

fn row(name: &str, id: &str, status: &str, capacity: u32) -> Value {
    json!({
        "name": name, "instance_id": id, "engine": "Redis", "engine_version": "5.0", "status": status,
        "capacity": capacity, "vpc_id": "vpc", "subnet_id": "subnet", "spec_code": "redis.ha.xu1.large.r2.2",
    })
}

fn list(rows: &[Value]) -> Value {
    json!({"instance_num": rows.len(), "instances": rows})
}

/// What is seen before anything is ordered.
async fn before() -> Vec<Shown> {
    let refused = || refusal(500, "DCS.5000", "Internal error.");
    let one = |status, capacity| list(&[row("cache", "id-1", status, capacity)]);
    let twice = list(&[row("cache", "id-1", "RUNNING", 2), row("cache", "id-2", "RUNNING", 2)]);
    let part = list(&[row("cache-001", "id-1", "RUNNING", 2)]);
    let without_id = list(&[row("cache", "", "RUNNING", 2)]);
    vec![
        ensure("the name is taken by something else", 1, one("RUNNING", 64), refused()).await,
        ensure("what has the name has failed", 1, one("CREATEFAILED", 2), refused()).await,
        ensure("what is there cannot be listed", 1, json!({}), refused()).await,
        ensure("two have the name", 1, twice, refused()).await,
        ensure("part of a batch is there", 3, part, refused()).await,
        ensure("what has the name has no id", 1, without_id, refused()).await,
    ]
}

/// What is seen behind an order.
async fn behind() -> Vec<Shown> {
    let nothing = || list(&[]);
    let flavor = refusal(400, "DCS.4927", "The flavor does not exist");
    let trouble = refusal(500, "DCS.5000", "Internal error.");
    let other =
        r#"{"order_id":"order-1","instances":[{"instance_id":"id-9","instance_name":"other"}]}"#;
    let other = Reply::json(200, other);
    vec![
        ensure("the order is refused", 1, nothing(), flavor).await,
        ensure("the order ends by an error", 1, nothing(), trouble).await,
        ensure("the order is accepted, and nothing appears", 1, nothing(), Reply::json(202, "{}"))
            .await,
        ensure("something else is reported", 1, nothing(), other).await,
    ]
}

/// A journal that cannot be kept.
async fn journal() -> Shown {
    let (client, _server) = client(list(&[]), Reply::json(202, "{}")).await;
    // A file has the place of the folder.
    let call = client.ensure_instance(order()).journal(FileJournal::new("/dev/null/journal"));
    shown("at most once: a journal that cannot be written", call.send().await.unwrap_err())
}

/// Orders that are waited for.
async fn waiting() -> Vec<Shown> {
    let mut page = Vec::new();
    for (title, status) in [("it fails", "CREATEFAILED"), ("it takes too long", "CREATING")] {
        let instance = row("cache", "id-1", status, 2).to_string();
        let server = Server::answering(move |request: &Received| match &*request.method {
            "POST" => Reply::json(
                200,
                r#"{"instances":[{"instance_id":"id-1","instance_name":"cache"}]}"#,
            ),
            _ if request.target.contains("/id-1") => Reply::json(200, &instance),
            _ => Reply::json(200, r#"{"instance_num":0,"instances":[]}"#),
        });
        let server = server.await.unwrap();
        let client = builder(&server.endpoint()).build().unwrap();
        let call = client.create_and_wait(order()).without_journal().lookup(short());
        let outcome = call.limit(Duration::from_millis(500)).await;
        page.push(shown(&format!("ordered and waited for: {title}"), outcome.unwrap_err()));
    }
    page
}
