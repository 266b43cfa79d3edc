//! How a call is sent: what the runtime must know of it, and the methods that hand it over.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    answers,
    calls::Call,
    chapter,
    ensure::names_function,
    rust_type::{ident, type_ident},
};
use crate::{
    emit::EmitError,
    media::Media,
    model::{Api, Location, Operation, Parameter, Schema, Shape},
};

impl Call<'_> {
    pub(super) fn send(&self) -> TokenStream {
        let (answer, send) = self.sent();
        quote! {
            /// Validates, sends, and reads the answer.
            ///
            /// # Errors
            ///
            /// See [`Error`](crate::Error): what is refused before anything leaves, what could not be sent,
            /// what the service answered, and what could not be read.
            pub fn send(
                self,
            ) -> impl Future<
                Output = Result<::huaweicloud_core::Response<#answer>, ::huaweicloud_core::Error>,
            > {
                #send
            }

            /// Does all that [`send`](Self::send) does before it sends, and shows the request without
            /// its secrets. The service is sent nothing; credentials and the project id are found as
            /// for any call.
            ///
            /// # Errors
            ///
            /// See [`Error`](crate::Error): what is refused before anything leaves.
            pub fn dry_run(
                self,
            ) -> impl Future<Output = Result<::huaweicloud_core::Prepared, ::huaweicloud_core::Error>> {
                call::dry_run(self)
            }
        }
    }

    /// What a response holds, and the function that gets it.
    fn sent(&self) -> (TokenStream, TokenStream) {
        let answer = answers::answer(self.operation);
        let (send, answer) = match answer {
            Some(answer) => ("send", answer),
            None if self.operation.downloads() => ("send_download", quote!(Vec<u8>)),
            None => ("send_empty", quote!(())),
        };
        let send = ident(send);
        match &self.operation.headers {
            Some(headers) => {
                let headers = type_ident(&headers.type_name);
                (quote!(#answer, #headers), quote!(call::with_headers(call::#send(self))))
            }
            None => (answer, quote!(call::#send(self))),
        }
    }

    /// A call that is awaited is sent.
    pub(super) fn awaited(&self) -> TokenStream {
        let (name, answer) = (type_ident(&self.operation.type_name), self.sent().0);
        quote! {
            impl<'c> ::std::future::IntoFuture for #name<'c> {
                type Output = Result<::huaweicloud_core::Response<#answer>, ::huaweicloud_core::Error>;
                type IntoFuture = call::Boxed<'c, Self::Output>;

                /// Does what [`send`](Self::send) does.
                fn into_future(self) -> Self::IntoFuture {
                    ::std::boxed::Box::pin(self.send())
                }
            }
        }
    }

    /// What the runtime needs to know to send a call.
    pub(super) fn description(&self) -> Result<TokenStream, EmitError> {
        let operation = self.operation;
        let type_name = type_ident(&operation.type_name);
        let answer = answers::answer(operation).unwrap_or_else(|| quote!(()));
        let known = answers::operation(self.api, operation);
        let name = ident(&operation.name.code);
        let module = chapter::module_of(self.api, operation);
        let arguments = self.raw_arguments()?;
        let (path, ordered) = (self.check_path(), ordered(self.api, operation));
        let (listed, mask, body) = (self.listed(), self.mask(), masked_body(operation));
        Ok(quote! {
            impl call::Call for #type_name<'_> {
                type Answer = #answer;

                const OPERATION: call::Operation = #known;

                fn setup(&self) -> &call::Setup<'_> {
                    &self.setup
                }

                fn check(&self) -> ::huaweicloud_core::Violations {
                    self.violations()
                }

                #path

                fn request(&self, ready: &call::Ready) -> call::Built {
                    crate::#module::requests::#name(ready.context(), #(#arguments),*)
                }

                #listed
                #ordered
                #mask
                #body
            }
        })
    }

    fn check_path(&self) -> Option<TokenStream> {
        let segments = self.own().filter(|p| p.location == Location::Path && is_text(&p.schema));
        let checks: Vec<TokenStream> = segments
            .map(|parameter| {
                let (wire, name) = (&parameter.name.wire, ident(&parameter.name.code));
                let text = match parameter.schema.shape {
                    Shape::Secret => quote!(self.#name.expose()),
                    Shape::Named(_) => quote!(self.#name.as_str()),
                    _ => quote!(&self.#name),
                };
                quote!(call::segment(#wire, #text))
            })
            .collect();
        let (last, before) = checks.split_last()?;
        Some(quote! {
            fn check_path(&self) -> Result<(), ::huaweicloud_core::Error> {
                #(#before?;)*
                #last
            }
        })
    }

    fn mask(&self) -> Option<TokenStream> {
        let is_secret = |parameter: &&Parameter| matches!(parameter.schema.shape, Shape::Secret);
        let masks: Vec<TokenStream> = self
            .own()
            .filter(is_secret)
            .map(|parameter| {
                let name = ident(&parameter.name.code);
                let mask = quote!(::huaweicloud_core::Secret::new("[redacted]"));
                match parameter.required {
                    true => quote!(self.#name = #mask;),
                    false => quote!(self.#name = self.#name.take().map(|_| #mask);),
                }
            })
            .collect();
        (!masks.is_empty()).then(|| quote!(fn mask(&mut self) { #(#masks)* }))
    }

    /// The arguments of progenitor's method, in the order of its signature.
    fn raw_arguments(&self) -> Result<Vec<TokenStream>, EmitError> {
        let operation = self.operation;
        let order = self.orders.get(&operation.name.code);
        let order =
            order.ok_or_else(|| EmitError::Made(format!("no `{}`", operation.name.code)))?;
        let argument = |name: &String| {
            if let Some(parameter) = operation.parameters.iter().find(|p| p.name.code == *name) {
                return Ok(raw_argument(parameter));
            }
            match (&operation.body, name.as_str()) {
                (Some(body), "body") if body.required => Ok(quote!(&self.body)),
                (Some(_), "body") => Ok(quote!(self.body.as_ref())),
                _ => Err(EmitError::Made(format!("`{}` that wants `{name}`", operation.name.code))),
            }
        };
        order.iter().map(argument).collect()
    }
}

/// The names of what is ordered.
fn ordered(api: &Api, operation: &Operation) -> Option<TokenStream> {
    operation.ensure.as_ref().map(|_| {
        let module = chapter::module_of(api, operation);
        let names = names_function(operation);
        quote! {
            fn ordered(&self) -> Option<::std::vec::Vec<::std::string::String>> {
                Some(crate::#module::ensure::#names(&self.body))
            }
        }
    })
}

fn masked_body(operation: &Operation) -> Option<TokenStream> {
    operation.body.as_ref().map(|body| {
        let masked = match body.kind() {
            Media::Json => quote!(call::masked_json),
            Media::Form | Media::Urlencoded => quote!(call::masked_form),
            Media::File => quote!(call::masked_file),
        };
        let masked = match body.required {
            true => quote!(#masked(&self.body).map(Some)),
            false => quote!(self.body.as_ref().map(#masked).transpose()),
        };
        quote! {
            fn masked_body(&self) -> ::serde_json::Result<Option<::std::string::String>> {
                #masked
            }
        }
    })
}

/// A parameter as progenitor's method takes it: text as `&str`, numbers by value, all else lent.
fn raw_argument(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name.code);
    if let Some(owner) = parameter.owner() {
        let id = ident(owner.id());
        return if parameter.required { quote!(ready.#id()) } else { quote!(Some(ready.#id())) };
    }
    match (&parameter.schema.shape, parameter.required) {
        (Shape::String { .. }, true) => quote!(self.#name.as_str()),
        (Shape::String { .. }, false) => quote!(self.#name.as_deref()),
        (Shape::Secret, true) => quote!(self.#name.expose()),
        (Shape::Secret, false) => quote!(self.#name.as_ref().map(|secret| secret.expose())),
        (Shape::Boolean | Shape::Integer(_) | Shape::Number, _) => quote!(self.#name),
        (_, true) => quote!(&self.#name),
        (_, false) => quote!(self.#name.as_ref()),
    }
}

fn is_text(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::String { .. } | Shape::Secret | Shape::Named(_))
}
