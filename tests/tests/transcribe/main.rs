//! `cargo xtask transcribe` as a user runs it.

mod folder;
mod merging;
mod output;
mod refusals;
mod rewrite;
