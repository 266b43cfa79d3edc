//! Whether pages are consistent. In: one page after another. Out: whether another follows, or what is wrong.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hasher as _},
    io,
};

use serde::Serialize;

use super::Page;
use crate::ListProblem;

/// So many items in a row that all came before are no chance: two entries of a list may well be the
/// same, byte for byte.
const REPEATED: usize = 2;

/// What is known of the pages so far.
#[derive(Default)]
pub(super) struct Check {
    pages: u32,
    /// The greatest number of items that a page said there are.
    total: Option<i64>,
    /// All items.
    seen: BTreeSet<u64>,
    /// The items of pages in a row that brought nothing new.
    repeated: usize,
}

/// What follows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Its items, and another page.
    Page,
    /// Its items alone.
    Last,
    /// Nothing: it only says that the list is over.
    End,
}

impl Check {
    /// Another page may be fetched.
    pub(super) fn may_fetch(&mut self, limit: u32) -> Result<(), ListProblem> {
        if self.pages >= limit {
            return Err(ListProblem::TooManyPages { limit });
        }
        self.pages += 1;
        Ok(())
    }

    /// Takes a page that begins at a position.
    pub(super) fn page<T>(
        &mut self,
        page: &Page<T>,
        position: i64,
        fingerprint: fn(&T) -> u64,
    ) -> Result<Next, ListProblem> {
        if page.items.is_empty() {
            return self.end(page.total, position).map(|()| Next::End);
        }
        self.total = self.total.max(page.total);
        let end = position.saturating_add(page.items.len() as i64);
        if self.pages == 1 && is_last(page, end) {
            // A list of one page, the usual case, is not worth remembering.
            return Ok(Next::Last);
        }
        if let Some(total) = page.total.filter(|total| is_beyond(page, *total, position)) {
            return Err(ListProblem::BeyondTotal { total, offset: position });
        }
        let mut is_new = false;
        for item in &page.items {
            is_new |= self.seen.insert(fingerprint(item));
        }
        self.repeated = if is_new { 0 } else { self.repeated + page.items.len() };
        if self.repeated >= REPEATED {
            let is_complete = self.total.is_some_and(|total| position >= total);
            return if is_complete {
                Ok(Next::End)
            } else {
                Err(ListProblem::Repeats { offset: position })
            };
        }
        Ok(if is_last(page, end) { Next::Last } else { Next::Page })
    }

    /// Whether an empty page at a position can be the end. Its own total counts, for the list may
    /// have become shorter; but one that is less than what came belongs to a list that changed, or to
    /// a service that counts the items of each page, and tells nothing.
    pub(super) fn end(&self, total: Option<i64>, position: i64) -> Result<(), ListProblem> {
        let total = total.filter(|total| *total >= position).or(self.total);
        match total.filter(|total| *total > position) {
            Some(total) => Err(ListProblem::EndsEarly { total, listed: position }),
            None => Ok(()),
        }
    }
}

/// Does nothing follow a page that ends at `position`? Some services report the size of the page
/// as the total, others answer with fewer items than were asked for: only both signs together
/// are believed, else an empty page ends the list.
fn is_last<T>(page: &Page<T>, position: i64) -> bool {
    let is_short = page.limit.is_some_and(|limit| (page.items.len() as i64) < limit);
    is_short && page.total.is_some_and(|total| position >= total)
}

/// Has a full page begun behind all that there are? A page that is not full may hold what was added
/// meanwhile; a total that is the size of the page tells nothing.
fn is_beyond<T>(page: &Page<T>, total: i64, position: i64) -> bool {
    let items = page.items.len() as i64;
    position >= total && total > items && page.limit.is_some_and(|limit| items >= limit)
}

/// A number that is the same for items that are written the same. Two that differ may share it, one
/// in 2^64 times, and then only a page of such items would be taken for a repetition.
pub fn fingerprint<T: Serialize>(item: &T) -> u64 {
    let mut hashing = Hashing(DefaultHasher::new());
    // What has no JSON is told from nothing else; that cannot happen to what was read from JSON.
    let _ = serde_json::to_writer(&mut hashing, item);
    hashing.0.finish()
}

struct Hashing(DefaultHasher);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
