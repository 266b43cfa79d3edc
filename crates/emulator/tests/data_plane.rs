//! From an order to data and back: our own client orders, an independent Redis client writes and reads.
//! Left out, and said so, where the programs are not installed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::time::Duration;

use common::{PASSWORD, answers, client, memcached, pair, programs, single, soon};
use huaweicloud_dcs::{Client, Ensured, LookupPolicy, MemoryJournal, Provenance, types::*};
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Programs};
use redis::{Commands as _, Connection};

async fn emulator(programs: Programs) -> Emulator {
    Emulator::builder().data_plane(DataPlane::Programs(programs)).start().await.unwrap()
}

/// A connection to an instance, as a program would open it.
async fn connect(client: &Client, id: &str, password: &str) -> redis::RedisResult<Connection> {
    let shown = client.show_instance(id).send().await.unwrap().into_inner();
    assert_eq!(shown.status, Some(InstanceStatus::Running));
    let url = format!("redis://:{password}@{}:{}", shown.ip.unwrap(), shown.port.unwrap());
    redis::Client::open(url)?.get_connection()
}

async fn ordered(client: &Client, order: CreateInstanceBody) -> String {
    let created = client.create_instance(order).send().await.unwrap().into_inner();
    created.instances[0].instance_id.clone().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_lives_from_its_order_to_its_deletion() {
    let Some(programs) = programs("an_instance_lives_from_its_order_to_its_deletion") else {
        return;
    };
    let emulator = emulator(programs).await;
    let client = client(&emulator);

    let made = ensured(&client).await;
    let made = made.items.first().unwrap();
    let (id, port) = (made.instance_id.clone().unwrap(), made.port.unwrap());
    let mut redis = connect(&client, &id, PASSWORD).await.unwrap();
    redis.set::<_, _, ()>("greeting", "hello").unwrap();
    assert_eq!(redis.get::<_, String>("greeting").unwrap(), "hello");
    assert!(connect(&client, &id, "Wrong-Passw0rd").await.is_err(), "the password counts");

    let tags = CreateOrDeleteInstanceTags::new(TagAction::Create)
        .tags([ResourceTag::new("team").value("search")]);
    client.batch_create_or_delete_tags(&id, tags).send().await.unwrap();
    let shown = client.show_tags(&id).send().await.unwrap().into_inner();
    assert_eq!(shown.tags.len(), 1);

    // Ordered again by its name, it is found.
    let again = ensured(&client).await;
    assert_eq!(again.items[0].instance_id.as_deref(), Some(&*id));
    assert_eq!(again.provenance, Provenance::Found);

    client.delete_single_instance(&id).send().await.unwrap();
    assert!(soon(|| !answers(u16::try_from(port).unwrap())), "the process is gone");
    let gone = client.show_instance(&id).send().await.unwrap_err();
    assert_eq!(gone.code().map(|code| code.to_string()).as_deref(), Some("DCS.3022"));
}

/// Orders by name and waits, quickly.
async fn ensured(client: &Client) -> Ensured<QueryInstanceInfoResp> {
    let pause = Duration::from_millis(50);
    let waiting = client.create_and_wait(single("session-cache")).journal(MemoryJournal::new());
    // Nobody else orders from this emulator.
    let lookup = LookupPolicy { before: Duration::ZERO, ..LookupPolicy::default() };
    waiting.lookup(lookup).first_after(pause).every(pause).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_reach_the_process_and_data_survives_what_it_should() {
    let test = "changes_reach_the_process_and_data_survives_what_it_should";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs).await;
    let client = client(&emulator);
    let renamed = [("flushall".to_owned(), "flushall001".to_owned())];
    let id = ordered(&client, single("changes").rename_commands(renamed)).await;
    let mut redis = connect(&client, &id, PASSWORD).await.unwrap();
    assert!(redis::cmd("FLUSHALL").query::<()>(&mut redis).is_err(), "it has another name");
    redis.set::<_, _, ()>("a", 1).unwrap();

    let backup = client.copy_instance(&id, BackupInstanceBody::new()).send().await.unwrap();
    let backup = backup.into_inner().backup_id.unwrap();
    redis.set::<_, _, ()>("a", 2).unwrap();
    restart_or_flush(&client, &id, InstanceAction::Restart).await;
    let mut redis = connect(&client, &id, PASSWORD).await.unwrap();
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 2, "a restart keeps data");

    let restore = RestoreInstanceBody::new(&backup);
    client.restore_instance(&id, restore).send().await.unwrap();
    let mut redis = connect(&client, &id, PASSWORD).await.unwrap();
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 1, "a restore brings back what was");

    restart_or_flush(&client, &id, InstanceAction::Flush).await;
    assert_eq!(redis.get::<_, Option<i64>>("a").unwrap(), None);

    let wrong = change("Wrong-Passw0rd");
    let refused = client.update_password(&id, wrong).send().await.unwrap_err();
    assert_eq!(refused.code().map(|code| code.to_string()).as_deref(), Some("DCS.4080"));
    let right = change(PASSWORD);
    client.update_password(&id, right).send().await.unwrap();
    assert!(connect(&client, &id, PASSWORD).await.is_err());
    connect(&client, &id, "New-Passw0rd-1").await.unwrap();
}

