//! The example program, run as a user would run it, with a local server.

use std::process::{Command, Output};

use conformance::{cloud, repo, server::Server};

const ORDER: &[&str] = &[
    "--name",
    "cache",
    "--engine",
    "Redis",
    "--engine-version",
    "5.0",
    "--capacity",
    "2",
    "--spec-code",
    "redis.ha.xu1.large.r2.2",
    "--zone",
    "zone-a",
    "--zone",
    "zone-b",
    "--vpc-id",
    "vpc",
    "--subnet-id",
    "subnet",
    "--every",
    "0.01",
];

/// Runs it with these flags and those of an order, by keys of the environment.
async fn example(flags: Vec<String>) -> Output {
    example_with(flags, "Example-Passw0rd").await
}

async fn example_with(flags: Vec<String>, password: &'static str) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--package", "examples", "--bin", "create_and_wait", "--"]);
    command.args(flags).args(ORDER).current_dir(repo::root());
    let state = tempfile::tempdir().unwrap();
    command.env("XDG_STATE_HOME", state.path());
    command.env("HUAWEICLOUD_SDK_AK", "EXAMPLE-ACCESS-KEY");
    command.env("HUAWEICLOUD_SDK_SK", "example-secret-key").env("DCS_PASSWORD", password);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn at(server: &Server) -> Vec<String> {
    let flags = ["--endpoint", &server.endpoint(), "--allow-http", "--project-id", "p-1"];
    flags.map(str::to_owned).to_vec()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap().trim_end()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_orders_once_and_waits() {
    let server = cloud::start(&["CREATING", "RUNNING"]).await.unwrap();
    let output = example(at(&server)).await;
    assert_eq!(text(&output.stderr), "");
    assert_eq!(
        text(&output.stdout),
        "cache (979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9): Created\n\
         cache: CREATING\n\
         cache: RUNNING\n\
         cache: 192.168.0.7:6379"
    );
    assert_eq!(output.status.code(), Some(0));
    let again = example(at(&server)).await;
    let found = "cache (979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9): Found\ncache: RUNNING\n";
    assert!(text(&again.stdout).starts_with(found), "{}", text(&again.stdout));
    let received = server.received();
    let orders: Vec<_> = received.iter().filter(|request| request.method == "POST").collect();
    assert_eq!(orders.len(), 1);
    assert!(orders[0].header("authorization")[0].starts_with("SDK-HMAC-SHA256 "));
    assert!(text(&orders[0].body).contains(r#""password":"Example-Passw0rd""#));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_shows_the_request_and_sends_nothing() {
    let server = cloud::start(&["RUNNING"]).await.unwrap();
    let output = example([at(&server), vec!["--dry-run".to_owned()]].concat()).await;
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    let shown = text(&output.stdout);
    let first = format!("POST {}/v2/p-1/instances\n", server.endpoint());
    assert!(shown.starts_with(&first), "{shown}");
    assert!(shown.contains("\nauthorization: [redacted]\n"), "{shown}");
    assert!(shown.ends_with(r#""password":"[redacted]"}"#), "{shown}");
    assert_eq!(server.received().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_is_one_line() {
    let server = cloud::start(&["CREATEFAILED"]).await.unwrap();
    let output = example(at(&server)).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "error: instance 979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9: its creation failed; delete it and \
         order again, perhaps in another zone"
    );
    let mut flags = at(&server);
    flags.retain(|flag| flag != "--allow-http");
    let output = example(flags).await;
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: the client cannot be built: "), "{said}");
    assert!(said.contains(".allow_http(true)"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_without_a_password_is_ordered_only_if_that_was_asked_for() {
    let server = cloud::start(&["RUNNING"]).await.unwrap();
    let output = example_with(at(&server), "").await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "error: no password: set DCS_PASSWORD, or give --no-password for an instance that everybody \
         in its network can use"
    );
    let flag = || vec!["--no-password".to_owned()];
    let output = example([at(&server), flag()].concat()).await;
    let said = text(&output.stderr);
    assert_eq!(said, "error: DCS_PASSWORD is set beside --no-password; which one is meant?");
    assert_eq!(server.received().len(), 0);
    let output = example_with([at(&server), flag()].concat(), "").await;
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    let received = server.received();
    let order = received.iter().find(|request| request.method == "POST").unwrap();
    assert!(text(&order.body).contains(r#""no_password_access":true"#));
}
