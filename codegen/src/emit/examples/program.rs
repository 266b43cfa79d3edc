//! The calls as Rust programs against the generated client. Out: `client/examples/*.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    parameter_values::{ParameterValue, parameter_value, variable},
    plan::{Call, Plan},
    value::{Expressions, Place, ident},
};
use crate::{
    config::Service,
    emit::EmitError,
    emit::{docs::markdown, words},
    model::{Api, Example, Operation, Owner, Parameter},
    output::FileSet,
};

/// Variables of an access key, as the vendor's SDKs have them.
const KEYS: [&str; 2] = ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"];

/// The variable of the region.
const REGION: &str = "HW_REGION_NAME";

/// The longest line of a comment.
const WIDTH: usize = 92;

pub(super) fn emit(
    api: &Api,
    service: &Service,
    plan: &Plan<'_>,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    for call in &plan.calls {
        let name = &plan.operation.name.wire;
        let tokens = program(api, service, plan.operation, call)
            .map_err(|why| why.of(format!("{name}: {}", call.program)))?;
        files.rust(call.program.as_str(), &service.banner(), tokens);
    }
    Ok(())
}

/// The body of an example as a caller writes it, with every type by its bare name.
pub fn request_expression(
    api: &Api,
    operation: &Operation,
    example: &Example,
) -> Result<TokenStream, EmitError> {
    let body = operation.body.as_ref();
    let body = body.ok_or_else(|| EmitError::NoBody(operation.name.wire.clone()))?;
    Expressions::new(api)
        .expression(&body.schema, &example.value, Place::Argument, "")
        .map_err(|why| why.of(format!("{}: example `{}`", operation.name.wire, example.name.wire)))
}

fn program(
    api: &Api,
    service: &Service,
    operation: &Operation,
    call: &Call<'_>,
) -> Result<TokenStream, EmitError> {
    let mut expressions = Expressions::new(api);
    let body = match (&operation.body, call.example) {
        (Some(body), Some(example)) => {
            Some(expressions.expression(&body.schema, &example.value, Place::Argument, "")?)
        }
        _ => None,
    };
    let request = request(&mut expressions, operation, body.is_some())?;
    let body = body.map(|body| quote!(let body = #body;));
    let attributes = attributes(api, service, operation, call, expressions.deprecated);
    let imports = imports(service, &expressions)?;
    let variable = asked(operation).next().is_some().then(|| {
        quote! {
            /// The value of an environment variable, or an error that names it.
            fn variable(name: &str) -> Result<String, String> {
                std::env::var(name).map_err(|error| format!("{name}: {error}"))
            }
        }
    });
    Ok(quote! {
        #attributes

        #imports

        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::from_env()?;
            #body
            let call = #request;
            if std::env::args().any(|argument| argument == "--dry-run") {
                println!("{}", call.dry_run().await?);
                return Ok(());
            }
            let response = call.send().await?;
            println!("{response:#?}");
            Ok(())
        }

        #variable
    })
}

/// What the program shows, and how to run it.
fn attributes(
    api: &Api,
    service: &Service,
    operation: &Operation,
    call: &Call<'_>,
    deprecated: bool,
) -> TokenStream {
    let title = call.title(operation);
    let title = format!("{}.", markdown::rustdoc_line(title.trim_end_matches('.')));
    let stem = call.program.rsplit('/').next().unwrap_or_default();
    let stem = stem.trim_end_matches(".rs");
    let mut needed: Vec<&str> = KEYS.to_vec();
    let has_region =
        api.servers.iter().flat_map(|server| &server.variables).any(|v| v.name == "region");
    needed.extend(has_region.then_some(REGION));
    let owner = of_client(operation).map(|(_, parameter)| variable(parameter));
    needed.extend(owner.as_deref());
    let (last, others) =
        needed.split_last().map_or(("", [].as_slice()), |(last, others)| (*last, others));
    let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
    let place = format!(
        "Keys and settings come from where every client looks for them: {} and `{last}`, or \
         `~/.huaweicloud/credentials`.",
        others.join(", ")
    );
    let run = format!(
        "Run it with `cargo run -p {} --example {stem}`. With `-- --dry-run` it shows the request and sends nothing; \
         with these variables set, it then needs no network.",
        service.package
    );
    let mut lines = words::wrap(&title, WIDTH);
    lines.push(String::new());
    lines.extend(words::wrap(&place, WIDTH));
    let asked: Vec<String> = asked(operation).map(|name| format!("* `{name}`")).collect();
    if !asked.is_empty() {
        lines.extend([String::new(), "The program itself reads:".to_owned(), String::new()]);
        lines.extend(asked);
    }
    lines.push(String::new());
    lines.extend(words::wrap(&run, WIDTH));
    let lines =
        lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let deprecated = (deprecated || operation.deprecated)
        .then(|| quote!(#![allow(deprecated, reason = "the example uses what is deprecated")]));
    quote! {
        #(#![doc = #lines])*
        #deprecated
    }
}

/// The variables that the program reads.
fn asked(operation: &Operation) -> impl Iterator<Item = String> {
    own(operation).filter(|parameter| super::parameter_values::is_asked(parameter)).map(variable)
}

fn imports(service: &Service, expressions: &Expressions<'_>) -> Result<TokenStream, EmitError> {
    let root = ident(&service.crate_name())?;
    let types =
        expressions.types.iter().map(|name| ident(&name.0)).collect::<Result<Vec<_>, _>>()?;
    let secret = expressions.secret.then(|| quote!(Secret,));
    Ok(match &types[..] {
        [] if secret.is_none() => quote!(use #root::Client;),
        [] => quote!(use #root::{Client, #secret};),
        _ => quote!(use #root::{Client, #secret types::{#(#types),*}};),
    })
}

/// The call up to where it is sent.
fn request(
    expressions: &mut Expressions<'_>,
    operation: &Operation,
    has_body: bool,
) -> Result<TokenStream, EmitError> {
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for parameter in own(operation) {
        let name = &parameter.name;
        let value = match parameter_value(expressions.api, parameter) {
            Some(ParameterValue::Value(value)) => {
                expressions.expression(&parameter.schema, &value, Place::Argument, &name.wire)?
            }
            Some(ParameterValue::Variable) => {
                let variable = variable(parameter);
                quote!(variable(#variable)?)
            }
            None if parameter.required => {
                return Err(EmitError::Example(format!("there is none of `{}`", name.wire)));
            }
            None => continue,
        };
        if parameter.required {
            arguments.push(value);
        } else {
            let setter = ident(&name.code)?;
            setters.push(quote!(.#setter(#value)));
        }
    }
    if has_body {
        match operation.body.as_ref().is_some_and(|body| body.required) {
            true => arguments.push(quote!(body)),
            false => setters.push(quote!(.body(body))),
        }
    }
    let method = ident(&operation.name.code)?;
    Ok(quote!(client.#method(#(#arguments),*) #(#setters)*))
}

fn own(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| !parameter.of_client)
}

/// The parameter that the client fills; a header may repeat the id of the path.
fn of_client(operation: &Operation) -> Option<(Owner, &Parameter)> {
    operation.parameters.iter().find_map(|parameter| Some((parameter.owner()?, parameter)))
}
