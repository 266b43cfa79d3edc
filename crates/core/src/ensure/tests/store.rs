//! A custom journal. In: a store that keeps everything. Out: how the engine uses it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::{
    super::*,
    journal::{looks, with},
    script::*,
};

/// A store that keeps everything that it was given.
#[derive(Debug, Default)]
struct Store {
    kept: Arc<Mutex<Vec<Intention>>>,
    /// How long the next writes take.
    pauses: Arc<Mutex<Vec<Duration>>>,
}

struct StoreTurn {
    kept: Arc<Mutex<Vec<Intention>>>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Journal for Store {
    fn turn<'a>(&'a self, _: &'a str, _: &'a [String]) -> JournalFuture<'a, Box<dyn JournalTurn>> {
        let (kept, pauses) = (Arc::clone(&self.kept), Arc::clone(&self.pauses));
        let turn: Box<dyn JournalTurn> = Box::new(StoreTurn { kept, pauses });
        Box::pin(std::future::ready(Ok(turn)))
    }
}

impl JournalTurn for StoreTurn {
    fn read(&mut self) -> JournalFuture<'_, Vec<Intention>> {
        let kept = lock(&self.kept).clone();
        Box::pin(std::future::ready(Ok(kept)))
    }

    fn write<'a>(&'a mut self, intention: &'a Intention) -> JournalFuture<'a, ()> {
        let pause = lock(&self.pauses).pop().unwrap_or_default();
        lock(&self.kept).retain(|known| known.id != intention.id);
        lock(&self.kept).push(intention.clone());
        Box::pin(async move {
            sleep(pause).await;
            Ok(())
        })
    }
}

/// What a call leaves behind is what it knew of its order.
#[tokio::test(start_paused = true)]
async fn a_journal_is_told_what_came_of_an_order() {
    let there: &[Listed] = &[row("a", "7", "CREATING")];
    let cases = [
        (reported(&[("a", "7")]), None, IntentionOutcome::Created),
        (reported(&[]), Some(there), IntentionOutcome::Created),
        (Err(service_error(504, "")), Some(there), IntentionOutcome::Created),
        (Err(service_error(400, "")), Some(there), IntentionOutcome::Created),
        (reported(&[]), None, IntentionOutcome::Open),
        (Err(service_error(504, "")), None, IntentionOutcome::Open),
        (Err(service_error(400, "")), None, IntentionOutcome::Refused),
    ];
    for (answer, seen, outcome) in cases {
        let store = Arc::new(Store::default());
        let journal: Arc<dyn Journal> = store.clone();
        let script = Script::new(1, &[]).answers(answer).then(seen.as_slice());
        let end = ensure(&script, &with(&journal)).await;
        let kept = lock(&store.kept);
        assert_eq!((kept.len(), kept[0].outcome), (1, outcome), "{end:?}");
        assert_eq!((&*kept[0].scope, &*kept[0].names), ("here", &["a".to_owned()][..]));
    }
}

/// A disk that hangs ends a call before it orders, and takes nothing from one that has ordered.
#[tokio::test(start_paused = true)]
async fn a_journal_that_hangs_holds_nobody_up() {
    let hanging = |pauses: &[Duration]| {
        let store = Store { pauses: Arc::new(Mutex::new(pauses.to_vec())), ..Store::default() };
        Arc::new(store) as Arc<dyn Journal>
    };
    let hour = Duration::from_secs(3600);
    let script = Script::new(1, &[]).answers(reported(&[("a", "7")]));
    let error = ensure(&script, &with(&hanging(&[hour]))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing was ordered: the journal of orders does not answer within 120 s: check its disk, and \
         whether another program that orders was stopped"
    );
    assert_eq!(script.looks(), (3, 0));
    // The last is the first: it writes that the order is about to leave.
    let ensured = ensure(&script, &with(&hanging(&[hour, hour, Duration::ZERO]))).await.unwrap();
    assert_eq!(ensured.items, [resource("a", "7")]);
}

