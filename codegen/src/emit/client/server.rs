//! What a program needs to answer as the service: a crate with a table of all operations, their checks
//! and their documented answers. Out: `server/`, one file per operation, for services that ask for it.
//!
//! The checks are those that the client makes before it sends; the bodies are the client's types. So
//! nothing of an operation is written down twice.

mod shapes;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use self::shapes::Shapes;
use super::{
    chapter,
    checks::{self, Subject},
    doc, imports, package, patterns,
    rust_type::{ident, owned_in},
};
use crate::{
    config::Service,
    emit::{EmitError, examples::pretty},
    model::{Api, Location, Operation, Parameter, Response, Schema, Shape},
    output::FileSet,
};

/// The folder of the crate.
const ROOT: &str = "server";

/// Emits the crate.
pub(super) fn emit(api: &Api, service: &Service, files: &mut FileSet) -> Result<(), EmitError> {
    let banner = service.banner();
    let krate = ident(&service.crate_name());
    let shapes = Shapes::new(api);
    let mut modules = Vec::new();
    let mut all = Vec::new();
    for chapter in api.chapters() {
        if chapter.operations.is_empty() {
            continue;
        }
        let module = chapter::module(&chapter);
        let mut below = Vec::new();
        for operation in &chapter.operations {
            let file = ident(&operation.name.code);
            let constant = ident(&operation.name.code.to_uppercase());
            below.push(quote!(mod #file; pub use self::#file::#constant;));
            all.push((position(api, operation), quote!(&#module::#constant)));
            let path = format!("{module}/{}", operation.name.code);
            add(files, &banner, &path, of_operation(api, operation, &krate, &shapes)?)?;
        }
        let about = chapter.tag.and_then(|tag| tag.description.as_deref());
        let words = doc::of_file(&[doc::tidy(about.unwrap_or("Operations of no tag."))]);
        add(files, &banner, &module.to_string(), quote!(#words #(#below)*))?;
        modules.push(quote!(pub mod #module;));
    }
    all.sort_by_key(|(position, _)| *position);
    let names = all.iter().map(|(_, name)| name);
    let patterns = own_patterns(api, &banner, files)?;
    let answers = shapes.emit(&banner, files)?;
    let secrets = shapes::secrets(api);
    let root = quote! {
        #![doc = include_str!("../README.md")]
        #![warn(missing_docs)]
        #![forbid(unsafe_code)]

        #patterns
        #answers
        #(#modules)*

        /// Every operation, in the order of the document.
        pub static OPERATIONS: &[&::huaweicloud_core::server::Operation] = &[#(#names),*];

        /// The names of all fields and parameters whose values are secrets: nothing that is kept or shown
        /// of a request or an answer has them.
        pub static SECRETS: &[&str] = &[#(#secrets),*];
    };
    add(files, &banner, "lib", root)?;
    package::emit(&package::SERVER, api, service, files, ROOT)
}

fn position(api: &Api, operation: &Operation) -> usize {
    api.operations.iter().position(|known| std::ptr::eq(known, operation)).unwrap_or_default()
}

fn add(
    files: &mut FileSet,
    banner: &str,
    name: &str,
    tokens: TokenStream,
) -> Result<(), EmitError> {
    let path = format!("{ROOT}/src/{name}.rs");
    let mut file =
        syn::parse2(tokens).map_err(|source| EmitError::NotRust { file: path.clone(), source })?;
    imports::shorten(&mut file, None);
    files.parsed(path, banner, file);
    Ok(())
}

/// The functions of the patterns that are checked here and not by a type of the client.
fn own_patterns(
    api: &Api,
    banner: &str,
    files: &mut FileSet,
) -> Result<Option<TokenStream>, EmitError> {
    let schemas = api.operations.iter().flat_map(Operation::request_schemas);
    let functions = patterns::of_schemas(schemas);
    if functions.is_empty() {
        return Ok(None);
    }
    let words = " The patterns that parameters are checked for, as automata.";
    add(files, banner, "patterns", quote!(#![doc = #words] #(#functions)*))?;
    let name = ident("patterns");
    Ok(Some(quote!(mod #name;)))
}

/// The file of an operation.
fn of_operation(
    api: &Api,
    operation: &Operation,
    krate: &proc_macro2::Ident,
    shapes: &Shapes<'_>,
) -> Result<TokenStream, EmitError> {
    let constant = ident(&operation.name.code.to_uppercase());
    let (id, path) = (&operation.name.wire, &operation.path);
    let method = operation.method.as_str();
    let summary = doc::tidy_line(operation.summary.as_deref().unwrap_or(id));
    let words = format!(" `{method} {path}`: {summary}");
    let tag = option(operation.tag.as_deref().map(|tag| quote!(#tag)));
    let parameters = operation.parameters.iter().map(parameter);
    let body = option(operation.body.as_ref().map(|body| needed(body.required)));
    let examples = operation.body.iter().flat_map(|body| &body.examples);
    let requests: Vec<Literal> =
        examples.map(|example| raw(&example.value)).collect::<Result<_, EmitError>>()?;
    let answers = operation.responses.iter().map(|response| answer(response, shapes));
    let answers: Vec<TokenStream> = answers.collect::<Result<_, EmitError>>()?;
    let checks: Vec<TokenStream> = statements(api, operation, krate).collect();
    let (given, report) = match checks.is_empty() {
        true => (ident("_given"), ident("_report")),
        false => (ident("given"), ident("report")),
    };
    Ok(quote! {
        #[doc = #words]
        pub static #constant: ::huaweicloud_core::server::Operation =
            ::huaweicloud_core::server::Operation {
                id: #id,
                summary: #summary,
                tag: #tag,
                method: #method,
                path: #path,
                parameters: &[#(#parameters),*],
                body: #body,
                requests: &[#(#requests),*],
                answers: &[#(#answers),*],
                check: examine,
            };

        fn examine(
            #given: &::huaweicloud_core::server::Given<'_>,
            #report: &mut ::huaweicloud_core::Report,
        ) {
            #(#checks)*
        }
    })
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn needed(required: bool) -> TokenStream {
    match required {
        true => quote!(::huaweicloud_core::server::Needed::Always),
        false => quote!(::huaweicloud_core::server::Needed::No),
    }
}

fn place(location: Location) -> TokenStream {
    match location {
        Location::Path => quote!(::huaweicloud_core::server::Place::Path),
        Location::Query => quote!(::huaweicloud_core::server::Place::Query),
        Location::Header => quote!(::huaweicloud_core::server::Place::Header),
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (name, of_client) = (&parameter.name.wire, parameter.of_client);
    let (place, needed) = (place(parameter.location), needed(parameter.required));
    quote! {
        ::huaweicloud_core::server::Parameter {
            name: #name,
            place: #place,
            needed: #needed,
            of_client: #of_client,
        }
    }
}

fn answer(response: &Response, shapes: &Shapes<'_>) -> Result<TokenStream, EmitError> {
    let status = &response.status;
    let media = match &response.file {
        Some(media) => Some(media.as_str()),
        None => response.schema.as_ref().map(|_| crate::media::JSON),
    };
    let shape = shapes.of_answer(media, response.schema.as_ref());
    let media = option(media.map(|media| quote!(#media)));
    let example = response.examples.first().map(|example| raw(&example.value)).transpose()?;
    let example = option(example.map(|example| quote!(#example)));
    Ok(quote! {
        ::huaweicloud_core::server::Answer {
            status: #status,
            media: #media,
            example: #example,
            shape: #shape,
        }
    })
}

/// A payload as a raw literal, which people can read.
fn raw(payload: &Value) -> Result<Literal, EmitError> {
    let text = pretty(payload)?;
    let longest = (0..).find(|hashes| !text.contains(&format!("\"{}", "#".repeat(*hashes))));
    let hashes = "#".repeat(longest.unwrap_or_default());
    let literal = format!("r{hashes}\"{text}\"{hashes}").parse();
    // A carriage return may stand in no raw literal; then it is an ordinary one.
    Ok(literal.unwrap_or_else(|_| Literal::string(&text)))
}

/// The checks of all parameters of a call, and of its body.
fn statements<'a>(
    api: &'a Api,
    operation: &'a Operation,
    krate: &'a proc_macro2::Ident,
) -> impl Iterator<Item = TokenStream> + 'a {
    let own = operation.parameters.iter().filter(|parameter| !parameter.of_client);
    let parameters = own.filter_map(move |parameter| of_parameter(api, parameter, krate));
    let body = operation.body.as_ref().map(|body| {
        let (ty, needed) = (owned_in(&body.schema, &quote!(::#krate)), needed(body.required));
        let read = quote!(given.body::<#ty>(#needed, report));
        let subject = Subject::variable("value");
        let checks = checks::checks(api, &body.schema, &subject, &quote!(at));
        if checks.is_empty() {
            return quote!(#read;);
        }
        let value = match body.schema.nullable {
            true => quote!(Some(Some(value))),
            false => quote!(Some(value)),
        };
        quote! {
            if let #value = &#read {
                let at = &::huaweicloud_core::Path::root();
                #(#checks)*
            }
        }
    });
    parameters.chain(body)
}

fn of_parameter(
    api: &Api,
    parameter: &Parameter,
    krate: &proc_macro2::Ident,
) -> Option<TokenStream> {
    let wire = &parameter.name.wire;
    let (subject, step) = (Subject::variable("value"), quote!(root.field(#wire)));
    let checks = checks::below(api, &parameter.schema, &subject, &step, "at");
    let is_text = matches!(parameter.schema.shape, Shape::String { .. } | Shape::Secret);
    // A path that fits has all its variables.
    let is_there = !parameter.required || parameter.location == Location::Path;
    if checks.is_none() && is_text && is_there {
        return None;
    }
    let (place, needed) = (place(parameter.location), needed(parameter.required));
    let (method, item) = match &parameter.schema.shape {
        Shape::Array(item) => (ident("list"), &**item),
        Shape::Map(value) => match &value.shape {
            Shape::Array(item) => (ident("map"), &**item),
            _ => (ident("map"), &**value),
        },
        _ => (ident("one"), &parameter.schema),
    };
    let parse = parse(item, krate);
    let mut read = quote!(given.#method(#place, #wire, #needed, #parse, report));
    if let Shape::Map(value) = &parameter.schema.shape
        && !matches!(value.shape, Shape::Array(_))
    {
        read = quote!(#read.map(::huaweicloud_core::server::last_of_each));
    }
    Some(match checks {
        None => quote!(#read;),
        Some(checks) => quote! {
            if let Some(value) = &#read {
                let root = ::huaweicloud_core::Path::root();
                #checks
            }
        },
    })
}

/// How a parameter becomes a value.
fn parse(schema: &Schema, krate: &proc_macro2::Ident) -> TokenStream {
    let ty = owned_in(&Schema { nullable: false, ..schema.clone() }, &quote!(::#krate));
    match &schema.shape {
        Shape::Boolean => quote!(::huaweicloud_core::server::boolean),
        Shape::Integer { .. } => quote!(::huaweicloud_core::server::integer::<#ty>),
        Shape::Number => quote!(::huaweicloud_core::server::number),
        Shape::String { .. } | Shape::Secret | Shape::Named(_) => {
            quote!(::huaweicloud_core::server::text::<#ty>)
        }
        // Parameters of other kinds are refused when the document is read.
        _ => quote!(::huaweicloud_core::server::text::<::std::string::String>),
    }
}
