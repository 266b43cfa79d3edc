//! A test an example: every payload goes through the types of the crate and comes out the same.
//! Out: `tests/payloads.rs`, and below it one file per tag, which read the files that `emit/examples` wrote.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    ROOT, chapter, features, imports,
    rust_type::{ident, owned_in},
};
use crate::{
    config::Service,
    emit::EmitError,
    emit::examples::{self, Plan},
    model::{Api, Name, Schema, Shape},
    output::FileSet,
};

/// So many tests stand in one file.
const IN_ONE: usize = 80;

pub(super) fn emit(
    api: &Api,
    service: &Service,
    banner: &str,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    let krate = ident(&service.crate_name());
    let plans = examples::plan(api);
    let plans: BTreeMap<&Name, &Plan<'_>> =
        plans.iter().map(|plan| (&plan.operation.name, plan)).collect();
    let mut modules = Vec::new();
    for chapter in api.chapters() {
        let plans = chapter.operations.iter().filter_map(|operation| plans.get(&operation.name));
        let tests: Vec<TokenStream> = plans
            .flat_map(|plan| [requests(api, plan, &krate), answers(plan, &krate)].concat())
            .collect();
        let gate = chapter.tag.map(features::gate);
        for (number, tests) in tests.chunks(IN_ONE).enumerate() {
            let number = if number == 0 { String::new() } else { format!("_{}", number + 1) };
            let name = format!("{}{number}", chapter::module(&chapter));
            let module = ident(&name);
            let path = format!("payloads/{name}.rs");
            modules.push(quote!(#gate #[path = #path] mod #module;));
            let mut file = syn::parse2(quote! {
                use super::{answer, request};

                #(#tests)*
            })
            .map_err(EmitError::not_rust(&path))?;
            imports::shorten(&mut file, None);
            files.parsed(format!("{ROOT}/tests/{path}"), banner, file);
        }
    }
    files.rust(format!("{ROOT}/tests/payloads.rs"), banner, root(&krate, &modules));
    Ok(())
}

/// What a test does, and the tests of each tag.
fn root(krate: &proc_macro2::Ident, modules: &[TokenStream]) -> TokenStream {
    let about = " Every example payload decodes, is valid, and encodes to the same JSON.";
    quote! {
        #![doc = #about]
        #![allow(dead_code, reason = "an API may have no examples of one kind")]

        use #krate::Validate;
        use serde_json::Value;

        #(#modules)*

        fn request<T: serde::de::DeserializeOwned + serde::Serialize + Validate>(text: &str) {
            // An optional value that is null is one that is not sent.
            let decoded = same::<T>(text, Value::is_null);
            if let Err(violations) = decoded.validate() {
                panic!("{violations}");
            }
        }

        /// In an answer an empty list and `null` say no more than absence.
        fn answer<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) {
            same::<T>(text, |value| match value {
                Value::Array(items) => items.is_empty(),
                Value::Object(map) => map.is_empty(),
                other => other.is_null(),
            });
        }

        fn same<T: serde::de::DeserializeOwned + serde::Serialize>(
            text: &str,
            is_absent: fn(&Value) -> bool,
        ) -> T {
            let value: Value = serde_json::from_str(text).expect("the payload is JSON");
            let decoded: T = serde_json::from_str(text).expect("the payload fits its type");
            let encoded = serde_json::to_value(&decoded).expect("the value encodes");
            let view = |value| without(plain(value), is_absent);
            assert_eq!(view(encoded), view(value));
            decoded
        }

        fn without(value: Value, is_absent: fn(&Value) -> bool) -> Value {
            match value {
                Value::Array(items) => {
                    items.into_iter().map(|item| without(item, is_absent)).collect()
                }
                Value::Object(map) => {
                    let entries = map.into_iter().map(|(key, v)| (key, without(v, is_absent)));
                    entries.filter(|(_, value)| !is_absent(value)).collect()
                }
                other => other,
            }
        }

        /// In JSON `2` and `2.0` are one number.
        fn plain(value: Value) -> Value {
            match value {
                Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
                Value::Array(items) => items.into_iter().map(plain).collect(),
                Value::Object(map) => map.into_iter().map(|(key, v)| (key, plain(v))).collect(),
                other => other,
            }
        }
    }
}

fn requests(api: &Api, plan: &Plan<'_>, krate: &proc_macro2::Ident) -> Vec<TokenStream> {
    let Some(body) = &plan.operation.body else { return Vec::new() };
    let with_payload = plan.calls.iter().filter_map(|call| Some((call.payload.as_ref()?, call)));
    with_payload
        .map(|(payload, call)| {
            let example = call.example.map_or("call", |example| example.name.code.as_str());
            let name = format!("{}_{example}", plan.operation.name.code);
            let ty = of_crate(&body.schema, krate);
            // Lists and maps are checked by the call, and open sets not at all; other named types check
            // themselves.
            let function = match &body.schema.shape {
                Shape::Named(name) if !body.schema.nullable && !api.is_open_enum(name) => {
                    quote!(request::<#ty>)
                }
                _ => quote!(answer::<#ty>),
            };
            test(&name, payload, &function)
        })
        .collect()
}

fn answers(plan: &Plan<'_>, krate: &proc_macro2::Ident) -> Vec<TokenStream> {
    let test = |answer: &examples::Answer<'_>| {
        let schema = answer.response.schema.as_ref()?;
        let (status, example) = (answer.response.status.to_lowercase(), &answer.example.name.code);
        let name = format!("{}_answers_{status}_{example}", plan.operation.name.code);
        let ty = of_crate(schema, krate);
        Some(test(&name, &answer.payload, &quote!(answer::<#ty>)))
    };
    plan.answers.iter().filter_map(test).collect()
}

fn test(name: &str, payload: &str, function: &TokenStream) -> TokenStream {
    let name = ident(name);
    // The crate is one folder below the output, and the file two below the crate.
    let path = format!("../../../{payload}");
    quote! {
        #[test]
        fn #name() {
            let text = include_str!(#path);
            #function(text);
        }
    }
}

/// The type as another crate names it.
fn of_crate(schema: &Schema, krate: &proc_macro2::Ident) -> TokenStream {
    owned_in(schema, &quote!(::#krate))
}
