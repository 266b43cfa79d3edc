//! What the tests share: the repository's paths and a server that can be made to misbehave.

pub mod repo;
pub mod server;
