//! Ordering at most once, case by case. In: what a service lists and responds. Out: what the caller gets,
//! and how many requests the service received. The clock is paused and advances automatically.

use std::time::Duration;

use super::{super::*, script::*};
use crate::{Violation, Violations};

#[tokio::test(start_paused = true)]
async fn what_is_there_is_found_without_ordering() {
    let here = [row("b", "0", ""), row("a", "1", "RUNNING")];
    let script = Script::new(1, &here).answers(unneeded());
    let ensured = script.run().await.unwrap();
    assert_eq!((ensured.provenance, ensured.order_id), (Provenance::Found, None));
    assert_eq!((ensured.items, script.looks()), (vec![resource("a", "1")], (1, 0)));
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_believed_if_it_names_what_was_ordered() {
    let script = Script::new(2, &[]).answers(reported(&[("a-001", "y"), ("a-000", "x")]));
    let ensured = script.run().await.unwrap();
    assert_eq!(ensured.items, [resource("a-000", "x"), resource("a-001", "y")]);
    assert_eq!(ensured.provenance, Provenance::Created);
    assert_eq!(ensured.order_id.as_deref(), Some("order-1"));
    assert_eq!(script.looks(), (3, 0));
}

#[tokio::test(start_paused = true)]
async fn an_answer_for_something_else_is_looked_into() {
    let wrong: &[&[(&str, &str)]] = &[
        &[],
        &[("a-000", "x")],
        &[("a-000", "x"), ("b", "y")],
        &[("a-000", "x"), ("a-001", "")],
        &[("a-000", "x"), ("", "y")],
        &[("a-000", "x"), ("a-001", "x")],
    ];
    for items in wrong {
        let there: &[Listed] = &[row("a-001", "y", "CREATING"), row("a-000", "x", "CREATING")];
        let script = Script::new(2, &[]).answers(reported(items)).then(&[&[], there]);
        let ensured = script.run().await.unwrap();
        assert_eq!(ensured.items, [resource("a-000", "x"), resource("a-001", "y")]);
        assert_eq!((ensured.provenance, script.looks()), (Provenance::Created, (3, 2)));
        assert_eq!(ensured.order_id.as_deref(), Some("order-1"), "{items:?}");
    }
    let script = Script::new(1, &[]).answers(reported(&[("b", "y")])).then(&[&[row("b", "y", "")]]);
    let error = script.run().await.unwrap_err();
    assert!(error.is_unknown_outcome() && error.call().is_none());
    assert_eq!(
        error.to_string(),
        "the outcome is unknown: look for a before ordering again (the order was accepted for b (y)); \
         its order is order-1"
    );
    let said = Script::new(1, &[]).answers(reported(&[])).said().await;
    let end = "(the order was accepted, but nothing appeared); its order is order-1";
    assert!(said.ends_with(end), "{said}");
}

#[tokio::test(start_paused = true)]
async fn an_id_that_is_listed_twice_is_one() {
    let here = [row("a", "1", "CREATING"), row("b", "2", ""), row("a", "1", "RUNNING")];
    let ensured = Script::new(1, &here).answers(unneeded()).run().await.unwrap();
    assert_eq!(ensured.items, [resource("a", "1")]);
    // It was renamed between two pages.
    let here = [row("a", "1", ""), row("b", "1", "")];
    let script = Script::new(1, &here).answers(reported(&[("a", "2")]));
    assert_eq!(script.run().await.unwrap().items, [resource("a", "2")]);
}

#[tokio::test(start_paused = true)]
async fn doubt_is_said_and_nothing_is_ordered() {
    let script = Script::new(2, &[row("a-001", "7", "")]).answers(unneeded());
    assert_eq!(
        script.said().await,
        "of the batch only a-001 (7) is there, nothing was ordered; missing: a-000; complete it by \
         single orders, or delete what is there"
    );
    let two = [row("a", "7", ""), row("a", "8", "")];
    let script = Script::new(1, &two).answers(unneeded());
    let error = script.run().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a name is there more than once, so it is not known which is meant: a (7), a (8); nothing \
         was ordered; rename or delete the others"
    );
    assert!(!error.is_unknown_outcome() && error.call().is_none());
    assert!(lock(&script.answer).is_some());
    // Not so behind an order.
    let script = Script::new(1, &[]).answers(Err(service_error(502, ""))).then(&[&two]);
    let error = script.run().await.unwrap_err();
    assert!(matches!(&error, EnsureError::Duplicate { ordered: true, .. }));
    assert!(error.is_unknown_outcome());
    assert!(error.to_string().contains("an order was sent before, and its outcome is unknown"));
}

