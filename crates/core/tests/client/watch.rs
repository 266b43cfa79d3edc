//! Hooks and spans: each attempt is reported, without any secrets.

use std::{
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use huaweicloud_core::{AttemptInfo, Credentials, Hook, Outcome as Came, Region, RetryPolicy};
use reqwest::Method;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::{
    Client, Outcome, bare,
    support::{Server, answer},
};

/// Lines of text that are shared.
#[derive(Clone, Default)]
struct Journal(Arc<Mutex<String>>);

impl Journal {
    fn line(&self, line: &str) {
        let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.push_str(line);
        text.push('\n');
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Hook for Journal {
    fn before(&self, attempt: &AttemptInfo<'_>) {
        self.line(&format!("{attempt:?}"));
    }

    fn after(&self, attempt: &AttemptInfo<'_>, outcome: &Came<'_>) {
        let (status, id) = (outcome.status().map(|s| s.as_u16()), outcome.request_id());
        let (number, success) = (attempt.number(), outcome.is_success());
        self.line(&format!("after {number}: {status:?} {:?} {id:?} {success}", outcome.code()));
    }
}

/// Takes everything, at every level, with every field.
impl Subscriber for Journal {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields(String::new());
        span.record(&mut fields);
        self.line(&format!("span {}{}", span.metadata().name(), fields.0));
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        self.line(&format!("record{}", fields.0));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.line(&format!("event {}{}", event.metadata().target(), fields.0));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

const SECRETS: [&str; 4] =
    ["hunter2-secret-key", "hunter2-security-token", "hunter2-password", "Signature="];

/// A client that fails once and succeeds then, by a server that repeats what it was sent.
async fn watched(journal: &Journal) -> Result<(Client, Server), Box<dyn std::error::Error>> {
    let [key, token, password, _] = SECRETS;
    let echo = format!(
        r#"{{"error_code":"A.1 {token}","error_msg":"{key} {token} {password} Signature=0123456789abcdef"}}"#
    );
    let length = echo.len();
    let busy = format!(
        "HTTP/1.1 503 Busy\r\nConnection: close\r\nX-Request-Id: r-1 {token}\r\nContent-Length: {length}\r\n\r\n{echo}"
    );
    let good =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Request-Id: r-2\r\nContent-Length: 0\r\n\r\n";
    let refused = answer("400 Bad Request", &echo);
    let server = Server::start(vec![busy, good.to_owned(), refused]).await?;
    let client = bare(&server.address).project_id("p-1").region(Region::EU_WEST_101);
    let client = client.credentials(Credentials::temporary("EXAMPLE-AK", key, token));
    let client = client.retry(RetryPolicy::none().max_attempts(2).budget(5));
    Ok((client.hook(journal.clone()).build()?, server))
}

async fn calls(client: &Client) -> Outcome {
    client.list().await?;
    let body = br#"{"password":"hunter2-password"}"#.to_vec();
    assert!(client.call(Method::POST, "/v2?x=hunter2-password", Some(body)).await.is_err());
    Ok(())
}

fn without_secrets(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
}

#[tokio::test]
async fn hooks_see_each_attempt() -> Outcome {
    let journal = Journal::default();
    let (client, _server) = watched(&journal).await?;
    calls(&client).await?;
    let list = |number| {
        format!(
            r#"AttemptInfo {{ operation: "List", is_repeatable: true, region: Some("eu-west-101"), number: {number} }}"#
        )
    };
    let expected = [
        &*list(1),
        r#"after 1: Some(503) Some("A.1 [redacted]") Some("r-1 [redacted]") false"#,
        &*list(2),
        r#"after 2: Some(200) None Some("r-2") true"#,
        r#"AttemptInfo { operation: "Call", is_repeatable: false, region: Some("eu-west-101"), number: 1 }"#,
        r#"after 1: Some(400) Some("A.1 [redacted]") None false"#,
    ];
    assert_eq!(journal.text().lines().collect::<Vec<_>>(), expected);
    without_secrets(&journal.text());
    Ok(())
}

#[tokio::test]
async fn spans_tell_each_attempt() -> Outcome {
    let (journal, spans) = (Journal::default(), Journal::default());
    // Somebody listens in every thread: a span that another test makes for the first time where nobody
    // does would stay unheard here, too. Only this test has a listener, so nobody has set one before.
    tracing::subscriber::set_global_default(Journal::default())?;
    let (client, _server) = watched(&Journal::default()).await?;
    calls(&client).await?;
    let _guard = tracing::subscriber::set_default(spans.clone());
    let (client, _server) = watched(&journal).await?;
    calls(&client).await?;
    let text = spans.text();
    without_secrets(&text);
    let own = |line: &&str| !line.starts_with("event hyper") && !line.starts_with("event reqwest");
    let told: Vec<&str> = text.lines().filter(own).filter(|line| !line.contains("_ms")).collect();
    let expected = [
        r#"span call operation="List" region="eu-west-101""#,
        "span attempt attempt=1",
        "record status=503",
        r#"record request_id="r-1 [redacted]""#,
        "span attempt attempt=2",
        "record status=200",
        r#"record request_id="r-2""#,
        r#"span call operation="Call" region="eu-west-101""#,
        "span attempt attempt=1",
        "record status=400",
    ];
    assert_eq!(told, expected, "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("record duration_ms=")).count(), 3);
    let again = text.lines().find(|line| line.contains("message=sending again")).unwrap_or("");
    assert!(again.contains("status=503") && again.contains("pause_ms=0"), "{again}");
    Ok(())
}
