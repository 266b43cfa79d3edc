//! The catalogue of error codes. Out: `src/errors.rs`, for an API that has one.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use crate::{emit::words, model::ErrorCatalog};

pub(super) fn tokens(catalog: &ErrorCatalog) -> TokenStream {
    // Looked up by halves, so in the order of bytes.
    let mut codes: Vec<_> = catalog.codes.iter().collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    let entries = codes.into_iter().map(|entry| {
        let (code, meaning, advice) = (&entry.code, &entry.meaning, &entry.advice);
        let (status, retryable) = (entry.status.unwrap_or(0), entry.retryable);
        quote!(ErrorEntry::new(#code, #status, #meaning, #advice, #retryable))
    });
    let mut words = vec!["The error codes that are documented.".to_owned()];
    words.extend(words::origins(catalog.origin.as_slice()));
    let words = doc::doc(&words);
    quote! {
        use ::huaweicloud_core::{ErrorCatalog, ErrorEntry};

        #words
        pub static ERROR_CODES: ErrorCatalog = CATALOG;

        pub(crate) const CATALOG: ErrorCatalog = ErrorCatalog::new(ENTRIES);

        static ENTRIES: &[ErrorEntry] = &[#(#entries),*];
    }
}
