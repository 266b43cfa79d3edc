//! What the API tells of processes is what they say themselves. Left out, and said so, where the programs are
//! not installed.

mod common;

use common::{pair, running::running, single};
use huaweicloud_dcs::types::*;
use redis::{Commands as _, Connection};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn slow_commands_are_those_of_the_process() {
    let Some(running) = running("slow_commands", single("slow")).await else { return };
    let mut redis = running.connect().await;
    redis::cmd("CONFIG")
        .arg(&["SET", "slowlog-log-slower-than", "0"])
        .query::<()>(&mut redis)
        .unwrap();
    redis.set::<_, _, ()>("slow", "x y").unwrap();
    let all = running.get("slowlog?start_time=1000000000000&end_time=9999999999999&limit=50").await;
    let commands = all["slowlogs"].as_array().unwrap().iter().map(|entry| &entry["command"]);
    assert!(commands.clone().any(|command| command == "SET slow x y"), "{all}");
    assert_eq!(all["count"], all["slowlogs"].as_array().unwrap().len());
    let none = running.get("slowlog?start_time=1000000000000&end_time=1000000000001").await;
    assert_eq!(none["count"], 0, "{none}");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_are_listed_and_killed() {
    let Some(running) = running("clients_are_listed_and_killed", single("clients")).await else {
        return;
    };
    let mut redis = running.connect().await;
    redis::cmd("CLIENT").arg(&["SETNAME", "worker"]).query::<()>(&mut redis).unwrap();
    let all = running.get("clients?limit=50").await;
    let worker =
        all["clients"].as_array().unwrap().iter().find(|client| client["name"] == "worker");
    let worker = worker.unwrap_or(&Value::Null).clone();
    assert_eq!(worker["peer"], format!("127.0.0.1:{}", running.port().await), "{all}");
    assert!(worker["age"].is_i64() && worker["id"].is_string(), "{worker}");
    let address = worker["addr"].as_str().unwrap();

    let body = HangUpClientsRequestBody::new("node", [address]);
    running.client.hang_up_clients(&running.id, body).send().await.unwrap();
    assert!(redis.set::<_, _, ()>("a", 1).is_err(), "it is cut off");
    let mut redis = running.connect().await;
    let body = HangUpKillAllClientsRequestBody::new().kill_all_nodes(true);
    running.client.hang_up_kill_all_clients(&running.id, body).send().await.unwrap();
    assert!(redis.set::<_, _, ()>("a", 1).is_err(), "it is cut off");
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_count_what_was_done() {
    let Some(running) = running("statistics_count_what_was_done", single("counted")).await else {
        return;
    };
    let mut redis = running.connect().await;
    redis.set::<_, _, ()>("a", 1).unwrap();
    redis.set::<_, _, ()>("b", 1).unwrap();
    redis.get::<_, i64>("a").unwrap();
    let statistics = running.client.list_statistics_of_running_instances();
    let statistics = statistics.send().await.unwrap().into_inner().statistics;
    assert_eq!(statistics.len(), 1);
    let own = &statistics[0];
    assert_eq!(own.instance_id.as_deref(), Some(running.id.as_str()));
    assert_eq!((own.keys, own.cmd_set_count, own.cmd_get_count), (Some(2), Some(2), Some(1)));
    assert_eq!(own.max_memory, Some(1024));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_standby_takes_over_with_all_data() {
    let order = pair("pair");
    let Some(running) = running("the_standby_takes_over_with_all_data", order).await else {
        return;
    };
    let process = |redis: &mut Connection| -> String {
        let info: String = redis::cmd("INFO").arg("server").query(redis).unwrap();
        let line = info.lines().find(|line| line.starts_with("config_file:"));
        line.unwrap().trim().to_owned()
    };
    let mut redis = running.connect().await;
    redis.set::<_, _, ()>("a", 7).unwrap();
    let before = process(&mut redis);
    running.client.change_master_standby(&running.id).send().await.unwrap();
    let mut redis = running.connect().await;
    assert_ne!(process(&mut redis), before, "another process answers at the same port");
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 7);
    redis.set::<_, _, ()>("a", 8).unwrap();
    let followers: i64 = redis::cmd("WAIT").arg(1).arg(2000).query(&mut redis).unwrap();
    assert_eq!(followers, 1);
    let groups = running.client.list_group_replication_info(&running.id).send().await.unwrap();
    let groups = groups.into_inner().group_list;
    assert_eq!(groups[0].replication_list.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_node_has_nothing_to_switch_to() {
    let Some(running) = running("a_single_node_has_nothing_to_switch_to", single("alone")).await
    else {
        return;
    };
    let refused = running.client.change_master_standby(&running.id).send().await.unwrap_err();
    assert_eq!(refused.code().unwrap().to_string(), "DCS.4855");
}
