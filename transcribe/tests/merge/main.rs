//! Documents and transcripts in, merged documents and lists of what was done out.

mod contradictions;
mod facts;
mod laws;
mod operations;
mod schemas;
mod support;
