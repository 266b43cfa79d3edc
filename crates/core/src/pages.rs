//! Paged lists. In: a way to fetch one page. Out: a stream of all items, which always ends.

mod check;
mod place;

use std::{
    collections::VecDeque,
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{Error, ListError, ListProblem};
pub use check::fingerprint;
use check::{Check, Next};
pub use place::Markers;
use place::{Place, Step};

/// As many pages are fetched unless the caller says otherwise.
const MAX_PAGES: u32 = 10_000;

/// One page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// Empty behind the end of the list.
    pub items: Vec<T>,
    /// How many items the service says there are in all.
    pub total: Option<i64>,
    /// How many items were asked for.
    pub limit: Option<i64>,
}

impl<T> Page<T> {
    /// What lies behind the end of a list.
    pub fn empty() -> Self {
        Self { items: Vec::new(), total: None, limit: None }
    }
}

/// A page, and the marker of the one behind it.
type Fetched<T> = Result<(Page<T>, Option<String>), Error>;
type Fetching<'c, T> = Pin<Box<dyn Future<Output = Fetched<T>> + Send + 'c>>;
type Fetch<'c, T> = Box<dyn FnMut(&Place) -> Fetching<'c, T> + Send + 'c>;

/// All items of a list, fetched page by page as they are asked for.
///
/// It is a [`Stream`]; [`next`](Self::next), [`next_page`](Self::next_page) and [`into_vec`](Self::into_vec) need no
/// other crate. Each page is one call. After an error it ends; [`offset`](Self::offset), or [`marker`](Self::marker) of a list
/// by markers, says where to go on.
///
/// A list that changes between two pages may give an item twice, or skip one: items are handed out as
/// they come. What cannot be all of a list is an error ([`Error::List`]) behind the items that came:
///
/// * an empty page although the service counts more items than came;
/// * a page of items that all came before, as from a service that ignores where a page begins;
///   except when all items that it counts came, where such a page ends the list like an empty one;
/// * a marker that was there before, or a last item without one;
/// * more pages than [`max_pages`](Self::max_pages).
pub struct ItemStream<'c, T> {
    fetch: Fetch<'c, T>,
    ready: VecDeque<T>,
    state: State<'c, T>,
    /// Of the first item that is not fetched yet: its offset, or how many items came before it.
    position: i64,
    /// Where the next page begins, as the service is told.
    place: Place,
    operation: &'static str,
    fingerprint: fn(&T) -> u64,
    check: Check,
    max_pages: u32,
}

enum State<'c, T> {
    Idle,
    Fetching(Fetching<'c, T>),
    /// What is wrong behind the items that are ready.
    Failing(ListProblem),
    Done,
}

