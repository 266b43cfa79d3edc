//! What the documents of this project agree on.
//!
//! `transcribe` writes documents by these conventions, and `codegen` lints and reads them by the same
//! ones; neither depends on the other.

pub mod pages;
pub mod paths;
pub mod pointer;
pub mod unstated;
