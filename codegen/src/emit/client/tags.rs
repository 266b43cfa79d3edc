//! The types of each tag: a view of the model, computed once.
//!
//! A type that only operations of one tag reach stands in that tag's module; what several tags or
//! an operation without one reach, and what nothing reaches, stands in the file above them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{features, rust_type::ident};
use crate::model::{Api, Struct, Tag, TypeDef, TypeKind, TypeName};

/// The types of one tag, or those of none, in document order.
pub(super) struct Part<'a> {
    pub(super) tag: Option<&'a Tag>,
    pub(super) types: Vec<&'a TypeDef>,
}

impl<'a> Part<'a> {
    /// The structures that are sent.
    pub(super) fn requests(&self) -> impl Iterator<Item = (&'a TypeDef, &'a Struct)> {
        self.types.iter().filter(|def| def.direction.request).filter_map(|definition| {
            let TypeKind::Struct(shape) = &definition.kind else { return None };
            Some((*definition, shape))
        })
    }
}

/// The parts: first what is of no tag alone, then a part each tag that has types of its own.
pub(super) fn parts(api: &Api) -> Vec<Part<'_>> {
    let mut reached: BTreeMap<&TypeName, BTreeSet<Option<&str>>> = BTreeMap::new();
    for operation in &api.operations {
        for name in api.reach(operation.schemas()) {
            reached.entry(name).or_default().insert(operation.tag.as_deref());
        }
    }
    let owner = |name: &TypeName| match reached.get(name)?.iter().collect::<Vec<_>>()[..] {
        [Some(tag)] => api.tags.iter().find(|known| known.name.wire == **tag),
        _ => None,
    };
    let of = |tag: Option<&'_ str>| {
        let is_of =
            |def: &&TypeDef| owner(&def.name).map(|tag: &Tag| tag.name.wire.as_str()) == tag;
        api.types.values().filter(is_of).collect::<Vec<_>>()
    };
    let tags = api.tags.iter().map(|tag| Part { tag: Some(tag), types: of(Some(&tag.name.wire)) });
    let shared = Part { tag: None, types: of(None) };
    [shared].into_iter().chain(tags.filter(|part| !part.types.is_empty())).collect()
}

/// The modules below a file: declared there, and named as if they were no modules when public.
pub(super) fn declarations(tags: &[&Tag], is_public: bool) -> TokenStream {
    let names: Vec<_> = tags.iter().map(|tag| ident(&tag.name.code)).collect();
    let flat = names.iter().map(|name| quote!(#[doc(inline)] pub use self::#name::*;));
    let flat = flat.filter(|_| is_public);
    let gates = tags.iter().copied().map(features::gate);
    let gates: Vec<TokenStream> = gates.collect();
    let flat = flat.zip(&gates).map(|(flat, gate)| quote!(#gate #flat));
    quote!(#(#gates mod #names;)* #(#flat)*)
}
