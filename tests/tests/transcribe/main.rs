//! `cargo xtask transcribe` as a person calls it.

mod folder;
mod merging;
mod output;
mod refusals;