impl<'c, T> ItemStream<'c, T> {
    /// A stream of what an operation lists, from an offset on; `fetch` takes an offset and gets one
    /// page, and `fingerprint` tells items apart.
    #[doc(hidden)]
    pub fn new<F, P>(
        operation: &'static str,
        offset: i64,
        fingerprint: fn(&T) -> u64,
        mut fetch: F,
    ) -> Self
    where
        F: FnMut(i64) -> P + Send + 'c,
        P: Future<Output = Result<Page<T>, Error>> + Send + 'c,
    {
        let fetch = move |place: &Place| -> Fetching<'c, T> {
            let page = fetch(place.number());
            Box::pin(async { Ok((page.await?, None)) })
        };
        Self::of(operation, Place::Offset(offset), fingerprint, Box::new(fetch))
    }

    /// The same by numbers of pages: `fetch` takes the number of a page.
    #[doc(hidden)]
    pub fn by_number<F, P>(
        operation: &'static str,
        number: i64,
        fingerprint: fn(&T) -> u64,
        mut fetch: F,
    ) -> Self
    where
        F: FnMut(i64) -> P + Send + 'c,
        P: Future<Output = Result<Page<T>, Error>> + Send + 'c,
    {
        let fetch = move |place: &Place| -> Fetching<'c, T> {
            let page = fetch(place.number());
            Box::pin(async { Ok((page.await?, None)) })
        };
        let place = Place::Number { number, is_from_start: number <= 1 };
        Self::of(operation, place, fingerprint, Box::new(fetch))
    }

    /// The same by markers: `fetch` takes the marker of a page, nothing for the first one, and gets the
    /// page with the marker of the one behind it.
    #[doc(hidden)]
    pub fn by_marker<F, P>(
        operation: &'static str,
        (markers, marker): (Markers, Option<String>),
        fingerprint: fn(&T) -> u64,
        mut fetch: F,
    ) -> Self
    where
        F: FnMut(Option<String>) -> P + Send + 'c,
        P: Future<Output = Fetched<T>> + Send + 'c,
    {
        let fetch =
            move |place: &Place| -> Fetching<'c, T> { Box::pin(fetch(place.marker().cloned())) };
        Self::of(operation, Place::by_marker(markers, marker), fingerprint, Box::new(fetch))
    }

    fn of(
        operation: &'static str,
        place: Place,
        fingerprint: fn(&T) -> u64,
        fetch: Fetch<'c, T>,
    ) -> Self {
        Self {
            fetch,
            ready: VecDeque::new(),
            state: State::Idle,
            position: if let Place::Offset(offset) = place { offset } else { 0 },
            place,
            operation,
            fingerprint,
            check: Check::default(),
            max_pages: MAX_PAGES,
        }
    }

    /// Fetches so many pages at most, 10,000 if this is not called; when there are more, an error
    /// follows the items of the last one.
    #[must_use]
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.max_pages = pages;
        self
    }

    /// The next item; nothing behind the last.
    ///
    /// # Errors
    ///
    /// What the call for a page gives, and pages that cannot be all of a list.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The items of the next page, or those that are left of one that was begun; nothing behind the last page.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub async fn next_page(&mut self) -> Option<Result<Vec<T>, Error>> {
        let first = match self.next().await? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(std::iter::once(first).chain(self.ready.drain(..)).collect()))
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// The first error; items that came before it are lost.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// The offset of the item that comes next, to go on from in another stream. Of a list by markers or
    /// by numbers of pages, how many items were handed out.
    pub fn offset(&self) -> i64 {
        self.position - self.ready.len() as i64
    }

    /// Of a list by markers, the one of the page behind all that was fetched, to go on from in another
    /// stream; nothing before the first page.
    pub fn marker(&self) -> Option<&str> {
        self.place.marker().map(String::as_str)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let result = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Failing(problem) => {
                    let problem = problem.clone();
                    Err(self.error(problem))
                }
                State::Idle => match self.check.may_fetch(self.max_pages) {
                    Ok(()) => {
                        self.state = State::Fetching((self.fetch)(&self.place));
                        continue;
                    }
                    Err(problem) => Err(self.error(problem)),
                },
                State::Fetching(page) => {
                    let page = ready!(page.as_mut().poll(context));
                    page.and_then(|(page, next)| self.take(page, next))
                }
            };
            if let Err(error) = result {
                self.state = State::Done;
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Takes a page in, or ends.
    fn take(&mut self, mut page: Page<T>, next: Option<String>) -> Result<(), Error> {
        if !self.place.knows_total() {
            page.total = None;
        }
        if page.items.is_empty() && self.place.goes_on_behind_nothing(next.as_deref()) {
            self.step(Next::Page, next, None);
            return Ok(());
        }
        let found = self.check.page(&page, self.position, self.fingerprint);
        let found = found.map_err(|problem| self.error(self.place.told(problem)))?;
        if found == Next::End {
            self.state = State::Done;
            return Ok(());
        }
        self.position = self.position.saturating_add(page.items.len() as i64);
        self.step(found, next, page.total);
        self.ready = page.items.into();
        Ok(())
    }

    /// Goes on behind a page that has been taken.
    fn step(&mut self, found: Next, next: Option<String>, total: Option<i64>) {
        self.state = match self.place.step(found, next, self.position) {
            Step::Page => State::Idle,
            Step::Last => State::Done,
            Step::End => match self.check.end(total, self.position) {
                Ok(()) => State::Done,
                Err(problem) => State::Failing(problem),
            },
            Step::Failed(problem) => State::Failing(problem),
        };
    }

    fn error(&self, problem: crate::ListProblem) -> Error {
        Error::List(Box::new(ListError::of_pages(self.operation, problem)))
    }
}

impl<T: Unpin> Stream for ItemStream<'_, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").field("offset", &self.offset()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
