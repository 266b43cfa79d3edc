//! A client over real sockets: what is signed is what is sent, and credentials and project are looked up
//! once, in time, and by one call for all of them.

#[path = "../support/mod.rs"]
mod support;

mod connections;
mod expiry;
mod project;
mod redirects;
mod refused;
mod renewal;
mod retry;
mod settings;
mod skew;
mod texts;
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
mod tls;
mod watch;
mod wire;

use std::error::Error as StdError;

use huaweicloud_core::{ClientBuilder, Context, Credentials, Error, Response, ServiceClient, call};
use reqwest::Method;

type Outcome = Result<(), Box<dyn StdError>>;

const ACCESS_KEY: &str = "EXAMPLE-ACCESS-KEY";
const SECRET_KEY: &str = "EXAMPLE-SECRET-KEY";

#[derive(Clone, Debug)]
struct Client(Context);

impl ServiceClient for Client {
    const SERVICE: &'static str = "huaweicloud-test/1.0.0";
    const ENDPOINT: &'static str = "https://test.{region}.example";

    fn from_context(context: Context) -> Self {
        Self(context)
    }
}

impl Client {
    /// A call of this method, path and query, with this body.
    async fn call(
        &self,
        method: Method,
        target: &str,
        body: Option<Vec<u8>>,
    ) -> Result<Response<()>, Error> {
        let ready = self.0.ready().await?;
        let operation = call::Operation::new("Call", false);
        call::read_empty(&ready, operation, request(&ready, method, target, body)).await
    }

    /// `GET /v2/{project_id}/things`
    async fn list(&self) -> Result<Response<()>, Error> {
        let ready = self.0.ready().await?;
        let target = format!("/v2/{}/things", ready.project_id());
        let operation = call::Operation::new("List", true);
        call::read_empty(&ready, operation, request(&ready, Method::GET, &target, None)).await
    }
}

fn request(
    ready: &call::Ready,
    method: Method,
    target: &str,
    body: Option<Vec<u8>>,
) -> call::Built {
    let url = format!("{}{target}", ready.context().endpoint());
    let mut request = ready.context().http().request(method, url).build()?;
    if let Some(body) = body {
        let json = reqwest::header::HeaderValue::from_static("application/json");
        request.headers_mut().insert("content-type", json);
        *request.body_mut() = Some(body.into());
    }
    Ok(request)
}

/// A client of this machine, with an environment that has nothing in it.
fn bare(endpoint: &str) -> ClientBuilder<Client> {
    Client::builder().environment(|_| None).endpoint(endpoint).allow_http(true)
}

fn signing(endpoint: &str) -> ClientBuilder<Client> {
    bare(endpoint).project_id("p-1").credentials(Credentials::new(ACCESS_KEY, SECRET_KEY))
}

/// Everything that an error would write into a log.
fn everything(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    text
}
