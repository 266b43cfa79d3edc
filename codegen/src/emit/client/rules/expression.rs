//! Expressions: literals, variables, fields, and calls; the rest by its file.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{
    super::{patterns, rust_type::ident},
    code::{Code, Failure},
};
use crate::model::{Expr, ExprKind, Field, Schema, Shape, TextTest, ValueType};

/// Writes expressions; knows the variables of the comprehensions around them.
#[derive(Default)]
pub(super) struct Writer {
    variables: Vec<Variable>,
}

struct Variable {
    name: String,
    ident: Ident,
    /// As in [`Code`].
    items: Option<Schema>,
}

impl Writer {
    /// The expression as a value.
    pub(super) fn value(&mut self, expr: &Expr) -> Code {
        match &expr.kind {
            ExprKind::Bool(value) => Code::sure(quote!(#value)),
            ExprKind::Int(value) => {
                let value = Literal::i64_unsuffixed(*value);
                Code::sure(quote!(#value))
            }
            ExprKind::Double(value) => {
                let value = Literal::f64_unsuffixed(*value);
                Code::sure(quote!(#value))
            }
            ExprKind::Text(value) => Code::sure(quote!(#value)),
            ExprKind::List(items) => self.list(items),
            ExprKind::Map(entries) => self.keys(entries),
            ExprKind::Variable(name) => self.variable(name),
            ExprKind::Field(of, field) => self.field(of, field, &expr.ty),
            ExprKind::Has(of, field) => self.has(of, field),
            ExprKind::Not(of) => {
                let of = self.value(of);
                let tokens = of.tokens;
                Code::new(quote!(!#tokens), of.failure)
            }
            ExprKind::Negate(of) => self.negate(of),
            ExprKind::And(a, b) => self.logic(a, b, &quote!(&&), &quote!(and)),
            ExprKind::Or(a, b) => self.logic(a, b, &quote!(||), &quote!(or)),
            ExprKind::Choose(c, a, b) => self.choose(c, a, b),
            ExprKind::Compare(op, a, b) => self.compare(*op, a, b),
            ExprKind::Arithmetic(op, a, b) => self.arithmetic(*op, a, b),
            ExprKind::In(a, b) => self.is_in(a, b),
            ExprKind::Index(of, key) => self.index(of, key, &expr.ty),
            ExprKind::Size(of) => self.size(of),
            ExprKind::Test(test, of, with) => self.test(*test, of, with),
            ExprKind::Matches(of, pattern) => {
                let of = self.value(of);
                let (tokens, function) = (of.tokens, patterns::function(&pattern.text));
                Code::new(quote!(crate::patterns::#function(#tokens)), of.failure)
            }
            ExprKind::Comprehension(kind, over, name, body) => {
                self.comprehension(*kind, over, name, body)
            }
        }
    }

    /// Writes something where one more variable is known.
    pub(super) fn with_variable<T>(
        &mut self,
        name: &str,
        items: Option<Schema>,
        write: impl FnOnce(&mut Self, &Ident) -> T,
    ) -> T {
        let ident = format_ident!("item{}", self.variables.len());
        self.variables.push(Variable { name: name.to_owned(), ident: ident.clone(), items });
        let written = write(self, &ident);
        self.variables.pop();
        written
    }

    fn variable(&self, name: &str) -> Code {
        match self.variables.iter().find(|variable| variable.name == name) {
            Some(Variable { ident, items, .. }) => {
                Code::sure(quote!(#ident)).with_items(items.clone())
            }
            None => Code::sure(quote!(self)),
        }
    }

    fn field(&mut self, of: &Expr, field: &Field, ty: &ValueType) -> Code {
        let of = self.value(of);
        let (base, name) = (of.tokens, ident(&field.name.code));
        if field.required {
            let place = quote!(#base.#name);
            return Code::new(of_place(&field.schema, ty, &place), of.failure)
                .with_items(items(&field.schema));
        }
        let place = quote!(#base.#name.as_ref()?);
        Code::new(of_reference(&field.schema, ty, &place), of.failure.max(Failure::Guarded))
            .with_items(items(&field.schema))
    }

    fn has(&mut self, of: &Expr, field: &Field) -> Code {
        if field.required {
            return Code::sure(quote!(true));
        }
        let of = self.value(of);
        let (base, name) = (of.tokens, ident(&field.name.code));
        Code::new(quote!(#base.#name.is_some()), of.failure)
    }

    fn size(&mut self, of: &Expr) -> Code {
        let code = self.value(of);
        let tokens = code.tokens;
        let tokens = match of.ty {
            ValueType::Text => quote!(rule::size(#tokens)),
            _ => quote!(rule::count(#tokens.len())),
        };
        Code::new(tokens, code.failure)
    }

    fn test(&mut self, test: TextTest, of: &Expr, with: &Expr) -> Code {
        let (of, with) = (self.value(of), self.value(with));
        let method = match test {
            TextTest::StartsWith => quote!(starts_with),
            TextTest::EndsWith => quote!(ends_with),
            TextTest::Contains => quote!(contains),
        };
        let (text, part) = (of.tokens, with.tokens);
        Code::new(quote!(#text.#method(#part)), of.failure.max(with.failure))
    }
}

/// The schema of the items of a list or map.
pub(super) fn items(schema: &Schema) -> Option<Schema> {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => Some((**item).clone()),
        _ => None,
    }
}

/// The value behind a reference to one of a schema.
pub(super) fn of_reference(schema: &Schema, ty: &ValueType, place: &TokenStream) -> TokenStream {
    match (&schema.shape, ty) {
        (Shape::Integer { bits: 32 }, _) => quote!(i64::from(*#place)),
        (Shape::Boolean | Shape::Integer { .. } | Shape::Number, _) => quote!((*#place)),
        (Shape::Secret, _) => quote!(#place.expose()),
        (Shape::Array(_), _) => quote!(#place.as_slice()),
        // A string or an enumeration.
        (_, ValueType::Text) => quote!(#place.as_str()),
        _ => quote!(#place),
    }
}

/// The same for a place of the structure.
fn of_place(schema: &Schema, ty: &ValueType, place: &TokenStream) -> TokenStream {
    match (&schema.shape, ty) {
        (Shape::Integer { bits: 32 }, _) => quote!(i64::from(#place)),
        (Shape::Boolean | Shape::Integer { .. } | Shape::Number, _) => place.clone(),
        (Shape::Map(_), _) | (_, ValueType::Struct(_)) => quote!((&#place)),
        _ => of_reference(schema, ty, place),
    }
}
