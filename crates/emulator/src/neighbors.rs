//! What stands around DCS: networks, addresses, enterprise projects, orders, projects. In: what exists,
//! and calls. Out: answers in the form of each service.
//!
//! `shelf` shows and lists what is only looked at, by one table; `orders` are made of the instances.

mod orders;
mod refused;
mod shelf;
mod stock;

use huaweicloud_core::server::Operation;

use crate::{
    call::{Call, Reply},
    refusal::Refusal,
    state::State,
};

pub(crate) use refused::{body as refusal_body, translated};
pub use stock::Neighbors;
pub(crate) use stock::Stock;

/// Who owns what there is.
pub(crate) struct Owner<'a> {
    pub(crate) project: &'a str,
    pub(crate) domain: &'a str,
}

/// What is different from the service.
pub(crate) fn note(operation: &Operation) -> Option<&'static str> {
    match orders::of(operation) {
        Some(_) => Some("The orders are those of prepaid instances."),
        None => shelf::is_known(operation)
            .then_some("It shows what the emulator was started with, which no operation changes."),
    }
}

/// The answer of a neighbor to a call that was checked.
pub(crate) fn answer(
    state: &mut State,
    stock: &Stock,
    owner: &Owner<'_>,
    call: &Call,
) -> Result<Reply, Refusal> {
    match orders::of(call.operation) {
        Some(behavior) => behavior(state, owner, call),
        None => shelf::answer(stock, owner, call),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::{self, Service};

    #[test]
    fn every_operation_of_a_neighbor_is_answered() {
        for (service, operation) in services::all().filter(|(service, _)| *service != Service::Dcs)
        {
            assert!(note(operation).is_some(), "{service:?} {}", operation.id);
        }
    }
}
