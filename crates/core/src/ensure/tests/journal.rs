//! Journals: callers that order the same names take turns, and know about earlier orders. In: folders and clocks.
//! Out: how long a call looks before it orders, and what is refused.

use std::{fs, path::Path, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use super::{super::*, script::*};

pub(super) fn with(journal: &Arc<dyn Journal>) -> EnsureSettings {
    EnsureSettings { journal: JournalChoice::Given(Arc::clone(journal)), ..settings() }
}

/// Looks before an order, by a new process.
pub(super) async fn looks(settings: &EnsureSettings) -> u32 {
    let script = Script::new(1, &[]).answers(Err(service_error(502, "")));
    let _ = ensure(&script, settings).await;
    script.looks().0
}

/// The journals that must all behave alike.
fn journals(folder: &Path) -> [Arc<dyn Journal>; 2] {
    [Arc::new(MemoryJournal::new()), Arc::new(FileJournal::new(folder))]
}

#[tokio::test(start_paused = true)]
async fn an_earlier_order_makes_patient() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        // Nobody has ordered yet: as long as `before`.
        assert_eq!(looks(&with(&journal)).await, 3);
        // The last look was 30 s behind the order, which is all the time that it gets.
        assert_eq!(looks(&with(&journal)).await, 3);
        // A program that dies at once leaves the whole time to the next.
        for (hangs, pause) in [(false, 4), (true, 9)] {
            let answer = Err(service_error(502, ""));
            let mut dying = Script::new(1, &[]).answers(answer);
            dying.hangs = hangs;
            let program = with(&journal);
            let died = tokio::time::timeout(Duration::from_secs(11), ensure(&dying, &program));
            assert!(died.await.is_err());
            assert_eq!(dying.looks(), (3, u32::from(!hangs)));
            // Without an answer, it may have left 5 s behind the intention: longer than that is no
            // intention written. From then on, 5 s of 30 are over.
            sleep(Duration::from_secs(pause)).await;
            assert!((6..=7).contains(&looks(&with(&journal)).await), "{hangs}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_refused_makes_nobody_wait() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        for _ in 0..2 {
            let script = Script::new(1, &[]).answers(Err(service_error(400, "")));
            assert!(matches!(ensure(&script, &with(&journal)).await, Err(EnsureError::Refused(_))));
            assert_eq!(script.looks(), (3, 1));
        }
        // What was made may not be listed yet.
        let script = Script::new(1, &[]).answers(reported(&[("a", "7")]));
        ensure(&script, &with(&journal)).await.unwrap();
        assert_eq!(looks(&with(&journal)).await, 7);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_journal_the_caller_can_say_it() {
    assert_eq!(looks(&settings()).await, 3);
    let told = EnsureSettings { may_have_been_ordered: true, ..settings() };
    assert_eq!(looks(&told).await, 7);
    // A user without a place for a journal is in doubt by himself.
    let user = EnsureSettings { journal: JournalChoice::User, ..settings() };
    assert_eq!(looks(&user).await, 7);
}

#[tokio::test(start_paused = true)]
async fn names_of_others_are_nobodys_business() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        let names = ["b".to_owned(), "c".to_owned()];
        let mut other = journal.turn("here", &names).await.unwrap();
        let intention = Intention {
            id: "1".to_owned(),
            scope: "here".to_owned(),
            names: names.to_vec(),
            order: String::new(),
            time: std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000),
            outcome: IntentionOutcome::Open,
        };
        other.write(&intention).await.unwrap();
        assert_eq!(looks(&with(&journal)).await, 3);
        drop(other);
        let mut same = journal.turn("here", &names[1..]).await.unwrap();
        assert_eq!(same.read().await.unwrap(), [intention]);
        let mut elsewhere = journal.turn("there", &names).await.unwrap();
        assert_eq!(elsewhere.read().await.unwrap(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn turns_are_taken_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        let begun = Instant::now();
        let turn = async |names: &[&str], seconds| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let turn = journal.turn("here", &names).await.unwrap();
            let at = begun.elapsed();
            sleep(Duration::from_secs(seconds)).await;
            drop(turn);
            at.as_secs()
        };
        // Batches that share a name; and a name that nobody else wants.
        let turns = tokio::join!(turn(&["a", "b"], 5), turn(&["b", "a"], 5), turn(&["c"], 5));
        let (first, second) = (turns.0.min(turns.1), turns.0.max(turns.1));
        assert_eq!((first, turns.2), (0, 0));
        assert!((5..7).contains(&second), "{turns:?}");
        // One that is given up is no longer in the way.
        let held = journal.turn("here", &["a".to_owned()]).await.unwrap();
        let names = ["a".to_owned()];
        let waiting = tokio::time::timeout(Duration::from_secs(1), journal.turn("here", &names));
        assert!(waiting.await.is_err());
        drop(held);
        journal.turn("here", &names).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_cannot_be_used_is_named_and_nothing_is_ordered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("orders.json");
    let journal: Arc<dyn Journal> = Arc::new(FileJournal::new(folder.path()));
    let good = {
        looks(&with(&journal)).await;
        fs::read_to_string(&file).unwrap()
    };
    let cases = [
        (String::new(), "EOF while parsing"),
        (good[..good.len() / 2].to_owned(), "is damaged (EOF"),
        ("{}".to_owned(), "its version is null, not 1"),
        (good.replace("\"version\": 1", "\"version\": 2"), "its version is 2, not 1"),
        (r#"{"version":1}"#.to_owned(), "no `orders`"),
        (good.replace("\"open\"", "\"perhaps\""), "an order that cannot be read"),
        (format!("{good}{}", " ".repeat(5 << 20)), "too long"),
    ];
    for (text, what) in cases {
        let mut damaged = fs::File::create(&file).unwrap();
        std::io::Write::write_all(&mut damaged, text.as_bytes()).unwrap();
        let script = Script::new(1, &[]).answers(unneeded());
        let error = ensure(&script, &with(&journal)).await.unwrap_err();
        let EnsureError::Journal(problem) = &error else { panic!("{error}") };
        assert_eq!(problem.path(), Some(&*file));
        let said = error.to_string();
        let begin = format!("nothing was ordered: the journal of orders {}", file.display());
        assert!(said.starts_with(&begin) && said.contains(what), "{said}");
        assert!(said.ends_with("then delete the file"), "{said}");
        assert!(!error.is_unknown_outcome() && lock(&script.answer).is_some());
    }
    fs::rename(&file, folder.path().join("old")).unwrap();
    fs::DirBuilder::new().create(&file).unwrap();
    let script = Script::new(1, &[]).answers(unneeded());
    let error = ensure(&script, &with(&journal)).await.unwrap_err();
    assert!(error.to_string().contains("orders.json is no regular file"), "{error}");
    // Nor can it be made in a folder that is a file.
    let journal: Arc<dyn Journal> = Arc::new(FileJournal::new(folder.path().join("old")));
    let error = ensure(&script, &with(&journal)).await.unwrap_err();
    assert!(error.to_string().contains("cannot be made"), "{error}");
}

#[tokio::test]
async fn a_file_keeps_no_more_than_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let journal = FileJournal::new(folder.path());
    let names: Vec<String> = (0..4).map(|i| format!("{i}{}", "x".repeat(600_000))).collect();
    for (number, name) in names.iter().enumerate() {
        let mut turn = journal.turn("here", std::slice::from_ref(name)).await.unwrap();
        let intention = Intention {
            id: number.to_string(),
            scope: "here".to_owned(),
            names: vec![name.clone(); 2],
            order: digest_of(number),
            time: std::time::SystemTime::now(),
            outcome: IntentionOutcome::Open,
        };
        turn.write(&intention).await.unwrap();
    }
    let length = fs::metadata(folder.path().join("orders.json")).unwrap().len();
    assert!(length <= 4 << 20, "{length}");
    let mut turn = journal.turn("here", &names).await.unwrap();
    let kept: Vec<String> = turn.read().await.unwrap().into_iter().map(|i| i.id).collect();
    assert_eq!(kept, ["2", "3"], "the newer ones");
}

fn digest_of(number: usize) -> String {
    super::super::journal::digest(&number.to_string())
}

#[tokio::test]
async fn what_is_old_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        let names = ["a".to_owned()];
        let mut turn = journal.turn("here", &names).await.unwrap();
        let day = Duration::from_secs(24 * 60 * 60);
        for (id, days) in [("8", 8), ("6", 6), ("0", 0)] {
            let intention = Intention {
                id: id.to_owned(),
                scope: "here".to_owned(),
                names: names.to_vec(),
                order: String::new(),
                time: std::time::SystemTime::now() - day * days,
                outcome: IntentionOutcome::Open,
            };
            turn.write(&intention).await.unwrap();
        }
        let mut kept: Vec<String> =
            turn.read().await.unwrap().into_iter().map(|intention| intention.id).collect();
        kept.sort_unstable();
        assert_eq!(kept, ["0", "6"]);
    }
}

