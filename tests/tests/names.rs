//! From names to a running instance, with the program of the umbrella crate. In: servers with networks of these
//! names, and one in which an instance is created. Out: an order with their IDs, sent once.

use std::{io, time::Duration};

use conformance::{
    cloud,
    server::{Reply, Server},
};
use huaweicloud::{Config, Credentials, dcs, vpc};
use serde_json::{Value, json};

#[expect(dead_code, reason = "a program, of which only the parts are called")]
#[path = "../../crates/huaweicloud/examples/from_names.rs"]
mod from_names;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Networks: each VPC, and two groups that are called `twin`.
async fn networks() -> io::Result<Server> {
    Server::answering(|request| {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let is_behind = query.contains("marker=");
        let listed = |things: Value| if is_behind { json!([]) } else { things };
        let body = match path {
            "/v1/p-1/vpcs" => json!({ "vpcs": listed(json!([
                { "id": "v-1", "name": "other" }, { "id": "v-2", "name": "vpc-default" }
            ])) }),
            "/v1/p-1/subnets" if query.contains("vpc_id=v-2") => {
                json!({ "subnets": listed(json!([{ "id": "s-1", "name": "apps" }])) })
            }
            "/v3/p-1/vpc/security-groups" if query.contains("name=web") => {
                json!({ "security_groups": [{ "id": "g-1", "name": "web" }] })
            }
            "/v3/p-1/vpc/security-groups" if query.contains("name=twin") => {
                json!({ "security_groups": [{ "id": "g-2", "name": "twin" }, { "id": "g-3", "name": "twin" }] })
            }
            "/v3/p-1/vpc/security-groups" => json!({ "security_groups": [] }),
            _ => return Reply::json(404, r#"{"code":"VPC.0003","message":"not here"}"#),
        };
        Reply::json(200, &body.to_string())
    })
    .await
}

fn config() -> Result<Config, dcs::Error> {
    Config::builder()
        .allow_http(true)
        .project_id("p-1")
        .environment(|_| None)
        .credentials(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret"))
        .build_config()
}

#[tokio::test]
async fn names_lead_to_a_running_instance() -> Outcome {
    let (networks, cloud) = (networks().await?, cloud::start(&["CREATING", "RUNNING"]).await?);
    let config = config()?;
    let at_networks = config.client::<vpc::Client>().endpoint(networks.endpoint()).build()?;
    let place = from_names::place(&at_networks, ["vpc-default", "apps", "web"]).await?;
    let [vpc, subnet, group] = ["v-2", "s-1", "g-1"].map(str::to_owned);
    assert_eq!(place, from_names::Place { vpc, subnet, group });

    let caches = config.client::<dcs::Client>().endpoint(cloud.endpoint()).build()?;
    let body = from_names::order(place, "Example-Passw0rd");
    let look = dcs::LookupPolicy { before: Duration::ZERO, ..dcs::LookupPolicy::default() };
    let call = caches.create_and_wait(body).journal(dcs::MemoryJournal::new()).lookup(look);
    let pause = Duration::from_millis(5);
    let running = call.first_after(pause).every(pause).await?;
    assert_eq!(running.items.len(), 1);
    let received = cloud.received();
    let orders: Vec<_> = received.iter().filter(|request| request.method == "POST").collect();
    assert_eq!(orders.len(), 1);
    let ordered: Value = serde_json::from_slice(&orders[0].body)?;
    assert_eq!(
        (&ordered["vpc_id"], &ordered["subnet_id"], &ordered["security_group_id"]),
        (&json!("v-2"), &json!("s-1"), &json!("g-1"))
    );
    Ok(())
}

#[tokio::test]
async fn a_name_of_nothing_or_of_two_things_is_an_error() -> Outcome {
    let networks = networks().await?;
    let client = config()?.client::<vpc::Client>().endpoint(networks.endpoint()).build()?;
    for (names, problem) in [
        (["gone", "apps", "web"], "there is no VPC of the name gone"),
        (["vpc-default", "gone", "web"], "there is no subnet of the name gone"),
        (["vpc-default", "apps", "gone"], "there is no security group of the name gone"),
        (["vpc-default", "apps", "twin"], "there are several security groups of the name twin"),
    ] {
        let error = from_names::place(&client, names).await.err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(problem));
    }
    Ok(())
}
