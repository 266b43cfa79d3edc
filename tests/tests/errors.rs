//! Sixty errors as users see them: each is provoked, most of them over a real socket, and what a `main` prints that
//! returns it is collected on one page, to be read. Nothing on it differs between runs.

#[path = "errors/calls.rs"]
mod calls;
#[path = "errors/local.rs"]
mod local;
#[path = "errors/once.rs"]
mod once;

use std::{error::Error, time::Duration};

use huaweicloud_dcs::{Client, ClientBuilder, RetryPolicy, types::*};

/// The title of an error, and what is printed.
type Shown = (String, String);

#[tokio::test]
async fn all_errors_on_a_page() {
    let mut page: Vec<Shown> = local::errors().await;
    page.extend(calls::errors().await);
    assert!(page.len() >= 60, "{}", page.len());
    for (title, text) in &page {
        assert!(!text.contains("hunter2"), "{title}: {text}");
        let told = text.matches("utcome is unknown").count();
        assert!(told <= 1, "{title}: {text}");
    }
    let page: Vec<String> =
        page.into_iter().map(|(title, text)| format!("## {title}\nError: {text}\n")).collect();
    insta::assert_snapshot!(page.join("\n"));
}

/// As `fn main() -> Result<(), Box<dyn Error>>` prints it, without the port that this run has.
fn shown(title: &str, error: impl Error + 'static) -> Shown {
    let error: Box<dyn Error> = error.into();
    let text = format!("{error:?}");
    let mut parts = text.split("127.0.0.1:");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str("127.0.0.1:PORT");
        clean.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    (title.to_owned(), clean)
}

/// A client of this machine that sends nothing twice.
fn builder(endpoint: &str) -> ClientBuilder<Client> {
    let builder = Client::builder().environment(|_| None).endpoint(endpoint).allow_http(true);
    let builder = builder.project_id("p-1").auth_token("hunter2-token");
    builder.timeout(Duration::from_millis(300)).retry(RetryPolicy::none())
}

fn order() -> CreateInstanceBody {
    let zones = ["cn-north-4a", "cn-north-4b"];
    let flavor = "redis.ha.xu1.large.r2.2";
    CreateInstanceBody::new("cache", Engine::Redis, 2, flavor, zones, "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
}
