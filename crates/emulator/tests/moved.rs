//! Instances whose shards, nodes or addresses change while their data stays. Left out, and said so, where the programs
//! are not installed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::Path;

use common::{PASSWORD, client, pair, programs, running::Running, send, send_bytes, single};
use huaweicloud_dcs::types::*;
use huaweicloud_dcs_emulator::{DataPlane, Emulator};
use redis::{Commands as _, cluster::ClusterClient};
use serde_json::{Value, json};

const KEYS: usize = 300;

async fn started(test: &str, order: CreateInstanceBody, data: Option<&Path>) -> Option<Running> {
    let mut builder = Emulator::builder().data_plane(DataPlane::Programs(programs(test)?));
    if let Some(folder) = data {
        builder = builder.data(folder);
    }
    let emulator = builder.start().await.unwrap();
    let client = client(&emulator);
    let made = client.create_instance(order).send().await.unwrap().into_inner();
    let id = made.instances[0].instance_id.clone().unwrap();
    Some(Running { emulator, client, id })
}

fn cluster(name: &str) -> CreateInstanceBody {
    let zones = ["cn-north-4a"];
    let flavor = "redis.cluster.xu1.large.r1.4";
    CreateInstanceBody::new(name, Engine::Redis, 4, flavor, zones, "vpc", "subnet")
        .engine_version("6.0")
        .password(PASSWORD)
}

async fn shown(running: &Running) -> QueryInstanceInfoResp {
    running.client.show_instance(&running.id).send().await.unwrap().into_inner()
}

/// Has another specification, however long that takes on a busy machine.
async fn resize(running: &Running, flavor: &str, gigabytes: f64) -> QueryInstanceInfoResp {
    let body = ResizeInstanceBody::new(flavor, gigabytes);
    running.client.resize_instance(&running.id, body).send().await.unwrap();
    let mut after = shown(running).await;
    for _ in 0..600 {
        if after.status != Some(InstanceStatus::Extending) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        after = shown(running).await;
    }
    after
}

async fn keys(running: &Running) -> redis::cluster::ClusterConnection {
    let url = format!("redis://:{PASSWORD}@127.0.0.1:{}", running.port().await);
    ClusterClient::new([url]).unwrap().get_connection().unwrap()
}

