//! progenitor, run on the relaxed copy: its tokens, parsed once and split into types and calls.

use std::collections::BTreeMap;

use progenitor::{GenerationSettings, Generator, HooksMode, TypeImpl};
use quote::quote;
use schemars::schema::{InstanceType, SchemaObject};
use syn::{Item, ItemMod, ItemStruct};

use super::relaxed;
use crate::emit::EmitError;
use crate::model::{Api, TypeKind};

/// progenitor's structures by name.
pub(super) type Structs = BTreeMap<String, ItemStruct>;

/// What progenitor made.
pub(super) struct RawCode {
    pub(super) structs: Structs,
    /// Everything else: the raw client and its methods.
    pub(super) items: Vec<Item>,
}

pub(super) fn source(api: &Api) -> Result<RawCode, EmitError> {
    let document = relaxed::relax(api)?;
    let tokens = Generator::new(&settings(api)).generate_tokens(&document).map_err(Box::new)?;
    let file: syn::File =
        syn::parse2(tokens).map_err(EmitError::not_rust("progenitor's output"))?;
    let mut structs = Structs::new();
    let mut items = Vec::new();
    for item in file.items {
        match item {
            Item::Mod(ItemMod { ident, content: Some((_, inner)), .. }) if ident == "types" => {
                structs.extend(inner.into_iter().filter_map(|item| match item {
                    Item::Struct(item) => Some((item.ident.to_string(), item)),
                    _ => None,
                }));
            }
            other => items.push(other),
        }
    }
    Ok(RawCode { structs, items })
}

fn settings(api: &Api) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_inner_type(quote!(::huaweicloud_core::call::Ready))
        .with_hooks(HooksMode::Expected)
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_conversion(text("password"), "::huaweicloud_core::Secret", std::iter::empty())
        .with_conversion(text("binary"), "::huaweicloud_core::File", std::iter::empty());
    settings.with_replacement(relaxed::ANYTHING, "::serde_json::Value", std::iter::empty());
    for definition in api.types.values() {
        if let TypeKind::Enum(_) = definition.kind {
            let name = &definition.name.0;
            let ours = format!("crate::types::{name}");
            settings.with_replacement(name, ours, [TypeImpl::Display].into_iter());
        }
    }
    settings
}

/// A text of a format.
fn text(format: &str) -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    }
}
