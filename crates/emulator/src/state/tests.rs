//! The state machine by commands and moments, without a socket or a process.

use super::*;

fn order(name: &str) -> Order {
    Order {
        name: name.to_owned(),
        engine: "Redis".to_owned(),
        capacity: 2.0,
        spec_code: "redis.single.xu1.large.2".to_owned(),
        ..Order::default()
    }
}

/// Carries out all effects as a data plane would for which nothing goes wrong.
fn carry_out(state: &mut State, now: u64) -> Vec<Act> {
    let effects = state.take_effects();
    for effect in &effects {
        let outcome = match effect.act {
            Act::Start(_) | Act::Restart => {
                Outcome::Ready(Some(Endpoint { ip: "127.0.0.1".to_owned(), port: 7000 }))
            }
            Act::Backup { .. } => Outcome::BackedUp(12),
            _ => Outcome::Done,
        };
        state.finished(effect, &outcome, now);
    }
    effects.into_iter().map(|effect| effect.act).collect()
}

fn status(state: &State, id: &str) -> Status {
    state.instance(id).unwrap().status
}

fn one(state: &mut State, now: u64) -> String {
    state.create(&order("cache"), 1, now).unwrap().remove(0).0
}

#[test]
fn an_instance_is_running_once_its_process_answers_and_its_time_is_up() {
    let mut state = State::new(Pace::Seconds(5), Some(1));
    let id = one(&mut state, 1_000);
    state.advance(9_000);
    assert_eq!(status(&state, &id), Status::Creating, "its process does not answer");
    carry_out(&mut state, 9_000);
    assert_eq!(status(&state, &id), Status::Running);

    let id = one(&mut state, 10_000);
    carry_out(&mut state, 10_001);
    assert_eq!(status(&state, &id), Status::Creating, "its time is not up");
    state.advance(15_000);
    assert_eq!(status(&state, &id), Status::Running);
}

#[test]
fn looks_count_where_they_are_the_pace() {
    let mut state = State::new(Pace::Polls(2), Some(1));
    let (id, other) = (one(&mut state, 0), one(&mut state, 0));
    carry_out(&mut state, 0);
    state.polled(&id, 1);
    assert_eq!(status(&state, &id), Status::Creating);
    state.polled(&id, 1);
    assert_eq!(status(&state, &id), Status::Running);
    assert_eq!(status(&state, &other), Status::Creating);
    state.polled("nothing", 1);
}

#[test]
fn a_batch_gets_numbers_and_an_id_each() {
    let mut state = State::new(Pace::Immediate, Some(1));
    let made = state.create(&order("batch"), 3, 0).unwrap();
    let names: Vec<&str> = made.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["batch-000", "batch-001", "batch-002"]);
    assert_ne!(made[0].0, made[1].0);
    assert_eq!(state.take_effects().len(), 3);
}

#[test]
fn ids_look_like_those_of_the_service() {
    let mut state = State::new(Pace::Immediate, Some(7));
    for _ in 0..100 {
        let id = state.id();
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(id[14..].starts_with('4') && "89ab".contains(&id[19..20]), "{id}");
    }
}

#[test]
fn quotas_are_kept() {
    let mut state = State::new(Pace::Immediate, Some(1));
    let large = Order { capacity: 512.0, ..order("large") };
    state.create(&large, 1, 0).unwrap();
    assert_eq!(state.create(&large, 1, 0).unwrap_err().code, "DCS.4036");
    let small = Order { capacity: 0.125, ..order("small") };
    state.create(&small, 99, 0).unwrap();
    assert_eq!(state.create(&small, 1, 0).unwrap_err().code, "DCS.4035");
    assert_eq!(state.instances().len(), 100);
}

