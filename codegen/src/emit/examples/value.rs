//! A JSON value as a Rust expression. In: a schema and a value. Out: what a caller of the client
//! writes for it, or why the value does not fit.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::json;
use crate::emit::EmitError;
use crate::model::{self, Api, Enum, Schema, Shape, TypeKind, TypeName};

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// An argument of type `impl Into<T>`: a text may be a literal.
    Argument,
    /// A place that wants `T` itself.
    Exact,
}

/// Writes expressions, and keeps in mind what a program has to import for them.
pub(super) struct Expressions<'a> {
    pub(super) api: &'a Api,
    /// Named types that occur.
    pub(super) types: BTreeSet<TypeName>,
    /// Whether `Secret` occurs.
    pub(super) secret: bool,
    /// Whether a setter is called that is deprecated.
    pub(super) deprecated: bool,
}

impl<'a> Expressions<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api, types: BTreeSet::new(), secret: false, deprecated: false }
    }

    /// The expression of a value; `at` names its place in messages.
    pub(super) fn expression(
        &mut self,
        schema: &Schema,
        value: &Value,
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        if schema.nullable {
            if value.is_null() {
                return Ok(quote!(None));
            }
            let inner = self.present(schema, value, Place::Exact, at)?;
            return Ok(quote!(Some(#inner)));
        }
        self.present(schema, value, place, at)
    }

    /// A value that is not null, unless anything may stand here.
    pub(super) fn present(
        &mut self,
        schema: &Schema,
        value: &Value,
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        let misfit = |wanted: &str| misfit(at, value, wanted);
        Ok(match (&schema.shape, value) {
            (Shape::Any, value) => json::any(value),
            (Shape::Boolean, Value::Bool(value)) => quote!(#value),
            (Shape::Integer(width), value) => {
                let n = whole(value).filter(|n| width.holds(*n));
                let bits = width.bits;
                json::integer(n.ok_or_else(|| misfit(&format!("an integer of {bits} bits")))?)
            }
            (Shape::Number, value) => {
                json::float(value.as_f64().ok_or_else(|| misfit("a number"))?)
            }
            (Shape::String { .. }, Value::String(text)) => match place {
                Place::Argument => quote!(#text),
                Place::Exact => quote!(#text.to_owned()),
            },
            (Shape::Secret, Value::String(text)) => match place {
                Place::Argument => quote!(#text),
                Place::Exact => {
                    self.secret = true;
                    quote!(Secret::from(#text))
                }
            },
            (Shape::File, Value::String(text)) => match place {
                Place::Argument => quote!(#text),
                Place::Exact => quote!(#text.into()),
            },
            (Shape::Array(item), Value::Array(items)) => self.array(item, items, place, at)?,
            (Shape::Map(inner), Value::Object(_)) => self.map(inner, value, place, at)?,
            (Shape::Named(name), value) => self.named(name, value, place, at)?,
            (Shape::Boolean, _) => return Err(misfit("a boolean")),
            (Shape::String { .. } | Shape::Secret | Shape::File, _) => {
                return Err(misfit("a string"));
            }
            (Shape::Array(_), _) => return Err(misfit("an array")),
            (Shape::Map(_), _) => return Err(misfit("an object")),
        })
    }

    fn array(
        &mut self,
        item: &Schema,
        items: &[Value],
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        if items.is_empty() {
            return Ok(match place {
                Place::Argument => {
                    let ty = self.owned(item)?;
                    quote!(Vec::<#ty>::new())
                }
                Place::Exact => quote!(Vec::new()),
            });
        }
        let each = self.each(item, items.iter(), place);
        let items = items.iter().enumerate();
        let items =
            items.map(|(i, value)| self.expression(item, value, each, &format!("{at}[{i}]")));
        let items = items.collect::<Result<Vec<_>, _>>()?;
        Ok(match place {
            Place::Argument => quote!([#(#items),*]),
            Place::Exact => quote!(vec![#(#items),*]),
        })
    }

    fn map(
        &mut self,
        inner: &Schema,
        value: &Value,
        place: Place,
        at: &str,
    ) -> Result<TokenStream, EmitError> {
        let entries: Vec<_> = value.as_object().into_iter().flatten().collect();
        if entries.is_empty() {
            return Ok(match place {
                Place::Argument => {
                    let ty = self.owned(inner)?;
                    quote!(Vec::<(String, #ty)>::new())
                }
                Place::Exact => quote!(std::collections::BTreeMap::new()),
            });
        }
        let each = self.each(inner, entries.iter().map(|(_, value)| *value), place);
        let mut pairs = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let value = self.expression(inner, value, each, &format!("{at}.{key}"))?;
            pairs.push(match place {
                Place::Argument => quote!((#key, #value)),
                Place::Exact => quote!((#key.to_owned(), #value)),
            });
        }
        Ok(match place {
            Place::Argument => quote!([#(#pairs),*]),
            Place::Exact => quote!(std::collections::BTreeMap::from([#(#pairs),*])),
        })
    }

    /// How the elements of a list are written, which have to be of one type: a variant beside a
    /// text would be two.
    fn each<'v>(
        &self,
        item: &Schema,
        mut values: impl Iterator<Item = &'v Value>,
        place: Place,
    ) -> Place {
        let exact = match &item.shape {
            // Only the outermost list is converted.
            Shape::Array(_) | Shape::Map(_) => true,
            Shape::Named(name) => match self.api.types.get(name).map(|def| &def.kind) {
                Some(TypeKind::Enum(set)) => values.any(|value| variant(set, value).is_none()),
                _ => false,
            },
            _ => false,
        };
        if exact { Place::Exact } else { place }
    }

    /// The type that holds a value, where nothing else tells it.
    fn owned(&mut self, schema: &Schema) -> Result<TokenStream, EmitError> {
        let plain = match &schema.shape {
            Shape::Any => quote!(serde_json::Value),
            Shape::Boolean => quote!(bool),
            Shape::Integer(width) => {
                let name = ident(&width.rust())?;
                quote!(#name)
            }
            Shape::Number => quote!(f64),
            Shape::String { .. } => quote!(String),
            // Becomes a file where it is handed in.
            Shape::File => quote!(Vec<u8>),
            Shape::Secret => {
                self.secret = true;
                quote!(Secret)
            }
            Shape::Array(item) => {
                let item = self.owned(item)?;
                quote!(Vec<#item>)
            }
            Shape::Map(value) => {
                let value = self.owned(value)?;
                quote!(std::collections::BTreeMap<String, #value>)
            }
            Shape::Named(name) => {
                let name = self.import(name)?;
                quote!(#name)
            }
        };
        Ok(if schema.nullable { quote!(Option<#plain>) } else { plain })
    }

    pub(super) fn import(&mut self, name: &TypeName) -> Result<Ident, EmitError> {
        self.types.insert(name.clone());
        ident(&name.0)
    }
}

/// A whole number, however it is written.
fn whole(value: &Value) -> Option<i128> {
    value.as_number().and_then(model::whole).or_else(|| {
        let n = value.as_f64()?;
        let exact = n.fract() == 0.0 && n.abs() < 9.0e15;
        exact.then_some(n as i128)
    })
}

/// The variant that stands for a value.
pub(super) fn variant<'e>(set: &'e Enum, value: &Value) -> Option<&'e str> {
    let text = value.as_str()?;
    let variant = set.variants.iter().find(|variant| variant.name.wire == text)?;
    Some(&variant.name.code)
}

/// That a value is none of its schema.
pub(super) fn misfit(at: &str, found: &Value, wanted: &str) -> EmitError {
    EmitError::Misfit { at: at.to_owned(), found: found.clone(), wanted: wanted.to_owned() }
}

pub(super) fn ident(name: &str) -> Result<Ident, EmitError> {
    syn::parse_str(name).map_err(|_| EmitError::Identifier(name.to_owned()))
}
