//! Rules over several fields, written in CEL. In: an entry of `x-validations`, the structure it is
//! about, and all types. Out: a `model::Rule`, typed, or what is wrong with it.
//!
//! ```text
//! parse    text → syntax tree of the crate `cel`, macros left as the calls they are written as
//! scope    which names there are, and which optional fields are known to be there
//! check    syntax tree → Expr, with types; calls, operators, literals, comprehensions
//! reads    the fields whose values decide a rule
//! message  text with {field}s → parts
//! compile  all of these for one entry
//! run      a rule on a JSON value, by the interpreter of `cel`
//! ```
//!
//! Nothing else knows the crate `cel`; what is not supported is refused by name.

mod calls;
mod check;
mod checker;
mod compile;
mod comprehensions;
mod constants;
mod literals;
mod message;
mod operators;
mod parse;
mod problem;
mod reads;
mod run;
mod scope;
#[cfg(test)]
mod tests;

pub use compile::compile;
pub(crate) use message::{Piece, pieces};
pub(crate) use run::Programs;
pub use run::Subject;
