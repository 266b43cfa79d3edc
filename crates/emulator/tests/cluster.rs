//! A Redis Cluster behind an instance: an independent client finds its shards and writes into all of them. Left
//! out, and said so, where the programs are not installed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::Path;

use common::{PASSWORD, client, programs};
use huaweicloud_dcs::{Client, types::*};
use huaweicloud_dcs_emulator::{DataPlane, Emulator};
use redis::{
    Commands as _,
    cluster::{ClusterClient, ClusterConnection},
};

/// Keys that are written; in a cluster of three shards, each gets many.
const KEYS: usize = 100;

fn order(name: &str) -> CreateInstanceBody {
    let zones = ["cn-north-4a", "cn-north-4b"];
    let flavor = "redis.cluster.xu1.large.r2.4";
    CreateInstanceBody::new(name, Engine::Redis, 4, flavor, zones, "vpc", "subnet")
        .engine_version("5.0")
        .password(PASSWORD)
}

async fn emulator(test: &str, processes: usize, data: Option<&Path>) -> Option<Emulator> {
    let mut builder = Emulator::builder().max_processes(processes);
    builder = builder.data_plane(DataPlane::Programs(programs(test)?));
    if let Some(folder) = data {
        builder = builder.data(folder);
    }
    Some(builder.start().await.unwrap())
}

async fn created(client: &Client, order: CreateInstanceBody) -> String {
    let made = client.create_instance(order).send().await.unwrap().into_inner();
    made.instances[0].instance_id.clone().unwrap()
}

async fn connect(client: &Client, id: &str) -> ClusterConnection {
    let shown = client.show_instance(id).send().await.unwrap().into_inner();
    assert_eq!(shown.status, Some(InstanceStatus::Running));
    let url = format!("redis://:{PASSWORD}@127.0.0.1:{}", shown.port.unwrap());
    tokio::task::spawn_blocking(move || {
        ClusterClient::new([url]).unwrap().get_connection().unwrap()
    })
    .await
    .unwrap()
}

fn write(cluster: &mut ClusterConnection, value: usize) {
    for key in 0..KEYS {
        cluster.set::<_, _, ()>(format!("key:{key}"), value).unwrap();
    }
}

fn all(cluster: &mut ClusterConnection) -> Vec<usize> {
    let mut values: Vec<usize> =
        (0..KEYS).map(|key| cluster.get(format!("key:{key}")).unwrap()).collect();
    values.dedup();
    values
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_finds_all_shards_and_roles_change() {
    let test = "a_client_finds_all_shards_and_roles_change";
    let Some(emulator) = emulator(test, 12, None).await else { return };
    let client = client(&emulator);
    let id = created(&client, order("sharded")).await;
    let mut cluster = connect(&client, &id).await;
    write(&mut cluster, 1);
    assert_eq!(all(&mut cluster), [1]);

    let groups = client.list_group_replication_info(&id).send().await.unwrap().into_inner();
    let nodes: Vec<usize> =
        groups.group_list.iter().map(|one| one.replication_list.len()).collect();
    assert_eq!(nodes, [2, 2, 2]);
    let statistics = client.list_statistics_of_running_instances().send().await.unwrap();
    assert_eq!(statistics.into_inner().statistics[0].keys, Some(100), "those of all shards");

    // The replica of the second shard takes over, without any loss.
    let second = &groups.group_list[1];
    let (group, node) = (second.group_id.clone().unwrap(), &second.replication_list[1]);
    let node = node.node_id.clone().unwrap();
    let job = client.execute_cluster_switchover(&id, group, node).send().await.unwrap();
    let job = client.show_job_info(job.into_inner().job_id.unwrap()).send().await.unwrap();
    assert_eq!(job.into_inner().status.map(|s| s.to_string()).as_deref(), Some("SUCCESS"));
    let mut cluster = connect(&client, &id).await;
    assert_eq!(all(&mut cluster), [1]);
    write(&mut cluster, 2);

    let backup = client.copy_instance(&id, BackupInstanceBody::new()).send().await.unwrap();
    let backup = backup.into_inner().backup_id.unwrap();
    write(&mut cluster, 3);
    client.restore_instance(&id, RestoreInstanceBody::new(&backup)).send().await.unwrap();
    let mut cluster = connect(&client, &id).await;
    assert_eq!(all(&mut cluster), [2], "what was backed up, in every shard");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_has_no_more_processes_than_are_allowed() {
    let test = "a_cluster_has_no_more_processes_than_are_allowed";
    let Some(emulator) = emulator(test, 2, None).await else { return };
    let client = client(&emulator);
    let id = created(&client, order("small")).await;
    let mut cluster = connect(&client, &id).await;
    write(&mut cluster, 1);
    assert_eq!(all(&mut cluster), [1], "one shard serves all slots");
    let shown = client.show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!((shown.sharding_count, shown.replica_count), (Some(1), Some(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_is_back_with_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let test = "a_cluster_is_back_with_its_data";
    let Some(emulator) = emulator(test, 3, Some(folder.path())).await else { return };
    let id = created(&client(&emulator), order("kept")).await;
    let mut cluster = connect(&client(&emulator), &id).await;
    write(&mut cluster, 5);
    let port = client(&emulator).show_instance(&id).send().await.unwrap().into_inner().port;
    emulator.stop().await;

    let emulator = self::emulator(test, 12, Some(folder.path())).await.unwrap();
    let client = client(&emulator);
    let mut cluster = connect(&client, &id).await;
    assert_eq!(all(&mut cluster), [5]);
    let shown = client.show_instance(&id).send().await.unwrap().into_inner();
    assert_eq!(shown.port, port, "it was free");
    assert_eq!(shown.sharding_count, Some(1), "it stays as it was made");
}
