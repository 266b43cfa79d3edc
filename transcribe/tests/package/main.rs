//! Reading the vendor's Python packages: small packages of our own, written in the same layout.

mod cases;
mod laws;
mod refusals;
mod render;
