//! One configuration for the clients of several services. In: their common settings. Out: a
//! builder for each of them, which shares credentials, project, domain and connections with the others.

use std::fmt;

use crate::{ClientBuilder, Error, ServiceClient};

/// One configuration for the clients of several services.
///
/// ```
/// # use huaweicloud_core::{Context, ServiceClient};
/// # struct Client(Context);
/// # impl ServiceClient for Client {
/// #     const SERVICE: &'static str = "test/1.0.0";
/// #     const ENDPOINT: &'static str = "https://test.{region}.example";
/// #     fn from_context(context: Context) -> Self { Self(context) }
/// # }
/// # fn main() -> Result<(), huaweicloud_core::Error> {
/// use huaweicloud_core::Config;
///
/// let config = Config::builder().region("cn-north-4").build_config()?;
/// let client: Client = config.client().build()?; // of a generated client: Client::new(&config)?
/// # Ok(())
/// # }
/// ```
///
/// Its clients look for credentials once, ask once for the project of the region and for the account, and
/// share connections. Cheap to clone.
#[derive(Clone)]
pub struct Config {
    pub(crate) shared: ClientBuilder<Config>,
}

impl Config {
    /// Everything from the environment: the region from `HW_REGION_NAME`, and what a
    /// [`ClientBuilder`] that is told nothing looks for.
    pub fn from_env() -> Self {
        Self { shared: Self::builder().sharing() }
    }

    /// Starts a configuration. It is told what a client can be told; an endpoint and rules that are
    /// allowed then hold for every client, so most programs leave these to [`client`](Self::client).
    pub fn builder() -> ClientBuilder<Config> {
        ClientBuilder::new()
    }

    /// Starts a client of one service, to be told what differs from the other ones. What is told of
    /// credentials, region or connections is not shared any more.
    pub fn client<C: ServiceClient>(&self) -> ClientBuilder<C> {
        self.shared.for_client()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Config").field(&self.shared).finish()
    }
}

impl ClientBuilder<Config> {
    /// Makes the configuration; the `build` of a client stays the only one, so that its type can be
    /// inferred. Nothing is sent, and nobody is asked for credentials.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with everything that is wrong for every client. What is missing, such as a
    /// region, is told by the clients that need it.
    pub fn build_config(self) -> Result<Config, Error> {
        self.checked()?;
        Ok(Config { shared: self.sharing() })
    }
}
