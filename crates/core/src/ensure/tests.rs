//! Buying at most once, from services of every temper. The clock jumps; each world has a seed.

use std::{cell::RefCell, collections::BTreeMap};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use super::*;
use crate::{ServiceError, Violation, Violations, redact::Redactor};

const PATIENCE: Patience = Patience {
    before: Duration::from_secs(10),
    after: Duration::from_secs(30),
    every: Duration::from_secs(5),
};

/// Looks that an instance may stay unlisted for: fewer than are made before buying.
const LATEST: u64 = 2;

fn service_error(status: u16) -> Error {
    let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
    let redactor = Redactor::new("");
    Error::Service(Box::new(ServiceError::new(status, &headers, Bytes::new(), false, redactor)))
}

fn named(name: &str, id: &str) -> Named {
    Named { name: name.to_owned(), id: id.to_owned() }
}

/// A service: what was bought, and in how many lists it is not seen yet.
#[derive(Default)]
struct World {
    instances: Vec<(Named, u64)>,
    looks: u32,
    purchases: u32,
}

impl World {
    fn look(&mut self) -> Vec<Named> {
        self.looks += 1;
        let mut listed = vec![named("another", "0")];
        for (item, late) in &mut self.instances {
            match late {
                0 => listed.push(item.clone()),
                _ => *late -= 1,
            }
        }
        listed
    }

    fn buy(&mut self, names: &[String], late: impl Fn() -> u64) -> Vec<Named> {
        self.purchases += 1;
        let bought: Vec<Named> =
            names.iter().map(|name| named(name, &format!("{}-{name}", self.purchases))).collect();
        self.instances.extend(bought.iter().map(|item| (item.clone(), late())));
        bought
    }
}

/// How one purchase goes.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Done,
    DoneWithoutIds,
    /// Carried out or not, and the answer is an error with this status.
    Error(u16, bool),
    /// The caller dies, before or after it is carried out.
    Crash(bool),
}

const FATES: &[Fate] = &[
    Fate::Done,
    Fate::DoneWithoutIds,
    Fate::Error(429, true),
    Fate::Error(429, false),
    Fate::Error(500, true),
    Fate::Error(502, true),
    Fate::Error(504, false),
    Fate::Error(504, true),
    Fate::Error(400, false),
    Fate::Crash(true),
    Fate::Crash(false),
];

struct Crashed;

/// One program that makes sure of the names; `None` if it dies on the way.
async fn program(
    world: &RefCell<World>,
    names: &[String],
    random: &RefCell<fastrand::Rng>,
) -> Option<Result<Ensured, EnsureError>> {
    let crashed = RefCell::new(None);
    let roll = |of: u64| random.borrow_mut().u64(0..of);
    let look = || async {
        if roll(5) == 0 {
            return Err(service_error(if roll(2) == 0 { 503 } else { 429 }));
        }
        Ok(world.borrow_mut().look())
    };
    let buy = || async {
        let fate = FATES[roll(FATES.len() as u64) as usize];
        let late = || random.borrow_mut().u64(0..=LATEST);
        let carry_out = || world.borrow_mut().buy(names, late);
        match fate {
            Fate::Done => Ok(Ensured::bought(carry_out(), Some("order".to_owned()))),
            Fate::DoneWithoutIds => {
                carry_out();
                Ok(Ensured::bought(Vec::new(), None))
            }
            Fate::Error(status, done) => {
                if done {
                    carry_out();
                }
                Err(service_error(status).of_purchase(|| names.to_vec()))
            }
            Fate::Crash(done) => {
                if done {
                    carry_out();
                }
                *crashed.borrow_mut() = Some(Crashed);
                std::future::pending().await
            }
        }
    };
    let ensured = ensure(names, PATIENCE, look, buy);
    let outcome = tokio::time::timeout(Duration::from_secs(3600), ensured).await;
    match crashed.into_inner() {
        Some(Crashed) => None,
        None => Some(outcome.expect("it ends")),
    }
}

