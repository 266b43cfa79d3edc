//! Pages of a list of numbers, from services of every habit.

use std::sync::{Arc, Mutex};

use super::*;
use crate::{Violation, Violations};

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
    let stream = ItemStream::new(offset, move |offset| {
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
    let mut stream = ItemStream::new(0, |offset| async move {
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
    let mut stream = ItemStream::new(0, move |_| {
        *seen.lock().unwrap() += 1;
        async { Ok(Page { items: vec![1, 2], total: None, limit: None }) }
    });
    assert_eq!(*calls.lock().unwrap(), 0);
    stream.next().await.unwrap().unwrap();
    assert_eq!((stream.offset(), *calls.lock().unwrap()), (1, 1));
    stream.next().await.unwrap().unwrap();
    assert_eq!(*calls.lock().unwrap(), 1);
}
