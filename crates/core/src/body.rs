//! Reads a body chunk by chunk, up to a limit.

use bytes::Bytes;

/// What was read of a body.
pub(crate) struct Collected {
    pub(crate) body: Bytes,
    /// There was more than the limit.
    pub(crate) is_cut: bool,
    /// The body broke off here.
    pub(crate) broken: Option<reqwest::Error>,
}

/// A body in pieces.
pub(crate) trait Pieces {
    /// The next piece; nothing at the end.
    fn piece(&mut self) -> impl Future<Output = reqwest::Result<Option<Bytes>>> + Send;
}

impl Pieces for reqwest::Response {
    fn piece(&mut self) -> impl Future<Output = reqwest::Result<Option<Bytes>>> + Send {
        self.chunk()
    }
}

/// Reads until the end, the limit (in bytes) or an error; never holds more than the limit and one
/// piece.
pub(crate) async fn collect(pieces: &mut impl Pieces, limit: usize) -> Collected {
    let mut kept = Vec::new();
    let mut length = 0;
    let (mut is_cut, mut broken) = (false, None);
    loop {
        match pieces.piece().await {
            Ok(None) => break,
            Ok(Some(piece)) if piece.len() > limit - length => {
                kept.push(piece.slice(..limit - length));
                is_cut = true;
                break;
            }
            Ok(Some(piece)) => {
                length += piece.len();
                kept.push(piece);
            }
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    // One piece is the common case and needs no copy.
    let body = if kept.len() == 1 { kept.swap_remove(0) } else { kept.concat().into() };
    Collected { body, is_cut, broken }
}
