//! Reading the vendor's Python packages: small packages of our own, written in the same layout.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod calls;
mod cases;
mod laws;
mod places;
mod refusals;
mod render;