#[test]
fn a_process_that_does_not_start_fails_the_creation() {
    let mut state = State::new(Pace::Immediate, Some(1));
    let id = one(&mut state, 0);
    let effect = state.take_effects().remove(0);
    state.finished(&effect, &Outcome::Failed("no room".to_owned()), 1);
    assert_eq!(status(&state, &id), Status::CreateFailed);
    assert_eq!(state.running(&id).unwrap_err().code, "DCS.4049");
    // It can be deleted, and what arrives late changes nothing.
    state.delete(&id).unwrap();
    state.finished(&effect, &Outcome::Ready(None), 2);
    assert_eq!(state.instance(&id).unwrap_err().code, "DCS.3022");
    assert_eq!(state.deleted()[0].status, Status::Deleted);
}

#[test]
fn changes_pass_through_their_state() {
    for (change, act, between) in [
        (Change::Restart, Act::Restart, Status::Restarting),
        (Change::Flush, Act::Flush, Status::Flushing),
        (Change::Resize, Act::Memory(4.0), Status::Extending),
        (Change::Backup, Act::Backup { id: "b".to_owned() }, Status::Running),
    ] {
        let mut state = State::new(Pace::Immediate, Some(1));
        let id = one(&mut state, 0);
        let early = state.begin(&id, change, act.clone(), 0).unwrap_err();
        assert_eq!(early.code, "DCS.4049", "it is not running yet");
        carry_out(&mut state, 0);
        assert_eq!(state.begin(&id, change, act, 1).unwrap().0.status, between);
        assert_eq!(carry_out(&mut state, 2).len(), 1);
        assert_eq!(status(&state, &id), Status::Running);
    }
}

#[test]
fn a_task_tells_of_every_change() {
    let mut state = State::new(Pace::Seconds(10), Some(1));
    let id = one(&mut state, 0);
    carry_out(&mut state, 0);
    let percent = |state: &State, now| {
        let instance = state.instance(&id).unwrap();
        instance.percent(instance.tasks.last().unwrap(), now)
    };
    assert_eq!(percent(&state, 2_500), 25);
    assert_eq!(percent(&state, 20_000), 99, "nobody has looked since");
    state.advance(20_000);
    assert_eq!(percent(&state, 20_000), 100);
    let (_, task) = state.begin(&id, Change::Flush, Act::Flush, 20_000).unwrap();
    let effect = state.take_effects().remove(0);
    state.finished(&effect, &Outcome::Failed("no".to_owned()), 21_000);
    let last = state.instance(&id).unwrap().tasks.last().unwrap();
    assert_eq!(
        (&last.id, last.progress, last.why.as_deref()),
        (&task, Progress::Failed, Some("no"))
    );
}

#[test]
fn a_backup_does_not_end_what_is_under_way_besides() {
    let mut state = State::new(Pace::Immediate, Some(1));
    let id = one(&mut state, 0);
    carry_out(&mut state, 0);
    let backup = Act::Backup { id: "b".to_owned() };
    state.begin(&id, Change::Backup, backup, 1).unwrap();
    state.begin(&id, Change::Restart, Act::Restart, 1).unwrap();
    let effects = state.take_effects();
    state.finished(&effects[0], &Outcome::BackedUp(1), 2);
    assert_eq!(status(&state, &id), Status::Restarting);
    state.finished(&effects[1], &Outcome::Ready(None), 3);
    assert_eq!(status(&state, &id), Status::Running);
}

#[test]
fn what_only_a_start_sets_waits_for_it() {
    let mut state = State::new(Pace::Immediate, Some(1));
    let id = one(&mut state, 0);
    carry_out(&mut state, 0);
    let settings = vec![("databases".to_owned(), "9".to_owned())];
    let act = Act::Configure { task: "t".to_owned(), settings };
    let effect = Effect { instance: id.clone(), act };
    state.finished(&effect, &Outcome::NeedsRestart(vec!["databases".to_owned()]), 5);
    let instance = state.instance(&id).unwrap();
    assert!(instance.waiting.contains("databases"));
    assert_eq!(instance.node().fixed["databases"], "9");
    state.begin(&id, Change::Restart, Act::Restart, 6).unwrap();
    carry_out(&mut state, 7);
    assert!(state.instance(&id).unwrap().waiting.is_empty());
}
