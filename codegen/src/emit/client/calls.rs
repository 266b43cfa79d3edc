//! Calls: a method of the client and a type an operation. Out: items of a tag's `calls`.
//!
//! A call holds its parameters until it is sent; required ones are arguments of the method, the
//! others chained setters. progenitor's method does the sending.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    checks::{self, Subject},
    doc, headers,
    raw::ArgumentOrders,
    rust_type::{Argument, argument, ident, owned, type_ident},
};
use crate::emit::EmitError;
use crate::model::{Api, Body, Operation, Parameter, Schema, Shape, TypeName};

/// The method and the type of an operation.
pub(super) fn tokens(
    converts: &dyn Fn(&TypeName) -> bool,
    api: &Api,
    operation: &Operation,
    orders: &ArgumentOrders,
) -> Result<TokenStream, EmitError> {
    let call = Call { api, operation, orders, converts };
    let (method, definition) = (call.method(), call.definition()?);
    let headers = headers::tokens(operation);
    Ok(quote! {
        use ::huaweicloud_core::{call, check};

        #method
        #definition
        #headers
    })
}

pub(super) struct Call<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) orders: &'a ArgumentOrders,
    converts: &'a dyn Fn(&TypeName) -> bool,
}

impl Call<'_> {
    /// Parameters that a caller gives, in document order.
    pub(super) fn own(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter().filter(|parameter| !parameter.of_client)
    }

    fn argument(&self, schema: &Schema, name: &str) -> Argument {
        argument(schema, &ident(name), self.converts)
    }

    /// The method of the client.
    fn method(&self) -> TokenStream {
        let operation = self.operation;
        let (name, type_name) = (ident(&operation.name.code), type_ident(&operation.type_name));
        let required: Vec<&Parameter> = self.own().filter(|parameter| parameter.required).collect();
        let body = operation.body.as_ref();
        let required_body = body.filter(|body| body.required);
        let arguments = required
            .iter()
            .map(|parameter| (&parameter.schema, parameter.name.code.as_str()))
            .chain(required_body.map(|body| (&body.schema, "body")));
        let arguments = arguments.map(|(schema, name)| {
            let (ty, name) = (self.argument(schema, name).ty, ident(name));
            quote!(#name: #ty)
        });
        let values = self.own().map(|parameter| {
            let name = ident(&parameter.name.code);
            if parameter.required {
                let value = self.argument(&parameter.schema, &parameter.name.code).convert;
                return quote!(#name: #value);
            }
            quote!(#name: None)
        });
        let body_value = body.map(|body| match body.required {
            true => {
                let value = self.argument(&body.schema, "body").convert;
                quote!(body: #value,)
            }
            false => quote!(body: None,),
        });
        let mut paragraphs = doc::of_operation(operation);
        paragraphs.extend(arguments_list(&required, required_body));
        let words = doc::doc(&paragraphs);
        let deprecated =
            operation.deprecated.then(|| quote!(#[deprecated = "deprecated by the service"]));
        quote! {
            impl crate::Client {
                #words
                #deprecated
                pub fn #name(&self, #(#arguments),*) -> #type_name<'_> {
                    #type_name {
                        setup: call::Setup::new(self.context()),
                        #(#values,)*
                        #body_value
                    }
                }
            }
        }
    }

    /// The type that stands for the call.
    fn definition(&self) -> Result<TokenStream, EmitError> {
        let operation = self.operation;
        let name = type_ident(&operation.type_name);
        let fields = self.own().map(|parameter| {
            let (name, ty) = (ident(&parameter.name.code), owned(&parameter.schema));
            if parameter.required { quote!(#name: #ty) } else { quote!(#name: Option<#ty>) }
        });
        let body = operation.body.as_ref().map(|body| {
            let ty = owned(&body.schema);
            if body.required { quote!(body: #ty,) } else { quote!(body: Option<#ty>,) }
        });
        let summary = format!(
            "A call of [`{0}`](crate::Client::{0}): nothing is sent before it is awaited, itself or by [`send`](Self::send).",
            operation.name.code
        );
        let words = doc::doc(&[summary]);
        let setters = self.own().filter(|p| !p.required).map(|p| self.setter(p));
        let body_setter =
            operation.body.as_ref().filter(|b| !b.required).map(|b| self.body_setter(b));
        let validate = self.validate();
        let (send, description) = (self.send(), self.description()?);
        let awaited = self.awaited();
        let stream = self.stream();
        Ok(quote! {
            #words
            #[derive(Clone, Debug)]
            #[must_use = "nothing is sent until it is awaited"]
            pub struct #name<'c> {
                setup: call::Setup<'c>,
                #(#fields,)*
                #body
            }

            impl #name<'_> {
                #(#setters)*
                #body_setter

                /// Sends the call whatever [`violations`](Self::violations) there are.
                pub fn skip_validation(mut self) -> Self {
                    self.setup.skip_validation();
                    self
                }

                /// Switches one rule off, by the id that a violation names, such as `maxLength@tags.key` for a
                /// bound of a field.
                pub fn allow(
                    mut self,
                    rule: impl Into<::std::borrow::Cow<'static, str>>,
                ) -> Self {
                    self.setup.allow(rule);
                    self
                }

                #validate
                #send
            }

            #awaited

            #description

            #stream
        })
    }

    fn setter(&self, parameter: &Parameter) -> TokenStream {
        let name = ident(&parameter.name.code);
        let Argument { ty, convert } = self.argument(&parameter.schema, "value");
        let words = doc::doc(&doc::of_parameter(parameter));
        quote! {
            #words
            pub fn #name(mut self, value: #ty) -> Self {
                self.#name = Some(#convert);
                self
            }
        }
    }

    fn body_setter(&self, body: &Body) -> TokenStream {
        let Argument { ty, convert } = self.argument(&body.schema, "value");
        let words = doc::doc(&[doc::tidy(body.description.as_deref().unwrap_or("The body."))]);
        quote! {
            #words
            pub fn body(mut self, value: #ty) -> Self {
                self.body = Some(#convert);
                self
            }
        }
    }

    /// What is wrong with the parameters and the body.
    fn violations(&self) -> TokenStream {
        let parameters: Vec<TokenStream> = self.own().filter_map(|one| self.check(one)).collect();
        let body = self.operation.body.as_ref();
        let is_option = body.is_some_and(|body| !body.required || body.schema.nullable);
        let subject = match is_option {
            true => Subject::variable("value"),
            false => Subject::field(&ident("body")),
        };
        let checks = |body: &Body| checks::checks(self.api, &body.schema, &subject, &quote!(at));
        let body_checks = body.map(checks).unwrap_or_default();
        let is_named = body.is_some_and(|body| matches!(body.schema.shape, Shape::Named(_)));
        if parameters.is_empty() && !body_checks.is_empty() && is_named && !is_option {
            return quote!(::huaweicloud_core::Validate::violations(&self.body));
        }
        let body_checks = match is_option && !body_checks.is_empty() {
            true => quote!(if let Some(value) = &self.body { #(#body_checks)* }),
            false => quote!(#(#body_checks)*),
        };
        if parameters.is_empty() && body_checks.is_empty() {
            return quote!(::huaweicloud_core::Violations::default());
        }
        quote! {
            let mut found = ::huaweicloud_core::Report::default();
            let (at, report) = (&::huaweicloud_core::Path::root(), &mut found);
            #(#parameters)*
            #body_checks
            found.into_violations()
        }
    }

    fn check(&self, parameter: &Parameter) -> Option<TokenStream> {
        let (name, wire) = (ident(&parameter.name.code), &parameter.name.wire);
        let (schema, step) = (&parameter.schema, quote!(at.field(#wire)));
        if parameter.required {
            return checks::below(self.api, schema, &Subject::field(&name), &step, "path");
        }
        let checks = checks::below(self.api, schema, &Subject::variable("value"), &step, "at")?;
        Some(quote!(if let Some(value) = &self.#name { #checks }))
    }

    fn validate(&self) -> TokenStream {
        let inner = self.violations();
        quote! {
            /// Checks all bounds and rules of the reference.
            ///
            /// # Errors
            ///
            /// All violations at once, if one of them is an error; warnings alone are none.
            pub fn validate(&self) -> Result<(), ::huaweicloud_core::Violations> {
                self.violations().into_result()
            }

            /// All violations, warnings included, each with the path of the value.
            pub fn violations(&self) -> ::huaweicloud_core::Violations {
                #inner
            }
        }
    }
}

fn arguments_list(required: &[&Parameter], body: Option<&Body>) -> Option<String> {
    let line = |parameter: &&Parameter| {
        format!("* `{}`: {}", parameter.name.code, doc::of_argument(parameter))
    };
    let of_body = body.and_then(|body| body.description.as_deref());
    let of_body = of_body.map(|words| format!("* `body`: {}", doc::tidy_line(words)));
    let lines: Vec<String> = required.iter().map(line).chain(of_body).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
