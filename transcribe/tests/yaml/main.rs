//! Texts and values in, rewritten texts out.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod cases;
mod laws;
