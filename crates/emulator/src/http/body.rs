//! The body of an answer. In: bytes. Out: all of them, or, on purpose, half of them and then nothing.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Time for the first half to leave before the connection ends.
const PAUSE: Duration = Duration::from_millis(30);

/// The bytes that are still to be sent.
#[derive(Debug)]
pub(crate) enum AnswerBody {
    /// All at once.
    Whole(Bytes),
    /// The first part of something of this length.
    Half { first: Bytes, length: u64 },
    /// What comes after it: a pause, and no end.
    Broken(Pin<Box<Sleep>>),
}

/// The connection ends here, on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is reset on purpose")
    }
}

impl std::error::Error for Broken {}

impl AnswerBody {
    /// The same, of which only half arrives.
    pub(crate) fn breaking_off(self) -> Self {
        match self {
            Self::Whole(bytes) => {
                // Where there is nothing, something is promised.
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX).max(2);
                Self::Half { first: bytes.slice(..bytes.len() / 2), length }
            }
            other => other,
        }
    }

    /// The bytes, of an answer that is whole.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) => bytes,
            _ => &[],
        }
    }
}

impl From<Bytes> for AnswerBody {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}

impl From<Vec<u8>> for AnswerBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Whole(bytes.into())
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let body = self.get_mut();
        loop {
            let bytes = match body {
                Self::Whole(bytes) if bytes.is_empty() => return Poll::Ready(None),
                Self::Whole(bytes) => std::mem::take(bytes),
                Self::Half { first, .. } => {
                    let first = std::mem::take(first);
                    *body = Self::Broken(Box::pin(sleep(PAUSE)));
                    if first.is_empty() {
                        continue;
                    }
                    first
                }
                Self::Broken(pause) => {
                    ready!(pause.as_mut().poll(context));
                    return Poll::Ready(Some(Err(Broken)));
                }
            };
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            }
            Self::Half { length, .. } => SizeHint::with_exact(*length),
            Self::Broken(_) => SizeHint::default(),
        }
    }
}
