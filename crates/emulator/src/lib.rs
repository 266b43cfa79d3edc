//! An emulator of the DCS API. In: calls over HTTP. Out: answers as the service gives them, and real
//! processes behind the instances that are ordered.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod admin;
mod auth;
mod behavior;
mod builder;
mod call;
mod coverage;
mod example;
mod faults;
mod handle;
mod http;
mod mask;
mod moment;
mod neighbors;
mod pace;
mod plane;
mod proxy;
mod recorder;
mod refusal;
mod services;
mod state;
mod store;

pub use admin::{Crash, Seen};
pub use auth::Keys;
pub use builder::{Builder, StartError};
pub use coverage::{Coverage, Covered, coverage, coverage_of_all};
pub use faults::{Fault, FaultError, Reset, SetFault};
pub use handle::{Emulator, Faults};
pub use http::Strictness;
pub use neighbors::Neighbors;
pub use pace::{Pace, PaceError};
pub use plane::{DataPlane, Programs};
pub use proxy::Upstream;
pub use store::{StoreError, kept};

/// How to install the programs of the data plane.
pub use plane::INSTALL;

/// Testing your program: with a mock, a recording or an emulator.
#[doc = include_str!("../TESTING.md")]
pub mod testing_your_program {}
