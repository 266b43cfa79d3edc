//! `transcribe PAGE…`: vendor pages → a document; what was refused, what changed, what is open.

mod print;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context as _, bail};
use codegen::{
    config::Config,
    load::{self, Document},
};
use transcribe::{
    counts::Counts,
    facts::{Endpoint, Page, Refusal},
    merge::{self, Finding, Merge, Problem},
    read::{
        self,
        package::{self, Selection},
    },
    resolve::{self, Settings},
    yaml,
};

use super::{Outcome, write};
use crate::screen::{Screen, complain};
use print::Summary;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Pages, folders of pages (`*.md`, but for files that begin with `_`), or the vendor's Python packages
    /// (a wheel, or the folder that it unpacks to).
    #[arg(required = true, value_name = "PAGE_OR_PACKAGE")]
    pages: Vec<PathBuf>,
    /// The API version to read of a package that has several, such as `v2`; of pages, those whose path has it.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Only these operations of a package, with all the schemas that they reach.
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    operations: Vec<String>,
    /// Write a new document of these pages instead of merging them into one.
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    output: Option<PathBuf>,
    /// The document to merge into; without it, the one of the list of services.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// Write nothing; list how pages and document differ; exit 4 if they do.
    #[arg(long)]
    check: bool,
    /// Take the page's sentences over as descriptions. They are the vendor's: for private use only.
    #[arg(long)]
    vendor_text: bool,
    /// List all prose that was not transcribed, not only that of fields without a description.
    #[arg(long)]
    notes: bool,
    /// List what is decided already.
    #[arg(short, long)]
    verbose: bool,
}

impl Arguments {
    /// Whether the list of services says which document is meant.
    pub(crate) fn needs_services(&self) -> bool {
        self.output.is_none() && self.document.is_none()
    }
}

/// What is on the disk.
struct Target {
    path: PathBuf,
    /// Nothing when it is to be made.
    existing: Option<(Document, String)>,
}

pub(crate) fn run(
    config: Option<&Config>,
    arguments: &Arguments,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let Some(target) = target(config, arguments)? else { return Ok(Outcome::Problems) };
    let Sources { pages, endpoints, mut refused } = sources(arguments);
    let into = target.existing.as_ref().filter(|_| arguments.output.is_none());
    let settings = Settings {
        vendor_text: arguments.vendor_text,
        owners: into.map(|(document, _)| merge::owners(&document.value)).unwrap_or_default(),
        title: None,
        endpoints,
    };
    let transcript = resolve::pages(&pages, &settings);
    refused.extend(transcript.refused.iter().cloned());
    refused.sort();
    refused.dedup();
    for refusal in &refused {
        complain(format_args!("{}:{}: {}", refusal.file, refusal.line, refusal.message));
    }
    let counts = Counts::of(&transcript);
    if counts.operations == 0 {
        complain(format_args!("error: no page could be read; nothing was written"));
        return Ok(Outcome::Problems);
    }
    let merge = merge::into(
        into.map_or(&transcript.document, |(document, _)| &document.value),
        &transcript,
    );
    let merge = match merge {
        Ok(merge) => merge,
        Err(error) => {
            complain(format_args!("error: {}{error}", target.path.display()));
            return Ok(Outcome::Problems);
        }
    };
    let clashes = clashes(&merge);
    let text = text(&target, into, &merge)?;
    print::print(&merge, arguments.notes, arguments.verbose, out)?;
    let summary = Summary { pages: pages.len(), counts, merge: &merge };
    writeln!(out, "{summary}, {:.2} s", start.elapsed().as_secs_f64())?;
    let outcome = finish(&target, &merge, &text, arguments, out)?;
    Ok(if refused.is_empty() && clashes == 0 { outcome } else { Outcome::Problems })
}

/// Prints which pages contradict the document about what an operation is; gives back how many.
fn clashes(merge: &Merge) -> usize {
    let is_clash = |finding: &&Finding| matches!(finding.problem, Problem::Clash { .. });
    let clashes = merge.findings.iter().filter(is_clash);
    clashes.map(|finding| complain(format_args!("{}: {finding}", finding.place))).count()
}