#[test]
fn an_intention_survives_its_store() {
    for outcome in [IntentionOutcome::Open, IntentionOutcome::Created, IntentionOutcome::Refused] {
        let intention = Intention {
            id: "id".to_owned(),
            scope: "https://here p-1".to_owned(),
            names: batch_names("a\"\n", 2),
            order: digest_of(1),
            time: std::time::SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123),
            outcome,
        };
        assert_eq!(Intention::from_json(&intention.to_json()), Some(intention));
    }
    assert_eq!(Intention::from_json(&serde_json::json!({"id": "1"})), None);
}

#[tokio::test]
async fn what_was_refused_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    for journal in journals(folder.path()) {
        let names = ["a".to_owned()];
        let mut turn = journal.turn("here", &names).await.unwrap();
        let mut intention = Intention {
            id: "1".to_owned(),
            scope: "here".to_owned(),
            names: names.to_vec(),
            order: String::new(),
            time: std::time::SystemTime::now(),
            outcome: IntentionOutcome::Open,
        };
        turn.write(&intention).await.unwrap();
        assert_eq!(turn.read().await.unwrap().len(), 1);
        intention.outcome = IntentionOutcome::Refused;
        turn.write(&intention).await.unwrap();
        assert_eq!(turn.read().await.unwrap(), []);
    }
}
