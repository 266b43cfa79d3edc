//! Lists that come in pages. In: a way to fetch one page. Out: a stream of all items, which ends.

mod check;

use std::{
    collections::VecDeque,
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{Error, ListError};
pub use check::fingerprint;
use check::{Check, Next};

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

type Fetching<'c, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'c>>;

/// All items of a list, fetched page by page as they are asked for.
///
/// It is a [`Stream`]; [`next`](Self::next) and [`into_vec`](Self::into_vec) need no other crate. Each
/// page is one call. After an error it ends; [`offset`](Self::offset) says where to go on.
///
/// A list that changes between two pages may give an item twice, or skip one: items are handed out as
/// they come. What cannot be all of a list is an error ([`Error::List`]) behind the items that came:
///
/// * an empty page although the service counts more items than came;
/// * a page of items that all came before, as from a service that ignores where a page begins;
///   except when all items that it counts came, where such a page ends the list like an empty one;
/// * more pages than [`max_pages`](Self::max_pages).
pub struct ItemStream<'c, T> {
    fetch: Box<dyn FnMut(i64) -> Fetching<'c, T> + Send + 'c>,
    ready: VecDeque<T>,
    state: State<'c, T>,
    /// Of the first item that is not fetched yet.
    position: i64,
    operation: &'static str,
    fingerprint: fn(&T) -> u64,
    check: Check,
    max_pages: u32,
}

enum State<'c, T> {
    Idle,
    Fetching(Fetching<'c, T>),
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
        Self {
            fetch: Box::new(move |offset| Box::pin(fetch(offset))),
            ready: VecDeque::new(),
            state: State::Idle,
            position: offset,
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

    /// The offset of the item that comes next, to go on from in another stream.
    pub fn offset(&self) -> i64 {
        self.position - self.ready.len() as i64
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let result = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Idle => match self.check.may_fetch(self.max_pages) {
                    Ok(()) => {
                        self.state = State::Fetching((self.fetch)(self.position));
                        continue;
                    }
                    Err(problem) => Err(self.error(problem)),
                },
                State::Fetching(page) => {
                    let page = ready!(page.as_mut().poll(context));
                    page.and_then(|page| self.take(page))
                }
            };
            if let Err(error) = result {
                self.state = State::Done;
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Takes a page in, or ends.
    fn take(&mut self, page: Page<T>) -> Result<(), Error> {
        let next = self.check.page(&page, self.position, self.fingerprint);
        match next.map_err(|problem| self.error(problem))? {
            Next::End => self.state = State::Done,
            next @ (Next::Page | Next::Last) => {
                self.position = self.position.saturating_add(page.items.len() as i64);
                self.state = if next == Next::Last { State::Done } else { State::Idle };
                self.ready = page.items.into();
            }
        }
        Ok(())
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
