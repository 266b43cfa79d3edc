//! The client itself. Out: `src/client.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use crate::model::{Api, TypeKind};

pub(super) fn tokens(api: &Api) -> TokenStream {
    let title = format!(" A client of the {}.", doc::tidy_line(&api.info.title));
    let errors = api.error_catalog.as_ref().map(|_| {
        quote! {
            const ERRORS: ::huaweicloud_core::ErrorCatalog = crate::errors::CATALOG;
        }
    });
    let rules = rules(api);
    let endpoint = api.servers.first().map(|server| server.url.clone()).unwrap_or_default();
    quote! {
        use ::huaweicloud_core::{ClientBuilder, Config, Context, Error, ServiceClient};

        #[doc = #title]
        ///
        /// Cheap to clone; clones share connections and settings.
        #[derive(Clone, Debug)]
        pub struct Client {
            context: Context,
        }

        impl Client {
            /// Starts a client: where it calls, and for whom.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            /// A client by a configuration that clients of other services have too.
            ///
            /// # Errors
            ///
            /// [`Error::Config`](crate::Error::Config) with everything that is missing or wrong,
            /// and the setter to call.
            pub fn new(config: &Config) -> Result<Self, Error> {
                config.client().build()
            }

            /// A client by the environment and the usual files alone: keys, region, and project or account.
            ///
            /// # Errors
            ///
            /// [`Error::Config`](crate::Error::Config) with everything that is missing or wrong.
            pub fn from_env() -> Result<Self, Error> {
                Self::builder().build()
            }

            /// What the client was built with.
            pub fn context(&self) -> &Context {
                &self.context
            }
        }

        impl ServiceClient for Client {
            const SERVICE: &'static str =
                concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
            const ENDPOINT: &'static str = #endpoint;
            #errors
            #rules

            fn from_context(context: Context) -> Self {
                Self { context }
            }
        }
    }
}

/// The ids of all rules between fields, so that one that is switched off can be known.
fn rules(api: &Api) -> Option<TokenStream> {
    let shapes = api.types.values().filter_map(|definition| match &definition.kind {
        TypeKind::Struct(shape) => Some(shape),
        TypeKind::Enum(_) => None,
    });
    let ids: Vec<&String> = shapes.flat_map(|shape| &shape.rules).map(|rule| &rule.id).collect();
    (!ids.is_empty()).then(|| quote!(const RULES: &'static [&'static str] = &[#(#ids),*];))
}
