//! The index that the search reads. In: everything that can be found. Out: one script a language, loaded when somebody
//! searches; a script and not JSON, for pages on a disk may load nothing else.

use codegen::model::{Schema, TypeKind};
use serde::Serialize;

use crate::{Error, Files, Language, Site, Source, bounds};

/// What of a description is searched and shown.
const LENGTH: usize = 110;

/// Something that can be found.
#[derive(Serialize)]
struct Found {
    /// A word for what it is: `o`peration, `f`ield, `r`ule, `e`rror or `g`uide.
    k: &'static str,
    /// What it is called.
    t: String,
    /// What it is about.
    s: String,
    /// Its place, from the folder of the language.
    u: String,
    /// What else it is found by.
    #[serde(skip_serializing_if = "String::is_empty")]
    x: String,
}

pub(crate) fn index(site: &Site<'_>, files: &mut Files) -> Result<(), Error> {
    let mut all = Vec::new();
    for guide in site.guides.of(site.language) {
        all.push(Found {
            k: "g",
            t: guide.title.clone(),
            s: short(&guide.about),
            u: guide.path(),
            x: guide
                .text
                .lines()
                .filter(|line| line.starts_with("## "))
                .collect::<Vec<_>>()
                .join(" "),
        });
    }
    for source in site.sources {
        of_service(site, source, &mut all);
    }
    let json = serde_json::to_string(&all)?.replace("</", "<\\/");
    let path = format!("{}search-index.js", site.language.folder());
    files.add(path, format!("window.searchIndex = {json};\n"));
    Ok(())
}

fn of_service(site: &Site<'_>, source: &Source, all: &mut Vec<Found>) {
    let api = source.api(site.language);
    let other = source.api(site.language.other());
    let english = source.api(Language::English);
    for (i, plan) in source.plans(site.language).iter().enumerate() {
        let operation = plan.operation;
        let path = source.operation_path(&plan.slug);
        let name = &operation.name.wire;
        let others = other.operations.get(i).and_then(|one| one.summary.as_deref());
        all.push(Found {
            k: "o",
            t: name.clone(),
            s: operation.summary.clone().unwrap_or_default(),
            u: path.clone(),
            x: format!("{} {} {}", operation.path, operation.name.code, others.unwrap_or_default()),
        });
        for parameter in operation.parameters.iter().filter(|parameter| !parameter.of_client) {
            let wire = &parameter.name.wire;
            all.push(Found {
                k: "f",
                t: format!("{name} · {wire}"),
                s: short(&parameter.description),
                u: format!("{path}#parameter.{wire}"),
                x: String::new(),
            });
        }
        if let Some(body) = &operation.body {
            fields(source, site.language, &body.schema, &format!("{path}#body"), name, all);
        }
        let types = api.reach(operation.request_schemas());
        for definition in types.into_iter().filter_map(|name| api.types.get(name)) {
            let TypeKind::Struct(shape) = &definition.kind else { continue };
            all.extend(shape.rules.iter().map(|rule| Found {
                k: "r",
                t: rule.id.clone(),
                s: short(&rule.message.text),
                u: format!("{path}#rule-{}", rule.id),
                x: name.clone(),
            }));
        }
    }
    let (Some(catalog), Some(path)) = (&api.error_catalog, source.errors_path()) else { return };
    let meanings = english.error_catalog.iter().flat_map(|catalog| &catalog.codes);
    all.extend(catalog.codes.iter().zip(meanings).map(|(code, english)| Found {
        k: "e",
        t: code.code.clone(),
        s: short(&code.meaning),
        u: format!("{path}#{}", code.code),
        x: if site.language == Language::English { String::new() } else { short(&english.meaning) },
    }));
}

/// The fields of a body, two levels deep: what lies deeper is found on the page.
fn fields(
    source: &Source,
    language: Language,
    schema: &Schema,
    at: &str,
    owner: &str,
    all: &mut Vec<Found>,
) {
    let api = source.api(language);
    let mut next = vec![(schema, at.to_owned(), owner.to_owned(), 0)];
    while let Some((schema, at, owner, depth)) = next.pop() {
        let kind = schema.named().and_then(|name| api.types.get(name)).map(|one| &one.kind);
        let Some(TypeKind::Struct(shape)) = kind else { continue };
        for field in shape.properties() {
            let (wire, at) = (&field.name.wire, format!("{at}.{}", field.name.wire));
            let join = if depth == 0 { " · " } else { "." };
            let title = format!("{owner}{join}{wire}");
            let default = field.default.as_ref().map(bounds::plain).unwrap_or_default();
            all.push(Found {
                k: "f",
                t: title.clone(),
                s: short(&field.description),
                u: at.clone(),
                x: default,
            });
            if depth == 0 {
                next.push((&field.schema, at, title, 1));
            }
        }
    }
}

/// The beginning of a text, whole words where there are blanks.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    if line.chars().count() <= LENGTH {
        return line;
    }
    let cut: String = line.chars().take(LENGTH).collect();
    format!("{}…", cut.trim_end())
}
