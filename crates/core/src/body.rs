//! Reading a body piece by piece, up to a limit.

use std::{future::poll_fn, pin::Pin};

use bytes::Bytes;
use futures_core::Stream;

/// What was read of a body.
pub(crate) struct Collected {
    pub(crate) body: Bytes,
    /// There was more than the limit.
    pub(crate) is_cut: bool,
    /// The body broke off here.
    pub(crate) broken: Option<reqwest::Error>,
}

/// Reads the body of an answer, as [`collect`].
pub(crate) async fn of_response(response: reqwest::Response, limit: usize) -> Collected {
    collect(Box::pin(response.bytes_stream()), limit).await
}

/// Reads until the end, the limit (in bytes) or an error; never holds more than the limit and one
/// piece.
pub(crate) async fn collect<S>(mut stream: Pin<Box<S>>, limit: usize) -> Collected
where
    S: Stream<Item = reqwest::Result<Bytes>> + ?Sized,
{
    let mut pieces = Vec::new();
    let mut length = 0;
    let (mut is_cut, mut broken) = (false, None);
    while let Some(piece) = poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        match piece {
            Ok(piece) if piece.len() > limit - length => {
                pieces.push(piece.slice(..limit - length));
                is_cut = true;
                break;
            }
            Ok(piece) => {
                length += piece.len();
                pieces.push(piece);
            }
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    // One piece is the common case and needs no copy.
    let body = if pieces.len() == 1 { pieces.swap_remove(0) } else { pieces.concat().into() };
    Collected { body, is_cut, broken }
}
