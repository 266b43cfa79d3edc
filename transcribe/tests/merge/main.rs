//! Documents and transcripts in, merged documents and lists of what was done out.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod arbitrary;
mod conflicts;
mod contradictions;
mod facts;
mod identity;
mod laws;
mod operations;
mod provenance;
mod schemas;
mod support;
