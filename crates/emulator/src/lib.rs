//! An emulator of the DCS API. In: calls over HTTP. Out: answers as the service gives them, and real
//! processes behind the instances that are ordered.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod auth;
mod behavior;
mod builder;
mod call;
mod coverage;
mod example;
mod http;
mod moment;
mod pace;
mod plane;
mod refusal;
mod state;

pub use auth::Keys;
pub use builder::{Builder, Emulator, StartError};
pub use coverage::{Coverage, coverage};
pub use http::Strictness;
pub use pace::{Pace, PaceError};
pub use plane::{DataPlane, Programs};

/// How to install the programs of the data plane.
pub use plane::INSTALL;