#[tokio::test(start_paused = true)]
async fn what_failed_or_goes_away_does_not_count() {
    for state in ["FAILED", "DELETING", "deleting"] {
        let script = Script::new(1, &[row("a", "7", state)]).answers(unneeded());
        let error = script.run().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "a (7) is {state} and cannot be used; nothing was ordered; delete it and order \
                 again, or take another name"
            )
        );
        assert!(!error.is_unknown_outcome());
        assert_eq!(script.looks().0, 1, "it does not get better");
        // One that can be used is what is meant.
        let both = [row("a", "7", state), row("a", "8", "RUNNING"), row("a", "9", state)];
        let ensured = Script::new(1, &both).answers(unneeded()).run().await.unwrap();
        assert_eq!(ensured.items, [resource("a", "8")]);
    }
    let failed: &[Listed] = &[row("a", "7", "FAILED")];
    let script = Script::new(1, &[]).answers(Err(service_error(502, ""))).then(&[failed]);
    let error = script.run().await.unwrap_err();
    assert!(error.is_unknown_outcome(), "{error}");
    let EnsureError::Unusable { found, ordered: true, .. } = error else { panic!("{error}") };
    assert_eq!((&found[0].resource, &*found[0].status), (&resource("a", "7"), "FAILED"));
    // Of a batch, the others are looked for as long as usual.
    let one: &[Listed] = &[row("a-000", "7", "FAILED")];
    let script = Script::new(2, &[]).answers(Err(service_error(502, ""))).then(&[one]);
    let error = script.run().await.unwrap_err();
    assert!(matches!(error, EnsureError::Unusable { .. }), "{error}");
    assert_eq!(script.looks(), (3, 7));
}

