//! The page of a type. Out: `docs/schemas/<type>.md`.

use serde::Serialize;

use super::{
    errata::{self, Subject},
    fields::{self, FieldRow},
    markdown,
    reach::User,
    rules,
    site::{Page, Site},
};
use crate::{
    emit::EmitError,
    emit::words,
    model::{Origin, TypeDef, TypeKind},
    output::FileSet,
};

#[derive(Serialize)]
struct View {
    banner: String,
    name: String,
    description: String,
    source: Option<String>,
    rows: Vec<FieldRow>,
    rules: Vec<rules::RuleRow>,
    set: Option<Set>,
    used_by: Vec<String>,
    errata: Vec<Subject>,
}

/// The values of an enumeration.
#[derive(Serialize)]
struct Set {
    open: bool,
    values: Vec<Value>,
}

#[derive(Serialize)]
struct Value {
    value: String,
    meaning: String,
}

pub(super) fn emit(site: &Site<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    for definition in site.api.types.values() {
        let view = view(site, definition);
        let text = site.render("schema", &view)?;
        files.text(format!("docs/schemas/{}", site.schema_file(&definition.name)), text);
    }
    Ok(())
}

fn view(site: &Site<'_>, definition: &TypeDef) -> View {
    let (rows, set) = match &definition.kind {
        TypeKind::Struct(shape) => (fields::own(site, &shape.fields, Page::Schema), None),
        TypeKind::Enum(shape) => {
            let values = shape.variants.iter().map(|variant| Value {
                value: markdown::pipes(&markdown::code(&variant.name.wire)),
                meaning: markdown::cell(variant.description.as_deref().unwrap_or_default()),
            });
            (Vec::new(), Some(Set { open: shape.open, values: values.collect() }))
        }
    };
    let errata = site.reach.errata_of_type(&definition.name);
    View {
        banner: site.banner.clone(),
        name: definition.name.0.clone(),
        description: markdown::text(&definition.description),
        source: words::linked_origins(&definition.origins, docs_url(site, definition).as_deref()),
        rows,
        rules: rules::of_type(site, definition),
        set,
        used_by: used_by(site, definition),
        errata: errata::subjects(errata),
    }
}

/// Links to what refers to a type: operations, then types.
fn used_by(site: &Site<'_>, definition: &TypeDef) -> Vec<String> {
    let link = |user: &User<'_>| match user {
        User::Operation(i) => {
            site.plans.get(*i).map(|plan| site.operation_link(plan, Page::Schema))
        }
        User::Type(name) => Some(site.type_link(name, Page::Schema)),
    };
    site.reach.users(&definition.name).iter().filter_map(link).collect()
}

/// The address of a type's source: that of the operation from the same page.
fn docs_url(site: &Site<'_>, definition: &TypeDef) -> Option<String> {
    let page = definition.origins.iter().find_map(Origin::page)?;
    let from_page = |operation: &&crate::model::Operation| {
        operation.origins.iter().any(|origin| origin.page() == Some(page))
    };
    site.api.operations.iter().find(from_page)?.docs_url.clone()
}
