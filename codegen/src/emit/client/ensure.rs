//! Buying at most once: a method of the client and a type for each operation that has `x-ensure`.
//! Out: items of a tag's `ensure`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    doc,
    rust_type::{ident, owned, type_ident},
};
use crate::{
    lower::names,
    model::{Api, Bought, Ensure, Look, Operation, Preset, TypeName},
};

/// The method and the type of an operation that has `x-ensure`.
pub(super) fn tokens(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let items = one(api, operation, operation.ensure.as_ref()?);
    Some(quote! {
        use ::huaweicloud_core::{
            __private::{batch_names, ensure}, EnsureError, EnsureWaitError, Ensured, Error,
            Named, Patience, Validate as _,
        };

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
    let type_name = type_ident(&TypeName(names::type_name(&how.name.wire)));
    let words = doc::doc(&[doc::tidy(&how.description), order(operation)]);
    let wait = wait(api, how, &body);
    let summary = format!(
        "A call of [`{0}`](crate::Client::{0}): nothing is sent before [`send`](Self::send).",
        how.name.code
    );
    let type_words = doc::doc(&[summary]);
    let send = send(operation, how);
    quote! {
        #names

        impl crate::Client {
            #words
            pub fn #method(&self, body: #body) -> #type_name<'_> {
                #type_name { client: self, body, checked: true, patience: Patience::default() }
            }

            #wait
        }

        #type_words
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent until `send` is called"]
        pub struct #type_name<'c> {
            client: &'c crate::Client,
            body: #body,
            checked: bool,
            patience: Patience,
        }

        impl #type_name<'_> {
            /// How long to look for what does not appear.
            pub fn patience(mut self, patience: Patience) -> Self {
                self.patience = patience;
                self
            }

            /// Sends whatever violations there are.
            pub fn skip_validation(mut self) -> Self {
                self.checked = false;
                self
            }

            #send
        }
    }
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

fn send(operation: &Operation, how: &Ensure) -> TokenStream {
    let (call, function) = (ident(&operation.name.code), names_function(operation));
    let (look, bought) = (look(&how.look), bought(&how.bought));
    let name = ident(&how.named_by.code);
    quote! {
        /// Looks for the names, orders if none of them is there, and looks again if it is unknown
        /// what came of the order.
        ///
        /// # Errors
        ///
        /// See [`EnsureError`]; only [`Unknown`](EnsureError::Unknown) means that something may have
        /// been bought.
        pub async fn send(self) -> Result<Ensured, EnsureError> {
            let Self { client, body, checked, patience } = self;
            let context = client.context().with_single_use_connections();
            let client = <crate::Client as ::huaweicloud_core::ServiceClient>::from_context(context);
            if checked {
                let admitted = client.context().admit(|| body.violations());
                admitted.map_err(|error| EnsureError::Refused(::std::boxed::Box::new(error)))?;
            }
            let names = #function(&body);
            let (name, is_single) = (body.#name.clone(), names.len() == 1);
            #look
            let buy = || async {
                // Checked above; warnings are handed on once.
                let answer = client.#call(body).skip_validation().send().await?.into_inner();
                #bought
            };
            ensure(&names, patience, look, buy).await
        }
    }
}

fn look(look: &Look) -> TokenStream {
    let list = ident(&look.operation.code);
    let by = ident(&look.name.code);
    let (name, id) = (ident(&look.item_name.code), ident(&look.item_id.code));
    let set = |preset: &Preset| {
        let (setter, value) = (ident(&preset.parameter.code), preset.value.as_str().unwrap_or(""));
        quote!(.#setter(#value))
    };
    let (always, exact) = (look.always.iter().map(set), look.exact.iter().map(set));
    let exact: Vec<TokenStream> = exact.collect();
    let narrow = (!exact.is_empty())
        .then(|| quote!(let call = if is_single { call #(#exact)* } else { call };));
    quote! {
        let look = || async {
            let call = client.#list().#by(name.as_str()) #(#always)*;
            #narrow
            let mut listed = ::std::vec::Vec::new();
            let mut items = call.stream();
            while let Some(item) = items.next().await {
                let item = item?;
                let name = item.#name.unwrap_or_default();
                listed.push(Named { name, id: item.#id.unwrap_or_default() });
            }
            Ok::<_, Error>(listed)
        };
    }
}

fn bought(bought: &Bought) -> TokenStream {
    let items = ident(&bought.items.code);
    let (name, id) = (ident(&bought.item_name.code), ident(&bought.item_id.code));
    let order = match &bought.order {
        Some(order) => {
            let order = ident(&order.code);
            quote!(answer.#order)
        }
        None => quote!(None),
    };
    quote! {
        let items = answer.#items.into_iter().map(|item| Named {
            name: item.#name.unwrap_or_default(),
            id: item.#id.unwrap_or_default(),
        });
        Ok::<_, Error>(Ensured::bought(items.collect(), #order))
    }
}

/// The method that also waits.
fn wait(api: &Api, how: &Ensure, body: &TokenStream) -> Option<TokenStream> {
    let (name, waiter) = how.wait.as_ref()?;
    let found = api.operations.iter().flat_map(|o| &o.waiters).find(|w| w.name.code == *waiter)?;
    let answer = type_ident(&found.answer);
    let (method, ensure) = (ident(&name.code), ident(&how.name.code));
    let wait = ident(waiter);
    let words = doc::doc(&[format!(
        "What [`{ensure}`](Self::{ensure}) does, and then [`{wait}`](Self::{wait}) for each; the \
         answers are in the order of the names."
    )]);
    Some(quote! {
        #words
        ///
        /// # Errors
        ///
        /// See [`EnsureWaitError`]: what was bought is in it, with its ids.
        pub async fn #method(
            &self,
            body: #body,
        ) -> Result<::std::vec::Vec<crate::types::#answer>, EnsureWaitError> {
            let items = self.#ensure(body).send().await?.items;
            let mut answers = ::std::vec::Vec::with_capacity(items.len());
            for item in &items {
                match self.#wait(item.id.as_str()).wait().await {
                    Ok(answer) => answers.push(answer),
                    Err(error) => return Err(EnsureWaitError::waiting(items, error)),
                }
            }
            Ok(answers)
        }
    })
}

fn order(operation: &Operation) -> String {
    format!(
        "Sends [`{0}`](Self::{0}) at most once. Do not run two at the same time for one name: each \
         might look before the other has ordered.",
        operation.name.code
    )
}
