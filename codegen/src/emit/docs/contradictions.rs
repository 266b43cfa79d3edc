//! Where the sources contradict each other. Out: `docs/contradictions.md`.

use indexmap::IndexMap;
use serde::Serialize;

use super::{
    errata::{self, Subject},
    markdown, rules,
    site::Site,
};
use crate::{
    emit::EmitError,
    model::{self, Erratum, Knowledge, RegionalFact},
    output::FileSet,
};

#[derive(Serialize)]
struct View {
    banner: String,
    /// The table of contents.
    errata: Vec<Subject>,
    regions: Vec<Region>,
    chapters: Vec<Chapter>,
}

/// What differs from region to region.
#[derive(Serialize)]
struct Region {
    about: String,
    statements: Vec<Statement>,
    decision: String,
}

#[derive(Serialize)]
struct Statement {
    says: String,
    sources: String,
}

/// Everything about one place of the document.
#[derive(Serialize)]
struct Chapter {
    name: String,
    /// The rules about the same place.
    rules: Vec<String>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    id: String,
    says: Vec<Says>,
    decision: String,
    reason: String,
}

/// What one of the sources says.
#[derive(Serialize)]
struct Says {
    who: &'static str,
    what: String,
}

pub(super) fn emit(site: &Site<'_>, files: &mut FileSet) -> Result<(), EmitError> {
    let mut chapters: IndexMap<&str, Vec<Section>> = IndexMap::new();
    for erratum in &site.api.errata {
        chapters.entry(&erratum.subject).or_default().push(section(erratum));
    }
    let chapters = chapters.into_iter();
    let chapters = chapters.map(|(name, sections)| Chapter {
        name: markdown::code(name),
        rules: rules::about(site, name),
        sections,
    });
    let view = View {
        banner: site.banner.clone(),
        errata: errata::subjects(&site.api.errata),
        regions: site.api.knowledge.iter().flat_map(regions).collect(),
        chapters: chapters.collect(),
    };
    files.text("docs/contradictions.md", site.render("contradictions", &view)?);
    Ok(())
}

fn regions(knowledge: &Knowledge) -> Vec<Region> {
    let source = |id: &String| {
        knowledge.source(id).map(|source| format!("{} ({})", source.title, source.date))
    };
    let statement = |statement: &model::Statement| Statement {
        says: markdown::cell(&statement.says),
        sources: markdown::cell(
            &statement.sources.iter().filter_map(source).collect::<Vec<_>>().join("; "),
        ),
    };
    let region = |fact: &RegionalFact| Region {
        about: markdown::text(&fact.about),
        statements: fact.statements.iter().map(statement).collect(),
        decision: markdown::text(&fact.decision),
    };
    knowledge.regions.iter().map(region).collect()
}

fn section(erratum: &Erratum) -> Section {
    let says = [
        ("Table", &erratum.table),
        ("Text", &erratum.text),
        ("Example", &erratum.example),
        ("Other material", &erratum.other),
    ];
    let says = says.into_iter().filter_map(|(who, what)| {
        what.as_deref().map(|what| Says { who, what: markdown::cell(what) })
    });
    Section {
        id: erratum.id.clone(),
        says: says.collect(),
        decision: markdown::text(&erratum.decision),
        reason: markdown::text(&erratum.reason),
    }
}
