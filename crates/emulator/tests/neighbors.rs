//! What stands around DCS, by the clients of those services and by the program that goes from names to a
//! running instance.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::time::Duration;

use common::{client, send, single, without_processes};
use huaweicloud::{Config, Credentials, bss, dcs, eip, eps, iam, vpc};
use huaweicloud_dcs::{CredentialsChain, types::*};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Neighbors};

#[expect(dead_code, reason = "a program, of which only the parts are called")]
#[path = "../../huaweicloud/examples/from_names.rs"]
mod from_names;

/// A configuration for all services of an emulator; the project is asked for.
fn config(emulator: &Emulator) -> Config {
    let keys = emulator.keys();
    let credentials = Credentials::new(keys.access_key.as_str(), keys.secret_key.expose());
    Config::builder()
        .region("cn-north-4")
        .iam_endpoint(emulator.endpoint())
        .allow_http(true)
        .environment(|_| None)
        .credentials(credentials)
        .build_config()
        .unwrap()
}

#[tokio::test]
async fn names_lead_to_a_running_instance() {
    let emulator = without_processes().await;
    let (config, endpoint) = (config(&emulator), emulator.endpoint());
    let networks = config.client::<vpc::Client>().endpoint(&endpoint).build().unwrap();
    let place = from_names::place(&networks, ["vpc-default", "apps", "web"]).await.unwrap();
    let caches = config.client::<dcs::Client>().endpoint(&endpoint).build().unwrap();
    let order = from_names::order(place, common::PASSWORD);
    let look = dcs::LookupPolicy { before: Duration::ZERO, ..dcs::LookupPolicy::default() };
    let call = caches.create_and_wait(order).journal(dcs::MemoryJournal::new()).lookup(look);
    let pause = Duration::from_millis(5);
    let running = call.first_after(pause).every(pause).await.unwrap();
    assert_eq!(running.items[0].name.as_deref(), Some("session-cache"));
    for (names, problem) in [
        (["gone", "apps", "web"], "there is no VPC of the name gone"),
        (["vpc-default", "gone", "web"], "there is no subnet of the name gone"),
        (["vpc-default", "apps", "gone"], "there is no security group of the name gone"),
    ] {
        let error = from_names::place(&networks, names).await.unwrap_err();
        assert_eq!(error.to_string(), problem);
    }
}