#[tokio::test(start_paused = true)]
async fn something_else_of_the_same_name_is_told() {
    let other = |engine: &str| Listed { said: vec![vec![engine.to_owned()]], ..row("a", "7", "") };
    for engine in ["Redis", "redis", ""] {
        let found = Script::new(1, &[other(engine)]).answers(unneeded()).run().await;
        assert_eq!(found.unwrap().items, [resource("a", "7")], "{engine}");
    }
    let script = Script::new(1, &[other("Memcached")]).answers(unneeded());
    let error = script.run().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a (7) is not what was ordered: engine: Redis was ordered, Memcached is there; nothing was \
         ordered; take another name, or allow differences"
    );
    let EnsureError::Different { name, id, differences, ordered: false, .. } = error else {
        panic!("{error}")
    };
    assert_eq!((&*name, &*id, differences[0].field), ("a", "7", "engine"));
    let allowed = EnsureSettings { allow_differences: true, ..settings() };
    assert_eq!(ensure(&script, &allowed).await.unwrap().items, [resource("a", "7")]);
    // Behind an order it is somebody else's, and the own may still come.
    let script = Script::new(1, &[]).answers(Err(service_error(502, "")));
    let error = script.then(&[&[other("Memcached")]]).run().await.unwrap_err();
    assert!(matches!(&error, EnsureError::Different { ordered: true, .. }));
    assert!(error.is_unknown_outcome(), "{error}");
    assert_eq!(error.call().and_then(|error| error.status()).map(|s| s.as_u16()), Some(502));
    // A single order that was refused has come to nothing, and its code is not lost.
    let refused = Err(service_error(400, r#"{"error_code":"DCS.4001","error_msg":"full"}"#));
    let script = Script::new(1, &[]).answers(refused);
    let error = script.then(&[&[other("Memcached")]]).run().await.unwrap_err();
    assert!(!error.is_unknown_outcome(), "{error}");
    assert_eq!(error.call().and_then(|error| error.code()), Some("DCS.4001"));
    assert!(error.to_string().contains("nothing was ordered (400 DCS.4001"), "{error}");
    // Of a batch that is half there, too.
    let half = Listed { name: "a-001".to_owned(), ..other("Memcached") };
    let error = Script::new(2, &[half]).answers(unneeded()).run().await.unwrap_err();
    assert!(matches!(error, EnsureError::Different { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_item_that_cannot_be_told_leaves_nothing_absent() {
    let cases = [
        (row("a", "", ""), "the list has a without an id"),
        (row("a", " ", ""), "the list has a without an id"),
        (row("", "7", ""), "the list has 7 without a name"),
        (row("", "", ""), "the list has an item without an id"),
    ];
    for (item, said) in cases {
        // Behind another's, which does not hide it.
        let list = [row("b", "", ""), item];
        let script = Script::new(1, &list).answers(unneeded());
        let text = format!("the lookup failed; nothing was ordered: {said}");
        assert_eq!(script.said().await, text);
        assert_eq!(script.looks(), (11, 0));
        let both = [&list[..], &[row("a", "8", "")]].concat();
        let ensured = Script::new(1, &both).answers(unneeded()).run().await.unwrap();
        assert_eq!(ensured.items, [resource("a", "8")]);
    }
    let script = Script::new(1, &[row("b", "", "")]).answers(reported(&[("a", "7")]));
    assert_eq!(script.run().await.unwrap().items, [resource("a", "7")]);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_names_what_to_look_for() {
    for status in [408, 409, 424, 425, 429, 499, 500, 502, 503, 504] {
        let answer = || Err(service_error(status, "").of_purchase(|| vec!["a".to_owned()]));
        let script = Script::new(1, &[]).answers(answer());
        let error = script.run().await.unwrap_err();
        assert!(error.is_unknown_outcome());
        let text = format!("the outcome is unknown: look for a before ordering again ({status}");
        assert!(error.to_string().starts_with(&text), "{error}");
        assert_eq!(script.looks(), (3, 7));
        // Late, but in time.
        let there: &[Listed] = &[row("a", "7", "CREATING")];
        let script = Script::new(1, &[]).answers(answer()).then(&[&[], &[], &[], there]);
        let ensured = script.run().await.unwrap();
        assert_eq!((ensured.provenance, script.looks()), (Provenance::Adopted, (3, 4)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_single_order_that_is_refused_is_looked_for_once() {
    for status in [400, 401, 403, 404, 413, 422] {
        let script = Script::new(1, &[]).answers(Err(service_error(status, "")));
        let error = script.run().await.unwrap_err();
        assert!(matches!(error, EnsureError::Refused(_)) && !error.is_unknown_outcome());
        assert_eq!(script.looks(), (3, 1));
        let there: &[Listed] = &[row("a", "7", "")];
        let script = Script::new(1, &[]).answers(Err(service_error(status, ""))).then(&[there]);
        assert_eq!(script.run().await.unwrap().provenance, Provenance::Adopted);
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_that_is_refused_may_hide_anything() {
    let expired = r#"{"error_code":"APIGW.0301","error_msg":"signature expired"}"#;
    let script = Script::new(1, &[]).answers(Err(service_error(401, expired)));
    assert!(script.run().await.unwrap_err().is_unknown_outcome());
    assert_eq!(script.looks(), (3, 7));
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_is_refused_may_be_half_done() {
    for status in [400, 403, 404, 413, 422, 499] {
        let half: &[Listed] = &[row("a-000", "7", "CREATING")];
        let script = Script::new(2, &[]).answers(Err(service_error(status, "")));
        let script = script.then(&[&[], half]);
        let error = script.run().await.unwrap_err();
        assert_eq!(script.looks(), (3, 7));
        let EnsureError::Unknown { found, missing, cause: Some(cause), .. } = error else {
            panic!("{error}")
        };
        assert_eq!((found, missing), (vec![resource("a-000", "7")], vec!["a-001".to_owned()]));
        assert_eq!(cause.status().map(|status| status.as_u16()), Some(status));
    }
    let script = Script::new(2, &[]).answers(Err(service_error(400, "")));
    assert!(matches!(script.run().await, Err(EnsureError::Refused(_))));
    assert_eq!(script.looks(), (3, 7));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_needs_no_look() {
    let invalid = Error::from(Violations::from(Violation::error("name", "pattern", "is bad")));
    let script = Script::new(2, &[]).answers(Err(invalid));
    let said = script.said().await;
    assert!(said.starts_with("the request is invalid and was not sent"), "{said}");
    assert_eq!(script.looks(), (3, 0));
}

#[tokio::test(start_paused = true)]
async fn looks_are_not_closer_than_a_second() {
    for (every, seconds, looks) in [(0, 4, 5), (1, 4, 5), (2000, 4, 3), (3000, 6, 3)] {
        let every = Duration::from_millis(every);
        let lookup = LookupPolicy { before: Duration::from_secs(4), every, ..POLICY };
        let started = tokio::time::Instant::now();
        let script = Script::new(1, &[]).answers(reported(&[("a", "7")]));
        ensure(&script, &EnsureSettings { lookup, ..settings() }).await.unwrap();
        assert_eq!((started.elapsed().as_secs(), script.looks().0), (seconds, looks), "{every:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_look_that_fails_says_nothing() {
    // Ten in a row may fail, again and again.
    let failing = [[503; 10].as_slice(), &[0], &[502; 10], &[0], &[500; 10]].concat();
    let script = Script::new(1, &[]).answers(reported(&[("a", "7")]));
    lock(&script.failing).0 = failing.into();
    assert_eq!(script.run().await.unwrap().provenance, Provenance::Created);
    let script = Script::new(1, &[]).answers(unneeded());
    lock(&script.failing).0 = vec![503; 11].into();
    let error = script.run().await.unwrap_err();
    assert!(matches!(&error, EnsureError::LookupFailed(LookupError::Call(_))), "{error}");
    assert_eq!(error.call().and_then(Error::status).map(|status| status.as_u16()), Some(503));
    // What does not pass ends it at once.
    lock(&script.failing).0 = vec![403].into();
    assert!(matches!(script.run().await, Err(EnsureError::LookupFailed(_))));
    // Behind an order, nothing is known then; but a single one that was refused was refused.
    for (count, status, is_unknown) in [(2, 400, true), (1, 400, false), (1, 504, true)] {
        let script = Script::new(count, &[]).answers(Err(service_error(status, "")));
        lock(&script.failing).1 = vec![403].into();
        assert_eq!(script.run().await.unwrap_err().is_unknown_outcome(), is_unknown, "{count}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_of_others_is_read_once_more() {
    let others: &[Listed] = &[row("b", "1", ""), row("c", "2", "")];
    let script = Script::new(1, others).answers(Err(service_error(504, ""))).then(&[others]);
    assert!(script.run().await.unwrap_err().is_unknown_outcome());
    assert_eq!(script.looks(), (4, 8));
    // The last look skips it; one more does not.
    let lists = [&[], &[], &[], &[], &[], &[], others, &[row("a", "7", "")]];
    let script = Script::new(1, &[]).answers(Err(service_error(504, ""))).then(&lists);
    assert_eq!(script.run().await.unwrap().items, [resource("a", "7")]);
}
