//! What a generated client says about its service, so that one builder serves all of them. In: a client's constants. Out:
//! a client on top of what the builder made.

use crate::{ClientBuilder, Context, ErrorCatalog};

/// A generated client of one service.
pub trait ServiceClient: Sized {
    /// The generated package and its version, such as `huaweicloud-dcs/0.1.0`; sent in `User-Agent`.
    const SERVICE: &'static str;

    /// The endpoint of a region, with `{region}` for its name.
    const ENDPOINT: &'static str;

    /// The documented error codes.
    const ERRORS: ErrorCatalog = ErrorCatalog::EMPTY;

    /// The ids of all rules between fields.
    const RULES: &'static [&'static str] = &[];

    /// The client on top of what its builder made.
    fn from_context(context: Context) -> Self;

    /// Starts a client: where it calls, and for whom.
    fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }
}
