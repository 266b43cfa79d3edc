//! The catalogue of error codes. Out: `src/errors.rs`, for an API that has one, and below it a file a
//! hundred codes, where there are more.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{doc, rust_type::ident, sources::Sources};
use crate::{
    emit::EmitError,
    emit::words,
    lower::names,
    model::{ErrorCatalog, ErrorCode},
};

/// So many codes stand in one file.
const IN_ONE: usize = 100;

pub(super) fn emit(catalog: &ErrorCatalog, sources: &mut Sources<'_>) -> Result<(), EmitError> {
    // Looked up by halves, so in the order of bytes.
    let mut codes: Vec<_> = catalog.codes.iter().collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    let mut words = vec!["The error codes that are documented.".to_owned()];
    words.extend(words::origins(catalog.origin.as_slice()));
    let words = doc::doc(&words);
    let parts: Vec<_> = codes.chunks(IN_ONE).collect();
    let (modules, entries) = match &parts[..] {
        [] | [_] => {
            let entries = codes.iter().map(|one| entry(one));
            (Vec::new(), quote!(static ENTRIES: &[ErrorEntry] = &[#(#entries),*];))
        }
        parts => several(parts, sources)?,
    };
    let tokens = quote! {
        use ::huaweicloud_core::{ErrorCatalog, ErrorEntry};

        #(mod #modules;)*

        #words
        pub static ERROR_CODES: ErrorCatalog = CATALOG;

        pub(crate) const CATALOG: ErrorCatalog = ErrorCatalog::new(ENTRIES);

        #entries
    };
    sources.tokens("errors", tokens)
}

/// A file for each part, named by its first code; and all of them as one list.
fn several(
    parts: &[&[&ErrorCode]],
    sources: &mut Sources<'_>,
) -> Result<(Vec<Ident>, TokenStream), EmitError> {
    let firsts = parts.iter().filter_map(|part| part.first());
    let firsts: Vec<String> = firsts.map(|entry| format!("from {}", entry.code)).collect();
    let modules = names::distinct(firsts.iter().map(String::as_str), names::value);
    for (part, module) in parts.iter().zip(&modules) {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let words = format!(" The codes from `{}` to `{}`.", first.code, last.code);
        let length = Literal::usize_unsuffixed(part.len());
        let entries = part.iter().map(|one| entry(one));
        let tokens = quote! {
            #![doc = #words]

            use ::huaweicloud_core::ErrorEntry;

            pub(super) const ENTRIES: [ErrorEntry; #length] = [#(#entries),*];
        };
        sources.tokens(&format!("errors/{module}"), tokens)?;
    }
    let modules: Vec<Ident> = modules.iter().map(|module| ident(module)).collect();
    let count = Literal::usize_unsuffixed(parts.len());
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = Literal::usize_unsuffixed(length);
    let first = modules.first();
    let entries = quote! {
        static ENTRIES: &[ErrorEntry] = &joined();

        /// The codes of all files, in alphabetical order.
        const fn joined() -> [ErrorEntry; #length] {
            let parts: [&[ErrorEntry]; #count] = [#(&#modules::ENTRIES),*];
            let mut all = [#first::ENTRIES[0]; #length];
            let (mut part, mut next) = (0, 0);
            while part < parts.len() {
                let mut at = 0;
                while at < parts[part].len() {
                    all[next] = parts[part][at];
                    (at, next) = (at + 1, next + 1);
                }
                part += 1;
            }
            all
        }
    };
    Ok((modules, entries))
}

fn entry(entry: &ErrorCode) -> TokenStream {
    let (code, meaning, advice) = (&entry.code, &entry.meaning, &entry.advice);
    let status = Literal::u16_unsuffixed(entry.status.unwrap_or(0));
    let retryable = entry.retryable;
    quote!(ErrorEntry::new(#code, #status, #meaning, #advice, #retryable))
}
