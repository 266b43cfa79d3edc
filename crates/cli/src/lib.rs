//! The command line of Huawei Cloud services, `hwc`. In: words, either as the vendor's command line takes them or in a
//! form of our own. Out: answers of services, or what is wrong, each kind with an exit code.
//!
//! ```text
//! prepare  words            → Request   dropin or native → fill (texts become values) → json_input
//! check    Request          → violations, all at once, by the checks of the client
//! send     Request          → an answer, by the runtime of the client
//! output   answer           → JSON, YAML, a table, lines
//! ```
//!
//! Commands, flags and help are made when the program runs, from the data of one service (`huaweicloud-catalog`).

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod call;
mod check;
mod configure;
pub mod connect;
pub mod dropin;
mod explain;
pub mod fill;
mod interactive;
pub mod json_input;
pub mod native;
pub mod options;
mod order;
pub mod output;
mod pages;
pub mod prepare;
pub mod problem;
pub mod profile;
pub mod request;
mod run;
pub mod secrets;
mod send;
pub mod service;
mod shells;
mod show;
pub mod skeleton;
pub mod text;
mod wait;

pub use run::run;