#[tokio::test(start_paused = true)]
async fn never_more_than_wanted_and_never_success_for_none() {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..20_000 {
        let random = RefCell::new(fastrand::Rng::with_seed(seed));
        let count = if seed % 3 == 0 { 3 } else { 1 };
        let names = batch_names("dcs-demo", count);
        let world = RefCell::new(World::default());
        // A program that died is started again from scratch, at once.
        let mut runs = 0;
        let outcome = loop {
            runs += 1;
            assert!(runs < 100, "seed {seed}");
            if let Some(outcome) = program(&world, &names, &random).await {
                break outcome;
            }
        };
        let world = world.into_inner();
        let existing: Vec<&Named> = world.instances.iter().map(|(item, _)| item).collect();
        for name in &names {
            let of_it = existing.iter().filter(|item| item.name == *name).count();
            assert!(of_it <= 1, "seed {seed}: {of_it} of {name}");
            if let Ok(ensured) = &outcome {
                let reported = ensured.items.iter().filter(|item| item.name == *name);
                let ids: Vec<&str> = reported.map(|item| item.id.as_str()).collect();
                assert!(of_it == 1 && ids.len() == 1, "seed {seed}: {name} {outcome:?}");
                assert!(existing.iter().any(|item| item.id == ids[0]), "seed {seed}");
            }
        }
        if matches!(outcome, Err(EnsureError::Refused(_) | EnsureError::NotLooked(_))) {
            assert!(existing.is_empty(), "seed {seed}: {outcome:?}");
        }
        let end = match outcome {
            Ok(ensured) => format!("{:?}", ensured.origin),
            Err(EnsureError::Refused(_)) => "Refused".to_owned(),
            Err(EnsureError::NotLooked(_)) => "NotLooked".to_owned(),
            Err(EnsureError::Unknown { .. }) => "Unknown".to_owned(),
            Err(other) => panic!("seed {seed}: {other}"),
        };
        *ends.entry(end).or_default() += 1;
    }
    for end in ["Bought", "Adopted", "Found", "Refused", "Unknown"] {
        assert!(ends.get(end).is_some_and(|count| *count > 100), "{ends:?}");
    }
}

async fn quiet(
    world: &RefCell<World>,
    names: &[String],
    bought: Result<Ensured, Error>,
) -> Result<Ensured, EnsureError> {
    let look = || async { Ok(world.borrow_mut().look()) };
    ensure(names, PATIENCE, look, || async { bought }).await
}

#[tokio::test(start_paused = true)]
async fn what_is_there_is_found_without_buying() {
    let names = batch_names("a", 1);
    for late in 0..=LATEST {
        let world = RefCell::new(World::default());
        world.borrow_mut().instances.push((named("a", "1"), late));
        let ensured = quiet(&world, &names, Err(service_error(500))).await.unwrap();
        assert_eq!((ensured.origin, ensured.items), (Origin::Found, vec![named("a", "1")]));
        assert_eq!(u64::from(world.borrow().looks), late + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn doubt_is_said_and_nothing_is_bought() {
    let names = batch_names("a", 2);
    let world = RefCell::new(World::default());
    world.borrow_mut().instances.push((named("a-001", "7"), 0));
    let error = quiet(&world, &names, Err(service_error(500))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "of the batch only a-001 (7) is there, nothing was bought; missing: a-000; complete it by \
         single orders, or delete what is there"
    );
    world.borrow_mut().instances.push((named("a-001", "8"), 0));
    let error = quiet(&world, &names, Err(service_error(500))).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a name is there more than once, so it is not known which is meant: a-001 (7), a-001 (8); \
         rename or delete the others"
    );
    assert!(!error.is_unknown_outcome() && error.call().is_none());
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_names_what_to_look_for() {
    let (names, world) = (batch_names("a", 1), RefCell::new(World::default()));
    let bought = Err(service_error(502).of_purchase(|| names.clone()));
    let error = quiet(&world, &names, bought).await.unwrap_err();
    assert!(error.is_unknown_outcome());
    let text = "the outcome is unknown: look for a before ordering again (502";
    assert!(error.to_string().starts_with(text), "{error}");
    // 3 looks before, 7 after.
    assert_eq!(world.borrow().looks, 10);
    let error = quiet(&world, &names, Ok(Ensured::bought(vec![], None))).await.unwrap_err();
    assert!(error.to_string().ends_with("(the order was accepted, but nothing appeared)"));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_given_back_as_it_is() {
    let (names, world) = (batch_names("a", 1), RefCell::new(World::default()));
    let invalid = Error::from(Violations::from(Violation::error("name", "pattern", "is bad")));
    let error = quiet(&world, &names, Err(invalid)).await.unwrap_err();
    assert!(error.to_string().starts_with("the request is not valid, nothing was sent"));
    assert_eq!(world.borrow().looks, 3, "none afterwards");
    let error = ensure(
        &names,
        PATIENCE,
        || async { Err(service_error(403)) },
        || async { unreachable!("nothing is bought when it cannot be looked") },
    );
    assert!(matches!(error.await, Err(EnsureError::NotLooked(_))));
}

#[test]
fn names_of_a_batch_count_from_zero() {
    assert_eq!(batch_names("a", 1), ["a"]);
    assert_eq!(batch_names("a", 0), ["a"]);
    assert_eq!(batch_names("a", 2), ["a-000", "a-001"]);
    assert_eq!(batch_names("a", 100)[99], "a-099");
}
