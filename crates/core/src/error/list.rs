//! A list that cannot be trusted: a response that is not a list, or inconsistent pages.

use std::fmt;

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

use crate::{readable_debug, redact::Redactor, response, text::OneLine};

/// Most characters of a request id that `Display` shows.
const SHOWN_CHARS: usize = 200;

/// A list that cannot be trusted. What it does not name may exist all the same.
pub struct ListError {
    operation: &'static str,
    problem: ListProblem,
    answer: Option<Answer>,
}

/// The answer that is no list.
struct Answer {
    status: StatusCode,
    request_id: Option<String>,
    body: Bytes,
}

/// What is wrong with a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListProblem {
    /// The answer is of status 2xx, but does not hold the field that lists the items.
    #[non_exhaustive]
    NoList {
        /// The field.
        field: &'static str,
        /// What stands there, or instead of the whole answer, such as `null` or `a string`; nothing
        /// if the field is missing.
        found: Option<&'static str>,
    },
    /// Nothing is listed, although more items are counted than were passed over.
    #[non_exhaustive]
    NothingListed {
        /// How many there are, as the service counts.
        total: i64,
        /// How many were to be passed over.
        offset: i64,
    },
    /// The pages end before all items came that the service counts.
    #[non_exhaustive]
    EndsEarly {
        /// How many there are, as the service counts.
        total: i64,
        /// How many came, those included that were to be passed over.
        listed: i64,
    },
    /// A page holds only items that earlier pages held, as if the service ignored where it begins.
    #[non_exhaustive]
    Repeats {
        /// Where the page was to begin.
        offset: i64,
    },
    /// A page of a list by markers or by numbers of pages holds only items that earlier pages held, or
    /// names a marker that one of them named.
    #[non_exhaustive]
    RepeatsPage {
        /// How many items came before it, or with it.
        listed: i64,
    },
    /// A full page has items although it begins behind all that the service counts, as if the service
    /// ignored where a page begins.
    #[non_exhaustive]
    BeyondTotal {
        /// How many there are, as the service counts.
        total: i64,
        /// Where the page was to begin.
        offset: i64,
    },
    /// The last item of a page has no marker, so that nothing says where the next page begins.
    #[non_exhaustive]
    NoMarker {
        /// How many items came, those of the page included.
        listed: i64,
    },
    /// There are more pages than may be fetched; see
    /// [`max_pages`](crate::ItemStream::max_pages).
    #[non_exhaustive]
    TooManyPages {
        /// How many may be fetched.
        limit: u32,
    },
}

impl ListError {
    /// An answer that is no list.
    pub(crate) fn of_answer(
        operation: &'static str,
        problem: ListProblem,
        (status, headers, body): (StatusCode, &HeaderMap, Bytes),
        redactor: Redactor<'_>,
    ) -> Self {
        let request_id = response::request_id(headers).map(|id| redactor.text(id));
        let body = redactor.kept(body);
        Self { operation, problem, answer: Some(Answer { status, request_id, body }) }
    }

    /// Pages that do not add up.
    pub(crate) fn of_pages(operation: &'static str, problem: ListProblem) -> Self {
        Self { operation, problem, answer: None }
    }

    /// The operation that lists, such as `ListInstances`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is wrong.
    pub fn problem(&self) -> &ListProblem {
        &self.problem
    }

    /// The status, if it is one answer that is wrong; some 2xx.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().map(|answer| answer.status)
    }

    /// The id under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.as_ref()?.request_id.as_deref()
    }

    /// The body as it came, if it is one answer that is wrong, but for secrets of the call; at most
    /// 1 MiB of it is kept. It may hold anything else, also secrets of others:
    /// keep it out of logs.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.answer.as_ref().map(|answer| &*answer.body)
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        if let Some(answer) = &self.answer {
            write!(f, "{}, but ", answer.status.as_u16())?;
        }
        self.problem.fmt(f)?;
        f.write_str("; items that were not listed may still exist")?;
        match self.request_id() {
            Some(id) => write!(f, " (request id {})", OneLine(id, SHOWN_CHARS)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoList { field, found: None } => {
                write!(f, "the response is not a list: it has no `{field}`")
            }
            Self::NoList { field, found: Some(found) } => {
                write!(f, "the response is not a list: it has {found} instead of `{field}`")
            }
            Self::NothingListed { total, offset: 0 } => {
                write!(f, "the list is empty, although the service counts {total}")
            }
            Self::NothingListed { total, offset } => write!(
                f,
                "nothing is listed from offset {offset} on, although the service counts {total}"
            ),
            Self::EndsEarly { total, listed } => write!(
                f,
                "the pages end after {listed} of {total}; the list may have changed meanwhile: \
                 read it again"
            ),
            Self::Repeats { offset } => write!(
                f,
                "the page from offset {offset} on repeats what came before; the service seems to \
                 ignore the offset: ask for all items in one page, if its limit allows that"
            ),
            Self::RepeatsPage { listed } => write!(
                f,
                "behind {listed} items the pages repeat; the service seems to ignore where they begin: \
                 ask for all items in one page, if its limit allows that"
            ),
            Self::BeyondTotal { total, offset } => write!(
                f,
                "the page from offset {offset} on is full, although the service counts {total}; the service \
                 seems to ignore the offset: ask for all items in one page, if its limit allows that"
            ),
            Self::NoMarker { listed } => write!(
                f,
                "the last of {listed} items has no marker, so that the page behind it cannot be asked \
                 for: ask for all items in one page, if its limit allows that"
            ),
            Self::TooManyPages { limit } => write!(
                f,
                "there are more than {limit} pages; raise the limit with `max_pages`, or narrow \
                 down what is listed"
            ),
        }
    }
}

readable_debug!(ListError);

impl std::error::Error for ListError {}
