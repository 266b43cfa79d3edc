//! The vendor's reference pages in, an OpenAPI document out.
//!
//! read (page → facts) → resolve (facts of all pages → one document) → merge (into the document that
//! people edit) → yaml (the text of it, with everything else left as it was).
//!
//! All of it is pure but for `read::files`, which opens pages; the caller writes.

pub mod counts;
pub mod facts;
pub mod merge;
pub mod read;
pub mod resolve;
pub mod transcript;
pub mod yaml;
