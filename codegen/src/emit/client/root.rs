//! The crate's root: which modules there are, and what is named without them. Out: `src/lib.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, features, package, rust_type::ident};
use crate::model::{Api, Operation, Tag};

pub(super) fn tokens(api: &Api) -> TokenStream {
    let has = |what: fn(&Operation) -> bool| api.operations.iter().any(what);
    let waits = has(|operation| !operation.waiters.is_empty());
    let ensures = has(|operation| operation.ensure.is_some());
    let explains = api.error_catalog.is_some();
    let private = |name: &str| module(name, "printed by the generator", None);
    let public = |name: &str, words: &str| {
        let module = module(name, "printed by the generator", Some(quote!(pub)));
        let words = format!(" {words}");
        quote!(#[doc = #words] #module)
    };
    let calls = public("calls", "The calls that a client makes, one type an operation.");
    let types = public("types", "What is sent and what comes back.");
    let raw = module("raw", "printed by progenitor", None);
    let always = ["client", "enums", "setters", "validate"].map(private);
    let errors = explains.then(|| private("errors"));
    let waiters = waits.then(|| private("waiters"));
    let ensure = ensures.then(|| public("ensure", "Orders that are made at most once."));
    let names = names(explains, waits, ensures);
    let front = front(api);
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #front
        #![warn(missing_docs)]
        #![forbid(unsafe_code)]

        #calls
        #(#always)*
        #ensure
        #errors
        #raw
        #types
        #waiters

        #names
    }
}

/// The front page, where everything that its programs call is there: those of a guide may call any
/// operation, the one that is made for the page calls one.
fn front(api: &Api) -> TokenStream {
    let tags: Vec<&Tag> = match &api.guide {
        Some(_) => api.tags.iter().filter(|tag| features::has_any(api, tag)).collect(),
        None => {
            package::shown(api).and_then(|shown| features::of(api, shown)).into_iter().collect()
        }
    };
    if tags.is_empty() {
        return quote!(#![doc = include_str!("../README.md")]);
    }
    let names: Vec<String> = tags.into_iter().map(features::name).collect();
    let title = format!(" Client for the {}.", doc::tidy_line(&api.info.title));
    quote! {
        #![cfg_attr(all(#(feature = #names),*), doc = include_str!("../README.md"))]
        #![cfg_attr(not(all(#(feature = #names),*)), doc = #title)]
    }
}

/// A module of generated code, whose form is the printer's business.
fn module(name: &str, reason: &str, visibility: Option<TokenStream>) -> TokenStream {
    let name = ident(name);
    quote! {
        #[rustfmt::skip]
        #[allow(clippy::all, unused_mut, unused_parens, reason = #reason)]
        #visibility mod #name;
    }
}

/// What users name: the client, and what the runtime gives it.
fn names(explains: bool, waits: bool, ensures: bool) -> TokenStream {
    let codes = explains.then(|| {
        quote! {
            pub use errors::ERROR_CODES;
        }
    });
    let waiting = waits.then(|| {
        quote! {
            pub use ::huaweicloud_core::{UntilGone, UntilReached, Verdict, WaitError, Waiter};
        }
    });
    let ensuring = ensures.then(|| {
        quote! {
            pub use ::huaweicloud_core::{
                EnsureError, EnsureWaitError, Ensured, Named, Origin, Patience,
            };
        }
    });
    quote! {
        pub use ::huaweicloud_core::{
            AttemptInfo, ClientBuilder, Credentials, CredentialsChain, CredentialsError,
            CredentialsFuture, CredentialsProvider, DecodeError, Error, ErrorCode, Hook, ItemStream,
            ListError, ListProblem, Outcome, Prepared, Region, Response, RetryPolicy, Secret,
            ServiceClient, ServiceError, Severity, Validate, Validation, Violation, Violations,
        };
        pub use client::Client;
        #codes
        #waiting
        #ensuring
    }
}
