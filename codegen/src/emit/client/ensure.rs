//! Ordering at most once: for each operation that has `x-ensure` a method of the client, a type that holds
//! the order and its settings, and what the runtime must know of it; and the same once more for the method
//! that also waits. Out: items of a tag's `ensure`.

mod purchase;
mod wait;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::{
    lower::names,
    model::{Api, Ensure, Operation, TypeName},
};

/// The methods and types of an operation that has `x-ensure`.
pub(super) fn tokens(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let how = operation.ensure.as_ref()?;
    let items = one(api, operation, how);
    // Nothing is compared where a list says nothing to compare with.
    let said = (how.look.item_status.is_some() || !how.look.same.is_empty()).then(|| quote!(said,));
    Some(quote! {
        use ::huaweicloud_core::{
            __private::{
                Compare, EnsureSettings, JournalChoice, Listed, Purchase, Reported, Stated,
                WaitOptions, batch_names, ensure, longest, #said scope, state_folder,
            },
            EnsureError, EnsureWaitError, Ensured, Error, Journal, LookupPolicy, MemoryJournal, OrderStates,
            Resource, ServiceClient as _, Validate as _, call::masked_json,
        };
        use ::std::{path::PathBuf, pin::Pin, sync::Arc, time::Duration};

        #items
    })
}

/// The function that gives the names of what a body orders.
pub(super) fn names_function(operation: &Operation) -> proc_macro2::Ident {
    ident(&format!("names_of_{}", operation.name.code))
}

fn one(api: &Api, operation: &Operation, how: &Ensure) -> TokenStream {
    let body = operation.body.as_ref().map(|body| owned(&body.schema)).unwrap_or_default();
    let names = names(operation, how, &body);
    let method = ident(&how.name.code);
    let type_name = type_name(how);
    let words = doc::doc(&[doc::tidy(&how.description), order(operation)]);
    let summary = format!(
        "A call of [`{0}`](crate::Client::{0}): nothing is sent before [`send`](Self::send).",
        how.name.code
    );
    let type_words = doc::doc(&[summary]);
    let settings = settings(&Place::Own);
    let purchase = purchase::implementation(operation, how);
    let wait = wait::tokens(api, how, &body);
    quote! {
        #names

        impl crate::Client {
            #words
            pub fn #method(&self, body: #body) -> #type_name<'_> {
                let settings = EnsureSettings::of(self.context());
                let allowed = ::huaweicloud_core::Allowed::NONE;
                #type_name { client: self, body, checked: true, allowed, settings }
            }
        }

        #type_words
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct #type_name<'c> {
            client: &'c crate::Client,
            body: #body,
            checked: bool,
            allowed: ::huaweicloud_core::Allowed,
            settings: EnsureSettings,
        }

        impl #type_name<'_> {
            #settings

            /// Waits for its turn among all that order one of the names, looks the names up, orders if none
            /// of them exists, and looks them up again if the outcome of the order is unknown.
            ///
            /// # Errors
            ///
            /// See [`EnsureError`]; [`is_unknown_outcome`](EnsureError::is_unknown_outcome) tells
            /// whether something may have been ordered.
            pub async fn send(self) -> Result<Ensured, EnsureError> {
                if self.checked {
                    let context = self.client.context();
                    let admitted = context.admit_but(&self.allowed, || self.body.violations());
                    admitted.map_err(|error| EnsureError::Refused(::std::boxed::Box::new(error)))?;
                }
                ensure(&self, &self.settings).await
            }
        }

        #purchase

        #wait
    }
}

/// The type of the call that makes sure.
fn type_name(how: &Ensure) -> proc_macro2::Ident {
    type_ident(&TypeName(names::type_name(&how.name.wire)))
}

fn names(operation: &Operation, how: &Ensure, body: &TokenStream) -> TokenStream {
    let function = names_function(operation);
    let name = ident(&how.named_by.code);
    let count = match &how.count {
        Some(count) => {
            let count = ident(&count.code);
            quote!(i64::from(body.#count.unwrap_or(1)))
        }
        None => quote!(1),
    };
    quote! {
        /// The names of what is ordered.
        pub(crate) fn #function(body: &#body) -> ::std::vec::Vec<::std::string::String> {
            batch_names(&body.#name, #count)
        }
    }
}

/// Where the settings of a call are.
enum Place {
    /// In its own type.
    Own,
    /// In the call that makes sure, which it holds as `ensure`.
    Inner,
}

/// The setters of a call that orders.
fn settings(place: &Place) -> TokenStream {
    let set = |own: TokenStream, inner: TokenStream| match place {
        Place::Own => own,
        Place::Inner => quote!(self.ensure = self.ensure.#inner;),
    };
    let lookup = set(quote!(self.settings.lookup = policy;), quote!(lookup(policy)));
    let journal = set(
        quote!(self.settings.journal = JournalChoice::Given(Arc::new(journal));),
        quote!(journal(journal)),
    );
    let none = set(quote!(self.settings.journal = JournalChoice::None;), quote!(without_journal()));
    let ordered =
        set(quote!(self.settings.may_have_been_ordered = true;), quote!(may_have_been_ordered()));
    let differences =
        set(quote!(self.settings.allow_differences = true;), quote!(allow_differences()));
    let checked = set(quote!(self.checked = false;), quote!(skip_validation()));
    let allowed = set(quote!(self.allowed.add(rule);), quote!(allow(rule)));
    let process = set(quote!(self.settings.process = Some(memory);), quote!(in_process(memory)));
    quote! {
        /// How long to look for a resource that does not appear.
        pub fn lookup(mut self, policy: LookupPolicy) -> Self {
            #lookup
            self
        }

        /// Remembers orders in this journal, instead of in that of the
        /// [client](crate::ClientBuilder::journal) or, if it has none, of the user
        /// ([`FileJournal`](crate::FileJournal) says where that is).
        pub fn journal(mut self, journal: impl Journal + 'static) -> Self {
            #journal
            self
        }

        /// Remembers orders in this process alone, and writes no file. After a crash, or an outcome
        /// that is unknown, the next process orders again although the first order may still be carried
        /// out; unless it says that it [`may_have_been_ordered`](Self::may_have_been_ordered).
        pub fn without_journal(mut self) -> Self {
            #none
            self
        }

        /// Looks for as long as [`LookupPolicy::after`] says before it orders, because there may be an
        /// earlier order that no journal knows of, such as one from a machine that is gone.
        pub fn may_have_been_ordered(mut self) -> Self {
            #ordered
            self
        }

        /// Accepts a resource that has the name even if it differs from what the order states.
        pub fn allow_differences(mut self) -> Self {
            #differences
            self
        }

        /// Sends the order whatever violations there are.
        pub fn skip_validation(mut self) -> Self {
            #checked
            self
        }

        /// Switches one rule off, by the id that a violation names.
        pub fn allow(mut self, rule: impl Into<::std::borrow::Cow<'static, str>>) -> Self {
            #allowed
            self
        }

        #[doc(hidden)]
        pub fn in_process(mut self, memory: MemoryJournal) -> Self {
            #process
            self
        }
    }
}

fn order(operation: &Operation) -> String {
    format!(
        "Sends [`{0}`](Self::{0}) at most once. When several tasks or programs order the same name at the \
         same time, in one process or with one journal, one of them orders and the others find its result.",
        operation.name.code
    )
}
