//! A small client as the generator makes them.

use std::error::Error as StdError;

use huaweicloud_core::{
    ClientBuilder, Context, Error, Response, Secret, ServiceClient, Violations, call,
};
use serde::{Deserialize, Serialize};

pub(crate) const TOKEN: &str = "hunter2-token";
pub(crate) const PASSWORD: &str = "hunter2-password";

const CREATE: call::Operation = call::Operation::new("Create", false);

#[derive(Clone, Debug)]
pub(crate) struct Client {
    context: Context,
}

#[derive(Debug, Serialize)]
pub(crate) struct Create {
    pub(crate) name: String,
    pub(crate) password: Secret,
}

#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Created {
    #[serde(deserialize_with = "huaweicloud_core::lenient::field")]
    pub(crate) id: String,
    #[serde(default, deserialize_with = "huaweicloud_core::lenient::field")]
    pub(crate) port: Option<i32>,
}

huaweicloud_core::lenient_struct!(Created);

impl ServiceClient for Client {
    const SERVICE: &'static str = "huaweicloud-test";
    const ENDPOINT: &'static str = "https://test.{region}.example";

    fn from_context(context: Context) -> Self {
        Self { context }
    }
}

impl Client {
    pub(crate) async fn create(&self) -> Result<Response<Created>, Error> {
        let mut setup = call::Setup::new(&self.context);
        setup.skip_validation();
        call::send(CreateCall(setup)).await
    }

    pub(crate) async fn create_silently(&self) -> Result<Response<()>, Error> {
        let ready = self.context.ready().await?;
        call::read_empty(&ready, CREATE, post(&ready)).await
    }

    pub(crate) async fn create_perhaps(&self) -> Result<Response<Option<Created>>, Error> {
        let ready = self.context.ready().await?;
        call::read(&ready, CREATE, post(&ready)).await
    }
}

struct CreateCall<'c>(call::Setup<'c>);

impl call::Call for CreateCall<'_> {
    type Answer = Created;

    const OPERATION: call::Operation = CREATE;

    fn setup(&self) -> &call::Setup<'_> {
        &self.0
    }

    fn check(&self) -> Violations {
        Violations::from(Vec::new())
    }

    fn request(&self, ready: &call::Ready) -> call::Built {
        post(ready)
    }
}

/// As progenitor writes it.
fn post(ready: &call::Ready) -> call::Built {
    let context = ready.context();
    let url = format!("{}/v2/{}/things", context.endpoint(), ready.project_id());
    let body = Create { name: "one".to_owned(), password: PASSWORD.into() };
    Ok(context.http().post(url).json(&body).build()?)
}

pub(crate) fn builder(endpoint: &str) -> ClientBuilder<Client> {
    let builder = Client::builder().endpoint(endpoint).allow_http(true).project_id("p-1");
    let builder = builder.auth_token(TOKEN);
    builder.user_agent_suffix("test/1")
}

/// Everything that an error would write into a log.
pub(crate) fn everything(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    text
}
