//! Documents in, pages of them out, and these transcribed back: what a page can say is not lost on the way,
//! and whatever changes on a page is noticed.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "../support/render.rs"]
mod render;

mod arbitrary;
mod edits;
mod pages;
mod rows;
mod service;
mod sites;
mod transcription;
mod words;

mod alone;
mod changed;
mod sequence;
mod unchanged;
