//! Pieces of Rust with what must be known to put them together.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Schema;

/// How an expression can end without a value. All but `Never` hold a `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    Never,
    /// A `?` on an optional field that is known to be there.
    Guarded,
    /// An error of CEL: overflow, division by zero, a key that is not there.
    Possible,
}

/// An expression in Rust. Its value can be copied: a number, a boolean, or a reference.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) tokens: TokenStream,
    pub(super) failure: Failure,
    /// The schema of the items, for a list or map that is a field; other lists hold values.
    pub(super) items: Option<Schema>,
}

impl Code {
    pub(super) fn new(tokens: TokenStream, failure: Failure) -> Self {
        Self { tokens, failure, items: None }
    }

    pub(super) fn sure(tokens: TokenStream) -> Self {
        Self::new(tokens, Failure::Never)
    }

    pub(super) fn with_items(self, items: Option<Schema>) -> Self {
        Self { items, ..self }
    }

    /// An `Option` of the value, with no `?` that leaves it.
    pub(super) fn into_option(self) -> TokenStream {
        let tokens = self.tokens;
        match self.failure {
            Failure::Never => quote!(::core::option::Option::Some(#tokens)),
            _ => quote!((|| ::core::option::Option::Some(#tokens))()),
        }
    }

    /// Whether the value is known to be false.
    pub(super) fn into_is_false(self) -> TokenStream {
        match self.failure {
            Failure::Never => {
                let tokens = self.tokens;
                quote!(!#tokens)
            }
            _ => {
                let option = self.into_option();
                quote!(#option == ::core::option::Option::Some(false))
            }
        }
    }
}
