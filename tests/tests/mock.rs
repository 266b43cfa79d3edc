//! A client that sends nothing: it returns the responses of a test, validates as usual, and reports unmet expectations.

#![cfg(test)]

use std::time::Duration;

use huaweicloud_dcs::{
    Client, Error, RetryPolicy,
    lifecycle::{CreateInstance, DeleteSingleInstance, ListInstances, ShowInstance},
    types::*,
};
use serde_json::json;

fn order(name: &str) -> CreateInstanceBody {
    let flavor = "redis.single.xu1.large.1";
    CreateInstanceBody::new(name, Engine::Redis, 1, flavor, ["a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
}

fn shown(status: InstanceStatus) -> QueryInstanceInfoResp {
    let mut shown = QueryInstanceInfoResp::default();
    shown.status = Some(status);
    shown
}

#[tokio::test]
async fn answers_come_one_after_the_other_and_the_last_one_stays() -> Result<(), Error> {
    let mock = Client::mock();
    mock.on::<ShowInstance>()
        .when(|request| request.path.ends_with("/i-1"))
        .answers([InstanceStatus::Creating, InstanceStatus::Running].map(shown));
    mock.on::<ShowInstance>().refuse(404, "DCS.3022", "not here");
    let client = mock.client()?;
    let status =
        async || client.show_instance("i-1").send().await.map(|shown| shown.into_inner().status);
    assert_eq!(status().await?, Some(InstanceStatus::Creating));
    assert_eq!(status().await?, Some(InstanceStatus::Running));
    assert_eq!(status().await?, Some(InstanceStatus::Running));
    let other = client.show_instance("i-2").send().await.unwrap_err();
    assert_eq!(
        (other.status().map(|status| status.as_u16()), other.code()),
        (Some(404), Some("DCS.3022"))
    );
    assert_eq!(mock.sent().len(), 4);
    Ok(())
}

#[tokio::test]
async fn an_empty_list_is_a_list_and_success_may_have_no_body() -> Result<(), Error> {
    let mock = Client::mock();
    mock.on::<ListInstances>().answer(QueryInstanceListResp::default());
    mock.on::<DeleteSingleInstance>().answer(());
    let client = mock.client()?;
    assert_eq!(client.list_instances().send().await?.instances.len(), 0);
    client.delete_single_instance("i-1").send().await?;
    let sent = mock.sent_by::<DeleteSingleInstance>();
    assert!(sent[0].method == "DELETE" && sent[0].path.ends_with("/instances/i-1"), "{sent:?}");
    Ok(())
}

#[tokio::test]
async fn a_call_is_checked_and_repeated_as_always() -> Result<(), Error> {
    let mock = Client::mock();
    mock.on::<ListInstances>().times(2).refuse(503, "DCS.5011", "later");
    mock.on::<ListInstances>().json(200, json!({"instance_num": 0, "instances": []}));
    mock.on::<CreateInstance>().answer_with(|request| {
        let body: CreateInstanceBody = request.json().unwrap();
        assert_eq!(body.name, "valid");
        CreateInstanceResp::default()
    });
    let retry = RetryPolicy::default().base(Duration::from_millis(1));
    let client = mock.builder().retry(retry).build()?;
    client.list_instances().send().await?;
    assert_eq!(mock.sent().len(), 3);
    let refused = client.create_instance(order("no good name!")).send().await.unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
    assert_eq!(mock.sent().len(), 3, "what is invalid does not leave");
    client.create_instance(order("valid")).send().await?;
    Ok(())
}

#[tokio::test]
async fn what_did_not_come_and_what_nobody_expected_is_told() -> Result<(), Error> {
    let mock = Client::mock();
    mock.on::<ShowInstance>().times(2).answer(shown(InstanceStatus::Running));
    mock.on::<CreateInstance>().break_off();
    let client = mock.client()?;
    assert_eq!(
        mock.verify().unwrap_err().to_string(),
        "ShowInstance was expected 2 times, and called 0 times"
    );
    client.show_instance("i-1").send().await?;
    client.show_instance("i-1").send().await?;
    assert!(mock.verify().is_ok());
    let lost = client.create_instance(order("lost")).send().await.unwrap_err();
    assert!(lost.is_unknown_outcome(), "{lost}");
    for unexpected in [
        client.show_instance("i-1").send().await.map(|_| ()).unwrap_err(),
        client.list_instances().send().await.map(|_| ()).unwrap_err(),
    ] {
        assert!(unexpected.to_string().contains("was not expected"), "{unexpected}");
        assert_eq!(unexpected.status().map(|status| status.as_u16()), Some(501));
    }
    let told = mock.verify().unwrap_err().to_string();
    assert_eq!(told.lines().count(), 2, "{told}");
    Ok(())
}

#[tokio::test]
async fn an_order_is_waited_for_without_a_service() -> Result<(), Box<dyn std::error::Error>> {
    let mock = Client::mock();
    let listed = json!({"instance_id": "i-1", "name": "cache", "status": "CREATING"});
    mock.on::<ListInstances>().times(1).answer(QueryInstanceListResp::default());
    mock.on::<ListInstances>().json(200, json!({"instance_num": 1, "instances": [listed]}));
    let made = json!({"instances": [{"instance_id": "i-1", "instance_name": "cache"}]});
    mock.on::<CreateInstance>().times(1).json(200, made);
    mock.on::<ShowInstance>()
        .answers([InstanceStatus::Creating, InstanceStatus::Running].map(shown));
    let client = mock.client()?;
    let look = huaweicloud_dcs::LookupPolicy {
        before: Duration::ZERO,
        ..huaweicloud_dcs::LookupPolicy::default()
    };
    let pause = Duration::from_millis(1);
    let call = client.create_and_wait(order("cache")).lookup(look);
    let running = call.first_after(pause).every(pause).await?;
    assert_eq!(running.items[0].status, Some(InstanceStatus::Running));
    mock.verify()?;
    Ok(())
}
