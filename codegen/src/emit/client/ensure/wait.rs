//! The method that makes sure and also waits. Out: it, and a type that holds its settings; nothing for an
//! operation without a waiter.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Place, settings, type_name};
use crate::{
    emit::client::{
        doc,
        rust_type::{ident, type_ident},
    },
    lower::names,
    model::{Api, Ensure, TypeName},
};

pub(super) fn tokens(api: &Api, how: &Ensure, body: &TokenStream) -> Option<TokenStream> {
    let (name, waiter) = how.wait.as_ref()?;
    let found = api.operations.iter().flat_map(|o| &o.waiters).find(|w| w.name.code == *waiter)?;
    let answer = type_ident(&found.answer);
    let (method, ensure) = (ident(&name.code), ident(&how.name.code));
    let own = type_ident(&TypeName(names::type_name(&name.wire)));
    let words = doc::doc(&[format!(
        "What [`{ensure}`](Self::{ensure}) does, and then [`{waiter}`](Self::{waiter}) for each of the \
         names, side by side; the answers are in the order of the names. Nothing is sent before the call \
         is awaited.",
    )]);
    let type_words = doc::doc(&[format!(
        "A call of [`{0}`](crate::Client::{0}): nothing is sent before it is awaited, itself or by \
         [`send`](Self::send).",
        name.code
    )]);
    let ensure_type = type_name(how);
    let (settings, pauses) = (settings(&Place::Inner), pauses(waiter));
    let (wait, awaited) = (ident(waiter), awaited(&own, &answer));
    Some(quote! {
        impl crate::Client {
            #words
            pub fn #method(&self, body: #body) -> #own<'_> {
                #own { ensure: self.#ensure(body), wait: WaitOptions::default() }
            }
        }

        #type_words
        #[derive(Debug)]
        #[must_use = "nothing is sent until it is awaited"]
        pub struct #own<'c> {
            ensure: #ensure_type<'c>,
            wait: WaitOptions<'c, crate::types::#answer>,
        }

        impl<'c> #own<'c> {
            #settings
            #pauses

            /// Called with each answer on the way, and the resource that it is about.
            pub fn on_progress(
                mut self,
                progress: impl FnMut(&Resource, &crate::types::#answer) + Send + 'c,
            ) -> Self {
                self.wait.progress = Some(::std::boxed::Box::new(progress));
                self
            }

            /// Where to look up the state of the order that this call makes, if it makes one: an order that is
            /// unpaid or cancelled creates nothing, and one that was accepted is only slow.
            pub fn order_states(mut self, states: impl OrderStates + 'c) -> Self {
                self.wait = self.wait.asking(states);
                self
            }

            /// Orders what is not there yet, and waits for all of it. [`provenance`](Ensured::provenance) tells whether it
            /// was created now, or was there before.
            ///
            /// # Errors
            ///
            /// See [`EnsureWaitError`]: what was ordered is in it, with its ids.
            pub async fn send(
                self,
            ) -> Result<Ensured<crate::types::#answer>, EnsureWaitError> {
                let client = self.ensure.client;
                let mut wait = self.wait;
                wait.appear.get_or_insert(self.ensure.settings.lookup.after);
                let ensured = self.ensure.send().await?;
                wait.wait(ensured, |id| client.#wait(id)).await
            }
        }

        #awaited
    })
}

/// What is awaited is sent.
fn awaited(own: &Ident, answer: &Ident) -> TokenStream {
    quote! {
        impl<'c> ::std::future::IntoFuture for #own<'c> {
            type Output = Result<Ensured<crate::types::#answer>, EnsureWaitError>;
            type IntoFuture = ::huaweicloud_core::call::Boxed<'c, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }
    }
}

/// The setters of the waiter.
fn pauses(waiter: &str) -> TokenStream {
    let like =
        doc::doc(&[format!("As [`{waiter}`](crate::Client::{waiter}) says where it is not set.")]);
    quote! {
        /// How long to pause before the first question.
        ///
        #like
        pub fn first_after(mut self, pause: Duration) -> Self {
            self.wait.first = Some(pause);
            self
        }

        /// How long to pause between questions.
        ///
        #like
        pub fn every(mut self, pause: Duration) -> Self {
            self.wait.every = Some(pause);
            self
        }

        /// How long to wait for a resource that exists, in all.
        ///
        #like
        pub fn limit(mut self, limit: Duration) -> Self {
            self.wait.limit = Some(limit);
            self
        }

        /// How long a new resource may be missing from the first answers: as long as
        /// [`LookupPolicy::after`] says, unless it is set here. A resource that has an id exists, and
        /// every part of the service knows it in the end.
        pub fn appears_within(mut self, time: Duration) -> Self {
            self.wait.appear = Some(time);
            self
        }
    }
}
