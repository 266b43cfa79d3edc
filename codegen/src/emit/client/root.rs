//! The crate's root and its client. Out: `src/lib.rs`, `src/client.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use crate::model::Api;

pub(super) fn lib(api: &Api) -> TokenStream {
    let module = |name: &str, reason: &str, public: bool| {
        let name = super::rust_type::ident(name);
        let public = public.then(|| quote!(pub));
        quote! {
            #[rustfmt::skip]
            #[allow(clippy::all, unused_mut, unused_parens, reason = #reason)]
            #public mod #name;
        }
    };
    let printed = "printed by the generator";
    let calls = module("calls", printed, true);
    let client = module("client", printed, false);
    let enums = module("enums", printed, false);
    let errors = api.error_catalog.as_ref().map(|_| module("errors", printed, false));
    let waiters = api.operations.iter().any(|operation| !operation.waiters.is_empty());
    let waiters = waiters.then(|| module("waiters", printed, false));
    let waiting = waiters.as_ref().map(|_| {
        quote!(
            pub use ::huaweicloud_core::{Gone, Present, Verdict, WaitError, Waiter};
        )
    });
    let ensure = api.operations.iter().any(|operation| operation.ensure.is_some());
    let ensure = ensure.then(|| module("ensure", printed, true));
    let ensuring = ensure.as_ref().map(|_| {
        quote! {
            pub use ::huaweicloud_core::{
                EnsureError, EnsureWaitError, Ensured, Named, Origin, Patience,
            };
        }
    });
    let ensure = ensure.map(|ensure| {
        quote! {
            /// Orders that are made at most once.
            #ensure
        }
    });
    let error_codes = errors.as_ref().map(|_| {
        quote!(
            pub use errors::ERROR_CODES;
        )
    });
    let raw = module("raw", "printed by progenitor", false);
    let setters = module("setters", printed, false);
    let types = module("types", printed, true);
    let validate = module("validate", printed, false);
    let words = quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![doc = include_str!("../README.md")]
        #![warn(missing_docs)]
        #![forbid(unsafe_code)]
    };
    quote! {
        #words
        /// The calls that a client makes, one type an operation.
        #calls
        #client
        #enums
        #errors
        #raw
        #setters
        /// What is sent and what comes back.
        #types
        #validate
        #waiters
        #ensure

        pub use ::huaweicloud_core::{
            ClientBuilder, Credentials, CredentialsChain, CredentialsError, CredentialsFuture,
            CredentialsProvider, DecodeError, Error, ErrorCode, Region, Response, Secret,
            ServiceClient, ServiceError, Severity, Validate, Validation, Violation, Violations,
        };
        pub use client::Client;
        #error_codes
        #waiting
        #ensuring
    }
}

pub(super) fn client(api: &Api) -> TokenStream {
    let title = format!(" A client of the {}.", doc::tidy(&api.info.title));
    let errors = api.error_catalog.as_ref().map(|_| {
        quote! {
            const ERRORS: ::huaweicloud_core::ErrorCatalog = crate::errors::CATALOG;
        }
    });
    let endpoint = api.servers.first().map(|server| server.url.clone()).unwrap_or_default();
    quote! {
        use ::huaweicloud_core::{ClientBuilder, Context, ServiceClient, call::Ready};

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

            /// What the client was built with.
            pub fn context(&self) -> &Context {
                &self.context
            }
        }

        /// What sends one call.
        #[allow(dead_code, reason = "an API without operations sends nothing")]
        pub(crate) fn raw(ready: &Ready) -> crate::raw::Client {
            crate::raw::Client {
                baseurl: ready.context().endpoint().to_owned(),
                client: ready.context().http().clone(),
                inner: ready.clone(),
            }
        }

        impl ServiceClient for Client {
            const SERVICE: &'static str =
                concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
            const ENDPOINT: &'static str = #endpoint;
            #errors

            fn from_context(context: Context) -> Self {
                Self { context }
            }
        }
    }
}
