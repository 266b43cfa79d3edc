//! What is kept in a folder: all that was answered, by whatever page it was changed. No process is needed for that;
//! `survives.rs` has them.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::Path;

use common::{client, send, single};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, StartError, kept};

async fn start(folder: &Path) -> Emulator {
    let builder = Emulator::builder().data_plane(DataPlane::None).seed(1).data(folder);
    builder.start().await.unwrap()
}

/// The names of all instances.
async fn names(emulator: &Emulator) -> Vec<String> {
    let listed = client(emulator).list_instances().send().await.unwrap().into_inner();
    listed.instances.into_iter().filter_map(|instance| instance.name).collect()
}

async fn order(emulator: &Emulator, name: &str) -> String {
    let made = client(emulator).create_instance(single(name)).send().await.unwrap().into_inner();
    made.instances[0].instance_id.clone().unwrap()
}

#[tokio::test]
async fn instances_come_back_in_their_order_and_no_id_comes_twice() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("made/if/need/be");
    let mut ids = Vec::new();
    for round in 0..3 {
        let emulator = start(&folder).await;
        assert_eq!(names(&emulator).await.len(), round);
        ids.push(order(&emulator, &format!("round-{round}")).await);
        emulator.stop().await;
    }
    let emulator = start(&folder).await;
    assert_eq!(names(&emulator).await, ["round-0", "round-1", "round-2"]);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "the same seed gives other ids the next time");
}

#[tokio::test]
async fn a_snapshot_and_a_reset_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = start(folder.path()).await;
    let id = order(&emulator, "before").await;
    let taken = send(&emulator, "POST", "/_emulator/snapshots", "").await.body["id"].to_string();
    client(&emulator).delete_single_instance(&id).send().await.unwrap();
    order(&emulator, "after").await;
    let restore = format!("/_emulator/snapshots/{taken}/restore");
    assert_eq!(send(&emulator, "POST", &restore, "").await.status, 200);
    emulator.stop().await;

    let emulator = start(folder.path()).await;
    assert_eq!(names(&emulator).await, ["before"]);
    emulator.reset().await;
    emulator.stop().await;
    assert_eq!(names(&start(folder.path()).await).await, [""; 0]);
}

#[tokio::test]
async fn a_folder_belongs_to_one_emulator_and_is_shown_when_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = start(folder.path()).await;
    order(&emulator, "shown").await;
    let second = Emulator::builder().data_plane(DataPlane::None).data(folder.path()).start().await;
    let why = second.unwrap_err();
    assert!(matches!(&why, StartError::Store(_)), "{why}");
    assert!(why.to_string().contains("in use by another emulator"), "{why}");
    emulator.stop().await;
    let entries = kept(folder.path()).unwrap();
    assert!(
        entries
            .iter()
            .any(|(name, value)| name.starts_with("instance/") && value.contains("shown"))
    );
}
