//! `--data`: the program is killed at random moments while it is used, and started again. What was answered is
//! there, nothing is there twice, data and backups are as they were, and no process is left. `EMULATOR_ROUNDS`
//! says how often; left out, and said so, where the programs are not installed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![cfg(all(unix, feature = "cli"))]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    sync::LazyLock,
    thread,
    time::Duration,
};

use common::{
    PASSWORD, pair,
    program::{client_of, start},
    programs, single, soon,
};
use huaweicloud_dcs::{Client, Error, types::*};
use redis::Commands as _;
use tokio::runtime::Runtime;

/// Callers at once.
const CALLERS: usize = 3;
/// Instances of a caller.
const MOST: usize = 2;

/// An instance as its caller knows it.
#[derive(Clone, Debug, Default)]
struct Known {
    id: String,
    /// Whether it has a standby.
    is_pair: bool,
    /// The last number that was written and answered; the next may be written as well.
    number: u64,
    /// Backups that were answered, and the number in each.
    backups: BTreeMap<String, u64>,
}

/// What a caller was told.
#[derive(Debug, Default)]
struct Book {
    next: usize,
    alive: BTreeMap<String, Known>,
    /// Ordered or deleted, and no answer came: there may be one or none.
    unsure: BTreeSet<String>,
    deleted: BTreeSet<String>,
}

/// One for all, for connections that are kept belong to one.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// What was answered, or nothing where nobody was there any more. A refusal is no answer to any of these.
fn answered<T>(call: impl Future<Output = Result<T, Error>>) -> Option<T> {
    let result = RUNTIME.block_on(call);
    result.inspect_err(|error| assert_eq!(error.code(), None, "{error}")).ok()
}

fn connect(client: &Client, id: &str) -> Option<redis::Connection> {
    let shown = answered(client.show_instance(id).send())?.into_inner();
    let url = format!("redis://:{PASSWORD}@{}:{}", shown.ip?, shown.port?);
    redis::Client::open(url).ok()?.get_connection().ok()
}

/// Calls until nobody answers any more.
fn call(client: &Client, caller: usize, book: &mut Book, random: &mut fastrand::Rng) {
    loop {
        let names: Vec<String> = book.alive.keys().cloned().collect();
        let chosen = random.choice(&names).cloned();
        let is_done = match (random.u8(0..10), chosen) {
            (0..=2, _) if names.len() < MOST => {
                let name = format!("caller{caller}-{}", book.next);
                book.next += 1;
                book.unsure.insert(name.clone());
                let is_pair = random.u8(0..4) == 0;
                let order = if is_pair { pair(&name) } else { single(&name) };
                answered(client.create_instance(order).send()).is_some_and(|made| {
                    let id = made.into_inner().instances[0].instance_id.clone().unwrap();
                    book.unsure.remove(&name);
                    book.alive.insert(name, Known { id, is_pair, ..Known::default() });
                    true
                })
            }
            (3, Some(name)) => {
                let known = book.alive.remove(&name).unwrap();
                book.unsure.insert(name.clone());
                answered(client.delete_single_instance(&known.id).send()).is_some_and(|_| {
                    book.unsure.remove(&name);
                    book.deleted.insert(name)
                })
            }
            (4, Some(name)) => {
                let known = book.alive.get_mut(&name).unwrap();
                let body = BackupInstanceBody::new();
                answered(client.copy_instance(&known.id, body).send()).is_some_and(|made| {
                    let id = made.into_inner().backup_id.unwrap();
                    known.backups.insert(id, known.number);
                    true
                })
            }
            (5, Some(name)) if book.alive[&name].is_pair => {
                answered(client.change_master_standby(&book.alive[&name].id).send()).is_some()
            }
            (_, Some(name)) => {
                let known = book.alive.get_mut(&name).unwrap();
                let next = known.number + 1;
                let redis = connect(client, &known.id);
                redis.is_some_and(|mut redis| redis.set::<_, _, ()>("number", next).is_ok()) && {
                    known.number = next;
                    true
                }
            }
            _ => true,
        };
        if !is_done {
            return;
        }
    }
}

