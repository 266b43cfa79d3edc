//! Ordering at most once: case by case, with journals, and in thousands of simulations.

mod cases;
mod journal;
mod payment;
mod script;
mod store;
mod worlds;
