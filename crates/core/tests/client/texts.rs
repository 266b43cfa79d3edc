//! What users read when a call fails: what happened, once, and what to do.

use std::{error::Error as StdError, time::Duration};

use huaweicloud_core::{Credentials, Error, RetryPolicy};
use reqwest::Method;

use crate::{
    ACCESS_KEY, Client, Outcome, SECRET_KEY, bare, signing,
    support::{RESET, Server, answer},
};

/// What a `main` prints that returns the error.
fn printed(error: Error) -> String {
    format!("{:?}", Box::<dyn StdError>::from(error))
}

async fn failed(client: &Client, method: Method) -> Result<Error, Box<dyn StdError>> {
    let outcome = match method {
        Method::GET => client.list().await,
        method => client.call(method, "/v2", Some(b"{}".to_vec())).await,
    };
    Ok(outcome.err().ok_or("succeeded")?)
}

#[tokio::test]
async fn what_may_be_asked_again_has_no_outcome() -> Outcome {
    let server = Server::start(vec![String::new()]).await?;
    let client = signing(&server.address).timeout(Duration::from_millis(200)).build()?;
    let error = failed(&client, Method::GET).await?;
    let text = format!(
        "no whole answer came, send it again: the time for the whole call is over (timeout is 200ms) \
         ({}/v2/p-1/things)",
        server.address
    );
    assert_eq!(error.to_string(), text);
    assert!(!printed(error).contains("outcome"));
    let broken = answer("502 Bad Gateway", "<h1>502 Bad Gateway</h1>");
    let server = Server::start(vec![broken]).await?;
    let client = signing(&server.address).retry(RetryPolicy::none()).build()?;
    let error = failed(&client, Method::GET).await?;
    assert_eq!(error.to_string(), "502: Bad Gateway");
    Ok(())
}

#[tokio::test]
async fn an_unknown_outcome_is_told_once() -> Outcome {
    let error = r#"{"error_code":"APIGW.0201","error_msg":"Backend timeout"}"#;
    let answers = [
        RESET.to_owned(),
        "broken off".to_owned(),
        answer("502 Bad Gateway", ""),
        answer("504 Gateway Timeout", error),
        answer("500 Oops", "oops"),
    ];
    for given in answers {
        let server = Server::start(vec![given.clone()]).await?;
        let error = failed(&signing(&server.address).build()?, Method::POST).await?;
        assert!(error.is_unknown_outcome(), "{given}: {error}");
        let (text, printed) = (error.to_string(), printed(error));
        assert_eq!(text.matches("outcome is unknown").count(), 1, "{given}: {text}");
        assert_eq!(printed.matches("outcome is unknown").count(), 1, "{given}: {printed}");
    }
    Ok(())
}

#[tokio::test]
async fn what_speaks_something_else_is_told() -> Outcome {
    // An alert of TLS, which is what a server of TLS says to plain HTTP.
    let server = Server::start(vec!["\u{15}\u{3}\u{1}\0\u{2}\u{2}F".to_owned()]).await?;
    let error = failed(&signing(&server.address).build()?, Method::POST).await?;
    let hint =
        "; what answers there speaks no HTTP, perhaps TLS: check the port, or call it by https";
    assert!(error.to_string().ends_with(hint), "{error}");
    Ok(())
}

/// Where nobody listens, and so nobody forwards.
fn closed() -> std::io::Result<std::net::SocketAddr> {
    std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_without_its_password() -> Outcome {
    let proxy = closed()?;
    let client =
        signing("http://dcs.example").proxy(format!("http://jo:hunter2@{proxy}")).build()?;
    let error = failed(&client, Method::POST).await?;
    assert!(matches!(error, Error::Connect(_)), "{error}");
    let hint = format!("(http://dcs.example/v2); it was called by the proxy http://{proxy}");
    assert!(error.to_string().ends_with(&hint), "{error}");
    assert!(!crate::everything(&error).contains("hunter2"));
    Ok(())
}

/// Where a name cannot be looked up the name of the region is doubted; so it is where IAM is asked.
#[tokio::test]
async fn a_region_that_is_mistyped_is_told() -> Outcome {
    use huaweicloud_core::ServiceClient as _;
    let proxy = format!("http://{}", closed()?);
    let client = |region: &str| {
        let builder = Client::builder().environment(|_| None).region(region).proxy(proxy.as_str());
        builder.credentials(Credentials::new(ACCESS_KEY, SECRET_KEY)).configure_http(|http| http)
    };
    let hint = "; no region cn-nort-4 is known here; did you mean cn-north-4?";
    let error = failed(&client("cn-nort-4").project_id("p-1").build()?, Method::POST).await?;
    assert!(error.to_string().ends_with(hint), "{error}");
    let error = failed(&client("cn-nort-4").build()?, Method::POST).await?;
    assert!(matches!(error, Error::Credentials(_)) && error.to_string().contains(hint), "{error}");
    let error = failed(&client("mars-1").project_id("p-1").build()?, Method::POST).await?;
    assert!(
        error.to_string().ends_with("no region mars-1 is known here; check its name"),
        "{error}"
    );
    let error = failed(&client("cn-north-4").project_id("p-1").build()?, Method::POST).await?;
    assert!(!error.to_string().contains("is known here"), "{error}");
    // An address that was given says nothing of regions.
    let given = client("cn-nort-4").project_id("p-1").endpoint("https://dcs.example").build()?;
    let error = failed(&given, Method::POST).await?;
    assert!(!error.to_string().contains("is known here"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_clock_that_stays_off_is_told() -> Outcome {
    let time = |ahead: u64| {
        let time = std::time::SystemTime::now() + Duration::from_secs(ahead);
        crate::skew::httpdate(time)
    };
    let body = r#"{"error_code":"APIGW.0301","error_msg":"Signature expired"}"#;
    let refusal = |date: String| {
        let length = body.len();
        format!(
            "HTTP/1.1 401 No\r\nConnection: close\r\n{date}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    };
    let refusals = vec![refusal(time(5 * 3600)); 3];
    let server = Server::start(refusals).await?;
    let client = signing(&server.address).build()?;
    let text = "401 APIGW.0301: Signature expired. The clock of this machine is 5 hours behind that of \
                the service: set it.";
    assert_eq!(failed(&client, Method::GET).await?.to_string(), text);
    assert_eq!(failed(&client, Method::POST).await?.to_string(), text);
    let server = Server::start(vec![refusal(time(5))]).await?;
    let error = failed(&signing(&server.address).build()?, Method::GET).await?;
    assert_eq!(error.to_string(), "401 APIGW.0301: Signature expired");
    let server = Server::start(vec![refusal(time(5 * 3600))]).await?;
    let token = bare(&server.address).project_id("p-1").auth_token("EXAMPLE-TOKEN").build()?;
    assert!(!failed(&token, Method::GET).await?.to_string().contains("clock"));
    Ok(())
}

/// What a query holds is not told on the way, for it may be secret.
#[tokio::test]
async fn queries_are_not_told() -> Outcome {
    let client = signing(&format!("http://{}", closed()?)).build()?;
    let error = client.call(Method::GET, "/v2?password=hunter2", None).await;
    let error = error.err().ok_or("succeeded")?;
    assert!(!crate::everything(&error).contains("hunter2"), "{error:?}");
    Ok(())
}
