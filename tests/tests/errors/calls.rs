//! Errors of calls over a real socket, from the service, a gateway or the transport.

use std::time::{Duration, SystemTime};

use conformance::server::{self, Reply, Server};
use huaweicloud_dcs::{Client, ClientBuilder, Credentials, types::*};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};

use super::{Shown, builder, once, order, shown};

pub(crate) async fn errors() -> Vec<Shown> {
    let mut page = answers().await;
    page.extend(broken().await);
    page.extend(ways().await);
    page.push(clock().await);
    page.push(port_of_tls().await);
    page.extend(lists().await);
    page.extend(once::errors().await);
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

pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Reply {
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

/// Answers that are no lists.
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
    all
}

/// A clock that stays five hours behind, for whoever signs.
async fn clock() -> Shown {
    let date = SystemTime::now() + Duration::from_secs(5 * 3600);
    let date = httpdate::fmt_http_date(date);
    let refused = || refusal(401, "APIGW.0301", "Signature expired").header("Date", &date);
    let server = Server::start(vec![refused(), refused(), refused()]).await.unwrap();
    let keys = Credentials::new("EXAMPLE-AK", "hunter2-key");
    let client = Client::builder().environment(|_| None).endpoint(server.endpoint());
    let client = client.allow_http(true).project_id("p-1").credentials(keys).build().unwrap();
    let error = client.show_instance("id").send().await.unwrap_err();
    shown("a clock that is five hours behind", error)
}

/// What listens speaks TLS, and the endpoint is plain HTTP.
async fn port_of_tls() -> Shown {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // An alert of TLS: the record is too long.
            let _ = server::read(&mut stream).await;
            let _ = stream.write_all(b"\x15\x03\x01\x00\x02\x02\x16").await;
        }
    });
    let client = builder(&endpoint).build().unwrap();
    let error = client.create_instance(order()).send().await.unwrap_err();
    shown("HTTP is spoken to a port of TLS", error)
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
