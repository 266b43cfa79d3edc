//! What the tests share: the repository's paths, a server that can be made to
//! misbehave, and an interpreter of rules.

pub mod interpreter;
pub mod repo;
pub mod server;
