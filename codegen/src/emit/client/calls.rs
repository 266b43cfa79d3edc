//! Calls: a method of the client and a type an operation. Out: items of a tag's `calls`.
//!
//! A call holds its parameters until it is sent; required ones are arguments of the method, the
//! others chained setters. progenitor's method does the sending.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    checks, doc, headers,
    raw::ArgumentOrders,
    rust_type::{Argument, argument, ident, owned, type_ident},
};
use crate::emit::EmitError;
use crate::model::{Api, Body, Operation, Parameter, Schema, TypeName};

/// The method and the type of an operation.
pub(super) fn tokens(
    is_enum: &dyn Fn(&TypeName) -> bool,
    api: &Api,
    operation: &Operation,
    orders: &ArgumentOrders,
) -> Result<TokenStream, EmitError> {
    let call = Call { api, operation, orders, is_enum };
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
    is_enum: &'a dyn Fn(&TypeName) -> bool,
}

impl Call<'_> {
    /// Parameters that a caller gives, in document order.
    pub(super) fn own(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter().filter(|parameter| !parameter.of_client)
    }

    fn argument(&self, schema: &Schema, name: &str) -> Argument {
        argument(schema, &ident(name), self.is_enum)
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
        paragraphs.extend(arguments_list(&required));
        let words = doc::doc(&paragraphs);
        let deprecated =
            operation.deprecated.then(|| quote!(#[deprecated = "deprecated by the service"]));
        quote! {
            impl crate::Client {
                #words
                #deprecated
                pub fn #name(&self, #(#arguments),*) -> #type_name<'_> {
                    #type_name {
                        client: self,
                        checked: true,
                        allowed: ::huaweicloud_core::Allowed::NONE,
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
            "A call of [`{0}`](crate::Client::{0}): nothing is sent before [`send`](Self::send).",
            operation.name.code
        );
        let words = doc::doc(&[summary]);
        let setters = self.own().filter(|p| !p.required).map(|p| self.setter(p));
        let body_setter =
            operation.body.as_ref().filter(|b| !b.required).map(|b| self.body_setter(b));
        let validate = self.validate();
        let (send, description) = (self.send(), self.description()?);
        let stream = self.stream();
        Ok(quote! {
            #words
            #[derive(Clone, Debug)]
            #[must_use = "nothing is sent until `send` is called"]
            pub struct #name<'c> {
                client: &'c crate::Client,
                checked: bool,
                allowed: ::huaweicloud_core::Allowed,
                #(#fields,)*
                #body
            }

            impl #name<'_> {
                #(#setters)*
                #body_setter

                /// Sends whatever [`violations`](Self::violations) there are.
                pub fn skip_validation(mut self) -> Self {
                    self.checked = false;
                    self
                }

                /// Switches one rule off, by the id that a violation names, such as `maxLength@tags.key` for a
                /// bound of a field.
                pub fn allow(
                    mut self,
                    rule: impl Into<::std::borrow::Cow<'static, str>>,
                ) -> Self {
                    self.allowed.add(rule);
                    self
                }

                #validate
                #send
            }

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

    fn validate(&self) -> TokenStream {
        let parameters = self.own().filter_map(|parameter| {
            let checks = checks::checks(&parameter.schema)?;
            let wire = &parameter.name.wire;
            let checks = quote!(let at = &at.field(#wire); #checks);
            let is_option = !parameter.required;
            Some(with_value(&parameter.name.code, is_option, &checks))
        });
        let body = self.operation.body.as_ref().and_then(|body| {
            let checks = checks::checks(&body.schema)?;
            Some(with_value("body", !body.required || body.schema.nullable, &checks))
        });
        let all: Vec<TokenStream> = parameters.chain(body).collect();
        let inner = if all.is_empty() {
            quote!(::huaweicloud_core::Violations::default())
        } else {
            quote! {
                let report = &mut ::huaweicloud_core::Report::default();
                let at = &::huaweicloud_core::Path::root();
                #(#all)*
                ::std::mem::take(report).into_violations()
            }
        };
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

/// Statements over `value`, a reference to what a field holds, if it holds anything.
fn with_value(code: &str, is_option: bool, checks: &TokenStream) -> TokenStream {
    let name = ident(code);
    if is_option {
        quote!(if let Some(value) = &self.#name { #checks })
    } else {
        quote!({ let value = &self.#name; #checks })
    }
}

fn arguments_list(required: &[&Parameter]) -> Option<String> {
    let line = |parameter: &&Parameter| {
        format!("* `{}`: {}", parameter.name.code, doc::of_parameter_on_a_line(parameter))
    };
    (!required.is_empty()).then(|| required.iter().map(line).collect::<Vec<_>>().join("\n"))
}
