//! Shared by the tests: the repository's paths, the types of all bodies, a server that can
//! misbehave, a service in which an instance is created, an interpreter of rules, mutated
//! requests, and an outline of the model.

pub mod bodies;
pub mod cloud;
pub mod guides;
pub mod interpreter;
pub mod mutation;
pub mod outline;
pub mod repo;
pub mod server;
pub mod workspace;
