//! Which requests faults strike, and what that means, by small tables.

use serde_json::json;

use super::*;
use crate::{
    services,
    state::{End, Fate},
};

fn plan(registry: &Registry, operation: &str, now: u64) -> Plan {
    let operation = services::operation(operation).unwrap();
    registry.plan(&Target { operation, now })
}

/// Which of so many requests are struck.
fn struck(registry: &Registry, requests: u64) -> Vec<u64> {
    let is_struck = |_: &u64| !plan(registry, "ListInstances", 0).faults.is_empty();
    (1..=requests).filter(is_struck).collect()
}

#[test]
fn conditions_choose_among_requests() {
    let ms = Duration::from_millis;
    for (fault, expected) in [
        (Fault::stall(), vec![1, 2, 3, 4]),
        (Fault::stall().nth(3), vec![3]),
        (Fault::stall().times(2), vec![1, 2]),
        (Fault::stall().operation("ShowInstance"), vec![]),
        (Fault::stall().probability(0.0), vec![]),
        (Fault::stall().probability(1.0), vec![1, 2, 3, 4]),
        (Fault::stall().after(ms(1)), vec![]),
        (Fault::stall().during(ms(0)), vec![1, 2, 3, 4]),
        (Fault::create_failed(), vec![]),
    ] {
        let registry = Registry::new(Some(1));
        registry.add(fault.clone(), 0).unwrap();
        assert_eq!(struck(&registry, 4), expected, "{fault:?}");
    }
}

#[test]
fn a_seed_strikes_the_same_requests_again() {
    let registry = Registry::new(Some(7));
    let fault = Fault::status(503).probability(0.5);
    registry.add(fault.clone(), 0).unwrap();
    let first = struck(&registry, 40);
    assert!(first.len() > 8 && first.len() < 32, "{first:?}");
    registry.clear();
    assert_eq!(struck(&registry, 40), Vec::<u64>::new());
    registry.clear();
    registry.add(fault, 0).unwrap();
    assert_eq!(struck(&registry, 40), first);
}

#[test]
fn a_window_begins_and_ends() {
    let registry = Registry::new(None);
    let (after, during) = (Duration::from_millis(10), Duration::from_millis(5));
    registry.add(Fault::stall().after(after).during(during), 100).unwrap();
    let is_struck = |now| !plan(&registry, "ListInstances", now).faults.is_empty();
    let moments = [109, 110, 115, 116].map(is_struck);
    assert_eq!(moments, [false, true, true, false]);
}

#[test]
fn several_faults_make_one_plan() {
    let registry = Registry::new(None);
    for fault in [
        Fault::delay(Duration::from_millis(20)),
        Fault::delay(Duration::from_millis(30)),
        Fault::reset(Reset::AfterReading),
        Fault::status(503),
        Fault::late_listing(Duration::from_secs(1)),
        Fault::stuck_creating(),
    ] {
        registry.add(fault, 0).unwrap();
    }
    let plan = plan(&registry, "CreateInstance", 0);
    let fate = Fate { listed_after: 1000, end: Some(End::Sticks) };
    let ending = Ending::Reset(Reset::AfterReading);
    let delay = Duration::from_millis(50);
    let faults = vec![1, 2, 3, 4, 5, 6];
    assert_eq!(plan, Plan { faults, delay, ending, overlaps: false, fate });
    assert!(!plan.carries_out());
}

#[test]
fn a_fault_is_written_as_it_is_read() {
    for (fault, text) in [
        (Fault::stall(), json!({"then": "stall"})),
        (
            Fault::status(503).code("DCS.5011").operation("ListInstances").nth(2),
            json!({
                "operation": "ListInstances", "nth": 2,
                "then": {"status": {"status": 503, "code": "DCS.5011"}}
            }),
        ),
        (
            Fault::reset(Reset::AfterCarryingOut).probability(0.5),
            json!({"probability": 0.5, "then": {"reset": "after_carrying_out"}}),
        ),
        (
            Fault::too_many_requests(Duration::from_secs(2)).times(3),
            json!({"times": 3, "then": {"too_many_requests": {"retry_after": 2}}}),
        ),
        (
            Fault::html(502).carried_out(),
            json!({"then": {"html": {"status": 502, "carried_out": true}}}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&fault).unwrap(), text);
        assert_eq!(serde_json::from_value::<Fault>(text).unwrap(), fault);
    }
}

#[test]
fn what_makes_no_sense_is_told() {
    let registry = Registry::new(None);
    for (fault, said) in [
        (Fault::stall().nth(0), "`nth` is 0; it must be at least 1"),
        (Fault::stall().probability(1.5), "`probability` is 1.5; it must be from 0 to 1"),
        (Fault::status(99), "`status` is 99; it must be from 200 to 599"),
        (
            Fault::create_failed().operation("ListInstances"),
            "`create_failed` can only strike an order of instances, and ListInstances is none",
        ),
        (
            Fault::overlapping_lists().operation("ShowInstance"),
            "`overlapping_lists` can only strike a list that is read by `offset`, and ShowInstance \
             is none",
        ),
    ] {
        assert_eq!(registry.add(fault, 0).unwrap_err().to_string(), said);
    }
    let unknown = registry.add(Fault::stall().operation("Nothing"), 0).unwrap_err();
    assert_eq!(unknown, FaultError::Operation("Nothing".to_owned()));
    assert!(registry.list().is_empty());
}

#[test]
fn faults_are_listed_and_removed() {
    let registry = Registry::new(None);
    let id = registry.add(Fault::status(500), 0).unwrap();
    plan(&registry, "ListInstances", 0);
    let listed = registry.list();
    assert_eq!((listed[0].id, listed[0].struck), (id, 1));
    assert!(registry.remove(id));
    assert!(!registry.remove(id));
    assert!(registry.list().is_empty());
}