/// Writes, or says what would be written.
fn finish(
    target: &Target,
    merge: &Merge,
    text: &str,
    arguments: &Arguments,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let name = target.path.display();
    let is_same = target.existing.as_ref().is_some_and(|(_, old)| old == text);
    let is_foreign = arguments.output.is_some() && target.existing.is_some() && !is_same;
    if arguments.check {
        // What is gone is no change of the text, and still a difference.
        let has_drift = !is_same || (arguments.output.is_none() && merge.has_drift());
        if has_drift {
            complain(format_args!(
                "pages and {name} differ; run `cargo xtask transcribe` without --check and review what changed"
            ));
        }
        return Ok(if has_drift { Outcome::Drift } else { Outcome::Fine });
    }
    if is_foreign {
        complain(format_args!(
            "error: {name} is there and says something else; merge into it with --document, or move it away"
        ));
        return Ok(Outcome::Problems);
    }
    if is_same {
        writeln!(out, "{name}: nothing to write")?;
        return Ok(Outcome::Fine);
    }
    write::replace(&target.path, text).with_context(|| format!("cannot write {name}"))?;
    let done = if target.existing.is_some() { "updated" } else { "created" };
    writeln!(out, "{done} {name}; now run `cargo xtask lint`")?;
    Ok(Outcome::Fine)
}

/// The text of the merged document, read back and compared before anybody relies on it.
fn text(
    target: &Target,
    into: Option<&(Document, String)>,
    merge: &Merge,
) -> anyhow::Result<String> {
    let name = target.path.display();
    if let Some((_, old)) = into.filter(|(document, _)| document.value == merge.document) {
        return Ok(old.clone());
    }
    let text = match into {
        Some((document, text)) => yaml::rewrite(text, &document.value, &merge.document)
            .with_context(|| format!("cannot rewrite {name}; nothing was written"))?,
        None => yaml::write(&merge.document),
    };
    let read_back = load::parse(&name.to_string(), &text);
    match read_back {
        Ok(document) if document.value == merge.document => Ok(text),
        Ok(_) => bail!(
            "{name} would not say what was merged into it; nothing was written. This is a bug"
        ),
        Err(problem) => {
            bail!("{name} would not be readable ({problem}); nothing was written. This is a bug")
        }
    }
}

/// What was read.
#[derive(Default)]
struct Sources {
    pages: Vec<Page>,
    endpoints: Vec<Endpoint>,
    refused: Vec<Refusal>,
}

/// What the sources state: pages as they are, packages operation by operation.
fn sources(arguments: &Arguments) -> Sources {
    let selection =
        Selection { version: arguments.version.clone(), operations: arguments.operations.clone() };
    let is_package = |path: &&PathBuf| package::is_package(path);
    let (packages, files): (Vec<_>, Vec<_>) = arguments.pages.iter().partition(is_package);
    let mut all = Sources::default();
    for reading in read::files(&files) {
        all.pages.extend(reading.page.filter(|page| is_of_version(page, arguments)));
        all.refused.extend(reading.refused);
    }
    for path in packages {
        let reading = package::package(path, &selection);
        all.pages.extend(reading.pages);
        all.endpoints.extend(reading.endpoints);
        all.refused.extend(reading.refused);
    }
    all
}

/// Whether the path of a page has the version that is asked for: `/v2.0/…` is of `v2`.
fn is_of_version(page: &Page, arguments: &Arguments) -> bool {
    let Some(version) = &arguments.version else { return true };
    page.path.split('/').any(|part| {
        part.strip_prefix(version.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// The document to write; nothing when it cannot be read, which is printed.
fn target(config: Option<&Config>, arguments: &Arguments) -> anyhow::Result<Option<Target>> {
    let path = match (&arguments.output, &arguments.document, config) {
        (Some(path), _, _) if !path.exists() => {
            return Ok(Some(Target { path: path.clone(), existing: None }));
        }
        (Some(path), _, _) | (None, Some(path), _) => path.clone(),
        (None, None, Some(config)) => match config.services.as_slice() {
            [service] => config.root.join(&service.document),
            services => bail!(
                "{} services are listed; say which document with --document FILE",
                services.len()
            ),
        },
        (None, None, None) => bail!("say which document with --document FILE or --output FILE"),
    };
    let document = match load::load(&path) {
        Ok(document) => document,
        Err(problem) => {
            complain(format_args!("error: {}{problem}", path.display()));
            return Ok(None);
        }
    };
    let text = read_text(&path)?;
    Ok(Some(Target { path, existing: Some((document, text)) }))
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
