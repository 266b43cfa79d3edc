//! What front ends need to know of the service, as data: a crate with JSON texts, one per chapter. In: the model and the
//! document's translations. Out: `catalog/`, with its index, its chapters and its error codes.
//!
//! The types that are written are those that are read (crate `huaweicloud-catalog`), so both agree.

mod facts;
mod index;
mod operation;
mod schema;
mod translate;

use huaweicloud_catalog as catalog;
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;

use self::translate::Texts;
use crate::{
    config::Service,
    emit::{
        EmitError,
        client::package::{self, CATALOG},
    },
    load::Document,
    lower::names,
    model::{Api, Chapter, Operation},
    output::FileSet,
};

/// The folder of the crate.
const ROOT: &str = "catalog";

/// The chapter of what several others reach; the reader looks there.
const SHARED: &str = "shared";

/// What is read as one.
#[derive(Serialize)]
struct Data {
    operations: IndexMap<String, catalog::Operation>,
    types: IndexMap<String, catalog::TypeDef>,
}

/// Emits the crate.
pub fn emit(
    document: &Document,
    api: &Api,
    service: &Service,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    let texts = &Texts::of(document);
    let chapters = api.chapters();
    data(files, "index", &index::index(api, service, &chapters, texts))?;
    data(files, "error-codes", &facts::error_codes(api, texts))?;
    for chapter in &chapters {
        let operations = chapter.operations.iter();
        let operations = operations
            .map(|one| (one.name.wire.clone(), operation::operation(api, one, texts)))
            .collect();
        let types = chapter.types.iter();
        let types = types.map(|one| (one.name.0.clone(), schema::type_def(one, texts))).collect();
        data(files, &name(chapter), &Data { operations, types })?;
    }
    let names: Vec<String> = chapters.iter().map(name).collect();
    files.rust(format!("{ROOT}/src/lib.rs"), &service.banner(), root(service, &names));
    package::emit(&CATALOG, api, service, files, ROOT)
}

fn data(files: &mut FileSet, name: &str, value: &impl Serialize) -> Result<(), EmitError> {
    files.text(format!("{ROOT}/data/{name}.json"), serde_json::to_string_pretty(value)?);
    Ok(())
}

/// The file of a chapter. The index and the error codes are files, too.
fn name(chapter: &Chapter<'_>) -> String {
    match chapter.tag {
        None => SHARED.to_owned(),
        Some(tag) => match names::slug(&tag.name.code) {
            name if [SHARED, "index", "error-codes"].contains(&name.as_str()) => {
                format!("tag-{name}")
            }
            name => name,
        },
    }
}

/// The operation as the word of a command line.
fn command(operation: &Operation) -> String {
    names::slug(&operation.name.code)
}

/// What users call the service: the last part of where its output lies.
fn short_name(service: &Service) -> &str {
    service.output.rsplit('/').next().unwrap_or(&service.output)
}

fn root(service: &Service, chapters: &[String]) -> TokenStream {
    let (name, version) = (short_name(service), &service.version);
    let include = |name: &str| {
        let path = format!("../data/{name}.json");
        quote!(include_str!(#path))
    };
    let (index, error_codes) = (include("index"), include("error-codes"));
    let chapters = chapters.iter().map(|name| {
        let text = include(name);
        quote!((#name, #text))
    });
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![doc = include_str!("../README.md")]
        #![warn(missing_docs)]
        #![forbid(unsafe_code)]

        /// The data of the service.
        pub static SERVICE: ::huaweicloud_catalog::Service = ::huaweicloud_catalog::Service {
            name: #name,
            version: #version,
            index: #index,
            chapters: &[#(#chapters),*],
            error_codes: #error_codes,
        };
    }
}
