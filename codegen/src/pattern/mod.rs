//! Regular expressions of the document, compiled at generation time. In: the text of a `pattern`.
//! Out: a small deterministic automaton over characters, or the reason why there is none.
//!
//! ```text
//! syntax    text → Ast    what ECMA-262 and this compiler both know; the rest is refused by name
//! nfa       Ast  → Nfa    Thompson's construction over ranges of characters
//! subset    Nfa  → Table  determinized, over the classes of characters that the pattern tells apart
//! minimize  Table → Dfa   least states, numbered breadth first
//! words     Dfa  → text   what a matching text looks like, for messages
//! inclusion Dfa, Dfa → whether the one takes all that the other takes
//! ```
//!
//! Each step is bounded, so that no pattern takes more than a moment or a few megabytes.

mod class;
mod dfa;
mod inclusion;
mod minimize;
mod nfa;
mod shortest;
mod subset;
mod syntax;
mod words;

pub use dfa::{Dfa, Edge, MAX_STATES, PatternError, State};
pub use words::explained;
