//! What the tests share: the repository's paths, the types of all bodies, a server that can be made
//! to misbehave, an interpreter of rules, and mutated requests.

pub mod bodies;
pub mod interpreter;
pub mod mutation;
pub mod repo;
pub mod server;
