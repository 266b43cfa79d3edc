//! The runtime looks a project or an account up by itself, without the IAM client. In: a server that responds with
//! the documented examples. Out: the request that the IAM client would send, and the IDs in the examples.

use conformance::server::{Received, Reply, Server};
use huaweicloud_bss as bss;
use huaweicloud_dcs::{self as dcs, ClientBuilder, Credentials, Region, ServiceClient};
use huaweicloud_iam as iam;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const PROJECTS: &str = include_str!(
    "../../generated/iam/examples/keystone-list-projects/response-200-one-project.json"
);
const DOMAINS: &str = include_str!(
    "../../generated/iam/examples/keystone-list-auth-domains/response-200-one-account.json"
);

fn builder<C: ServiceClient>(server: &Server) -> ClientBuilder<C> {
    ClientBuilder::new()
        .endpoint(server.endpoint())
        .iam_endpoint(server.endpoint())
        .allow_http(true)
        .environment(|_| None)
        .credentials(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret"))
}

/// What is asked for, without the headers that date and sign it.
fn question(request: &Received) -> (&str, &str, &[u8]) {
    (&request.method, &request.target, &request.body)
}

#[tokio::test]
async fn the_project_of_a_region_is_asked_for_as_documented() -> Outcome {
    let server =
        Server::start(vec![Reply::json(200, PROJECTS), Reply::json(200, PROJECTS)]).await?;
    let client = builder::<dcs::Client>(&server).region(Region::CN_NORTH_4).build()?;
    let prepared = client.list_instances().dry_run().await?;
    let path = "/v2/0123456789abcdef0123456789abcdef/instances";
    assert!(prepared.url().ends_with(path), "{}", prepared.url());

    let iam = builder::<iam::Client>(&server).build()?;
    iam.keystone_list_projects().name("cn-north-4").send().await?;
    let received = server.received();
    let [runtime, documented] = received.as_slice() else { panic!("{}", received.len()) };
    assert_eq!(question(runtime), question(documented));
    Ok(())
}

#[tokio::test]
async fn the_account_of_keys_is_asked_for_as_documented() -> Outcome {
    let server = Server::start(vec![Reply::json(200, DOMAINS), Reply::json(200, DOMAINS)]).await?;
    let client = builder::<bss::Client>(&server).build()?;
    let prepared = client.list_customer_orders().dry_run().await?;
    let account = prepared.headers().iter().find(|(name, _)| name == "x-domain-id");
    let account = account.map(|(_, id)| id.as_str());
    assert_eq!(account, Some("fedcba9876543210fedcba9876543210"));

    let iam = builder::<iam::Client>(&server).build()?;
    iam.keystone_list_auth_domains().send().await?;
    let received = server.received();
    let [runtime, documented] = received.as_slice() else { panic!("{}", received.len()) };
    assert_eq!(question(runtime), question(documented));
    Ok(())
}
