//! A journal of a program's own. In: a store that keeps everything. Out: what the engine makes of it.

use std::{sync::Arc, time::Duration};

use super::{
    super::*,
    journal::{looks, with},
    script::*,
};

/// A store that keeps everything that it was given, and something from a clock that is ahead.
#[derive(Debug, Default)]
struct Store {
    kept: Arc<std::sync::Mutex<Vec<Intention>>>,
}

struct StoreTurn(Arc<std::sync::Mutex<Vec<Intention>>>);

impl Journal for Store {
    fn turn<'a>(&'a self, _: &'a str, _: &'a [String]) -> JournalFuture<'a, Box<dyn JournalTurn>> {
        let turn: Box<dyn JournalTurn> = Box::new(StoreTurn(Arc::clone(&self.kept)));
        Box::pin(std::future::ready(Ok(turn)))
    }
}

impl JournalTurn for StoreTurn {
    fn read(&mut self) -> JournalFuture<'_, Vec<Intention>> {
        let kept = lock(&self.0).clone();
        Box::pin(std::future::ready(Ok(kept)))
    }

    fn write<'a>(&'a mut self, intention: &'a Intention) -> JournalFuture<'a, ()> {
        lock(&self.0).retain(|known| known.id != intention.id);
        lock(&self.0).push(intention.clone());
        Box::pin(std::future::ready(Ok(())))
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
