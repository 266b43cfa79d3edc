//! What makes the sources a package: `Cargo.toml` and the `README.md` that is also the front page
//! of the crate's documentation, by templates.

use std::path::Path;

use minijinja::{
    Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde,
};
use serde_json::json;

use super::{doc, features};
use crate::{
    config::Service,
    emit::EmitError,
    emit::{examples, words},
    format,
    model::{Api, Operation},
    output::FileSet,
};

/// A package has the licenses with it that it names.
const LICENSES: [(&str, &str); 2] = [
    ("LICENSE-APACHE", include_str!("../../../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../../../LICENSE-MIT")),
];

/// The templates of a package's manifest and of its front page.
pub(in crate::emit) struct Templates {
    cargo: &'static str,
    readme: &'static str,
}

/// Of the client.
pub(super) const CLIENT: Templates = Templates {
    cargo: include_str!("templates/Cargo.toml.jinja"),
    readme: include_str!("templates/README.md.jinja"),
};

/// Of front ends.
pub(in crate::emit) const CATALOG: Templates = Templates {
    cargo: include_str!("templates/catalog.Cargo.toml.jinja"),
    readme: include_str!("templates/catalog.README.md.jinja"),
};

/// Of those who answer.
pub(super) const SERVER: Templates = Templates {
    cargo: include_str!("templates/server.Cargo.toml.jinja"),
    readme: include_str!("templates/server.README.md.jinja"),
};

pub(in crate::emit) fn emit(
    templates: &Templates,
    api: &Api,
    service: &Service,
    files: &mut FileSet,
    root: &str,
) -> Result<(), EmitError> {
    files.text(format!("{root}/Cargo.toml"), render(templates.cargo, api, service)?);
    files.text(format!("{root}/README.md"), render(templates.readme, api, service)?);
    files.text(format!("{root}/rustfmt.toml"), format!("# {}\n\n{AS_PRINTED}", service.banner()));
    licenses(files, root);
    Ok(())
}

fn licenses(files: &mut FileSet, root: &str) {
    for (name, text) in LICENSES {
        files.text(format!("{root}/{name}"), text);
    }
}

/// The form of generated code is the generator's business.
const AS_PRINTED: &str = "disable_all_formatting = true\n";

/// Where a service might be.
const ENDPOINT: &str = "https://service.example.com";

fn render(template: &str, api: &Api, service: &Service) -> Result<String, EmitError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax?);
    let description = api.info.description.as_deref().unwrap_or(&api.info.title);
    // What follows the first paragraph is about the document.
    let description = description.split("\n\n").next().unwrap_or_default();
    let operation = shown(api);
    let example = operation.map(|operation| example(api, operation)).transpose()?;
    let up = Path::new(&service.output).components().map(|_| "../").collect::<String>();
    let keywords: Vec<_> = service.keywords.iter().map(|word| json!(word).to_string()).collect();
    let kind = if api.gaps.is_some() { "Draft of a client" } else { "Client" };
    let text = environment.render_str(
        template,
        context! {
            banner => service.banner(),
            package => service.package.as_str(),
            crate_name => service.crate_name(),
            version => service.version.as_str(),
            tags => Value::from(Serde(&features::all(api)?)),
            programs => Value::from(Serde(&features::programs(api))),
            keywords => keywords.join(", "),
            description => doc::tidy(description),
            title => doc::tidy_line(&api.info.title),
            catalog_summary => json!(format!("What front ends need to know of the {}, as data", api.info.title)).to_string(),
            shown => operation.or(api.operations.first()).map(|one| (one.name.wire.as_str(), one.path.as_str())),
            server_summary => json!(format!("Operations of the {}, for programs that answer them", api.info.title)).to_string(),
            summary => json!(format!("{kind} for the {}", api.info.title)).to_string(),
            // One folder more than the output's: the crate's own.
            to_root => format!("{up}../"),
            endpoint => literal(api.servers.first().map_or(ENDPOINT, |server| server.url.as_str())),
            region => region(api).map(literal),
            method => operation.map(|operation| operation.name.code.as_str()),
            example => example,
            gaps => api.gaps.map(|gaps| gaps.to_string()),
            known => api.knowledge.as_ref().and_then(words::known),
            sources => api.knowledge.as_ref().map(words::sources),
            guide => api.guide.as_deref().map(str::trim),
        },
    )?;
    Ok(text)
}

/// A text as Rust writes it.
fn literal(text: &str) -> String {
    quote::quote!(#text).to_string()
}

/// The default region, when the server's address has one.
fn region(api: &Api) -> Option<&str> {
    let variables = &api.servers.first()?.variables;
    variables.iter().find(|variable| variable.name == "region").map(|v| v.default.as_str())
}

/// The operation whose call stands on the front page.
fn shown(api: &Api) -> Option<&Operation> {
    api.operations.iter().find(|operation| has_example(operation))
}

/// Whether an operation can stand on the front page: nothing but a body is needed for it.
fn has_example(operation: &Operation) -> bool {
    let only_body = operation.parameters.iter().all(|p| p.of_client || !p.required);
    let body = operation.body.as_ref();
    only_body && body.is_some_and(|body| body.required && !body.examples.is_empty())
}

/// The call of the front page: the first example of the first operation that has one.
fn example(api: &Api, operation: &Operation) -> Result<String, EmitError> {
    let example = operation.body.as_ref().and_then(|body| body.examples.first());
    let Some(example) = example else { return Ok(String::new()) };
    let body = examples::request_expression(api, operation, example)?;
    let printed = format::rust(quote::quote!(fn example() { let body = #body; }))
        .map_err(EmitError::not_rust("the example of the README"))?;
    let inner: Vec<&str> = printed.lines().skip(1).collect();
    let inner = &inner[..inner.len().saturating_sub(1)];
    Ok(inner
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n"))
}
