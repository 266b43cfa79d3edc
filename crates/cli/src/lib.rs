//! The command line of Huawei Cloud services, `hwc`. In: arguments, in the vendor's form or in our own. Out: answers of services,
//! or errors, with an exit code for each kind.
//!
//! ```text
//! prepare  arguments        → Request   dropin or native → fill (texts become values) → json_input
//! check    Request          → violations, all at once, by the checks of the client
//! send     Request          → an answer, by the runtime of the client
//! output   answer           → JSON, YAML, a table, TSV
//! ```
//!
//! Commands, flags and help are built at run time from the data of one service (`huaweicloud-catalog`).

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod call;
mod check;
mod choices;
mod complete;
mod configure;
pub mod connect;
mod diff;
pub mod dropin;
mod explain;
mod explorer;
pub mod fill;
mod follow;
mod interactive;
pub mod json_input;
mod messages;
pub mod native;
pub mod options;
mod order;
pub mod output;
mod pages;
pub mod prepare;
pub mod problem;
pub mod profile;
mod progress;
pub mod request;
mod run;
pub mod secrets;
mod send;
pub mod service;
mod shells;
mod show;
pub mod skeleton;
mod terminal;
pub mod text;
mod translate;
mod wait;

pub use run::run;
