//! Waiting: a method of the client for each waiter, and what an answer means to it. Out:
//! items of a tag's `waiters`.

use proc_macro2::{Literal, TokenStream};
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
    let converts = |name: &TypeName| api.is_enum(name) || api.is_pair(name);
    let own: Vec<&Parameter> =
        operation.parameters.iter().filter(|p| p.required && !p.of_client).collect();
    let names: Vec<_> = own.iter().map(|parameter| ident(&parameter.name.code)).collect();
    let item_id = waiter.item_id.as_ref().map(|id| ident(&id.code));
    let arguments = own.iter().zip(&names).map(|(parameter, name)| {
        let Argument { ty, .. } = argument(&parameter.schema, name, &converts);
        quote!(#name: #ty)
    });
    let values = own.iter().zip(&names).map(|(parameter, name)| {
        let Argument { convert, .. } = argument(&parameter.schema, name, &converts);
        let ty = super::rust_type::owned(&parameter.schema);
        quote!(let #name: #ty = #convert;)
    });
    let item_argument = item_id.iter().map(|id| quote!(#id: impl Into<::std::string::String>));
    let item_value = item_id.iter().map(|id| quote!(let #id: ::std::string::String = #id.into();));
    // The id of an item alone tells which it is.
    let shown = item_id.as_ref().map_or(names.as_slice(), std::slice::from_ref);
    let subject = format!("{} {}", escaped(&waiter.subject), vec!["{}"; shown.len()].join(" "));
    let (method, call) = (ident(&waiter.name.code), ident(&operation.name.code));
    let answer = type_ident(&waiter.answer);
    let (make, until, times) = match (&waiter.until, &item_id) {
        (Until::Reached { times, .. }, None) => ("for_state", None, *times),
        (Until::Reached { times, .. }, Some(_)) => ("of_item", None, *times),
        (Until::Gone, None) => ("for_end", Some(quote!(, ::huaweicloud_core::UntilGone)), 1),
        (Until::Gone, Some(_)) => ("end_of_item", Some(quote!(, ::huaweicloud_core::UntilGone)), 1),
    };
    let (make, ask) = (ident(make), ask(item_id.as_ref()));
    let [first, every, limit] = [waiter.first, waiter.every, waiter.limit].map(seconds);
    let times = Literal::u32_unsuffixed(times);
    let (judge, verdict) = (ident(&format!("judge_{}", waiter.name.code)), verdict(waiter));
    let gone = gone(&waiter.gone_codes);
    let words = doc::doc(&words(operation, waiter));
    quote! {
        impl crate::Client {
            #words
            pub fn #method(&self, #(#arguments,)* #(#item_argument)*) -> Waiter<'_, crate::types::#answer #until> {
                #(#values)*
                #(#item_value)*
                let subject = ::std::format!(#subject, #(#shown),*);
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
                    #ask
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

/// How it is asked: for the answer, or for the item of a list that has the id.
fn ask(item_id: Option<&proc_macro2::Ident>) -> TokenStream {
    let Some(id) = item_id else {
        return quote!(async move { Ok(call.send().await?.into_inner()) });
    };
    quote! {
        let #id = #id.clone();
        async move {
            let mut items = call.stream();
            while let Some(item) = items.next().await {
                let item = item?;
                if item.#id.as_ref() == Some(&#id) {
                    return Ok(Some(item));
                }
            }
            Ok(None)
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
        Some(after) => {
            let after = seconds(after);
            quote!(Verdict::Stalled { reason: #message, after: Duration::from_secs(#after) })
        }
    };
    quote!(if #when { return #verdict; })
}

/// A text that `format!` writes as it is.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn seconds(seconds: u64) -> Literal {
    Literal::u64_unsuffixed(seconds)
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
    let what = match &waiter.item_id {
        Some(id) => format!("for the item with this `{}`, ", id.code),
        None => String::new(),
    };
    let ask = format!(
        "Asks [`{0}`](Self::{0}) {what}after {first} s, then every {every} s, for {limit} s at most; \
         each can be set. Nothing is asked before it is waited for.",
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
        let text = doc::tidy_line(&condition.message.text);
        format!("* `{}`, {when}: {}.", condition.id, text.trim_end_matches('.'))
    };
    let lines: Vec<String> = failed.iter().map(line).collect();
    format!("# Errors\n\nWaiting fails with\n\n{}", lines.join("\n"))
}
