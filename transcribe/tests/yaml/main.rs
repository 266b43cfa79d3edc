//! Texts and values in, rewritten texts out.

mod cases;
mod laws;