#[tokio::test]
async fn what_there_is_is_listed_page_by_page_and_shown() {
    let neighbors = Neighbors::none()
        .vpc("a", ["x", "y", "z"])
        .vpc("b", ["x"])
        .security_group("twin")
        .security_group("twin")
        .security_group("other")
        .elastic_ip("203.0.113.20")
        .enterprise_project("payments");
    let builder = Emulator::builder().data_plane(DataPlane::None).neighbors(neighbors);
    let emulator = builder.start().await.unwrap();
    let (config, endpoint) = (config(&emulator), emulator.endpoint());
    let networks = config.client::<vpc::Client>().endpoint(&endpoint).build().unwrap();
    let vpcs = networks.list_vpcs().limit(1).stream().into_vec().await.unwrap();
    let named: Vec<_> = vpcs.iter().filter_map(|vpc| vpc.name.as_deref()).collect();
    assert_eq!(named, ["a", "b"]);
    let subnets = networks.list_subnets().vpc_id(&vpcs[0].id).limit(2).stream();
    let subnets = subnets.into_vec().await.unwrap();
    assert_eq!(subnets.len(), 3);
    let shown = networks.show_subnet(&subnets[1].id).send().await.unwrap().into_inner();
    assert_eq!(shown.subnet.unwrap().name.as_deref(), Some("y"));
    let groups = networks.list_security_groups().name(["twin"]).limit(1).stream();
    assert_eq!(groups.into_vec().await.unwrap().len(), 2);
    let unknown = networks.show_vpc("none").send().await.unwrap_err();
    assert_eq!(unknown.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(unknown.code(), Some("VPC.0003"));

    let addresses = config.client::<eip::Client>().endpoint(&endpoint).build().unwrap();
    let free = addresses.list_publicips().public_ip_address(["203.0.113.20"]).stream();
    let free = free.into_vec().await.unwrap();
    assert_eq!(free.len(), 1);
    let bound = addresses.list_publicips().private_ip_address(["10.0.0.1"]).stream();
    assert_eq!(bound.into_vec().await.unwrap().len(), 0);

    let projects = config.client::<eps::Client>().endpoint(&endpoint).build().unwrap();
    let found = projects.list_enterprise_project().name("pay").stream().into_vec().await.unwrap();
    assert_eq!(found.len(), 1);
    let shown = projects.show_enterprise_project("0").send().await.unwrap().into_inner();
    assert_eq!(shown.enterprise_project.unwrap().name, "default");
}

#[tokio::test]
async fn iam_knows_the_project_of_any_region() {
    let emulator = without_processes().await;
    let identity = config(&emulator).client::<iam::Client>().endpoint(emulator.endpoint());
    let identity = identity.build().unwrap();
    let projects = identity.keystone_list_projects().name("eu-west-101").send().await.unwrap();
    let projects = projects.into_inner().projects;
    assert_eq!(projects.len(), 1);
    assert_eq!(projects[0].id, emulator.keys().project_id);
    let domains = identity.keystone_list_auth_domains().send().await.unwrap().into_inner().domains;
    assert_eq!(domains.len(), 1);
}

#[tokio::test]
async fn an_order_is_shown_and_paid_by_billing() {
    let emulator = without_processes().await;
    let bss_param =
        BssParam::new("prePaid").is_auto_pay("false").period_type("month").period_num(1);
    let order = single("prepaid").bss_param(bss_param);
    let made = client(&emulator).create_instance(order).send().await.unwrap().into_inner();
    let (order, id) = (made.order_id.unwrap(), made.instances[0].instance_id.clone().unwrap());
    let billing = config(&emulator).client::<bss::Client>().endpoint(emulator.endpoint());
    let billing = billing.build().unwrap();
    let status = async || {
        let shown = billing.show_customer_order_details(&order).send().await.unwrap();
        shown.into_inner().order_info.unwrap().status.unwrap().to_string()
    };
    assert_eq!(status().await, "6");
    let listed = billing.list_customer_orders().status(6).stream().into_vec().await.unwrap();
    assert_eq!(listed[0].order_id.as_deref(), Some(order.as_str()));
    let pay = || bss::types::PayCustomerOrderV3Req::new(&order, "NO", "NO");
    billing.pay_orders(pay()).send().await.unwrap();
    assert_eq!(status().await, "5");
    let shown = client(&emulator).show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!(shown.status, Some(InstanceStatus::Running));
    let again = billing.pay_orders(pay()).send().await.unwrap_err();
    assert_eq!(again.status().map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn a_program_on_a_machine_gets_keys_that_end_and_renews_them() {
    let builder = Emulator::builder().data_plane(DataPlane::None);
    let emulator = builder.temporary_keys_life(Duration::from_secs(4)).start().await.unwrap();
    let keys = async || send(&emulator, "GET", "/openstack/latest/securitykey", "").await.body;
    let first = keys().await;
    let chain = CredentialsChain::new().environment(|_| None).metadata_address(emulator.endpoint());
    let client = huaweicloud_dcs::Client::builder()
        .endpoint(emulator.endpoint())
        .allow_http(true)
        .environment(|_| None)
        .project_id(&emulator.keys().project_id)
        .credentials_provider(chain)
        .build()
        .unwrap();
    client.list_instances().send().await.unwrap();
    emulator.advance(Duration::from_secs(3));
    assert_ne!(keys().await["credential"]["access"], first["credential"]["access"]);
    client.list_instances().send().await.unwrap();
    let said: Vec<_> = emulator.requests().into_iter().map(|seen| seen.status).collect();
    assert!(said.iter().all(|status| *status == Some(200)), "{said:?}");
    let text = format!("{:?}", emulator.requests());
    let secret = first["credential"]["secret"].as_str().unwrap();
    assert!(!text.contains(secret), "{text}");
}
