//! The crate's root: which modules there are, and what is named without them. Out: `src/lib.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, features, rust_type::ident};
use crate::model::{Api, Operation};

/// In: the declarations of the modules of tags, and whether there are patterns.
pub(super) fn tokens(api: &Api, chapters: &TokenStream, has_patterns: bool) -> TokenStream {
    let has = |what: fn(&Operation) -> bool| api.operations.iter().any(what);
    let waits = has(|operation| !operation.waiters.is_empty());
    let ensures = has(|operation| operation.ensure.is_some());
    let explains = api.error_catalog.is_some();
    let client = module("client");
    let errors = explains.then(|| module("errors"));
    let patterns = has_patterns.then(|| module("patterns"));
    let names = names(explains, waits, ensures, api.uploads());
    let front = front(api);
    let prelude = prelude(api);
    quote! {
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #front
        #![warn(missing_docs)]
        #![forbid(unsafe_code)]

        #client
        #errors
        #patterns
        #chapters
        pub mod types;

        #prelude

        #[cfg(feature = "testing")]
        #[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
        #[rustfmt::skip]
        pub mod testing;

        #names
    }
}

/// The front page, where everything that its programs call is there for sure: with all that is on by
/// default.
fn front(api: &Api) -> TokenStream {
    if !api.tags.iter().any(|tag| features::has_any(api, tag)) {
        return quote!(#![doc = include_str!("../README.md")]);
    }
    let kind = if api.gaps.is_some() { "Draft of a client" } else { "Client" };
    let title = format!(" {kind} for the {}.", doc::tidy_line(&api.info.title));
    quote! {
        #![cfg_attr(feature = "default", doc = include_str!("../README.md"))]
        #![cfg_attr(not(feature = "default"), doc = #title)]
    }
}

/// What most programs name.
fn prelude(api: &Api) -> TokenStream {
    let types = (!api.types.is_empty()).then(|| {
        quote! {
            #[doc(no_inline)]
            pub use crate::types::*;
        }
    });
    quote! {
        /// What most programs name: the client, its types, and what calls take and give.
        pub mod prelude {
            #[doc(no_inline)]
            pub use crate::{Client, Credentials, Region, Response, Secret, ServiceClient, Validate};
            #types
        }
    }
}

fn module(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(mod #name;)
}

/// What users name: the client, and what the runtime gives it.
fn names(explains: bool, waits: bool, ensures: bool, uploads: bool) -> TokenStream {
    let codes = explains.then(|| {
        quote! {
            pub use errors::ERROR_CODES;
        }
    });
    let file = uploads.then(|| quote!(File,));
    let waiting = waits.then(|| {
        quote! {
            pub use huaweicloud_core::{UntilGone, UntilReached, Verdict, WaitError, Waiter};
        }
    });
    let ensuring = ensures.then(|| {
        quote! {
            pub use huaweicloud_core::{
                Difference, EnsureError, EnsureWaitError, Ensured, FileJournal, Intention,
                IntentionOutcome, Journal, JournalError, JournalFuture, JournalTurn, LookupError,
                LookupPolicy, MemoryJournal, OrderState, OrderStates, Provenance, Resource, Unusable,
            };
        }
    });
    quote! {
        #[cfg(feature = "time")]
        pub use huaweicloud_core::{OffsetDateTime, TimeError};
        pub use huaweicloud_core::{
            Allowed, AttemptInfo, Capacity, CapacityError, ClientBuilder, Config, Credentials, CredentialsChain, CredentialsError,
            CredentialsFuture, CredentialsProvider, DecodeError, Error, ErrorCode, #file Hook, ItemStream,
            ListError, ListProblem, Outcome, Prepared, Region, Response, RetryPolicy, Secret,
            ServiceClient, ServiceError, Severity, Validate, Validation, Violation, Violations,
        };
        #[cfg(feature = "blocking")]
        pub use huaweicloud_core::Blocking;
        pub use client::Client;
        #codes
        #waiting
        #ensuring
    }
}
