//! Errors of calls over a real socket, from the service, a gateway or the transport.

use std::time::Duration;

use conformance::server::{Reply, Server};
use huaweicloud_dcs::{Client, ClientBuilder, Credentials, LookupPolicy, types::*};

use super::{Shown, builder, order, shown};

pub(crate) async fn errors() -> Vec<Shown> {
    let mut page = answers().await;
    page.extend(broken().await);
    page.extend(ways().await);
    page.extend(lists().await);
    page.extend(waiting().await);
    page
}

async fn client(replies: Vec<Reply>) -> (Client, Server) {
    let server = Server::start(replies).await.unwrap();
    (builder(&server.endpoint()).build().unwrap(), server)
}

/// What came of reading, of a restore, and of an order.
async fn get(title: &str, reply: Reply) -> Shown {
    let (client, _server) = client(vec![reply]).await;
    shown(&format!("a read: {title}"), client.show_instance("id").send().await.unwrap_err())
}

async fn restore(title: &str, reply: Reply) -> Shown {
    let (client, _server) = client(vec![reply]).await;
    let call = client.restore_instance("id", RestoreInstanceBody::new("backup"));
    shown(&format!("a restore: {title}"), call.send().await.unwrap_err())
}

async fn buy(title: &str, reply: Reply) -> Shown {
    let (client, _server) = client(vec![reply]).await;
    let error = client.create_instance(order()).send().await.unwrap_err();
    shown(&format!("an order: {title}"), error)
}

fn refusal(status: u16, code: &str, message: &str) -> Reply {
    let body = format!(r#"{{"error_code":"{code}","error_msg":"{message}"}}"#);
    Reply::json(status, &body).header("X-Request-Id", "r-1")
}

fn page(status: u16, text: &str) -> Reply {
    let body = format!("<html><title>{text}</title><body><h1>{text}</h1>nginx</body></html>");
    Reply::json(status, &body)
}

/// Answers that are refusals.
async fn answers() -> Vec<Shown> {
    let wrong = "Incorrect IAM authentication information";
    vec![
        get("a signature that is refused", refusal(401, "APIGW.0301", wrong)).await,
        get("a user without the right", refusal(403, "APIGW.0302", "not allowed")).await,
        get("no such operation", refusal(404, "APIGW.0101", "The API does not exist")).await,
        get("a token of another region", refusal(401, "APIGW.0307", "The token must be updated"))
            .await,
        get("too many requests", refusal(429, "APIGW.0308", "throttled")).await,
        get("a project of another account", refusal(403, "DCS.4003", "Project mismatch")).await,
        get("an echo of the token", refusal(400, "DCS.4800", "hunter2-token is no good.")).await,
        get("a code that nobody documents", refusal(400, "DCS.9999", "No.")).await,
        get("nothing there", page(404, "404 Not Found")).await,
        get("no body", Reply::json(503, "")).await,
        get("a redirect", Reply::json(302, "").header("Location", "https://other.example")).await,
        get("a success that is none", refusal(200, "DCS.5000", "Internal error.")).await,
        get("a success that cannot be read", Reply::json(200, "<html>hello</html>")).await,
        get("a success of another kind", Reply::json(200, "[]")).await,
        buy("a flavor that there is not", refusal(400, "DCS.4927", "The flavor does not exist"))
            .await,
        buy("a gateway gave up", page(504, "504 Gateway Time-out")).await,
        buy("a success that cannot be read", Reply::json(200, "<html>hello</html>")).await,
        restore("a bad gateway", page(502, "502 Bad Gateway")).await,
        restore("an error of the service", refusal(500, "DCS.5000", "Internal error.")).await,
    ]
}

/// Answers that do not come, or not to their end.
async fn broken() -> Vec<Shown> {
    let late = || Reply::Silence(Duration::from_secs(2));
    vec![
        get("time is over", late()).await,
        restore("time is over", late()).await,
        buy("time is over", late()).await,
        get("broken off", Reply::Truncated { body: b"{".to_vec() }).await,
        buy("broken off", Reply::Truncated { body: b"{".to_vec() }).await,
    ]
}

/// What never got there.
async fn ways() -> Vec<Shown> {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (at, by) = (format!("http://{closed}"), format!("http://jo:hunter2@{closed}"));
    let keys = || Credentials::new("EXAMPLE-AK", "hunter2-key");
    let region = || {
        let builder =
            Client::builder().environment(|_| None).region("cn-nort-4").proxy(by.as_str());
        builder.credentials(keys()).configure_http(|http| http)
    };
    let called = async |title: &str, builder: ClientBuilder<Client>| {
        let outcome = builder.build().unwrap().list_instances().send().await;
        shown(title, outcome.unwrap_err())
    };
    vec![
        called("nobody listens", builder(&at)).await,
        called("a proxy that refuses", builder("http://dcs.example").proxy(by.as_str())).await,
        called("a mistyped region", region().project_id("p-1")).await,
        called("a mistyped region, and IAM is asked", region()).await,
    ]
}

/// Answers that are no lists, and orders that are made at most once.
async fn lists() -> Vec<Shown> {
    let mut all = Vec::new();
    for (title, body) in [
        ("an object in place of a list", r#"{"instances":{}}"#),
        ("no list", "{}"),
        ("a count without items", r#"{"instances":[],"instance_num":3}"#),
    ] {
        let (client, _server) = client(vec![Reply::json(200, body)]).await;
        all.push(shown(title, client.list_instances().send().await.unwrap_err()));
    }
    let there = |status: &str, capacity: u32| {
        format!(
            r#"{{"instance_num":1,"instances":[{{"name":"cache","instance_id":"id-1","engine":"Redis",
            "engine_version":"5.0","status":"{status}","capacity":{capacity},"vpc_id":"vpc",
            "subnet_id":"subnet","spec_code":"redis.ha.xu1.large.r2.2"}}]}}"#
        )
    };
    for (title, body) in [
        ("the name is taken by something else", there("RUNNING", 64)),
        ("what has the name has failed", there("CREATEFAILED", 2)),
        ("what is there cannot be listed", "{}".to_owned()),
    ] {
        let server = Server::answering(move |_| Reply::json(200, &body)).await.unwrap();
        let client = builder(&server.endpoint()).build().unwrap();
        let call = client.ensure_instance(order()).without_journal().lookup(short());
        let outcome = call.send().await;
        all.push(shown(&format!("at most once: {title}"), outcome.unwrap_err()));
    }
    all
}

/// Looks once.
fn short() -> LookupPolicy {
    let second = Duration::from_secs(1);
    LookupPolicy { before: Duration::ZERO, after: second, every: second }
}

/// States that are not reached.
async fn waiting() -> Vec<Shown> {
    let mut all = Vec::new();
    for (title, status) in [("it failed", "CREATEFAILED"), ("it takes too long", "CREATING")] {
        let body = format!(r#"{{"instance_id":"id-1","name":"cache","status":"{status}"}}"#);
        let server = Server::answering(move |_| Reply::json(200, &body)).await.unwrap();
        let client = builder(&server.endpoint()).build().unwrap();
        let mut waiter = client.wait_until_running("id-1").limit(Duration::from_millis(500));
        all.push(shown(&format!("waiting: {title}"), waiter.wait().await.unwrap_err()));
    }
    all
}
