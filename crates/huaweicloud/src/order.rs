//! What an order needs from other services: whether what it names exists ([`CheckOrder`]), and whether it is
//! paid ([`Orders`]). In: an order and clients. Out: what will be refused, before it is sent; or why nothing
//! comes of it, afterwards.

#[cfg(all(feature = "dcs", feature = "vpc"))]
mod check;
#[cfg(all(feature = "dcs", feature = "vpc"))]
mod flavor;
#[cfg(feature = "bss")]
mod payment;

#[cfg(all(feature = "dcs", feature = "vpc"))]
pub use check::{CheckOrder, Clients, OrderProblem, OrderReport, Unchecked};
#[cfg(feature = "bss")]
pub use payment::Orders;
