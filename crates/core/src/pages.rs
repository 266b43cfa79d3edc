//! Lists that come in pages. In: a way to fetch one page. Out: a stream of all items.

use std::{
    collections::VecDeque,
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::Error;

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

    /// Does nothing follow a page that ends at `position`? Some services report the size of the page
    /// as the total, others answer with fewer items than were asked for: only both signs together
    /// are believed, else an empty page ends the list.
    fn is_last(&self, position: i64) -> bool {
        let short = self.limit.is_some_and(|limit| (self.items.len() as i64) < limit);
        self.items.is_empty() || (short && self.total.is_some_and(|total| position >= total))
    }
}

type Fetching<'c, T> = Pin<Box<dyn Future<Output = Result<Page<T>, Error>> + Send + 'c>>;

/// All items of a list, fetched page by page as they are asked for.
///
/// It is a [`Stream`]; [`next`](Self::next) and [`into_vec`](Self::into_vec) need no other crate. Each
/// page is one call. After an error it ends; [`offset`](Self::offset) says where to go on.
///
/// A list that changes between two pages may give an item twice, or skip one.
pub struct ItemStream<'c, T> {
    fetch: Box<dyn FnMut(i64) -> Fetching<'c, T> + Send + 'c>,
    ready: VecDeque<T>,
    state: State<'c, T>,
    /// Of the first item that is not fetched yet.
    position: i64,
}

enum State<'c, T> {
    Idle,
    Fetching(Fetching<'c, T>),
    Done,
}

impl<'c, T> ItemStream<'c, T> {
    /// A stream that begins at an offset; `fetch` takes an offset and gets one page.
    #[doc(hidden)]
    pub fn new<F, P>(offset: i64, mut fetch: F) -> Self
    where
        F: FnMut(i64) -> P + Send + 'c,
        P: Future<Output = Result<Page<T>, Error>> + Send + 'c,
    {
        Self {
            fetch: Box::new(move |offset| Box::pin(fetch(offset))),
            ready: VecDeque::new(),
            state: State::Idle,
            position: offset,
        }
    }

    /// The next item; nothing behind the last.
    ///
    /// # Errors
    ///
    /// What the call for a page gives.
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
            match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Idle => self.state = State::Fetching((self.fetch)(self.position)),
                State::Fetching(page) => match ready!(page.as_mut().poll(context)) {
                    Ok(page) => self.take(page),
                    Err(error) => {
                        self.state = State::Done;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
            }
        }
    }

    fn take(&mut self, page: Page<T>) {
        self.position = self.position.saturating_add(page.items.len() as i64);
        self.state = if page.is_last(self.position) { State::Done } else { State::Idle };
        self.ready = page.items.into();
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