/// The numbers of keys that the master of each shard has.
async fn sizes(running: &Running) -> Vec<u64> {
    let shown = running.get("nodes").await;
    let servers = shown["redis_server"].as_array().unwrap().clone();
    let port = |server: &Value| server["port"].as_str().unwrap().parse::<u16>().unwrap();
    servers
        .iter()
        .map(|server| {
            let url = format!("redis://:{PASSWORD}@127.0.0.1:{}", port(server));
            let mut redis = redis::Client::open(url).unwrap().get_connection().unwrap();
            redis::cmd("DBSIZE").query(&mut redis).unwrap()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn shards_are_added_and_removed_and_no_key_is_lost() {
    let test = "shards_are_added_and_removed_and_no_key_is_lost";
    let folder = tempfile::tempdir().unwrap();
    let Some(running) = started(test, cluster("growing"), Some(folder.path())).await else {
        return;
    };
    let mut redis = keys(&running).await;
    for key in 0..KEYS {
        redis.set::<_, _, ()>(format!("key:{key}"), key).unwrap();
    }
    redis.set::<_, _, ()>(b"\xff\x00\xfe", "no text").unwrap();
    let backup = running.client.copy_instance(&running.id, BackupInstanceBody::new()).send().await;
    let backup = backup.unwrap().into_inner().backup_id.unwrap();

    for (gigabytes, flavor, shards) in
        [(8.0, "redis.cluster.xu1.large.r1.8", 6), (4.0, "redis.cluster.xu1.large.r1.4", 3)]
    {
        let shown = resize(&running, flavor, gigabytes).await;
        assert_eq!(shown.status, Some(InstanceStatus::Running));
        assert_eq!(
            (shown.sharding_count, shown.spec_code.as_deref()),
            (Some(shards), Some(flavor))
        );
        let sizes = sizes(&running).await;
        assert_eq!(sizes.len(), usize::try_from(shards).unwrap());
        assert!(sizes.iter().all(|size| *size > 10), "every shard has some keys: {sizes:?}");
        assert_eq!(sizes.iter().sum::<u64>(), 301);
        let mut redis = keys(&running).await;
        for key in 0..KEYS {
            assert_eq!(redis.get::<_, usize>(format!("key:{key}")).unwrap(), key);
        }
        assert_eq!(redis.get::<_, String>(b"\xff\x00\xfe").unwrap(), "no text");
        if shards == 6 {
            let restore = RestoreInstanceBody::new(&backup);
            running.client.restore_instance(&running.id, restore).send().await.unwrap();
            let records = running.get("restores").await;
            assert_eq!(records["restore_record_response"][0]["status"], "failed", "{records}");
            let status = self::shown(&running).await.status;
            assert_eq!(status, Some(InstanceStatus::Running), "the data is what it was");
        }
    }

    // With its new shards it is there the next time.
    let Running { emulator, id, .. } = running;
    emulator.stop().await;
    let builder = Emulator::builder().data_plane(DataPlane::Auto).data(folder.path());
    let emulator = builder.start().await.unwrap();
    let running = Running { client: client(&emulator), emulator, id };
    let mut redis = keys(&running).await;
    assert_eq!(redis.get::<_, usize>("key:299").unwrap(), 299);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_speaks_tls() {
    let test = "a_cluster_speaks_tls";
    let order = cluster("secure").enable_ssl(true);
    let Some(running) = started(test, order, None).await else { return };
    let made = running.call("POST", "ssl-certs/download", Value::Null).await;
    let page = made.body["link"].as_str().unwrap().strip_prefix("http://localhost").unwrap();
    let get = format!("GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let file = send_bytes(&running.emulator, get.as_bytes()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.crt");
    std::fs::File::create(&path)
        .and_then(|mut made| {
            std::io::Write::write_all(&mut made, file.split_once("\r\n\r\n").unwrap().1.as_bytes())
        })
        .unwrap();
    let port = running.port().await.to_string();
    let ask = |arguments: &[&str]| {
        let mut command = std::process::Command::new("redis-cli");
        command.args(["-h", "127.0.0.1", "-p", &port, "-a", PASSWORD, "--no-auth-warning"]);
        let output = command.args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let tls = ["--tls", "--cacert", path.to_str().unwrap(), "-c"];
    // Each of these belongs to another shard, to which the client is sent on.
    for key in ["a", "b", "c", "d", "e", "f"] {
        assert_eq!(ask(&[&tls[..], &["SET", key, key]].concat()), "OK");
        assert_eq!(ask(&[&tls[..], &["GET", key]].concat()), key);
    }
    assert_ne!(ask(&["GET", "a"]), "a", "nothing else is spoken at this port");
    // Slots move by TLS, too.
    let after = resize(&running, "redis.cluster.xu1.large.r1.8", 8.0).await;
    assert_eq!(after.sharding_count, Some(6));
    for key in ["a", "b", "c", "d", "e", "f"] {
        assert_eq!(ask(&[&tls[..], &["GET", key]].concat()), key);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_are_stopped_and_started() {
    let test = "nodes_are_stopped_and_started";
    let Some(running) = started(test, pair("nodes"), None).await else { return };
    let nodes = running.get("logical-nodes").await;
    let ids: Vec<&str> = nodes["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["node_id"].as_str().unwrap())
        .collect();
    let change = async |ids: Value, action: &str| {
        let mut body = json!({"action": action});
        if !ids.is_null() {
            body["node_ids"] = ids;
        }
        running.call("PUT", "nodes/status", body).await
    };
    let mut redis = running.connect().await;
    redis.set::<_, _, ()>("a", 1).unwrap();
    let followers = |redis: &mut redis::Connection, wait: u64| -> i64 {
        redis::cmd("WAIT").arg(1).arg(wait).query(redis).unwrap()
    };

    assert_eq!(change(json!([ids[0]]), "stop").await.status, 400, "its standby still runs");
    assert_eq!(change(json!([ids[1]]), "stop").await.status, 200);
    let after = running.get("logical-nodes").await;
    assert_eq!(
        (&after["nodes"][0]["status"], &after["nodes"][1]["status"]),
        (&json!("Active"), &json!("Inactive"))
    );
    redis.set::<_, _, ()>("a", 2).unwrap();
    assert_eq!(followers(&mut redis, 100), 0);
    assert_eq!(change(json!([ids[1]]), "start").await.status, 200);
    redis.set::<_, _, ()>("a", 3).unwrap();
    assert_eq!(followers(&mut redis, 5000), 1);

    let port = running.port().await;
    assert_eq!(change(Value::Null, "stop").await.status, 200);
    assert_eq!(shown(&running).await.status.unwrap().to_string(), "CLOSED");
    assert!(!common::answers(u16::try_from(port).unwrap()));
    let refused = running.call("POST", "backups", json!({})).await;
    assert_eq!(refused.body["error_code"], "DCS.4049");
    assert_eq!(change(Value::Null, "start").await.status, 200);
    assert_eq!(shown(&running).await.status.unwrap().to_string(), "RUNNING");
    assert_eq!(running.port().await, port);
    assert_eq!(running.connect().await.get::<_, i64>("a").unwrap(), 3);
    assert!(running.emulator.crashes().is_empty(), "nothing of this was a crash");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_is_configured_restarted_and_exchanges_addresses() {
    let test = "a_migration_is_configured_restarted_and_exchanges_addresses";
    let Some(running) = started(test, single("source"), None).await else { return };
    let target = running.client.create_instance(single("target")).send().await.unwrap();
    let target = target.into_inner().instances[0].instance_id.clone().unwrap();
    let project = running.emulator.keys().project_id.clone();
    let call = async |method: &str, below: &str, body: Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(&running.emulator, method, &format!("/v2/{project}/{below}"), &body).await
    };
    running.connect().await.set::<_, _, ()>("a", 1).unwrap();

    let body = json!({"name": "move", "vpc_id": "v", "subnet_id": "s", "security_group_id": "g"});
    let made = call("POST", "migration/instance", body).await.body;
    let id = made["instance_id"].as_str().unwrap();
    let stopped = call("POST", &format!("migration-task/{id}/stop"), Value::Null).await;
    assert_eq!(stopped.body["error_code"], "DCS.4957", "it has not begun");
    let body = json!({
        "migration_method": "full_amount_migration", "resume_mode": "auto",
        "source_instance": {"id": running.id}, "target_instance": {"id": target},
    });
    let set = call("POST", &format!("migration/{id}/task"), body).await.body;
    assert_eq!((&set["name"], &set["status"]), (&json!("move"), &json!("MIGRATING")));
    let path = format!("migration-task/{id}");
    assert_eq!(call("GET", &path, Value::Null).await.body["status"], "SUCCESS");
    call("PUT", &path, json!({"resume_mode": "manual"})).await;
    assert_eq!(call("GET", &path, Value::Null).await.body["resume_mode"], "manual");

    running.connect().await.set::<_, _, ()>("b", 2).unwrap();
    let again = json!({"migration_tasks": [id, "nothing"]});
    let again = call("POST", "migration-tasks/batch-restart", again).await.body;
    assert_eq!(again["migration_tasks"][0]["result"], "success");
    assert_eq!(again["migration_tasks"][1]["result"], "failed");

    let source = running.id.clone();
    let port = async |id: &str| {
        call("GET", &format!("instances/{id}"), Value::Null).await.body["port"].clone()
    };
    let before = (port(&source).await, port(&target).await);
    let body = json!({"exchanged_ip": ["127.0.0.1"], "is_exchange_domain": true});
    let exchange = format!("{path}/exchange-ip");
    let elsewhere = json!({"exchanged_ip": ["192.0.2.1"], "is_exchange_domain": true});
    assert_eq!(call("POST", &exchange, elsewhere).await.status, 400);
    assert_eq!(call("POST", &exchange, body.clone()).await.status, 200);
    assert_eq!((port(&target).await, port(&source).await), before);
    // Who knows the old address is at the target now.
    let url = format!("redis://:{PASSWORD}@127.0.0.1:{}", before.0);
    let mut redis = redis::Client::open(url).unwrap().get_connection().unwrap();
    assert_eq!(redis.get::<_, i64>("b").unwrap(), 2);
    redis.set::<_, _, ()>("c", 3).unwrap();
    assert_eq!(running.connect().await.get::<_, Option<i64>>("c").unwrap(), None);
    assert_eq!(call("POST", &exchange, body).await.body["error_code"], "DCS.4957");
    let back = call("POST", &format!("{path}/rollback-ip"), Value::Null).await;
    assert_eq!(back.status, 200);
    assert_eq!((port(&source).await, port(&target).await), before);
}
