//! The state of orders, from the billing service. In: a client for it. Out: a source that tells an unpaid
//! order from a slow one.

use huaweicloud_core::{OrderState, OrderStateFuture, OrderStates};

use crate::{Config, Error, bss};

/// States of an order as the service numbers them.
const CANCELLED: i64 = 4;
const WAITING_FOR_PAYMENT: i64 = 6;

/// Asks the billing service about orders.
///
/// ```no_run
/// # #[cfg(feature = "dcs")]
/// # async fn run(order: huaweicloud::dcs::types::CreateInstanceBody) -> Result<(), Box<dyn std::error::Error>> {
/// use huaweicloud::{Config, dcs, order::Orders};
///
/// let config = Config::from_env();
/// let orders = Orders::from_config(&config)?;
/// let caches = dcs::Client::new(&config)?;
/// let running = caches.create_and_wait(order).order_states(orders).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Orders {
    client: bss::Client,
}

impl Orders {
    /// Asks by a client.
    #[must_use]
    pub fn new(client: bss::Client) -> Self {
        Self { client }
    }

    /// Asks by a client with this configuration.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with everything that is missing or wrong.
    pub fn from_config(config: &Config) -> Result<Self, Error> {
        Ok(Self::new(bss::Client::new(config)?))
    }
}

impl OrderStates for Orders {
    fn state<'s>(&'s self, order_id: &'s str) -> OrderStateFuture<'s> {
        Box::pin(async move {
            let answer = self.client.show_customer_order_details(order_id).send().await?;
            let order = answer.into_inner().order_info;
            Ok(match order.and_then(|order| order.status) {
                Some(CANCELLED) => OrderState::Cancelled,
                Some(WAITING_FOR_PAYMENT) => OrderState::Unpaid,
                Some(_) => OrderState::Accepted,
                None => OrderState::Unknown,
            })
        })
    }
}
