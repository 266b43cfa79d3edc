//! What answers are documented to look like, for programs that compare them with what a service really
//! answers. In: the API. Out: one file per structure that is answered, and the shape of any schema.

use proc_macro2::TokenStream;
use quote::quote;

use super::{add, option};
use crate::{
    emit::{EmitError, client::rust_type::ident},
    lower::names,
    media::is_json,
    model::{Api, Field, Schema, Shape, Struct, TypeDef, TypeKind, TypeName},
    output::FileSet,
};

/// The module that all structures are in.
const MODULE: &str = "answer_shapes";

/// The structures of an API, each with the name of its file.
pub(super) struct Shapes<'a> {
    api: &'a Api,
    structures: Vec<(&'a TypeDef, &'a Struct, String)>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let answered = api.types.values().filter(|definition| definition.direction.response);
        let structures: Vec<_> = answered
            .filter_map(|definition| match &definition.kind {
                TypeKind::Struct(shape) => Some((definition, shape)),
                TypeKind::Enum(_) => None,
            })
            .collect();
        let wires = structures.iter().map(|(definition, _)| definition.name.0.as_str());
        let files = names::distinct(wires, names::value);
        let named = structures.into_iter().zip(files);
        let structures = named.map(|((definition, shape), file)| (definition, shape, file));
        Self { api, structures: structures.collect() }
    }

    /// Adds the files. Out: the declaration of their module, if there is anything in it.
    pub(super) fn emit(
        &self,
        banner: &str,
        files: &mut FileSet,
    ) -> Result<Option<TokenStream>, EmitError> {
        if self.structures.is_empty() {
            return Ok(None);
        }
        let mut below = Vec::new();
        for (definition, shape, file) in &self.structures {
            let (module, constant) = (ident(file), ident(&file.to_uppercase()));
            below.push(quote!(mod #module; pub(crate) use self::#module::#constant;));
            let path = format!("{MODULE}/{file}");
            add(files, banner, &path, self.structure(definition, shape, &constant))?;
        }
        let words = " What answers are documented to look like.";
        add(files, banner, MODULE, quote!(#![doc = #words] #(#below)*))?;
        let module = ident(MODULE);
        Ok(Some(quote!(#[rustfmt::skip] mod #module;)))
    }

    fn structure(
        &self,
        definition: &TypeDef,
        shape: &Struct,
        constant: &proc_macro2::Ident,
    ) -> TokenStream {
        let name = &definition.name.0;
        let fields = shape.properties().map(|field| self.field(field));
        let others = shape.rest().map(|field| match &field.schema.shape {
            Shape::Map(item) => self.of(item),
            _ => self.of(&field.schema),
        });
        let others = option(others);
        let words = format!(" `{name}`, as answers have it.");
        quote! {
            #[doc = #words]
            pub(crate) static #constant: ::huaweicloud_core::server::Structure =
                ::huaweicloud_core::server::Structure {
                    name: #name,
                    fields: &[#(#fields),*],
                    others: #others,
                };
        }
    }

    fn field(&self, field: &Field) -> TokenStream {
        let (name, needed, nullable) = (&field.name.wire, field.required, field.schema.nullable);
        let shape = self.of(&field.schema);
        quote! {
            ::huaweicloud_core::server::Member {
                name: #name,
                needed: #needed,
                nullable: #nullable,
                shape: #shape,
            }
        }
    }

    /// The shape of an answer's body, if that is JSON.
    pub(super) fn of_answer(&self, media: Option<&str>, schema: Option<&Schema>) -> TokenStream {
        let schema = schema.filter(|_| media.is_none_or(is_json));
        option(schema.map(|schema| self.of(schema)))
    }

    fn of(&self, schema: &Schema) -> TokenStream {
        let kind = match &schema.shape {
            Shape::Any | Shape::File => quote!(Any),
            Shape::Boolean => quote!(Boolean),
            Shape::Integer(_) => quote!(Integer),
            Shape::Number => quote!(Number),
            Shape::String { .. } => quote!(Text(&[])),
            Shape::Secret => quote!(Secret),
            Shape::Array(item) => {
                let item = self.of(item);
                quote!(List(&#item))
            }
            Shape::Map(item) => {
                let item = self.of(item);
                quote!(Map(&#item))
            }
            Shape::Named(name) => self.named(name),
        };
        quote!(::huaweicloud_core::server::Shape::#kind)
    }

    fn named(&self, name: &TypeName) -> TokenStream {
        let known = self.structures.iter().find(|(definition, _, _)| definition.name == *name);
        if let Some((_, _, file)) = known {
            let (module, constant) = (ident(MODULE), ident(&file.to_uppercase()));
            return quote!(Object(&crate::#module::#constant));
        }
        match self.api.types.get(name).map(|definition| &definition.kind) {
            Some(TypeKind::Enum(enumeration)) => {
                let values = enumeration.variants.iter().map(|variant| &variant.name.wire);
                quote!(Text(&[#(#values),*]))
            }
            // What is not answered is not compared.
            _ => quote!(Any),
        }
    }
}

/// The names of all fields and parameters that hold a secret, in order.
pub(super) fn secrets(api: &Api) -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    for definition in api.types.values() {
        if let TypeKind::Struct(shape) = &definition.kind {
            let secret = shape.fields.iter().filter(|field| holds_secret(&field.schema.shape));
            found.extend(secret.map(|field| field.name.wire.clone()));
        }
    }
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        if holds_secret(&parameter.schema.shape) {
            found.insert(parameter.name.wire.clone());
        }
    }
    found.into_iter().collect()
}

fn holds_secret(shape: &Shape) -> bool {
    match shape {
        Shape::Secret => true,
        Shape::Array(item) | Shape::Map(item) => holds_secret(&item.shape),
        _ => false,
    }
}
