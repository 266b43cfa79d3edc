//! Processes that are killed behind the emulator's back are noticed and replaced, with the data that is left. Left
//! out, and said so, where the programs are not installed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::{path::Path, process::Command, time::Duration};

use common::{PASSWORD, client, memcached, pair, programs, single};
use huaweicloud_dcs::{Client, types::*};
use huaweicloud_dcs_emulator::{Crash, DataPlane, Emulator, Programs};
use redis::{Commands as _, cluster::ClusterClient};

async fn emulator(programs: Programs, data: Option<&Path>) -> Emulator {
    let mut builder = Emulator::builder().data_plane(DataPlane::Programs(programs));
    if let Some(folder) = data {
        builder = builder.data(folder);
    }
    builder.start().await.unwrap()
}

async fn ordered(client: &Client, order: CreateInstanceBody) -> String {
    let made = client.create_instance(order).send().await.unwrap().into_inner();
    made.instances[0].instance_id.clone().unwrap()
}

async fn shown(client: &Client, id: &str) -> (String, u16) {
    let shown = client.show_instance(id).send().await.unwrap().into_inner();
    (shown.status.unwrap().to_string(), u16::try_from(shown.port.unwrap()).unwrap())
}

fn connect(port: u16) -> redis::RedisResult<redis::Connection> {
    redis::Client::open(format!("redis://:{PASSWORD}@127.0.0.1:{port}"))?.get_connection()
}

/// A word of what the process at a port says of itself.
fn info(port: u16, name: &str) -> String {
    let mut redis = connect(port).unwrap();
    let info: String = redis::cmd("INFO").arg("all").query(&mut redis).unwrap();
    let start = format!("{name}:");
    let line = info.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_default().to_owned()
}

fn kill(process: &str) {
    assert!(Command::new("kill").args(["-9", process]).status().unwrap().success());
}

