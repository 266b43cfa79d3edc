//! What the runtime must know of an order: its names, what it states, how to look for it, and how it is
//! sent. Out: an implementation of the runtime's `Purchase`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{names_function, type_name};
use crate::{
    emit::client::rust_type::ident,
    model::{Bought, Compare, Ensure, Look, Operation, Preset, Same},
};

pub(super) fn implementation(operation: &Operation, how: &Ensure) -> TokenStream {
    let (type_name, names) = (type_name(how), names_function(operation));
    let (list, order) = (list(how), order(operation, &how.bought));
    let (stated, unusable) = (how.look.same.iter().map(stated), &how.look.unusable);
    quote! {
        impl Purchase for #type_name<'_> {
            fn names(&self) -> ::std::vec::Vec<::std::string::String> {
                #names(&self.body)
            }

            fn stated(&self) -> ::std::vec::Vec<Stated> {
                ::std::vec![#(#stated),*]
            }

            fn unusable(&self) -> &'static [&'static str] {
                &[#(#unusable),*]
            }

            fn text(&self) -> ::std::string::String {
                masked_json(&self.body).unwrap_or_default()
            }

            fn scope(
                &self,
            ) -> Pin<
                ::std::boxed::Box<
                    dyn Future<Output = Result<::std::string::String, Error>> + Send + '_,
                >,
            > {
                scope(self.client.context())
            }

            fn state_folder(&self) -> ::std::option::Option<PathBuf> {
                state_folder(self.client.context())
            }

            fn longest(&self) -> Duration {
                longest(self.client.context())
            }

            fn list(
                &self,
            ) -> Pin<
                ::std::boxed::Box<
                    dyn Future<Output = Result<::std::vec::Vec<Listed>, Error>> + Send + '_,
                >,
            > {
                #list
            }

            fn order(
                &self,
            ) -> Pin<
                ::std::boxed::Box<dyn Future<Output = Result<Reported, Error>> + Send + '_>,
            > {
                #order
            }
        }
    }
}

fn stated(same: &Same) -> TokenStream {
    let (wire, field) = (&same.field.wire, ident(&same.field.code));
    let compare = ident(match same.compare {
        Compare::Text => "Text",
        Compare::Number => "Number",
        Compare::Version => "Version",
    });
    let value = match same.required {
        true => quote!(Some(&self.body.#field)),
        false => quote!(self.body.#field.as_ref()),
    };
    quote!(Stated::new(#wire, Compare::#compare, said(#value)))
}

fn list(how: &Ensure) -> TokenStream {
    let Look { operation, name: by, exact, always, item_name, item_id, item_status, same, .. } =
        &how.look;
    let (list, by) = (ident(&operation.code), ident(&by.code));
    let (named_by, name, id) =
        (ident(&how.named_by.code), ident(&item_name.code), ident(&item_id.code));
    let set = |preset: &Preset| {
        let (setter, value) = (ident(&preset.parameter.code), preset.value.as_str().unwrap_or(""));
        quote!(.#setter(#value))
    };
    let (always, exact) = (always.iter().map(set), exact.iter().map(set));
    let exact: Vec<TokenStream> = exact.collect();
    let narrow = (!exact.is_empty())
        .then(|| quote!(let call = if self.names().len() == 1 { call #(#exact)* } else { call };));
    let field = |name: &crate::model::Name| {
        let name = ident(&name.code);
        quote!(said(item.#name.as_ref()))
    };
    let status = match item_status {
        Some(status) => field(status),
        None => quote!(::std::string::String::new()),
    };
    let said = same.iter().map(|same| {
        let items = same.items.iter().map(field);
        quote!(::std::vec![#(#items),*])
    });
    quote! {
        ::std::boxed::Box::pin(async move {
            // What lay on a connection before is not taken for the answer.
            let context = self.client.context().with_single_use_connections();
            let client = crate::Client::from_context(context);
            let call = client.#list().#by(self.body.#named_by.as_str()) #(#always)*;
            #narrow
            let mut listed = ::std::vec::Vec::new();
            let mut items = call.stream();
            while let Some(item) = items.next().await {
                let item = item?;
                listed.push(Listed {
                    status: #status,
                    said: ::std::vec![#(#said),*],
                    name: item.#name.unwrap_or_default(),
                    id: item.#id.unwrap_or_default(),
                });
            }
            Ok(listed)
        })
    }
}

fn order(operation: &Operation, bought: &Bought) -> TokenStream {
    let (call, items) = (ident(&operation.name.code), ident(&bought.items.code));
    let (name, id) = (ident(&bought.item_name.code), ident(&bought.item_id.code));
    let order = match &bought.order {
        Some(order) => {
            let order = ident(&order.code);
            quote!(answer.#order)
        }
        None => quote!(None),
    };
    quote! {
        ::std::boxed::Box::pin(async move {
            // Checked before; warnings are handed on once.
            let call = self.client.#call(self.body.clone()).skip_validation();
            let answer = call.send().await?.into_inner();
            let items = answer.#items.into_iter().map(|item| Resource {
                name: item.#name.unwrap_or_default(),
                id: item.#id.unwrap_or_default(),
            });
            Ok(Reported { items: items.collect(), order_id: #order })
        })
    }
}
