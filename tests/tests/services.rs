//! The services that an order depends on, over a socket: lists by marker and by page number, services without
//! a project, and payment. In: servers that page as documented, or not. Out: all items or an error,
//! and the headers that each service expects.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use conformance::server::{Received, Reply, Server};
use huaweicloud_bss::types::{PayCustomerOrderV3Req, YesNo};
use huaweicloud_dcs::{
    ClientBuilder, Config, Credentials, CredentialsFuture, CredentialsProvider, Error, ListProblem,
    ServiceClient,
};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A client that calls the server, with keys and without any place to find a project.
fn builder<C: ServiceClient>(server: &Server) -> ClientBuilder<C> {
    ClientBuilder::new()
        .endpoint(server.endpoint())
        .iam_endpoint(server.endpoint())
        .allow_http(true)
        .environment(|_| None)
        .credentials(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret"))
}

fn query<'r>(request: &'r Received, name: &str) -> Option<&'r str> {
    let (_, query) = request.target.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A service that lists `size` things behind the one of a marker, which it may ignore; with `next`, it says
/// where the next page begins.
async fn by_marker(
    items: &'static str,
    size: usize,
    ignores: bool,
    next: bool,
) -> io::Result<Server> {
    Server::answering(move |request| {
        let marker = query(request, "marker").filter(|_| !ignores);
        let begin = marker.and_then(|marker| marker.strip_prefix("i-")?.parse().ok());
        let begin = begin.map_or(0, |last: usize| last + 1);
        let limit: usize = query(request, "limit").and_then(|n| n.parse().ok()).unwrap_or(2000);
        let end = (begin + limit).min(size);
        let things: Vec<Value> = (begin..end)
            .map(|i| json!({ "id": format!("i-{i}"), "name": format!("n-{i}") }))
            .collect();
        let mut answer = json!({ items: things });
        if next && end < size {
            answer["page_info"] = json!({ "next_marker": format!("i-{}", end - 1) });
        }
        Reply::json(200, &answer.to_string())
    })
    .await
}

fn markers(server: &Server) -> Vec<Option<String>> {
    let received = server.received();
    received.iter().map(|request| query(request, "marker").map(str::to_owned)).collect()
}

fn marks(list: &[Option<&str>]) -> Vec<Option<String>> {
    list.iter().map(|mark| mark.map(str::to_owned)).collect()
}

#[tokio::test]
async fn networks_are_listed_by_the_id_of_the_last_one() -> Outcome {
    let server = by_marker("vpcs", 5, false, false).await?;
    let client: huaweicloud_vpc::Client = builder(&server).project_id("p-1").build()?;
    let vpcs = client.list_vpcs().limit(2).stream().into_vec().await?;
    assert_eq!(
        vpcs.iter().map(|vpc| vpc.id.as_str()).collect::<Vec<_>>(),
        ["i-0", "i-1", "i-2", "i-3", "i-4"]
    );
    assert_eq!(markers(&server), marks(&[None, Some("i-1"), Some("i-3"), Some("i-4")]));
    assert!(server.received()[0].target.starts_with("/v1/p-1/vpcs?"));

    let server = by_marker("subnets", 3, false, false).await?;
    let client: huaweicloud_vpc::Client = builder(&server).project_id("p-1").build()?;
    let subnets = client.list_subnets().vpc_id("i-0").marker("i-0").stream().into_vec().await?;
    assert_eq!(subnets.len(), 2);
    assert_eq!(markers(&server), marks(&[Some("i-0"), Some("i-2")]));
    assert_eq!(query(&server.received()[1], "vpc_id"), Some("i-0"));

    let server = by_marker("publicips", 101, false, false).await?;
    let client: huaweicloud_eip::Client = builder(&server).project_id("p-1").build()?;
    assert_eq!(client.list_publicips().stream().into_vec().await?.len(), 101);
    Ok(())
}

#[tokio::test]
async fn security_groups_are_found_by_name_and_end_without_a_next_marker() -> Outcome {
    let server = by_marker("security_groups", 3, false, true).await?;
    let client: huaweicloud_vpc::Client = builder(&server).project_id("p-1").build()?;
    let groups = client.list_security_groups().name(["web"]).limit(2).stream().into_vec().await?;
    assert_eq!(
        groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
        ["n-0", "n-1", "n-2"]
    );
    // The last page says that it is the last: nothing is asked behind it.
    assert_eq!(markers(&server), marks(&[None, Some("i-1")]));
    assert_eq!(query(&server.received()[1], "name"), Some("web"));
    Ok(())
}

