//! Futures that are compiled once. In: a future of this crate. Out: the same future in a box.

use std::pin::Pin;

/// A future in a box: it is compiled here and once, and not again in every program and every place
/// that awaits it.
pub type Compiled<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
