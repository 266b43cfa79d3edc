//! Values of named types as Rust expressions: `Type::new(…).field(…)` and `Type::Variant`.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use super::value::{Expressions, Place, ident, misfit, variant};
use crate::emit::EmitError;
use crate::model::{Enum, Struct, TypeKind, TypeName};

impl Expressions<'_> {
    pub(super) fn named(
        &mut self,
        name: &TypeName,
        value: &Value,
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        let definition = self.api.types.get(name);
        let definition =
            definition.ok_or_else(|| EmitError::Example(format!("no type `{name}` at `{at}`")))?;
        match &definition.kind {
            TypeKind::Struct(shape) => self.structure(name, shape, value, at),
            TypeKind::Enum(set) => self.enumeration(name, set, value, place, at),
        }
    }

    /// `Type::new(required…)`, and a setter for each other field in the order of the value.
    fn structure(
        &mut self,
        name: &TypeName,
        shape: &Struct,
        value: &Value,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        let object = value.as_object().ok_or_else(|| misfit(at, value, "an object"))?;
        let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
        let mut arguments = Vec::new();
        for field in shape.fields.iter().filter(|field| field.required) {
            let at = below(&field.name.wire);
            let value = object.get(&field.name.wire);
            let value = value.ok_or_else(|| EmitError::Example(format!("`{at}` is missing")))?;
            arguments.push(self.expression(&field.schema, value, Place::Argument, &at)?);
        }
        let mut setters = Vec::new();
        let mut others = Map::new();
        for (key, value) in object {
            let at = below(key);
            let Some(field) = shape.properties().find(|field| field.name.wire == *key) else {
                if shape.rest().is_none() {
                    return Err(EmitError::Example(format!("`{name}` has no field `{at}`")));
                }
                others.insert(key.clone(), value.clone());
                continue;
            };
            if field.required {
                continue;
            }
            // `None` is what the field is anyway.
            if field.schema.nullable && value.is_null() {
                continue;
            }
            self.deprecated |= field.deprecated;
            let setter = ident(&field.name.code)?;
            let value = self.present(&field.schema, value, Place::Argument, &at)?;
            setters.push(quote!(.#setter(#value)));
        }
        if let Some(rest) = shape.rest().filter(|_| !others.is_empty()) {
            let setter = ident(&rest.name.code)?;
            let value = self.present(&rest.schema, &others.into(), Place::Argument, at)?;
            setters.push(quote!(.#setter(#value)));
        }
        let ty = self.import(name)?;
        Ok(quote!(#ty::new(#(#arguments),*) #(#setters)*))
    }

    fn enumeration(
        &mut self,
        name: &TypeName,
        set: &Enum,
        value: &Value,
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        let misfit = |wanted: &str| misfit(at, value, &format!("{wanted} of `{name}`"));
        let text = value.as_str().ok_or_else(|| misfit("a text"))?;
        if let Some(code) = variant(set, value) {
            let (ty, variant) = (self.import(name)?, ident(code)?);
            return Ok(quote!(#ty::#variant));
        }
        if !set.open {
            return Err(misfit("a value"));
        }
        if place == Place::Argument {
            return Ok(quote!(#text));
        }
        let ty = self.import(name)?;
        Ok(quote!(#ty::Unknown(#text.to_owned())))
    }
}
