//! Lists by marker and by page number: they end, and anything that cannot be the complete list is an error.

use std::sync::{Arc, Mutex};

use super::super::*;

/// What a service gives for a marker: items, the marker beside them, and what it counts.
type Give = fn(Option<&str>) -> (Vec<i64>, Option<&'static str>, Option<i64>);

struct Read {
    items: Vec<i64>,
    problem: Option<ListProblem>,
    asked: Vec<Option<String>>,
}

async fn drain<T>(mut stream: ItemStream<'_, T>) -> (Vec<T>, Option<ListProblem>) {
    let (mut items, mut problem) = (Vec::new(), None);
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(Error::List(error)) => problem = Some(error.problem().clone()),
            Err(error) => panic!("{error}"),
        }
        assert!(items.len() <= 100, "no end");
    }
    (items, problem)
}

async fn read(markers: Markers, start: Option<&str>, give: Give) -> Read {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    let start = (markers, start.map(str::to_owned));
    let stream = ItemStream::by_marker("ListNumbers", start, fingerprint, move |marker| {
        let (items, next, total) = give(marker.as_deref());
        let next = match markers {
            Markers::Answer => next.map(str::to_owned),
            // An item is its own marker; 0 has none.
            Markers::Items => items.last().filter(|item| **item != 0).map(ToString::to_string),
        };
        seen.lock().unwrap().push(marker);
        async move { Ok((Page { items, total, limit: Some(2) }, next)) }
    });
    let (items, problem) = drain(stream).await;
    let asked = asked.lock().unwrap().clone();
    Read { items, problem, asked }
}

#[tokio::test]
async fn markers_of_items_lead_to_an_empty_page() {
    let five: Give = |marker| {
        let begin: i64 = marker.map_or(1, |marker| marker.parse::<i64>().unwrap() + 1);
        ((begin..(begin + 2).min(6)).collect(), None, None)
    };
    let read_all = read(Markers::Items, None, five).await;
    assert_eq!((read_all.items, read_all.problem), (vec![1, 2, 3, 4, 5], None));
    let asked: Vec<Option<&str>> = read_all.asked.iter().map(Option::as_deref).collect();
    assert_eq!(asked, [None, Some("2"), Some("4"), Some("5")]);
    let rest = read(Markers::Items, Some("3"), five).await;
    assert_eq!((rest.items, rest.problem), (vec![4, 5], None));
}

#[tokio::test]
async fn markers_of_answers_end_with_an_answer_without_one() {
    let give: Give = |marker| match marker {
        None => (vec![1, 2], Some("a"), None),
        Some("a") => (vec![], Some("b"), None),
        Some("b") => (vec![3], Some("c"), None),
        _ => (vec![4], Some(""), None),
    };
    let all = read(Markers::Answer, None, give).await;
    assert_eq!((all.items, all.problem), (vec![1, 2, 3, 4], None));
    assert_eq!(all.asked.len(), 4);
    let one = read(Markers::Answer, None, |_| (vec![1], None, None)).await;
    assert_eq!((one.items, one.asked.len()), (vec![1], 1));
    let none = read(Markers::Answer, None, |_| (vec![], None, None)).await;
    assert_eq!((none.items, none.problem, none.asked.len()), (vec![], None, 1));
    // The answer says that it goes on, whatever it counts.
    let long: Give = |marker| match marker {
        None => (vec![1], Some("a"), Some(1)),
        _ => (vec![2], None, None),
    };
    assert_eq!(read(Markers::Answer, None, long).await.items, [1, 2]);
}

#[tokio::test]
async fn a_marker_that_repeats_is_an_error_behind_the_items() {
    let repeats = |listed| Some(ListProblem::RepeatsPage { listed });
    // The service ignores the marker.
    let ignores = read(Markers::Items, None, |_| (vec![1, 2, 3], None, None)).await;
    assert_eq!((ignores.items, ignores.problem), (vec![1, 2, 3], repeats(3)));
    let single = read(Markers::Items, None, |_| (vec![1], None, None)).await;
    assert_eq!((single.items, single.problem), (vec![1, 1], repeats(2)));
    let started = read(Markers::Items, Some("2"), |_| (vec![1, 2], None, None)).await;
    assert_eq!((started.items, started.problem), (vec![1, 2], repeats(2)));
    // By turns, with and without items.
    let turns: Give = |marker| match marker {
        Some("a") => (vec![3, 4], Some("b"), None),
        _ => (vec![1, 2], Some("a"), None),
    };
    let by_turns = read(Markers::Answer, None, turns).await;
    assert_eq!((by_turns.items, by_turns.problem), (vec![1, 2, 3, 4], repeats(4)));
    let empty = read(Markers::Answer, None, |_| (vec![], Some("a"), None)).await;
    assert_eq!((empty.items, empty.problem), (vec![], repeats(0)));
}

