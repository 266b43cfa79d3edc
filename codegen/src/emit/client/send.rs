//! The methods `send` and `dry_run` of a call: what is checked, progenitor's method, and how the
//! answer is read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{
    calls::Call,
    ensure::names_function,
    rust_type::{ident, owned},
};
use crate::model::{Location, Operation, Parameter, Response, Schema, Shape};

impl Call<'_> {
    pub(super) fn send(&self) -> Result<TokenStream, String> {
        let operation = self.operation;
        let (answer, read) = answer(operation);
        let (id, repeatable) = (&operation.name.wire, operation.repeatable);
        let outcome = quote! {
            call::#read(&ready, call::Operation::new(#id, #repeatable), request).await
        };
        let outcome = match &operation.ensure {
            None => outcome,
            Some(_) => {
                let names = names_function(operation);
                quote! {
                    let outcome = #outcome;
                    outcome.map_err(|error| error.of_purchase(|| crate::ensure::#names(&self.body)))
                }
            }
        };
        Ok(quote! {
            /// Validates, sends, and reads the answer.
            ///
            /// # Errors
            ///
            /// See [`Error`](::huaweicloud_core::Error): what is refused before anything leaves, what could not be sent,
            /// what the service answered, and what could not be read.
            pub async fn send(
                self,
            ) -> Result<::huaweicloud_core::Response<#answer>, ::huaweicloud_core::Error> {
                if self.checked {
                    self.client.context().admit(|| self.violations())?;
                }
                let (ready, request) = self.prepare().await?;
                #outcome
            }
        })
    }

    /// What `send` and `dry_run` share: the request, and for whom it is.
    pub(super) fn prepare(&self) -> Result<TokenStream, String> {
        let name = ident(&self.operation.name.code);
        let segments = self.own().filter(|p| p.location == Location::Path && is_text(&p.schema));
        let segments = segments.map(|parameter| {
            let (wire, name) = (&parameter.name.wire, ident(&parameter.name.code));
            let text = match parameter.schema.shape {
                Shape::Secret => quote!(self.#name.expose()),
                _ => quote!(&self.#name.to_string()),
            };
            quote!(call::segment(#wire, #text)?;)
        });
        let arguments = self.raw_arguments()?;
        Ok(quote! {
            async fn prepare(
                &self,
            ) -> Result<(call::Ready, call::Built), ::huaweicloud_core::Error> {
                #(#segments)*
                let ready = self.client.context().ready().await?;
                let request = crate::client::raw(&ready).#name(#(#arguments),*);
                Ok((ready, request))
            }
        })
    }

    /// `send` up to the point of sending.
    pub(super) fn dry_run(&self) -> TokenStream {
        let body = match &self.operation.body {
            Some(body) if body.required => quote!(Some(&self.body)),
            Some(_) => quote!(self.body.as_ref()),
            None => quote!(None::<&()>),
        };
        let is_secret = |parameter: &&Parameter| matches!(parameter.schema.shape, Shape::Secret);
        // What stands in place of a secret need not be valid, so it is put there after the checks.
        let masks: Vec<TokenStream> = self
            .own()
            .filter(is_secret)
            .map(|parameter| {
                let name = ident(&parameter.name.code);
                let mask = quote!(::huaweicloud_core::Secret::new("[redacted]"));
                match parameter.required {
                    true => quote!(self.#name = #mask;),
                    false => quote!(self.#name = self.#name.map(|_| #mask);),
                }
            })
            .collect();
        let mutable = (!masks.is_empty()).then(|| quote!(mut));
        quote! {
            /// Does all that [`send`](Self::send) does before it sends, and shows the request without
            /// its secrets. The service is sent nothing; credentials and the project id are found as
            /// for any call.
            ///
            /// # Errors
            ///
            /// See [`Error`](::huaweicloud_core::Error): what is refused before anything leaves.
            pub async fn dry_run(
                #mutable self,
            ) -> Result<::huaweicloud_core::Prepared, ::huaweicloud_core::Error> {
                if self.checked {
                    self.client.context().admit(|| self.violations())?;
                }
                #(#masks)*
                let (ready, request) = self.prepare().await?;
                call::dry_run(&ready, request, #body)
            }
        }
    }

    /// The arguments of progenitor's method, in the order of its signature.
    fn raw_arguments(&self) -> Result<Vec<TokenStream>, String> {
        let operation = self.operation;
        let order = self.orders.get(&operation.name.code);
        let order = order.ok_or_else(|| format!("progenitor made no `{}`", operation.name.code))?;
        let argument = |name: &String| {
            if let Some(parameter) = operation.parameters.iter().find(|p| p.name.code == *name) {
                return Ok(raw_argument(parameter));
            }
            match (&operation.body, name.as_str()) {
                (Some(body), "body") if body.required => Ok(quote!(&self.body)),
                (Some(_), "body") => Ok(quote!(self.body.as_ref())),
                _ => Err(format!("progenitor's `{}` wants `{name}`", operation.name.code)),
            }
        };
        order.iter().map(argument).collect()
    }
}

/// What a call gives, and the function of the runtime that reads it.
fn answer(operation: &Operation) -> (TokenStream, Ident) {
    let is_empty = |response: &Response| response.is_success() && response.schema.is_none();
    match operation.success().map(owned) {
        None => (quote!(()), ident("read_empty")),
        Some(ty) if operation.responses.iter().any(is_empty) => {
            (quote!(Option<#ty>), ident("read_optional"))
        }
        Some(ty) => (ty, ident("read")),
    }
}

/// A parameter as progenitor's method takes it: text as `&str`, numbers by value, all else lent.
fn raw_argument(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.name.code);
    if parameter.of_client {
        return quote!(ready.#name());
    }
    match (&parameter.schema.shape, parameter.required) {
        (Shape::String { .. }, true) => quote!(self.#name.as_str()),
        (Shape::String { .. }, false) => quote!(self.#name.as_deref()),
        (Shape::Secret, true) => quote!(self.#name.expose()),
        (Shape::Secret, false) => quote!(self.#name.as_ref().map(|secret| secret.expose())),
        (Shape::Boolean | Shape::Integer { .. } | Shape::Number, _) => quote!(self.#name),
        (_, true) => quote!(&self.#name),
        (_, false) => quote!(self.#name.as_ref()),
    }
}

fn is_text(schema: &Schema) -> bool {
    matches!(schema.shape, Shape::String { .. } | Shape::Secret | Shape::Named(_))
}
