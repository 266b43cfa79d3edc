//! What is imported, what is not, and what keeps a path in front of it.

use quote::quote;
use syn::parse_quote;

use super::{super::needless::Needless, *};

fn check(home: Option<&str>, mut given: File, expected: File) {
    shorten(&mut given, home);
    assert_eq!(quote!(#given).to_string(), quote!(#expected).to_string());
}

#[test]
fn absolute_paths_become_names_with_one_use_a_crate() {
    check(
        None,
        parse_quote! {
            fn f(at: &::huaweicloud_core::Path<'_>, of: crate::types::Engine) -> ::core::time::Duration {
                ::huaweicloud_core::check::minimum(at, ::huaweicloud_core::check::Shown::Hidden);
                ::core::time::Duration::from_secs(1)
            }
        },
        parse_quote! {
            use std::time::Duration;
            use huaweicloud_core::{check::{self, Shown}, Path};
            use crate::types::Engine;
            fn f(at: &Path<'_>, of: Engine) -> Duration {
                check::minimum(at, Shown::Hidden);
                Duration::from_secs(1)
            }
        },
    );
}

#[test]
fn the_prelude_needs_no_import_unless_it_is_hidden() {
    check(
        None,
        parse_quote! {
            fn f() -> ::std::option::Option<::std::vec::Vec<u8>> {
                ::core::option::Option::Some(::std::format!("{}", ::std::string::String::new()))
            }
        },
        parse_quote! {
            fn f() -> Option<Vec<u8>> {
                Some(format!("{}", String::new()))
            }
        },
    );
    check(
        Some("crate::types"),
        parse_quote! {
            pub struct Option { next: ::std::option::Option<crate::types::Option> }
        },
        parse_quote! {
            pub struct Option { next: std::option::Option<Option> }
        },
    );
}

#[test]
fn a_name_that_is_taken_keeps_its_module() {
    check(
        None,
        parse_quote! {
            pub struct Engine { of: crate::types::Engine, why: crate::types::Result }
            fn f<Tag>(a: Tag, b: crate::types::Tag, c: ::huaweicloud_core::types::Tag) {}
        },
        parse_quote! {
            use crate::types;
            pub struct Engine { of: types::Engine, why: types::Result }
            fn f<Tag>(a: Tag, b: types::Tag, c: huaweicloud_core::types::Tag) {}
        },
    );
}

#[test]
fn attributes_and_macros_are_shortened_too() {
    check(
        None,
        parse_quote! {
            #[derive(::serde::Deserialize, Clone)]
            struct A {
                #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
                a: u8,
                #[serde(deserialize_with = "::huaweicloud_core::lenient::field")]
                b: u8,
            }
            ::huaweicloud_core::lenient_struct!(A);
        },
        parse_quote! {
            use huaweicloud_core::{lenient, lenient_struct};
            use serde::Deserialize;
            #[derive(Deserialize, Clone)]
            struct A {
                #[serde(default, skip_serializing_if = "Option::is_none")]
                a: u8,
                #[serde(deserialize_with = "lenient::field")]
                b: u8,
            }
            lenient_struct!(A);
        },
    );
}

#[test]
fn an_import_that_nothing_uses_is_left_out() {
    check(
        None,
        parse_quote! {
            use ::huaweicloud_core::{call, check, Validate as _};
            pub use crate::errors::ERROR_CODES;
            fn f() { call::send() }
        },
        parse_quote! {
            use huaweicloud_core::{call, Validate as _};
            pub use crate::errors::ERROR_CODES;
            fn f() { call::send() }
        },
    );
}

#[test]
fn needless_parentheses_are_gone_and_the_printer_sets_the_needed_ones() {
    let mut file: File = parse_quote! {
        fn f() -> bool {
            ((a || (b)) && (!(c == d))) || (((-1).abs()) < (x as u8))
        }
    };
    Needless.visit_file_mut(&mut file);
    let printed = prettyplease::unparse(&file);
    assert!(printed.contains("(a || b) && !(c == d) || (-1).abs() < x as u8"), "{printed}");
}
