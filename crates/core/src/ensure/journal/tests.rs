//! The locks of journals and their file. In: names whose locks are in a known order, abandoned writes,
//! and disks that keep nothing. Out: who gets a turn when, and what is kept.

use std::{fs::File, path::Path, time::Duration};

use tokio::time::timeout;

use super::{file::stripe, *};

/// Longer than a turn that is free takes to be had.
const WHILE: Duration = Duration::from_secs(2);

fn journals(folder: &Path) -> [Arc<dyn Journal>; 2] {
    [Arc::new(MemoryJournal::new()), Arc::new(FileJournal::new(folder))]
}

/// Names whose locks this is true of, all in alphabetical order.
fn names(is_fit: impl Fn(&[u16]) -> bool) -> [String; 3] {
    let of = |number: u32| ["a", "b", "c"].map(|letter| format!("{letter}-{number}"));
    let fits = |names: &[String; 3]| is_fit(&names.each_ref().map(|name| stripe("here", name)));
    (0..100_000).map(of).find(fits).unwrap()
}

fn intention(id: &str, names: &[String]) -> Intention {
    Intention {
        id: id.to_owned(),
        scope: "here".to_owned(),
        names: names.to_vec(),
        order: digest("order"),
        // As it is read back.
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000),
        outcome: IntentionOutcome::Open,
    }
}

/// Two that want the same names in another order cannot keep each other from them for ever.
#[tokio::test(start_paused = true)]
async fn all_take_locks_in_the_same_order() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second, _] = names(|stripes| stripes.is_sorted() && stripes[0] < stripes[1]);
    for journal in journals(folder.path()) {
        let (first, second) = ([first.clone()], [second.clone()]);
        let held = journal.turn("here", &first).await.unwrap();
        let both = [second[0].clone(), first[0].clone()];
        let mut waiting = journal.turn("here", &both);
        assert!(timeout(WHILE, &mut waiting).await.is_err(), "two have the turn");
        let other = timeout(WHILE, journal.turn("here", &second)).await;
        drop(other.expect("it is free while somebody waits for what comes before"));
        drop(held);
        timeout(WHILE, waiting).await.unwrap().unwrap();
    }
}

/// A program that was stopped while it had the file keeps no thread of another one.
#[tokio::test(start_paused = true)]
async fn a_file_that_is_held_is_waited_for_without_a_thread() {
    let folder = tempfile::tempdir().unwrap();
    let journal = FileJournal::new(folder.path());
    let mut turn = journal.turn("here", &["a".to_owned()]).await.unwrap();
    let lock = File::create(folder.path().join("orders.lock")).unwrap();
    lock.lock().unwrap();
    let minutes = Duration::from_secs(300);
    assert!(timeout(minutes, turn.read()).await.is_err());
    drop(lock);
    assert!(timeout(minutes, turn.read()).await.unwrap().unwrap().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_in_place_of_the_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let journal = FileJournal::new(folder.path());
    let mut turn = journal.turn("here", &["a".to_owned()]).await.unwrap();
    let path = folder.path().join("orders.json");
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let error = timeout(WHILE, turn.read()).await.unwrap().unwrap_err();
    assert!(error.to_string().ends_with("orders.json is no regular file: remove it"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_batch_does_not_wait_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    // Two names that share a lock, and one that is there twice.
    let [a, b, c] = names(|stripes| stripes[0] == stripes[1] && stripes[1] != stripes[2]);
    let batch = [a.clone(), b.clone(), c.clone(), a.clone()];
    for journal in journals(folder.path()) {
        let turn = timeout(WHILE, journal.turn("here", &batch)).await.unwrap().unwrap();
        for name in [&a, &b, &c] {
            let name = [name.clone()];
            let second = timeout(WHILE, journal.turn("here", &name)).await;
            assert!(second.is_err(), "two have the turn with {name:?}");
        }
        drop(turn);
    }
}

#[tokio::test(start_paused = true)]
async fn names_elsewhere_are_other_names() {
    let folder = tempfile::tempdir().unwrap();
    let [a, ..] = names(|stripes| stripes[0] != stripe("there", "a-0"));
    for journal in journals(folder.path()) {
        let (here, there) = ([a.clone()], ["a-0".to_owned()]);
        let held = journal.turn("here", &here).await.unwrap();
        drop(timeout(WHILE, journal.turn("there", &there)).await.unwrap().unwrap());
        drop(held);
    }
}

/// A write that goes on after its caller was dropped keeps the turn until it is done: whoever comes next
/// must read it.
#[cfg(unix)]
#[tokio::test]
async fn a_write_that_was_given_up_keeps_the_turn() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, names) = (FileJournal::new(folder.path()), ["a".to_owned()]);
    let mut turn = journal.turn("here", &names).await.unwrap();
    // A disk that takes long: whoever writes to a pipe waits for somebody to read.
    let pipe = folder.path().join("orders.new");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let intention = intention("1", &names);
    let short = Duration::from_millis(300);
    assert!(timeout(short, turn.write(&intention)).await.is_err());
    drop(turn);
    assert!(timeout(short * 3, journal.turn("here", &names)).await.is_err(), "it still writes");
    let read = std::thread::spawn(move || std::fs::read(pipe));
    timeout(WHILE * 5, journal.turn("here", &names)).await.unwrap().unwrap();
    assert!(String::from_utf8(read.join().unwrap().unwrap()).unwrap().contains("\"id\": \"1\""));
}

/// One that was given up before it began, because somebody else had the file, is not made later on.
#[tokio::test]
async fn a_write_that_was_given_up_before_it_began_keeps_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, names) = (FileJournal::new(folder.path()), ["a".to_owned()]);
    let mut turn = journal.turn("here", &names).await.unwrap();
    let busy = File::options().append(true).create(true).open(folder.path().join("orders.lock"));
    let busy = busy.unwrap();
    busy.lock().unwrap();
    let short = Duration::from_millis(300);
    assert!(timeout(short, turn.write(&intention("1", &names))).await.is_err());
    drop(turn);
    let mut next = timeout(WHILE, journal.turn("here", &names)).await.unwrap().unwrap();
    busy.unlock().unwrap();
    assert!(next.read().await.unwrap().is_empty());
}

/// What is written to this file is gone, and only `fsync` says so: the file that is there must not be
/// replaced by it, and nothing may be ordered.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_that_keeps_nothing_is_no_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, names) = (FileJournal::new(folder.path()), ["a".to_owned()]);
    let mut turn = journal.turn("here", &names).await.unwrap();
    let kept = intention("1", &names);
    turn.write(&kept).await.unwrap();
    std::os::unix::fs::symlink("/dev/null", folder.path().join("orders.new")).unwrap();
    let error = turn.write(&intention("2", &names)).await.unwrap_err();
    assert!(error.to_string().contains("orders.json cannot be written"), "{error}");
    assert_eq!(turn.read().await.unwrap(), [kept]);
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let journal = FileJournal::new(folder.path().join("orders"));
    drop(journal.turn("here", &["a".to_owned()]).await.unwrap());
    for path in ["orders", "orders/turns"] {
        let mode = folder.path().join(path).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{path}");
    }
}