#[tokio::test(start_paused = true)]
async fn a_store_of_ones_own_will_do() {
    let store = Arc::new(Store::default());
    let journal: Arc<dyn Journal> = store.clone();
    let refused = Script::new(1, &[]).answers(Err(service_error(400, "")));
    let _ = ensure(&refused, &with(&journal)).await;
    let invalid = crate::Violation::error("name", "pattern", "is bad");
    let invalid = Script::new(1, &[]).answers(Err(crate::Violations::from(invalid).into()));
    let _ = ensure(&invalid, &with(&journal)).await;
    assert_eq!(invalid.looks(), (3, 0));
    let outcomes: Vec<_> = lock(&store.kept).iter().map(|intention| intention.outcome).collect();
    assert_eq!(outcomes, [IntentionOutcome::Refused; 2]);
    // Open, and of a clock that is years ahead: as young as can be.
    let ahead = Duration::from_secs(10 * 365 * 24 * 3600);
    {
        let mut kept = lock(&store.kept);
        kept[0].outcome = IntentionOutcome::Open;
        kept[0].time += ahead;
    }
    assert_eq!(looks(&with(&journal)).await, 7);
}

/// How old an order is counts from when its call was over, not from when that had to be.
#[tokio::test(start_paused = true)]
async fn an_order_is_as_old_as_its_answer() {
    let journal: Arc<dyn Journal> = Arc::new(Store::default());
    let mut script = Script::new(1, &[]).answers(Err(service_error(504, "")));
    script.longest = Duration::from_secs(600);
    assert!(ensure(&script, &with(&journal)).await.unwrap_err().is_unknown_outcome());
    assert_eq!(looks(&with(&journal)).await, 3, "its time was over when it was given up");
}

/// Whoever died in the middle of its call may have sent it at the very end.
#[tokio::test(start_paused = true)]
async fn an_order_may_leave_until_its_call_is_over() {
    let journal: Arc<dyn Journal> = Arc::new(Store::default());
    let mut script = Script::new(1, &[]).answers(unneeded());
    (script.longest, script.hangs) = (Duration::from_secs(60), true);
    let program = with(&journal);
    let died = tokio::time::timeout(Duration::from_secs(11), ensure(&script, &program));
    assert!(died.await.is_err());
    sleep(Duration::from_secs(59)).await;
    assert_eq!(looks(&with(&journal)).await, 7, "it left a moment ago");
}

/// What is written says when the order leaves at the latest: a write that takes longer says something wrong.
#[tokio::test(start_paused = true)]
async fn an_intention_that_is_written_slowly_is_written_again() {
    let slow = Duration::from_secs(6);
    let store = Arc::new(Store::default());
    let journal: Arc<dyn Journal> = store.clone();
    lock(&store.pauses).extend([slow; 19]);
    let script = Script::new(1, &[]).answers(reported(&[("a", "7")]));
    assert!(ensure(&script, &with(&journal)).await.is_ok());
    assert_eq!((lock(&store.pauses).len(), lock(&store.kept).len()), (0, 1));
    lock(&store.pauses).extend([slow; 30]);
    let script = Script::new(1, &[]).answers(unneeded());
    let error = ensure(&script, &with(&journal)).await.unwrap_err();
    let text = "nothing was ordered: the journal of orders takes longer than 5 s to write";
    assert_eq!(error.to_string(), text);
    assert!(matches!(error, EnsureError::Journal(_)) && lock(&script.answer).is_some());
    assert_eq!(lock(&store.pauses).len(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_turn_is_not_waited_for_for_ever() {
    let (settings, begun) = (settings(), Instant::now());
    let process = settings.process.clone().unwrap();
    let held = process.turn("here", &["a".to_owned()]).await.unwrap();
    let script = Script::new(1, &[]).answers(unneeded());
    let error = ensure(&script, &settings).await.unwrap_err();
    assert_eq!(begun.elapsed().as_secs(), 1800);
    assert!(matches!(error, EnsureError::Journal(_)) && !error.is_unknown_outcome());
    assert_eq!(
        error.to_string(),
        "nothing was ordered: the journal of orders is held by somebody else who orders a and was not \
         done after 30 minutes: wait for it, or end it"
    );
    assert_eq!(script.looks(), (0, 0));
    drop(held);
}
