//! What stands around the API: orders that are paid, projects and tokens of IAM.

mod common;

use common::{client, send, single, without_processes};
use huaweicloud_dcs::{Client, Credentials, types::*};
use serde_json::json;

fn prepaid(is_paid_at_once: bool) -> CreateInstanceBody {
    let text = if is_paid_at_once { "true" } else { "false" };
    let bss = BssParam::new("prePaid").is_auto_pay(text).period_type("month").period_num(1);
    single("prepaid").bss_param(bss)
}

#[tokio::test]
async fn an_order_that_is_not_paid_waits_until_it_is() {
    let emulator = without_processes().await;
    let client = client(&emulator);
    let made = client.create_instance(prepaid(false)).send().await.unwrap().into_inner();
    let (order, id) = (made.order_id.unwrap(), made.instances[0].instance_id.clone().unwrap());
    let status = async || {
        let shown = client.show_instance(&id).send().await.unwrap().into_inner();
        assert_eq!(shown.charging_mode, Some(1));
        assert_eq!(shown.order_id.as_deref(), Some(order.as_str()));
        shown.status.unwrap().to_string()
    };
    assert_eq!(status().await, "PAYING");
    let pay = format!("/_emulator/orders/{order}/pay");
    let paid = send(&emulator, "POST", &pay, "").await;
    assert_eq!((paid.status, paid.body), (200, json!({"paid": 1})));
    assert_eq!(status().await, "RUNNING");
    assert_eq!(send(&emulator, "POST", &pay, "").await.status, 404, "it is paid");

    let made = client.create_instance(prepaid(true)).send().await.unwrap().into_inner();
    let id = made.instances[0].instance_id.clone().unwrap();
    let shown = client.show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!(shown.status, Some(InstanceStatus::Running));
}

#[tokio::test]
async fn a_client_finds_its_project_at_the_emulator() {
    let emulator = without_processes().await;
    let keys = emulator.keys();
    let credentials = Credentials::new(keys.access_key.as_str(), keys.secret_key.expose());
    let client = Client::builder()
        .region("cn-north-4")
        .endpoint(emulator.endpoint())
        .iam_endpoint(emulator.endpoint())
        .allow_http(true)
        .credentials(credentials)
        .build()
        .unwrap();
    client.list_instances().send().await.unwrap();
}

#[tokio::test]
async fn iam_gives_a_token_to_who_knows_the_keys() {
    let emulator = without_processes().await;
    let keys = emulator.keys();
    let by_keys = |secret: &str| {
        let own = json!({"access": {"key": keys.access_key}, "secret": {"key": secret}});
        json!({"auth": {"identity": {"methods": ["hw_ak_sk"], "hw_ak_sk": own}}}).to_string()
    };
    let by_password = |password: &str| {
        let user = json!({"name": "somebody", "password": password, "domain": {"name": "d"}});
        let own = json!({"user": user});
        json!({"auth": {"identity": {"methods": ["password"], "password": own}}}).to_string()
    };
    let secret = keys.secret_key.expose();
    for body in [by_keys(secret), by_password(secret)] {
        let answer = send(&emulator, "POST", "/v3/auth/tokens", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let header = format!("x-subject-token: {}", keys.token.expose().to_lowercase());
        assert!(answer.head.contains(&header), "{}", answer.head);
        assert_eq!(answer.body["token"]["project"]["id"], json!(keys.project_id));
    }
    for body in [by_keys("wrong"), by_password("wrong"), "{}".to_owned(), "x".to_owned()] {
        let answer = send(&emulator, "POST", "/v3/auth/tokens", &body).await;
        assert_eq!(answer.status, 401);
        assert!(!answer.head.contains("x-subject-token"));
    }
}
