//! Functions are compiled where they are used. In: an emitted source of the crate. Out: the same
//! with `#[inline]` on every function that is not generic.
//!
//! A program calls a few of all operations. Without this, the code of the others would be made in
//! every build and thrown away by every linker.

use syn::{
    Attribute, FnArg, GenericParam, ImplItemFn, ItemFn, Signature, Type, parse_quote,
    visit_mut::{self, VisitMut},
};

/// Marks the functions of a file.
pub(super) struct Marks;

impl VisitMut for Marks {
    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        visit_mut::visit_item_fn_mut(self, function);
        mark_one(&mut function.attrs, &function.sig);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        visit_mut::visit_impl_item_fn_mut(self, function);
        mark_one(&mut function.attrs, &function.sig);
    }
}

fn mark_one(attributes: &mut Vec<Attribute>, signature: &Signature) {
    if !is_generic(signature) {
        attributes.push(parse_quote!(#[inline]));
    }
}

/// What is generic is compiled where it is used anyway.
fn is_generic(signature: &Signature) -> bool {
    let takes_impl = |argument: &FnArg| match argument {
        FnArg::Typed(argument) => matches!(*argument.ty, Type::ImplTrait(_)),
        FnArg::Receiver(_) => false,
    };
    let of_type = |parameter: &GenericParam| !matches!(parameter, GenericParam::Lifetime(_));
    signature.generics.params.iter().any(of_type) || signature.inputs.iter().any(takes_impl)
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn what_is_not_generic_is_marked() {
        let mut file: syn::File = parse_quote! {
            fn plain<'a>(text: &'a str) {}
            fn generic<T>(value: T) {}
            fn hidden(value: impl Into<String>) {}
            impl Thing {
                pub async fn call(self) {}
            }
        };
        Marks.visit_file_mut(&mut file);
        let expected = quote! {
            #[inline]
            fn plain<'a>(text: &'a str) {}
            fn generic<T>(value: T) {}
            fn hidden(value: impl Into<String>) {}
            impl Thing {
                #[inline]
                pub async fn call(self) {}
            }
        };
        assert_eq!(quote!(#file).to_string(), expected.to_string());
    }
}
