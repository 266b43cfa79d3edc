//! What nobody would write. In: an emitted file. Out: the same without parentheses that the printer
//! sets itself where they are needed, and without `name: name`.

use quote::ToTokens as _;
use syn::{
    Expr, FieldValue, Macro, Member, Token, parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

/// Leaves it out.
pub(super) struct Needless;

impl VisitMut for Needless {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if let (Member::Named(name), Expr::Path(path)) = (&field.member, &field.expr)
            && path.path.is_ident(name)
        {
            field.colon_token = None;
        }
        visit_mut::visit_field_value_mut(self, field);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        while let Expr::Paren(inner) = expression {
            *expression = std::mem::replace(&mut *inner.expr, parse_quote!(()));
        }
        visit_mut::visit_expr_mut(self, expression);
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(mut arguments) = call.parse_body_with(parse) {
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            call.tokens = arguments.into_token_stream();
        }
    }
}
