//! Pieces of Rust with what must be known to put them together.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Constraints, Expr, ExprKind, Field, Schema, Shape, ValueType, Width};

/// An expression in Rust, in the forms in which a person would write it at different places.
#[derive(Debug, Clone)]
pub(super) struct Code {
    /// The value. It can be copied: a number, a boolean, or a reference such as `&str`.
    pub(super) value: TokenStream,
    /// What methods and fields are written on.
    pub(super) receiver: TokenStream,
    /// What is handed to a function that takes `&str` or a slice.
    pub(super) argument: TokenStream,
    /// What is compared with a literal.
    pub(super) operand: TokenStream,
    /// What must be there for it to have a value, in order.
    pub(super) needs: Vec<Need>,
    /// The schema of the items, for a list or map that is a field; other lists hold values.
    pub(super) items: Option<Schema>,
}

/// A value that may not be there, and the name that it gets where it is.
#[derive(Debug, Clone)]
pub(super) struct Need {
    pub(super) name: Ident,
    /// An `Option` of what the name stands for.
    pub(super) option: Optional,
}

#[derive(Debug, Clone)]
pub(super) enum Optional {
    /// A field that is borrowed.
    Borrowed(TokenStream),
    /// A field that is copied, or an `Option` that is made.
    Made(TokenStream),
}

impl Optional {
    /// An optional field.
    pub(super) fn field(field: &Field, place: TokenStream) -> Self {
        if is_copy(&field.schema) { Self::Made(place) } else { Self::Borrowed(place) }
    }

    /// As methods are called on it.
    pub(super) fn receiver(&self) -> TokenStream {
        match self {
            Self::Borrowed(place) => quote!(#place.as_ref()),
            Self::Made(option) => option.clone(),
        }
    }

    /// After `let Some(name) =`.
    pub(super) fn scrutinee(&self) -> TokenStream {
        match self {
            Self::Borrowed(place) => quote!(&#place),
            Self::Made(option) => option.clone(),
        }
    }
}

impl Code {
    /// The same form everywhere.
    pub(super) fn new(value: TokenStream) -> Self {
        Self {
            receiver: value.clone(),
            argument: value.clone(),
            operand: value.clone(),
            value,
            needs: Vec::new(),
            items: None,
        }
    }

    pub(super) fn with_needs(self, needs: Vec<Need>) -> Self {
        Self { needs, ..self }
    }

    pub(super) fn with_items(self, items: Option<Schema>) -> Self {
        Self { items, ..self }
    }

    /// A place that holds a value of a schema: a field of a structure.
    pub(super) fn place(schema: &Schema, ty: &ValueType, place: &TokenStream) -> Self {
        let forms = match (&schema.shape, ty) {
            (Shape::Integer(width), _) if *width != Width::I64 => {
                return Self { operand: place.clone(), ..Self::new(quote!(i64::from(#place))) };
            }
            (Shape::Boolean | Shape::Integer(_) | Shape::Number, _) => {
                return Self::new(place.clone());
            }
            (Shape::Secret, _) => return Self::new(quote!(#place.expose())),
            (Shape::String { .. }, _) => Self {
                receiver: place.clone(),
                argument: quote!(&#place),
                operand: place.clone(),
                ..Self::new(quote!(#place.as_str()))
            },
            (Shape::Array(_), _) => Self {
                receiver: place.clone(),
                argument: quote!(&#place),
                ..Self::new(quote!(#place.as_slice()))
            },
            // An enumeration.
            (_, ValueType::Text) => {
                Self { operand: place.clone(), ..Self::new(quote!(#place.as_str())) }
            }
            _ => Self {
                receiver: place.clone(),
                argument: quote!(&#place),
                ..Self::new(quote!((&#place)))
            },
        };
        forms.with_items(items(schema))
    }

    /// A name of what is copied or borrowed from a place.
    pub(super) fn named(schema: &Schema, ty: &ValueType, name: &Ident) -> Self {
        let name = quote!(#name);
        let of_place = Self::place(schema, ty, &name);
        match (&schema.shape, ty) {
            (Shape::String { .. } | Shape::Array(_), _) => Self { argument: name, ..of_place },
            (Shape::Map(_), _) | (_, ValueType::Struct(_)) => {
                Self::new(name).with_items(of_place.items)
            }
            _ => of_place,
        }
    }
}

/// The schema of the items of a list or map.
fn items(schema: &Schema) -> Option<Schema> {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => Some((**item).clone()),
        _ => None,
    }
}

/// Whether its values are copied rather than borrowed.
pub(super) fn is_copy(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::Boolean | Shape::Integer(_) | Shape::Number)
}

/// An `Option` of a value, from what it needs.
pub(super) fn option(needs: &[Need], value: &TokenStream) -> TokenStream {
    let Some((last, before)) = needs.split_last() else { return quote!(Some(#value)) };
    let (name, option) = (&last.name, last.option.receiver());
    let is_name = matches!(
        syn::parse2::<Ident>(value.clone()), Ok(ident) if ident == *name
    );
    let mapped = if is_name { option } else { quote!(#option.map(|#name| #value)) };
    before.iter().rev().fold(mapped, |inner, Need { name, option }| {
        let option = option.receiver();
        quote!(#option.and_then(|#name| #inner))
    })
}

/// Whether a condition holds, and what it needs is there.
pub(super) fn is_some_and(needs: &[Need], condition: TokenStream) -> TokenStream {
    needs.iter().rev().fold(condition, |inner, Need { name, option }| {
        let option = option.receiver();
        quote!(#option.is_some_and(|#name| #inner))
    })
}

/// The schema of keys of maps.
pub(super) fn key() -> Schema {
    let shape = Shape::String { format: None };
    Schema { shape, nullable: false, constraints: Constraints::default() }
}

/// Whether a list or map is written out in the rule.
pub(super) fn is_literal(of: &Expr) -> bool {
    matches!(of.kind, ExprKind::List(_) | ExprKind::Map(_))
}

/// A whole number as a literal of a width, if it fits.
pub(super) fn whole(value: i64, width: Width) -> Option<TokenStream> {
    let literal = Literal::i64_unsuffixed(value);
    width.holds(value.into()).then(|| quote!(#literal))
}