/// Compares what there is with what callers were told.
fn check(client: &Client, books: &mut [Book], random: &mut fastrand::Rng) {
    let all = answered(client.list_instances().limit(1000).send()).unwrap().into_inner();
    let mut ids: BTreeMap<String, Vec<(String, Option<InstanceStatus>)>> = BTreeMap::new();
    for instance in all.instances {
        let own = (instance.instance_id.unwrap(), instance.status);
        ids.entry(instance.name.unwrap()).or_default().push(own);
    }
    for book in books.iter_mut() {
        for name in std::mem::take(&mut book.unsure) {
            match ids.get(&name).map_or(&[][..], Vec::as_slice) {
                [] => {}
                // It goes, so that nobody has to know what is in it.
                [(id, _)] => {
                    answered(client.delete_single_instance(id).send()).unwrap();
                    ids.remove(&name);
                }
                several => assert_eq!(several.len(), 1, "{name} is there several times"),
            }
        }
        for name in &book.deleted {
            assert_eq!(ids.get(name), None, "{name} was deleted");
        }
        for (name, known) in &mut book.alive {
            let found = ids.remove(name).unwrap_or_default();
            let expected = (known.id.clone(), Some(InstanceStatus::Running));
            assert_eq!(found, [expected], "{name} was answered");
            let mut redis = connect(client, &known.id).unwrap();
            let number: Option<u64> = redis.get("number").unwrap();
            let number = number.unwrap_or(0);
            let is_right = number == known.number || number == known.number + 1;
            assert!(is_right, "{name} has {number} and {} was answered", known.number);
            known.number = number;
            check_backups(client, known, random);
        }
    }
    assert!(ids.is_empty(), "nobody ordered {ids:?}");
}

fn check_backups(client: &Client, known: &mut Known, random: &mut fastrand::Rng) {
    let records = client.list_backup_records(&known.id).limit(100);
    let records = answered(records.send()).unwrap().into_inner().backup_record_response;
    for backup in known.backups.keys() {
        let record = records.iter().find(|record| record.backup_id.as_ref() == Some(backup));
        let status =
            record.and_then(|record| record.status.clone()).map(|status| status.to_string());
        assert_eq!(status.as_deref(), Some("succeed"), "{backup} was answered");
    }
    let backups: Vec<(String, u64)> = known.backups.clone().into_iter().collect();
    if let Some((backup, number)) = random.choice(&backups).filter(|_| random.u8(0..3) == 0) {
        let body = RestoreInstanceBody::new(backup);
        answered(client.restore_instance(&known.id, body).send()).unwrap();
        let mut redis = connect(client, &known.id).unwrap();
        let restored: Option<u64> = redis.get("number").unwrap();
        assert_eq!(restored.unwrap_or(0), *number, "what was in {backup}");
        known.number = *number;
    }
}

/// Whether a process works in a folder.
fn is_left(folder: &Path) -> bool {
    let folder = fs::canonicalize(folder).unwrap();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut places = entries.filter_map(|entry| fs::read_link(entry.path().join("cwd")).ok());
    places.any(|place| place.starts_with(&folder))
}

#[test]
fn what_was_answered_survives_every_kill() {
    if programs("what_was_answered_survives_every_kill").is_none() {
        return;
    }
    let rounds: usize = env::var("EMULATOR_ROUNDS").map_or(15, |rounds| rounds.parse().unwrap());
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("data");
    let flags = ["--data", folder.to_str().unwrap()];
    let mut random = fastrand::Rng::new();
    let mut books: Vec<Book> = (0..CALLERS).map(|_| Book::default()).collect();
    let mut answers = 0;
    for round in 0..rounds {
        let (child, lines) = start(&flags);
        let client = client_of(&lines);
        check(&client, &mut books, &mut random);
        let time = Duration::from_millis(random.u64(20..700));
        let seeds: Vec<u64> = (0..CALLERS).map(|_| random.u64(..)).collect();
        thread::scope(|scope| {
            for (caller, (book, seed)) in books.iter_mut().zip(seeds).enumerate() {
                let client = client_of(&lines);
                let mut random = fastrand::Rng::with_seed(seed);
                scope.spawn(move || call(&client, caller, book, &mut random));
            }
            thread::sleep(time);
            child.kill();
        });
        answers += books.iter().map(|book| book.alive.len()).sum::<usize>();
        // In every second round the next program meets processes that are ending.
        if round % 2 == 0 {
            assert!(soon(|| !is_left(&folder)), "a process is left");
        }
    }
    let (child, lines) = start(&flags);
    check(&client_of(&lines), &mut books, &mut random);
    child.kill();
    assert!(soon(|| !is_left(&folder)), "a process is left");
    assert!(answers > rounds, "{answers} instances were answered in {rounds} rounds");
    println!("{rounds} rounds, {} instances", books.iter().map(|book| book.next).sum::<usize>());
}
