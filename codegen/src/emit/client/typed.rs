//! The files of types and of what is implemented for them: `types`, `enums`, `setters` and
//! `validate`, each a file of what tags share and a module a tag.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemStruct, parse_quote};

use super::{
    ROOT, enums, patterns, setters,
    tags::{self, Part},
    types, validators,
};
use crate::{
    model::{Api, Tag, TypeKind},
    output::FileSet,
};

pub(super) fn emit(
    api: &Api,
    structs: &mut [ItemStruct],
    banner: &str,
    files: &mut FileSet,
) -> Result<(), String> {
    let parts = tags::parts(api);
    emit_types(&parts, structs, banner, files)?;
    let has_enum = |part: &Part<'_>| part.types.iter().any(|def| is_enum(&def.kind));
    let is_sent = |part: &Part<'_>| part.requests().next().is_some();
    let files_of_types = [
        File {
            name: "enums",
            is_public: true,
            has_any: &has_enum,
            tokens: &enums::tokens,
            below: TokenStream::new(),
        },
        File {
            name: "setters",
            is_public: false,
            has_any: &is_sent,
            tokens: &|part| setters::tokens(api, part, structs),
            below: TokenStream::new(),
        },
        File {
            name: "validate",
            is_public: false,
            has_any: &is_sent,
            tokens: &validators::tokens,
            below: patterns::tokens(api),
        },
    ];
    for file in files_of_types {
        file.emit(&parts, banner, files);
    }
    Ok(())
}

/// A file of something that types have, and its modules.
struct File<'a> {
    name: &'a str,
    /// Whether its names are for others.
    is_public: bool,
    /// Whether a part has any of it.
    has_any: &'a dyn Fn(&Part<'_>) -> bool,
    tokens: &'a dyn Fn(&Part<'_>) -> TokenStream,
    /// What follows in the file above the modules.
    below: TokenStream,
}

impl File<'_> {
    fn emit(&self, parts: &[Part<'_>], banner: &str, files: &mut FileSet) {
        let declarations = tags::declarations(&owners(parts, self.has_any), self.is_public);
        for part in parts.iter().filter(|part| part.tag.is_none() || (self.has_any)(part)) {
            let mut tokens = (self.tokens)(part);
            if part.tag.is_none() {
                let below = &self.below;
                tokens = quote!(#declarations #tokens #below);
            }
            files.rust(path(self.name, part.tag), banner, tokens);
        }
    }
}

fn emit_types(
    parts: &[Part<'_>],
    structs: &mut [ItemStruct],
    banner: &str,
    files: &mut FileSet,
) -> Result<(), String> {
    let has_any = |part: &Part<'_>| part.types.iter().any(|def| !is_enum(&def.kind));
    let has_enums = parts.iter().any(|part| part.types.iter().any(|def| is_enum(&def.kind)));
    let enums: Option<Item> = has_enums.then(|| {
        parse_quote!(
            #[doc(inline)]
            pub use crate::enums::*;
        )
    });
    let declarations = tags::declarations(&owners(parts, &has_any), true);
    let declarations: syn::File = parse_quote!(#declarations);
    for part in parts.iter().filter(|part| part.tag.is_none() || has_any(part)) {
        let items = types::items(part, structs)?;
        let above: Vec<Item> = match part.tag {
            None => enums.iter().cloned().chain(declarations.items.clone()).collect(),
            Some(_) => vec![parse_quote! {
                #[allow(unused_imports, reason = "not every tag uses what others share")]
                use super::*;
            }],
        };
        let items = above.into_iter().chain(items).collect();
        let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items };
        files.parsed(path("types", part.tag), banner, file);
    }
    Ok(())
}

fn owners<'a>(parts: &[Part<'a>], has_any: &dyn Fn(&Part<'_>) -> bool) -> Vec<&'a Tag> {
    parts.iter().filter(|part| has_any(part)).filter_map(|part| part.tag).collect()
}

fn is_enum(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Enum(_))
}

fn path(name: &str, tag: Option<&Tag>) -> String {
    match tag {
        Some(tag) => format!("{ROOT}/src/{name}/{}.rs", tag.name.code),
        None => format!("{ROOT}/src/{name}.rs"),
    }
}
