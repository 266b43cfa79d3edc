//! Pages in, facts and refusals out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/arbitrary.rs"]
mod arbitrary;
#[path = "../support/render.rs"]
mod render;
#[path = "../support/show.rs"]
mod show;

mod fixtures;
mod folders;
mod mutations;
mod round_trip;