#[tokio::test]
async fn a_service_that_ignores_markers_gives_an_error_behind_the_items() -> Outcome {
    for size in [1, 3] {
        let server = by_marker("vpcs", size, true, false).await?;
        let client: huaweicloud_vpc::Client = builder(&server).project_id("p-1").build()?;
        let mut stream = client.list_vpcs().stream();
        let (mut count, mut problem) = (0, None);
        while let Some(item) = stream.next().await {
            match item {
                Ok(_) => count += 1,
                Err(Error::List(error)) => problem = Some(error.problem().clone()),
                Err(error) => return Err(error.into()),
            }
        }
        assert!(count >= size && count <= 2 * size, "{count}");
        assert!(matches!(problem, Some(ListProblem::RepeatsPage { .. })), "{problem:?}");
        assert_eq!(server.received().len(), 2);
    }
    Ok(())
}

/// A service that lists `size` projects by numbers of pages.
async fn projects(size: usize) -> io::Result<Server> {
    Server::answering(move |request| {
        let number = |name: &str| query(request, name).and_then(|n| n.parse::<usize>().ok());
        let many = number("per_page").unwrap_or(size);
        let begin = (number("page").unwrap_or(1) - 1) * many;
        let items: Vec<Value> = (begin..(begin + many).min(size))
            .map(|i| json!({ "id": format!("p-{i}"), "name": "cn-north-4" }))
            .collect();
        Reply::json(200, &json!({ "projects": items, "links": { "next": null } }).to_string())
    })
    .await
}

#[tokio::test]
async fn projects_are_listed_by_numbers_of_pages_and_for_nobody() -> Outcome {
    let server = projects(5).await?;
    let client: huaweicloud_iam::Client = builder(&server).build()?;
    let found = client.keystone_list_projects().per_page(2).stream().into_vec().await?;
    assert_eq!(found.len(), 5);
    let received = server.received();
    let pages: Vec<Option<&str>> = received.iter().map(|request| query(request, "page")).collect();
    assert_eq!(pages, [Some("1"), Some("2"), Some("3"), Some("4")]);
    for request in &received {
        assert!(
            request.header("x-project-id").is_empty() && request.header("x-domain-id").is_empty()
        );
        assert!(request.header("authorization")[0].starts_with("SDK-HMAC-SHA256 "));
    }
    Ok(())
}

