//! Pages of a list of numbers, from services with different behavior.

mod kinds;

use std::sync::{Arc, Mutex};

use super::*;
use crate::{ListProblem, Violation, Violations};

/// A service with `size` items that answers with at most `cap` of them.
#[derive(Clone, Copy)]
struct Habit {
    size: i64,
    cap: i64,
    total: Total,
}

#[derive(Clone, Copy)]
enum Total {
    None,
    True,
    OfThePage,
}

/// The items, and the offsets that were asked for.
async fn read(habit: Habit, offset: i64, limit: Option<i64>) -> (Vec<i64>, Vec<i64>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    let stream = ItemStream::new("ListNumbers", offset, fingerprint, move |offset| {
        seen.lock().unwrap().push(offset);
        async move {
            let end = (offset + limit.unwrap_or(10).min(habit.cap)).min(habit.size);
            let items: Vec<i64> = (offset..end).collect();
            let total = match habit.total {
                Total::None => None,
                Total::True => Some(habit.size),
                Total::OfThePage => Some(items.len() as i64),
            };
            Ok(Page { items, total, limit })
        }
    });
    let items = stream.into_vec().await.unwrap();
    let asked = asked.lock().unwrap().clone();
    (items, asked)
}

#[tokio::test]
async fn no_item_is_lost_or_repeated() {
    for size in [0, 1, 9, 10, 11, 20, 25] {
        for cap in [3, 10, 100] {
            for total in [Total::None, Total::True, Total::OfThePage] {
                for limit in [None, Some(1), Some(10), Some(50)] {
                    // One that does both is not told from the end of a list.
                    let of_the_page = matches!(total, Total::OfThePage);
                    if of_the_page && limit.is_some_and(|limit| limit > cap) {
                        continue;
                    }
                    let (items, _) = read(Habit { size, cap, total }, 0, limit).await;
                    assert_eq!(items, (0..size).collect::<Vec<_>>(), "{size} {cap} {limit:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_list_can_be_read_page_by_page() {
    let mut stream = ItemStream::new("ListNumbers", 0, fingerprint, |offset| async move {
        let items = (offset..(offset + 10).min(25)).collect();
        Ok(Page { items, total: Some(25), limit: Some(10) })
    });
    assert_eq!(stream.next_page().await.unwrap().unwrap(), (0..10).collect::<Vec<i64>>());
    // What is left of a page that was begun.
    assert_eq!(stream.next().await.unwrap().unwrap(), 10);
    assert_eq!(stream.next_page().await.unwrap().unwrap(), (11..20).collect::<Vec<_>>());
    assert_eq!(stream.offset(), 20);
    assert_eq!(stream.next_page().await.unwrap().unwrap(), (20..25).collect::<Vec<_>>());
    assert!(stream.next_page().await.is_none());
}

#[tokio::test]
async fn an_error_takes_the_place_of_a_page() {
    let mut stream = ItemStream::new("ListNumbers", 0, fingerprint, |offset| async move {
        let items = if offset == 0 { vec![1, 2] } else { vec![] };
        Ok(Page { items, total: Some(25), limit: Some(2) })
    });
    assert_eq!(stream.next_page().await.unwrap().unwrap(), [1, 2]);
    let error = stream.next_page().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::List(_)), "{error}");
    assert!(stream.next_page().await.is_none());
}

#[tokio::test]
async fn a_short_page_at_the_total_is_the_last() {
    let habit = Habit { size: 25, cap: 100, total: Total::True };
    assert_eq!(read(habit, 0, Some(10)).await.1, [0, 10, 20]);
    assert_eq!(read(habit, 0, Some(25)).await.1, [0, 25]);
    assert_eq!(read(Habit { total: Total::None, ..habit }, 0, Some(10)).await.1, [0, 10, 20, 25]);
}

#[tokio::test]
async fn a_stream_can_begin_anywhere() {
    let habit = Habit { size: 25, cap: 100, total: Total::True };
    assert_eq!(read(habit, 20, Some(10)).await, ((20..25).collect(), vec![20]));
    assert_eq!(read(habit, 40, Some(10)).await, (vec![], vec![40]));
}

#[tokio::test]
async fn an_error_ends_the_stream_and_says_where() {
    let mut stream = ItemStream::new("ListNumbers", 0, fingerprint, |offset| async move {
        if offset == 2 {
            let violations = Violations::from(Violation::error("a", "b", "c"));
            return Err(Error::Invalid(violations));
        }
        Ok(Page { items: vec![offset], total: None, limit: None })
    });
    assert_eq!(stream.next().await.unwrap().unwrap(), 0);
    assert_eq!(stream.next().await.unwrap().unwrap(), 1);
    assert!(stream.next().await.unwrap().is_err());
    assert_eq!(stream.offset(), 2);
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let calls = Arc::new(Mutex::new(0));
    let seen = calls.clone();
    let mut stream = ItemStream::new("ListNumbers", 0, fingerprint, move |_| {
        *seen.lock().unwrap() += 1;
        async { Ok(Page { items: vec![1, 2], total: None, limit: None }) }
    });
    assert_eq!(*calls.lock().unwrap(), 0);
    stream.next().await.unwrap().unwrap();
    assert_eq!((stream.offset(), *calls.lock().unwrap()), (1, 1));
    stream.next().await.unwrap().unwrap();
    assert_eq!(*calls.lock().unwrap(), 1);
}

/// What a service gives for a page, by the offset: items, and how many there are in all.
type Give = fn(i64) -> (Vec<i64>, Option<i64>);

/// The items that come, and the problem that ends them.
async fn give(offset: i64, limit: i64, give: Give) -> (Vec<i64>, Option<ListProblem>) {
    let mut stream =
        ItemStream::new("ListNumbers", offset, fingerprint, move |offset| async move {
            let (items, total) = give(offset);
            Ok(Page { items, total, limit: Some(limit) })
        });
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

#[tokio::test]
async fn a_service_that_ignores_the_offset_comes_to_an_end() {
    let repeats = |offset| Some(ListProblem::Repeats { offset });
    assert_eq!(give(0, 3, |_| (vec![1, 2, 3], None)).await, (vec![1, 2, 3], repeats(3)));
    assert_eq!(give(0, 3, |_| (vec![1, 2, 3], Some(5))).await, (vec![1, 2, 3], repeats(3)));
    assert_eq!(give(7, 3, |_| (vec![1, 2, 3], None)).await, (vec![1, 2, 3], repeats(10)));
    // In another order, by turns, and more than were asked for.
    let shuffled: Give = |offset| (if offset == 0 { vec![1, 2, 3] } else { vec![3, 1, 2] }, None);
    assert_eq!(give(0, 3, shuffled).await, (vec![1, 2, 3], repeats(3)));
    let by_turns: Give = |offset| (if offset % 4 == 0 { vec![1, 2] } else { vec![3, 4] }, None);
    assert_eq!(give(0, 2, by_turns).await, (vec![1, 2, 3, 4], repeats(4)));
    assert_eq!(give(0, 2, |_| (vec![1, 2, 3], None)).await, (vec![1, 2, 3], repeats(3)));
    // One item repeated once may be another one that looks the same.
    assert_eq!(give(0, 1, |_| (vec![1], None)).await, (vec![1, 1], repeats(2)));
    // Its items change from one answer to the next, as counters of use do.
    let changing: Give = |offset| (vec![offset, offset + 1], Some(5));
    let beyond = Some(ListProblem::BeyondTotal { total: 5, offset: 6 });
    assert_eq!(give(0, 2, changing).await, (vec![0, 1, 2, 3, 4, 5], beyond));
    // What was added meanwhile is no such page.
    let added: Give = |o| (if o < 4 { vec![o, o + 1] } else { vec![o] }, Some(4));
    assert_eq!(give(0, 2, added).await.0[..5], [0, 1, 2, 3, 4]);
    // All that there are came already.
    assert_eq!(give(0, 3, |_| (vec![1, 2, 3], Some(3))).await, (vec![1, 2, 3], None));
    assert_eq!(give(0, 9, |_| (vec![1, 2, 3], Some(3))).await, (vec![1, 2, 3], None));
}

#[tokio::test]
async fn pages_that_overlap_are_handed_out_as_they_come() {
    let give_some: Give = |offset| {
        let begin = offset - offset / 3;
        ((begin..(begin + 3).min(6)).collect(), Some(6))
    };
    let (items, problem) = give(0, 3, give_some).await;
    assert_eq!((items, problem), (vec![0, 1, 2, 2, 3, 4, 4, 5], None));
    let twins: Give = |offset| (vec![7; (3 - offset).clamp(0, 1) as usize], None);
    assert_eq!(give(1, 1, twins).await, (vec![7, 7], None));
}

#[tokio::test]
async fn an_empty_page_before_the_total_is_no_end() {
    let early = |total, listed| Some(ListProblem::EndsEarly { total, listed });
    let one: fn(i64) -> Vec<i64> = |offset| if offset == 0 { vec![0, 1] } else { Vec::new() };
    for (give_some, expected) in [
        ((|o| (if o == 0 { vec![0, 1] } else { vec![] }, Some(3))) as Give, early(3, 2)),
        (|o| if o == 0 { (vec![0, 1], Some(3)) } else { (vec![], None) }, early(3, 2)),
        (|o| if o == 0 { (vec![0, 1], Some(3)) } else { (vec![], Some(0)) }, early(3, 2)),
        // It became shorter meanwhile.
        (|o| if o == 0 { (vec![0, 1], Some(3)) } else { (vec![], Some(2)) }, None),
        // It counts the items of the page.
        (|o| if o == 0 { (vec![0, 1], Some(2)) } else { (vec![], Some(0)) }, None),
    ] {
        assert_eq!(give(0, 2, give_some).await, (one(0), expected));
    }
    assert_eq!(give(0, 2, |_| (vec![], Some(101))).await, (vec![], early(101, 0)));
    assert_eq!(give(0, 2, |_| (vec![], Some(0))).await, (vec![], None));
    assert_eq!(give(9, 2, |_| (vec![], Some(4))).await, (vec![], None));
}

#[tokio::test]
async fn so_many_pages_are_fetched_at_most() {
    let endless = || {
        ItemStream::new("ListNumbers", 0, fingerprint, |offset| async move {
            Ok(Page { items: vec![offset], total: None, limit: None })
        })
    };
    let mut stream = endless().max_pages(3);
    for expected in 0..3 {
        assert_eq!(stream.next().await.unwrap().unwrap(), expected);
    }
    assert_eq!(
        stream.next().await.unwrap().unwrap_err().to_string(),
        "ListNumbers: there are more than 3 pages; raise the limit with `max_pages`, or narrow down \
         what is listed; items that were not listed may still exist"
    );
    assert!(stream.next().await.is_none());
    assert_eq!(stream.offset(), 3);
    assert!(endless().max_pages(0).into_vec().await.is_err());
    assert!(endless().into_vec().await.is_err());
}