fn change(old: &str) -> ModifyInstancePasswordBody {
    ModifyInstancePasswordBody::new().old_password(old).new_password("New-Passw0rd-1")
}

async fn restart_or_flush(client: &Client, id: &str, action: InstanceAction) {
    let body = ChangeInstanceStatusBody::new().instances([id]).action(action);
    let answer = client.restart_or_flush_instances(body).send().await.unwrap().into_inner();
    assert_eq!(answer.results.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_follows_its_master_and_two_instances_do_not_mix() {
    let test = "a_standby_follows_its_master_and_two_instances_do_not_mix";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs).await;
    let client = client(&emulator);
    let order = pair("pair");
    let (first, other) = (ordered(&client, order).await, ordered(&client, single("other")).await);
    let mut redis = connect(&client, &first, PASSWORD).await.unwrap();
    redis.set::<_, _, ()>("a", 1).unwrap();
    let followers: i64 = redis::cmd("WAIT").arg(1).arg(2000).query(&mut redis).unwrap();
    assert_eq!(followers, 1);
    let mut redis = connect(&client, &other, PASSWORD).await.unwrap();
    assert_eq!(redis.get::<_, Option<i64>>("a").unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_is_as_asked_for_and_another_where_that_is_taken() {
    let test = "a_port_is_as_asked_for_and_another_where_that_is_taken";
    let Some(programs) = programs(test) else { return };
    let emulator = emulator(programs).await;
    let client = client(&emulator);
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut ports = Vec::new();
    for name in ["first", "second"] {
        let id = ordered(&client, single(name).port(i32::from(port))).await;
        connect(&client, &id, PASSWORD).await.unwrap();
        ports.push(client.show_instance(&id).send().await.unwrap().into_inner().port.unwrap());
    }
    assert_eq!(ports[0], i64::from(port));
    assert_ne!(ports[1], ports[0]);
    // They are gone with the emulator.
    drop(emulator);
    for port in ports {
        assert!(soon(|| !answers(u16::try_from(port).unwrap())), "{port}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memcached_is_memcached() {
    let Some(_) = memcached("memcached_is_memcached") else { return };
    let Some(programs) = programs("memcached_is_memcached") else { return };
    let emulator = emulator(programs).await;
    let client = client(&emulator);
    let (flavor, zones) = ("dcs.memcached.single_node", ["cn-north-4a"]);
    let engine = Engine::Memcached;
    let order = CreateInstanceBody::new("memcached", engine, 2, flavor, zones, "vpc", "subnet")
        .security_group_id("group")
        .no_password_access(true);
    let id = ordered(&client, order).await;
    let shown = client.show_instance(&id).send().await.unwrap().into_inner();
    let port = u16::try_from(shown.port.unwrap()).unwrap();
    let said = tokio::task::spawn_blocking(move || talk(port)).await.unwrap();
    assert_eq!(said, "STORED\r\nVALUE a 0 1\r\n1\r\nEND\r\n");
}

fn talk(port: u16) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(b"set a 0 0 1\r\n1\r\nget a\r\nquit\r\n").unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said
}
