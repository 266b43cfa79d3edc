//! Passes over progenitor's structures: words, wire names, and how they are read.
//!
//! In: the structures as progenitor made them. Out: items of a tag's `types`.

use quote::quote;
use syn::{
    Attribute, File, ItemStruct, Path, Token, Type, parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

use super::{
    doc,
    reading::{self, Reading},
    source::Structs,
};
use crate::emit::EmitError;
use crate::model::{Field, Struct, TypeDef};

/// A structure, with what stands beside it.
pub(super) fn file(
    definition: &TypeDef,
    structure: &Struct,
    structs: &Structs,
) -> Result<File, EmitError> {
    let made = structs.get(&definition.name.0);
    let mut made =
        made.cloned().ok_or_else(|| EmitError::Made(format!("no type `{}`", definition.name)))?;
    Siblings { structs }.visit_item_struct_mut(&mut made);
    dress(&mut made, definition, structure)?;
    let beside = reading::items(definition, structure);
    Ok(parse_quote!(#made #(#beside)*))
}

/// progenitor names its types without a path, for they stand side by side.
struct Siblings<'a> {
    structs: &'a Structs,
}

impl VisitMut for Siblings<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.get_ident().is_some_and(|name| self.structs.contains_key(&name.to_string())) {
            *path = parse_quote!(crate::types::#path);
        }
    }
}

fn dress(item: &mut ItemStruct, definition: &TypeDef, shape: &Struct) -> Result<(), EmitError> {
    let reading = reading::reading(definition, shape);
    let derives = derives(item, reading)?;
    let words = doc::doc(&doc::of_type(definition));
    // The vendor adds fields without notice: a literal of this type would then stop compiling.
    item.attrs = parse_quote!(#words #(#derives)* #[non_exhaustive]);
    let ItemStruct { fields: syn::Fields::Named(fields), .. } = item else {
        return Err(EmitError::Made(format!("`{}` without named fields", definition.name)));
    };
    let mut made: Vec<syn::Field> = std::mem::take(&mut fields.named).into_iter().collect();
    if made.len() != shape.fields.len() {
        return Err(EmitError::Made(format!("another number of fields of `{}`", definition.name)));
    }
    for field in &shape.fields {
        let is_this =
            |made: &syn::Field| made.ident.as_ref().is_some_and(|i| *i == field.name.code);
        let index = made.iter().position(is_this).ok_or_else(|| {
            EmitError::Made(format!("no field `{}` of `{}`", field.name.code, definition.name))
        })?;
        let mut made = made.swap_remove(index);
        made.attrs = attributes(&made.ty, field, reading);
        fields.named.push(made);
    }
    Ok(())
}

/// progenitor's derives, without the one that the runtime's loop replaces.
fn derives(item: &ItemStruct, reading: Reading) -> Result<Vec<Attribute>, EmitError> {
    let is_kept = |path: &syn::Path| {
        reading != Reading::Loop
            || path.segments.last().is_none_or(|segment| segment.ident != "Deserialize")
    };
    let made = item.attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    let made = made.map(|attr| {
        let paths = attr.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)?;
        let kept = paths.iter().filter(|path| is_kept(path));
        Ok(parse_quote!(#[derive(#(#kept),*)]))
    });
    let made: syn::Result<Vec<Attribute>> = made.collect();
    made.map_err(EmitError::not_rust(format!("progenitor's derives of `{}`", item.ident)))
}

fn attributes(ty: &Type, field: &Field, reading: Reading) -> Vec<Attribute> {
    let words = doc::doc(&doc::of_field(field));
    let mut serde = Vec::new();
    if field.is_rest {
        serde.push(quote!(flatten));
        // Whoever reads it by the loop of the runtime needs to be told nothing more.
        if reading == Reading::Derive {
            serde.push(quote!(deserialize_with = "::huaweicloud_core::lenient::field"));
        }
        return parse_quote!(#words #[serde(#(#serde),*)]);
    }
    if field.name.wire != field.name.code {
        let wire = &field.name.wire;
        serde.push(quote!(rename = #wire));
    }
    serde.extend(reading::attributes(field, reading));
    if !field.required {
        let skip = match outer(ty).as_str() {
            "Vec" => "::std::vec::Vec::is_empty",
            "BTreeMap" => "::std::collections::BTreeMap::is_empty",
            _ => "::std::option::Option::is_none",
        };
        serde.push(quote!(skip_serializing_if = #skip));
    }
    if serde.is_empty() {
        return parse_quote!(#words);
    }
    parse_quote!(#words #[serde(#(#serde),*)])
}

/// The name of a type without its path and arguments.
pub(super) fn outer(ty: &Type) -> String {
    match ty {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