#[tokio::test]
async fn a_list_that_stops_before_the_total_is_an_error() {
    let early = |total, listed| Some(ListProblem::EndsEarly { total, listed });
    let short: Give = |_| (vec![1, 2], None, Some(5));
    let stopped = read(Markers::Answer, None, short).await;
    assert_eq!((stopped.items, stopped.problem), (vec![1, 2], early(5, 2)));
    // From a marker on, nobody knows how many came before.
    let from_there = read(Markers::Answer, Some("x"), short).await;
    assert_eq!((from_there.items, from_there.problem), (vec![1, 2], None));
    let empty = read(Markers::Items, None, |_| (vec![], None, Some(3))).await;
    assert_eq!((empty.items, empty.problem), (vec![], early(3, 0)));
    // The last page is known by its size and the total.
    let last: Give = |_| (vec![1], None, Some(1));
    assert_eq!(read(Markers::Items, None, last).await.asked.len(), 1);
}

#[tokio::test]
async fn an_item_without_marker_is_an_error_behind_the_items() {
    let unmarked = read(Markers::Items, None, |_| (vec![1, 0], None, None)).await;
    assert_eq!(unmarked.items, [1, 0]);
    let problem = unmarked.problem.unwrap();
    assert_eq!(problem, ListProblem::NoMarker { listed: 2 });
    assert!(problem.to_string().starts_with("the last of 2 items has no marker"), "{problem}");
}

#[tokio::test]
async fn the_marker_to_go_on_from() {
    let begin = (Markers::Answer, None);
    let mut stream =
        ItemStream::by_marker("ListNumbers", begin, fingerprint, |marker| async move {
            let next = if marker.is_none() { "a" } else { "b" };
            Ok((Page { items: vec![1, 2], total: None, limit: None }, Some(next.to_owned())))
        });
    assert_eq!(stream.marker(), None);
    stream.next().await.unwrap().unwrap();
    assert_eq!((stream.marker(), stream.offset()), (Some("a"), 1));
}

/// The items of a list by numbers of pages, what is wrong, and the numbers that were asked for.
async fn count(
    number: i64,
    give: fn(i64) -> (Vec<i64>, Option<i64>),
) -> (Vec<i64>, Option<ListProblem>, Vec<i64>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    let stream = ItemStream::by_number("ListNumbers", number, fingerprint, move |number| {
        seen.lock().unwrap().push(number);
        let (items, total) = give(number);
        async move { Ok(Page { items, total, limit: Some(2) }) }
    });
    let (items, problem) = drain(stream).await;
    let asked = asked.lock().unwrap().clone();
    (items, problem, asked)
}

#[tokio::test]
async fn numbers_of_pages_go_on_to_an_empty_one() {
    let five = |number: i64| {
        let begin = (number - 1) * 2 + 1;
        ((begin..(begin + 2).min(6)).collect(), None)
    };
    assert_eq!(count(1, five).await, (vec![1, 2, 3, 4, 5], None, vec![1, 2, 3, 4]));
    assert_eq!(count(3, five).await, (vec![5], None, vec![3, 4]));
    let counted =
        |number: i64| if number == 1 { (vec![1, 2], Some(3)) } else { (vec![3], Some(3)) };
    assert_eq!(count(1, counted).await, (vec![1, 2, 3], None, vec![1, 2]));
    // Pages before the first one that was asked for are not known.
    assert_eq!(count(2, |number| (vec![3; (3 - number) as usize], Some(3))).await.1, None);
}

#[tokio::test]
async fn a_service_that_ignores_the_number_comes_to_an_end() {
    let repeats = Some(ListProblem::RepeatsPage { listed: 2 });
    assert_eq!(count(1, |_| (vec![1, 2], None)).await, (vec![1, 2], repeats, vec![1, 2]));
    let early = Some(ListProblem::EndsEarly { total: 9, listed: 0 });
    assert_eq!(count(1, |_| (vec![], Some(9))).await, (vec![], early, vec![1]));
}
