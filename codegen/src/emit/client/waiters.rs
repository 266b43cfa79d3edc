//! Waiting: a method of the client for each waiter, and what an answer means to it. Out:
//! items of a tag's `waiters`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    doc, rules,
    rust_type::{Argument, argument, ident, type_ident},
};
use crate::model::{Api, FailureCondition, Operation, Parameter, TypeName, Until, Waiter};

/// The waiters of an operation, if it has any.
pub(super) fn tokens(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let waiters = operation.waiters.iter().map(|waiter| one(api, operation, waiter));
    let waiters: Vec<TokenStream> = waiters.collect();
    (!waiters.is_empty()).then(|| {
        quote! {
            use ::huaweicloud_core::rule;
            use ::huaweicloud_core::{Verdict, Waiter, __private::WaitSettings};
            use ::std::time::Duration;

            #(#waiters)*
        }
    })
}

fn one(api: &Api, operation: &Operation, waiter: &Waiter) -> TokenStream {
    let is_enum = |name: &TypeName| api.is_enum(name);
    let own: Vec<&Parameter> =
        operation.parameters.iter().filter(|p| p.required && !p.of_client).collect();
    let names: Vec<_> = own.iter().map(|parameter| ident(&parameter.name.code)).collect();
    let arguments = own.iter().zip(&names).map(|(parameter, name)| {
        let Argument { ty, .. } = argument(&parameter.schema, name, &is_enum);
        quote!(#name: #ty)
    });
    let values = own.iter().zip(&names).map(|(parameter, name)| {
        let Argument { convert, .. } = argument(&parameter.schema, name, &is_enum);
        let ty = super::rust_type::owned(&parameter.schema);
        quote!(let #name: #ty = #convert;)
    });
    let subject = format!("{} {}", waiter.subject, vec!["{}"; names.len()].join(" "));
    let (method, call) = (ident(&waiter.name.code), ident(&operation.name.code));
    let answer = type_ident(&waiter.answer);
    let (make, until, times) = match &waiter.until {
        Until::Reached { times, .. } => (ident("for_state"), None, *times),
        Until::Gone => (ident("for_end"), Some(quote!(, ::huaweicloud_core::UntilGone)), 1),
    };
    let (first, every, limit) = (waiter.first, waiter.every, waiter.limit);
    let (judge, verdict) = (ident(&format!("judge_{}", waiter.name.code)), verdict(waiter));
    let gone = gone(&waiter.gone_codes);
    let words = doc::doc(&words(operation, waiter));
    quote! {
        impl crate::Client {
            #words
            pub fn #method(&self, #(#arguments),*) -> Waiter<'_, crate::types::#answer #until> {
                #(#values)*
                let subject = ::std::format!(#subject, #(#names),*);
                let settings = WaitSettings {
                    first: Duration::from_secs(#first),
                    every: Duration::from_secs(#every),
                    limit: Duration::from_secs(#limit),
                    times: #times,
                    judge: crate::types::#answer::#judge,
                    is_gone: |error| #gone,
                };
                let call = self.#call(#(#names),*);
                Waiter::#make(subject, settings, move || {
                    let call = call.clone();
                    async move { Ok(call.send().await?.into_inner()) }
                })
            }
        }

        impl crate::types::#answer {
            fn #judge(&self) -> Verdict {
                #verdict
            }
        }
    }
}

/// What an answer means: what cannot end well first, for a state may be both.
fn verdict(waiter: &Waiter) -> TokenStream {
    let failed = waiter.failed.iter().map(failure);
    let reached = match &waiter.until {
        Until::Reached { when, .. } => {
            let when = rules::is_true(when);
            quote!(if #when { return Verdict::Reached; })
        }
        Until::Gone => TokenStream::new(),
    };
    quote!(#(#failed)* #reached Verdict::Pending)
}

fn failure(condition: &FailureCondition) -> TokenStream {
    let (when, message) = rules::reason(&condition.when, &condition.message);
    let verdict = match condition.after {
        None => quote!(Verdict::Failed { reason: #message }),
        Some(after) => quote! {
            Verdict::Stalled { reason: #message, after: Duration::from_secs(#after) }
        },
    };
    quote!(if #when { return #verdict; })
}

fn gone(codes: &[String]) -> TokenStream {
    let status = quote!(error.status().is_some_and(|status| status.as_u16() == 404));
    if codes.is_empty() {
        return status;
    }
    quote!(#status || ::std::matches!(error.code(), Some(#(#codes)|*)))
}

fn words(operation: &Operation, waiter: &Waiter) -> Vec<String> {
    let Waiter { first, every, limit, .. } = waiter;
    let ask = format!(
        "Asks [`{0}`](Self::{0}) after {first} s, then every {every} s, for {limit} s at most; each \
         can be set. Nothing is asked before it is waited for.",
        operation.name.code
    );
    let mut paragraphs = vec![doc::tidy(&waiter.description), ask];
    if !waiter.failed.is_empty() {
        paragraphs.push(failures(&waiter.failed));
    }
    paragraphs
}

fn failures(failed: &[FailureCondition]) -> String {
    let line = |condition: &FailureCondition| {
        let when = match condition.after {
            None => "at once".to_owned(),
            Some(after) => format!("after {after} s"),
        };
        format!("* `{}`, {when}: {}", condition.id, doc::tidy_line(&condition.message.text))
    };
    let lines: Vec<String> = failed.iter().map(line).collect();
    format!("Fails with\n\n{}", lines.join("\n"))
}