/// What the server is asked for the account, and what it answers to anything else.
fn for_account(answer: &'static str) -> impl FnMut(&Received) -> Reply {
    move |request| match request.target.as_str() {
        "/v3/auth/domains" => Reply::json(200, r#"{"domains":[{"id":"d-1","name":"a"}]}"#),
        _ => Reply::json(200, answer),
    }
}

#[tokio::test]
async fn global_services_are_called_for_an_account() -> Outcome {
    let server = Server::answering(for_account(
        r#"{"enterprise_projects":[{"id":"0","name":"default"}],"total_count":1}"#,
    ))
    .await?;
    let client: huaweicloud_eps::Client = builder(&server).build()?;
    let found = client.list_enterprise_project().stream().into_vec().await?;
    assert_eq!((found.len(), found[0].id.as_str()), (1, "0"));
    assert_eq!(
        client.list_enterprise_project().name("pay").send().await?.enterprise_projects.len(),
        1
    );
    let received = server.received();
    let targets: Vec<&str> =
        received.iter().map(|r| r.target.split('?').next().unwrap_or("")).collect();
    // The account is asked for once and kept.
    assert_eq!(
        targets,
        ["/v3/auth/domains", "/v1.0/enterprise-projects", "/v1.0/enterprise-projects"]
    );
    for request in &received[1..] {
        assert_eq!(request.header("x-domain-id"), ["d-1"]);
        assert!(request.header("x-project-id").is_empty());
        assert!(request.header("authorization")[0].contains("x-domain-id"), "it is signed");
    }
    Ok(())
}

#[tokio::test]
async fn a_global_service_needs_no_region() -> Outcome {
    let keys = || Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret");
    let eps = huaweicloud_eps::Client::builder().domain_id("d-1").credentials(keys()).build()?;
    let prepared = eps.show_enterprise_project("0").dry_run().await?;
    assert_eq!(prepared.url(), "https://eps.myhuaweicloud.com/v1.0/enterprise-projects/0");
    let bss = huaweicloud_bss::Client::builder().domain_id("d-1").region("cn-north-4");
    let prepared = bss.credentials(keys()).build()?.list_customer_orders().dry_run().await?;
    assert_eq!(prepared.url(), "https://bss.myhuaweicloud.com/v2/orders/customer-orders");
    Ok(())
}

#[tokio::test]
async fn an_unpaid_order_is_told_by_its_state() -> Outcome {
    let answer =
        r#"{"total_count":0,"order_info":{"order_id":"CS1","status":6},"order_line_items":[]}"#;
    let server = Server::answering(for_account(answer)).await?;
    let client: huaweicloud_bss::Client = builder(&server).domain_id("d-2").build()?;
    let order = client.show_customer_order_details("CS1").send().await?.into_inner();
    assert_eq!(order.order_info.and_then(|order| order.status), Some(6));
    assert_eq!(server.received()[0].header("x-domain-id"), ["d-2"]);
    Ok(())
}

#[tokio::test]
async fn an_order_is_paid_once_whatever_happens() -> Outcome {
    let unpaid = || PayCustomerOrderV3Req::new("CS1", YesNo::No, YesNo::No);
    for reply in [Reply::json(503, "{}"), Reply::Reset, Reply::Truncated { body: b"{".to_vec() }] {
        let server = Server::answering(move |_| reply.clone()).await?;
        let client: huaweicloud_bss::Client = builder(&server).domain_id("d-1").build()?;
        let _ = client.pay_orders(unpaid()).send().await;
        assert_eq!(server.received().len(), 1);
    }
    let server =
        Server::answering(|_| Reply::Answer { status: 204, headers: Vec::new(), body: Vec::new() })
            .await?;
    let client: huaweicloud_bss::Client = builder(&server).domain_id("d-1").build()?;
    // A coupon that is not named is refused before anything leaves.
    let coupon = client.pay_orders(PayCustomerOrderV3Req::new("CS1", YesNo::Yes, YesNo::No));
    assert!(matches!(coupon.send().await, Err(Error::Invalid(_))));
    assert!(server.received().is_empty());
    client.pay_orders(unpaid()).send().await?;
    let body: Value = serde_json::from_slice(&server.received()[0].body)?;
    assert_eq!(body, json!({ "order_id": "CS1", "use_coupon": "NO", "use_discount": "NO" }));
    Ok(())
}

/// Credentials that say how often they were asked for.
#[derive(Default)]
struct Counted(Arc<AtomicUsize>);

impl CredentialsProvider for Counted {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(Credentials::new("EXAMPLE-ACCESS-KEY", "example-secret")) })
    }
}

#[tokio::test]
async fn clients_of_one_configuration_look_for_everything_once() -> Outcome {
    let answers = r#"{"enterprise_projects":[],"total_count":0,"order_infos":[]}"#;
    let server = Server::answering(for_account(answers)).await?;
    let asked = Arc::new(AtomicUsize::new(0));
    let config = Config::builder()
        .endpoint(server.endpoint())
        .iam_endpoint(server.endpoint())
        .allow_http(true)
        .environment(|_| None)
        .credentials_provider(Counted(Arc::clone(&asked)))
        .build_config()?;
    let eps = huaweicloud_eps::Client::new(&config)?;
    let bss = huaweicloud_bss::Client::new(&config)?;
    eps.list_enterprise_project().send().await?;
    bss.list_customer_orders().send().await?;
    let received = server.received();
    let of_account = received.iter().filter(|request| request.target == "/v3/auth/domains").count();
    assert_eq!((of_account, asked.load(Ordering::Relaxed), received.len()), (1, 1, 3));

    // Who is told another account shares it no more.
    let other = config.client::<huaweicloud_eps::Client>();
    let other =
        other.credentials(Credentials::new("EXAMPLE-OTHER-KEY", "example-secret")).build()?;
    other.list_enterprise_project().send().await?;
    let received = server.received();
    let of_account = received.iter().filter(|request| request.target == "/v3/auth/domains").count();
    assert_eq!((of_account, asked.load(Ordering::Relaxed), received.len()), (2, 1, 5));
    Ok(())
}

#[test]
fn what_is_wrong_for_every_client_is_told_at_once() {
    let built = Config::builder().timeout(std::time::Duration::ZERO).build_config();
    let error = built.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("no call succeeds in no time"), "{error}");
    // A region is missing only for who needs one.
    let config = Config::builder().environment(|_| None).build_config().unwrap();
    assert!(huaweicloud_eps::Client::new(&config).is_ok());
    let error = huaweicloud_vpc::Client::new(&config).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains("no region")));
}
