//! Errors that need no service: when building a client, and for requests that are not sent.

use huaweicloud_dcs::{Client, ClientBuilder, Credentials, Validation, types::*};

use super::{Shown, builder, order, shown};

pub(crate) async fn errors() -> Vec<Shown> {
    let mut page = building();
    page.extend(orders().await);
    page.extend(others().await);
    page
}

/// What cannot become a client.
fn building() -> Vec<Shown> {
    let empty = || Client::builder().environment(|_| None);
    let any = || builder("http://127.0.0.1:1");
    let built = |title: &str, builder: ClientBuilder<Client>| match builder.build() {
        Err(error) => shown(title, error),
        Ok(_) => panic!("{title}"),
    };
    vec![
        built("no region", empty()),
        built("a region that can be none", empty().region("cn north 4")),
        built("an endpoint without a scheme", any().endpoint("dcs.example")),
        built("an endpoint with a password", any().endpoint("https://jo:hunter2@dcs.example")),
        built("an endpoint with a query", any().endpoint("https://dcs.example?token=hunter2")),
        built("an endpoint of another kind", any().endpoint("ftp://dcs.example")),
        built("plain http", any().allow_http(false)),
        built("no URL of a proxy", any().proxy("jo:hunter2")),
        built("the name of a project in place of its id", any().project_id("my project/1")),
        built("an empty project id", any().project_id("")),
        built("a token with a line break", any().auth_token("hunter2\n")),
        built("an empty secret key", any().credentials(Credentials::new("EXAMPLE-AK", ""))),
        built("no time", any().timeout(std::time::Duration::ZERO)),
        built("several mistakes", empty().region("a b").project_id("").user_agent_suffix("a\nb")),
    ]
}

/// Orders that are not sent.
async fn orders() -> Vec<Shown> {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let strict = builder("http://127.0.0.1:1").validation(Validation::Strict).build().unwrap();
    let mut page = Vec::new();
    for (title, change) in changes() {
        let error = client.create_instance(change(order())).send().await.unwrap_err();
        page.push(shown(title, error));
    }
    let mut odd = order();
    odd.capacity = 4.0;
    let error = strict.create_instance(odd).send().await.unwrap_err();
    page.push(shown("only warnings, for a strict client", error));
    let error =
        client.ensure_instance(named(order(), "a")).without_journal().send().await.unwrap_err();
    page.push(shown("an order that is made at most once, and is not valid", error));
    let error = client.create_and_wait(named(order(), "a")).without_journal().await.unwrap_err();
    page.push(shown("the same, to be waited for", error));
    page
}

/// What makes an order one that is not sent.
type Change = fn(CreateInstanceBody) -> CreateInstanceBody;

fn changes() -> [(&'static str, Change); 14] {
    [
        ("a name that is too short", |o| named(o, "abc")),
        ("a name with a space", |o| named(o, "my cache")),
        ("no name", |o| named(o, "")),
        ("a mistyped engine, and a size that there is not", |mut o| {
            o.engine = "Redsi".into();
            o.spec_code = "redis.ha.xu1.large".to_owned();
            o.capacity = 3.0;
            o.port(6379)
        }),
        ("no version", |mut o| {
            o.engine_version = None;
            o
        }),
        ("a size that there is not", |mut o| {
            o.spec_code = "redis.ha.xu1.large".to_owned();
            o.capacity = 3.0;
            o
        }),
        ("an empty network", |mut o| {
            o.vpc_id = String::new();
            o
        }),
        ("no zone", |mut o| {
            o.az_codes.clear();
            o
        }),
        ("two zones for a single node", |mut o| {
            o.spec_code = "redis.single.xu1.large.2".to_owned();
            o
        }),
        ("a port out of range", |o| o.port(70_000)),
        ("a weak password", |o| o.no_password_access(false).password("hunter2hunter2")),
        ("no password", |o| o.no_password_access(false)),
        ("half of a maintenance window", |o| o.maintain_begin("02:00:00")),
        ("a user of Redis", |o| o.access_user("jo")),
    ]
}

fn named(mut order: CreateInstanceBody, name: &str) -> CreateInstanceBody {
    order.name = name.to_owned();
    order
}

/// Other requests that are not sent.
async fn others() -> Vec<Shown> {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let security = ModifyInstanceBody::new().security_group_id("");
    // What is set by half is an error before the machine is asked.
    let half = |name: &str| (name == "HUAWEICLOUD_SDK_AK").then(|| "EXAMPLE-AK".to_owned());
    let nobody = Client::builder().environment(half).endpoint("http://127.0.0.1:1");
    let nobody = nobody.allow_http(true).project_id("p-1").build().unwrap();
    vec![
        shown("an empty id in the path", client.show_instance("").send().await.unwrap_err()),
        shown("an id that leads elsewhere", client.show_instance("..").send().await.unwrap_err()),
        shown(
            "an empty security group",
            client.update_instance("id", security).send().await.unwrap_err(),
        ),
        shown(
            "a flavor that contradicts its size",
            builder("http://127.0.0.1:1")
                .validation(Validation::Strict)
                .build()
                .unwrap()
                .resize_instance("id", ResizeInstanceBody::new("redis.ha.xu1.large.r2.8", 4))
                .send()
                .await
                .unwrap_err(),
        ),
        shown(
            "a restore from nothing",
            client.restore_instance("id", RestoreInstanceBody::new("")).send().await.unwrap_err(),
        ),
        shown("half of the credentials", nobody.list_instances().send().await.unwrap_err()),
    ]
}
