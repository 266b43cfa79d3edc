//! What the tests share: the repository's paths, the types of all bodies, a server that can be made
//! to misbehave, a service in which an instance comes to be, an interpreter of rules, and mutated
//! requests.

pub mod bodies;
pub mod cloud;
pub mod interpreter;
pub mod mutation;
pub mod repo;
pub mod server;