/// The crash once there is an end to it.
async fn settled(emulator: &Emulator) -> Crash {
    for _ in 0..600 {
        if let Some(crash) = emulator.crashes().pop().filter(|crash| crash.recovered.is_some()) {
            return crash;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let crashes = emulator.crashes();
    assert!(crashes.iter().any(|crash| crash.recovered.is_some()), "nothing came of {crashes:?}");
    crashes.last().cloned().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_is_started_again_with_the_data_that_is_kept() {
    let test = "a_process_is_started_again_with_the_data_that_is_kept";
    let Some(programs) = programs(test) else { return };
    let folder = tempfile::tempdir().unwrap();
    let emulator = emulator(programs, Some(folder.path())).await;
    let client = client(&emulator);
    let id = ordered(&client, single("kept")).await;
    let (_, port) = shown(&client, &id).await;
    connect(port).unwrap().set::<_, _, ()>("a", 1).unwrap();
    kill(&info(port, "process_id"));
    let crash = settled(&emulator).await;
    assert_eq!((crash.node, crash.recovered), (1, Some(true)));
    assert_eq!(crash.why, "it was ended by signal 9");
    assert_eq!(shown(&client, &id).await, ("RUNNING".to_owned(), port));
    assert_eq!(connect(port).unwrap().get::<_, i64>("a").unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_standby_or_a_folder_data_is_gone_and_nothing_old_comes_back() {
    let test = "without_a_standby_or_a_folder_data_is_gone_and_nothing_old_comes_back";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs, None).await;
    let client = client(&emulator);
    let id = ordered(&client, single("memory")).await;
    let (_, port) = shown(&client, &id).await;
    connect(port).unwrap().set::<_, _, ()>("a", 1).unwrap();
    client.copy_instance(&id, BackupInstanceBody::new()).send().await.unwrap();
    connect(port).unwrap().del::<_, ()>("a").unwrap();
    kill(&info(port, "process_id"));
    assert_eq!(settled(&emulator).await.recovered, Some(true));
    assert_eq!(connect(port).unwrap().get::<_, Option<i64>>("a").unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_takes_over_at_the_same_port_and_a_new_one_follows_it() {
    let test = "a_standby_takes_over_at_the_same_port_and_a_new_one_follows_it";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs, None).await;
    let client = client(&emulator);
    let id = ordered(&client, pair("pair")).await;
    let (_, port) = shown(&client, &id).await;
    let mut redis = connect(port).unwrap();
    redis.set::<_, _, ()>("a", 1).unwrap();
    assert_eq!(redis::cmd("WAIT").arg(1).arg(2000).query::<i64>(&mut redis).unwrap(), 1);
    kill(&info(port, "process_id"));
    assert_eq!(settled(&emulator).await.node, 1);
    assert_eq!(shown(&client, &id).await, ("RUNNING".to_owned(), port));
    let mut redis = connect(port).unwrap();
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 1);
    redis.set::<_, _, ()>("a", 2).unwrap();
    assert_eq!(redis::cmd("WAIT").arg(1).arg(5000).query::<i64>(&mut redis).unwrap(), 1);

    // Nobody misses a standby while there is a new one.
    let standby = info(port, "slave0");
    let standby =
        standby.split(',').find_map(|pair| pair.strip_prefix("port=")).unwrap().to_owned();
    kill(&info(standby.parse().unwrap(), "process_id"));
    while emulator.crashes().len() < 2 {
        assert_eq!(shown(&client, &id).await.0, "RUNNING");
    }
    assert_eq!(settled(&emulator).await.node, 2);
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 2, "this connection was never cut off");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_cluster_a_replica_takes_over() {
    let test = "in_a_cluster_a_replica_takes_over";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs, None).await;
    let client = client(&emulator);
    let zones = ["cn-north-4a", "cn-north-4b"];
    let flavor = "redis.cluster.xu1.large.r2.4";
    let order = CreateInstanceBody::new("sharded", Engine::Redis, 4, flavor, zones, "v", "s")
        .engine_version("5.0")
        .password(PASSWORD);
    let id = ordered(&client, order).await;
    let (_, port) = shown(&client, &id).await;
    let keys = || {
        let url = format!("redis://:{PASSWORD}@127.0.0.1:{port}");
        ClusterClient::new([url]).unwrap().get_connection().unwrap()
    };
    let mut cluster = keys();
    for key in 0..100 {
        cluster.set::<_, _, ()>(format!("key:{key}"), key).unwrap();
    }
    let replicas: i64 =
        redis::cmd("WAIT").arg(1).arg(2000).query(&mut connect(port).unwrap()).unwrap();
    assert_eq!(replicas, 1);
    tokio::time::sleep(Duration::from_millis(500)).await;
    kill(&info(port, "process_id"));
    assert_eq!(settled(&emulator).await.recovered, Some(true));
    assert_eq!(shown(&client, &id).await, ("RUNNING".to_owned(), port));
    assert_eq!(info(port, "role"), "slave", "the old master follows the new one");
    let mut cluster = keys();
    for key in 0..100 {
        assert_eq!(cluster.get::<_, i64>(format!("key:{key}")).unwrap(), key);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_cannot_be_started_is_faulty_until_it_can() {
    let test = "an_instance_that_cannot_be_started_is_faulty_until_it_can";
    let Some(found) = programs(test) else { return };
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("redis-server");
    std::os::unix::fs::symlink(&found.redis, &program).unwrap();
    let emulator = emulator(Programs::with_redis(&program), None).await;
    let client = client(&emulator);
    let id = ordered(&client, single("faulty")).await;
    let (_, port) = shown(&client, &id).await;
    let process = info(port, "process_id");
    std::fs::rename(&program, folder.path().join("away")).unwrap();
    kill(&process);
    let crash = settled(&emulator).await;
    assert_eq!(crash.recovered, Some(false));
    assert!(crash.error.unwrap().contains("did not start"));
    assert_eq!(shown(&client, &id).await.0, "ERROR");
    let listed = client.list_instances().status("ERROR").send().await.unwrap().into_inner();
    assert_eq!(listed.instances.len(), 1);

    std::fs::rename(folder.path().join("away"), &program).unwrap();
    for _ in 0..200 {
        if shown(&client, &id).await.0 == "RUNNING" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(shown(&client, &id).await, ("RUNNING".to_owned(), port));
    connect(port).unwrap();
    assert_eq!(emulator.crashes()[0].recovered, Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn memcached_is_started_again() {
    let test = "memcached_is_started_again";
    let (Some(programs), Some(_)) = (programs(test), memcached(test)) else { return };
    let emulator = emulator(programs, None).await;
    let client = client(&emulator);
    let flavor = "dcs.memcached.single_node";
    let order = CreateInstanceBody::new("memory", Engine::Memcached, 2, flavor, ["a"], "v", "s")
        .security_group_id("group")
        .no_password_access(true);
    let id = ordered(&client, order).await;
    let (_, port) = shown(&client, &id).await;
    let process = word_of_stats(port);
    kill(&process);
    assert_eq!(settled(&emulator).await.recovered, Some(true));
    assert_eq!(shown(&client, &id).await, ("RUNNING".to_owned(), port));
    assert_ne!(word_of_stats(port), process);
}

fn word_of_stats(port: u16) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(b"stats\r\nquit\r\n").unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    let line = said.lines().find_map(|line| line.strip_prefix("STAT pid "));
    line.unwrap().to_owned()
}
