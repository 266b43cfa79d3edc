//! Clients of Huawei Cloud services under one roof. In: a feature for each service that a program calls. Out: its
//! client as a module, and one [`Config`] for all of them.
//!
//! ```no_run
//! # #[cfg(feature = "dcs")]
//! # async fn run() -> Result<(), huaweicloud::Error> {
//! use huaweicloud::{Config, dcs};
//!
//! // Keys, region and project come from the environment, and are looked for once.
//! let config = Config::from_env();
//! let caches = dcs::Client::new(&config)?;
//! # Ok(())
//! # }
//! ```
//!
//! A program that calls several services turns their features on: `vpc` for networks, `eip` for public
//! addresses, `eps` for enterprise projects, `bss` for orders, `iam` for projects and regions. Each client is a
//! crate of its own too, with a feature for each of its parts, for programs that build faster with less.

#[cfg(any(all(feature = "dcs", feature = "vpc"), feature = "bss"))]
pub mod order;

#[cfg(feature = "bss")]
pub use huaweicloud_bss as bss;
#[cfg(feature = "blocking")]
pub use huaweicloud_core::Blocking;
pub use huaweicloud_core::{
    ClientBuilder, Config, Credentials, CredentialsChain, Error, Region, ServiceClient,
};
#[cfg(feature = "dcs")]
pub use huaweicloud_dcs as dcs;
#[cfg(feature = "eip")]
pub use huaweicloud_eip as eip;
#[cfg(feature = "eps")]
pub use huaweicloud_eps as eps;
#[cfg(feature = "iam")]
pub use huaweicloud_iam as iam;
#[cfg(feature = "vpc")]
pub use huaweicloud_vpc as vpc;
