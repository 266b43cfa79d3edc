//! What the tests share: the repository's paths, the types of all bodies, a server that can be made
//! to misbehave, a service in which an instance comes to be, an interpreter of rules, mutated
//! requests, and a model in short.

pub mod bodies;
pub mod cloud;
pub mod guides;
pub mod interpreter;
pub mod mutation;
pub mod outline;
pub mod repo;
pub mod server;
pub mod workspace;
