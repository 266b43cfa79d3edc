//! An order is checked against what exists before it is sent. In: servers with networks, zones and flavors, and
//! orders that name them or others. Out: the lines of the report, and that only reads were sent.

use std::io;

use conformance::server::{Reply, Server};
use huaweicloud::{
    Config, Credentials, bss,
    dcs::{
        self, OrderState, OrderStates as _,
        types::{CreateInstanceBody, Engine, EngineVersion},
    },
    order::{CheckOrder as _, Clients, OrderReport, Orders},
    vpc,
};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A VPC with one subnet, another one, and a group; two zones, of which one is sold out, and a third one
/// in which the flavor has no room.
async fn region() -> io::Result<Server> {
    Server::answering(|request| {
        let path = request.target.split('?').next().unwrap_or_default();
        let body = match path {
            "/v1/p-1/vpcs/v-1" => json!({ "vpc": { "id": "v-1" } }),
            "/v1/p-1/vpcs/v-2" => json!({ "vpc": { "id": "v-2" } }),
            "/v1/p-1/subnets/s-1" => json!({ "subnet": { "id": "s-1", "vpc_id": "v-1" } }),
            "/v1/p-1/subnets/s-2" => return Reply::json(403, r#"{"code":"VPC.0010"}"#),
            "/v3/p-1/vpc/security-groups/g-1" => {
                json!({ "security_group": { "id": "g-1", "name": "web" } })
            }
            "/v2/available-zones" => json!({ "available_zones": [
                { "code": "z-1", "resource_availability": "true" },
                { "code": "z-2", "resource_availability": "false" },
                { "code": "z-3", "resource_availability": "true" },
            ] }),
            "/v2/p-1/flavors" | "/v2/flavors" => json!({ "flavors": [
                flavor("redis.ha.xu1.large.r2.2", "4.0;5.0"),
                flavor("redis.ha.xu1.large.r2.4", "4.0;5.0"),
            ] }),
            _ => return Reply::json(404, r#"{"code":"VPC.0202","message":"not here"}"#),
        };
        Reply::json(200, &body.to_string())
    })
    .await
}

fn flavor(code: &str, versions: &str) -> Value {
    json!({
        "spec_code": code, "engine": "redis", "engine_version": versions, "capacity": ["2"],
        "flavors_available_zones": [{ "capacity": "2", "unit": "GB", "az_codes": ["z-1", "z-2"] }],
    })
}

fn config() -> Result<Config, dcs::Error> {
    Config::builder()
        .allow_http(true)
        .project_id("p-1")
        .domain_id("d-1")
        .environment(|_| None)
        .credentials(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret"))
        .build_config()
}

fn order() -> CreateInstanceBody {
    let code = "redis.ha.xu1.large.r2.2";
    CreateInstanceBody::new("cache", Engine::Redis, 2, code, ["z-1"], "v-1", "s-1")
        .engine_version(EngineVersion::V5_0)
        .security_group_id("g-1")
}

async fn check(server: &Server, order: &CreateInstanceBody) -> Result<OrderReport, dcs::Error> {
    let config = config()?;
    let clients = Clients {
        dcs: config.client::<dcs::Client>().endpoint(server.endpoint()).build()?,
        vpc: config.client::<vpc::Client>().endpoint(server.endpoint()).build()?,
    };
    Ok(order.check(&clients).await)
}

#[tokio::test]
async fn an_order_of_what_is_there_has_no_problem_and_is_not_sent() -> Outcome {
    let server = region().await?;
    let report = check(&server, &order()).await?;
    assert_eq!(report.to_string(), "nothing is known to be refused");
    report.into_result()?;
    let received = server.received();
    assert_eq!(received.len(), 5);
    assert!(received.iter().all(|request| request.method == "GET"));
    Ok(())
}

#[tokio::test]
async fn each_thing_that_is_not_so_is_named() -> Outcome {
    let server = region().await?;
    let mut cases: Vec<(CreateInstanceBody, &str)> = Vec::new();
    let mut case = |change: fn(&mut CreateInstanceBody), line| {
        let mut order = order();
        change(&mut order);
        cases.push((order, line));
    };
    case(
        |order| order.vpc_id = "v-2".to_owned(),
        "subnet_id: subnet s-1 lies in VPC v-1 and not in v-2; name one of its own",
    );
    case(
        |order| order.vpc_id = "v-9".to_owned(),
        "vpc_id: there is no VPC v-9 in this project; check id and region\n\
         subnet_id: subnet s-1 lies in VPC v-1 and not in v-9; name one of its own",
    );
    case(
        |order| order.subnet_id = "s-9".to_owned(),
        "subnet_id: there is no subnet s-9 in this project; check id and region",
    );
    case(
        |order| order.security_group_id = Some("g-9".to_owned()),
        "security_group_id: there is no security group g-9 in this project; check id and region",
    );
    case(
        |order| order.az_codes = vec!["z-9".to_owned(), "z-2".to_owned(), "z-3".to_owned()],
        "az_codes: there is no zone z-9; there are z-1, z-2, z-3\n\
         az_codes: zone z-2 has no room for new instances; name another\n\
         az_codes: redis.ha.xu1.large.r2.2 has no room in zone z-3, but in z-1, z-2",
    );
    case(
        |order| order.spec_code = "redis.ha.xu1.large.r2.9".to_owned(),
        "spec_code: redis.ha.xu1.large.r2.9 is not on offer here; ListFlavors lists what is",
    );
    case(
        |order| order.engine = Engine::Memcached,
        "spec_code: redis.ha.xu1.large.r2.2 is of redis, and the order is of Memcached",
    );
    case(
        |order| order.engine_version = Some(EngineVersion::from("7.0".to_owned())),
        "engine_version: redis.ha.xu1.large.r2.2 comes with 4.0, 5.0, not 7.0",
    );
    case(|order| order.capacity = 4.0, "capacity: redis.ha.xu1.large.r2.2 comes with 2 GB, not 4");
    for (order, lines) in cases {
        let report = check(&server, &order).await?;
        assert_eq!(report.to_string(), lines);
        assert!(!report.is_clean());
    }
    Ok(())
}

/// Ids of VPC and subnet are texts, so a swap compiles.
#[tokio::test]
async fn swapped_ids_are_told_from_unknown_ones() -> Outcome {
    let server = region().await?;
    for (subnet_id, lines) in [
        ("v-1", "vpc_id: s-1 is a subnet, and subnet_id names its VPC; swap the two"),
        (
            "v-2",
            "vpc_id: there is no VPC s-1 in this project; check id and region\n\
             subnet_id: there is no subnet v-2 in this project; check id and region",
        ),
    ] {
        let mut order = order();
        order.vpc_id = "s-1".to_owned();
        order.subnet_id = subnet_id.to_owned();
        assert_eq!(check(&server, &order).await?.to_string(), lines);
    }
    Ok(())
}

#[tokio::test]
async fn what_may_not_be_read_is_no_problem_but_is_said() -> Outcome {
    let server = region().await?;
    let mut order = order();
    order.subnet_id = "s-2".to_owned();
    let report = check(&server, &order).await?;
    assert!(report.is_clean());
    let fields: Vec<&str> = report.unchecked.iter().map(|unchecked| unchecked.field).collect();
    assert_eq!(fields, ["subnet_id"]);
    assert!(report.to_string().starts_with("subnet_id: not checked: "), "{report}");
    Ok(())
}

#[tokio::test]
async fn the_billing_service_says_what_has_become_of_an_order() -> Outcome {
    let answers = ["6", "4", "5", "3", "null"].map(|status| {
        let order = format!(r#"{{"order_id":"CS1","status":{status}}}"#);
        let answer = format!(r#"{{"order_info":{order},"order_line_items":[],"total_count":0}}"#);
        Reply::json(200, &answer)
    });
    let server = Server::start(answers.to_vec()).await?;
    let client = config()?.client::<bss::Client>().endpoint(server.endpoint()).build()?;
    let orders = Orders::new(client);
    for state in [
        OrderState::Unpaid,
        OrderState::Cancelled,
        OrderState::Accepted,
        OrderState::Accepted,
        OrderState::Unknown,
    ] {
        assert_eq!(orders.state("CS1").await?, state);
    }
    let path = "/v2/orders/customer-orders/details/CS1";
    assert!(server.received().iter().all(|request| request.target.starts_with(path)));
    Ok(())
}
