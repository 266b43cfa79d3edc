//! Pages made by hand in, and what the stage `resolve` makes of them.

mod answers;
mod bodies;
mod builders;
mod examples;
mod laws;
mod names;
mod operations;
mod pagination;
mod refusals;
mod rows;
mod servers;
mod tables;
mod tags;
