//! One API version of one package, tried step by step. In: the package. Out: how far it came, with counts and times.

use std::{
    fmt,
    path::Path,
    time::{Duration, Instant},
};

use codegen::{Error, config::Service, draft::Gaps, load::Document, output};
use transcribe::counts::Counts;

use super::{
    super::package_document::{self, PackageDocument, Wanted},
    build::{Built, Folder},
    record::Record,
};

/// What is tried.
pub(super) struct Attempt<'a> {
    pub(super) path: &'a Path,
    pub(super) service: &'a str,
    pub(super) version: &'a str,
    pub(super) folder: &'a Folder,
}

/// The step that the compiler does.
const BUILD: &str = "build";

/// How it ended.
#[derive(Default)]
pub(super) struct Ended {
    read: Option<(Counts, usize, Duration)>,
    generated: Option<(Gaps, usize, Duration)>,
    built: Option<Built>,
    /// Name and version of the package.
    source: String,
    /// The step that failed, and why.
    failure: Option<(&'static str, String)>,
    /// Refusals, problems, and what the compiler says.
    pub(super) details: Vec<String>,
}

/// How much of a package was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Something was refused and left out.
    Part,
    Failed,
}

impl Ended {
    /// Whether every step was taken, and for all of the package.
    pub(super) fn extent(&self) -> Extent {
        match (&self.failure, &self.read) {
            (None, Some((_, 0, _))) => Extent::Whole,
            (None, Some(_)) => Extent::Part,
            _ => Extent::Failed,
        }
    }

    /// What is kept of it.
    pub(super) fn record(&self, service: &str, version: &str) -> Record {
        let read = self.read.as_ref();
        let has_failed_to_build = self.failure.as_ref().is_some_and(|(step, _)| *step == BUILD);
        Record {
            service: service.to_owned(),
            version: version.to_owned(),
            source: self.source.clone(),
            operations: read.map_or(0, |(counts, ..)| counts.operations),
            refused: read.map_or(0, |(_, refused, _)| *refused),
            is_generated: self.generated.is_some(),
            compiles: match has_failed_to_build {
                true => Some(false),
                false => self.built.as_ref().map(|_| true),
            },
            payloads: self.built.as_ref().and_then(Built::payloads).map(str::to_owned),
        }
    }
}

impl Attempt<'_> {
    pub(super) fn run(&self, is_built: bool) -> Ended {
        let mut ended = Ended::default();
        if let Err((step, why)) = self.steps(is_built, &mut ended) {
            ended.failure = Some((step, why));
        }
        ended
    }

    fn steps(&self, is_built: bool, ended: &mut Ended) -> Result<(), (&'static str, String)> {
        let start = Instant::now();
        let wanted =
            Wanted { path: self.path, version: self.version, operations: &[], vendor_text: true };
        let read =
            package_document::make(&wanted).map_err(|error| ("read", format!("{error:#}")))?;
        let PackageDocument { document, text, counts, refused, source } = read;
        ended.source = source;
        ended.read = Some((counts, refused.len(), start.elapsed()));
        let lines = refused.iter().map(|r| format!("{}:{}: {}", r.file, r.line, r.message));
        ended.details.extend(lines);
        let name = self.name();
        let io = |error: anyhow::Error| ("write", format!("{error:#}"));
        self.folder.document(&name, &text).map_err(io)?;
        let start = Instant::now();
        let service = self.folder.service(&name, self.service);
        let files = generate(&document, &service, ended)?;
        let gaps = files.1;
        let count = files.0.paths().count();
        self.folder.members(&name).map_err(io).and_then(|()| {
            let folder = self.folder.of(&name);
            output::write(&files.0, &folder).map_err(|error| ("write", error.to_string()))
        })?;
        ended.generated = Some((gaps, count, start.elapsed()));
        if is_built {
            let has_payloads =
                files.0.paths().any(|path| path.starts_with("client/tests/payloads/"));
            let built = self.folder.build(&service, has_payloads, &mut ended.details);
            let built = ended.built.insert(built.map_err(|why| (BUILD, why))?);
            if let Some(why) = built.failure() {
                return Err(("pass its payload tests", why.to_owned()));
            }
        }
        Ok(())
    }

    /// `ecs-v2`
    fn name(&self) -> String {
        format!("{}-{}", self.service, self.version.replace('_', "-"))
    }
}

fn generate(
    document: &Document,
    service: &Service,
    ended: &mut Ended,
) -> Result<(output::FileSet, Gaps), (&'static str, String)> {
    codegen::generate_draft(document, service).map_err(|error| match error {
        Error::Document(mut problems) => {
            codegen::draft::take_gaps(&mut problems);
            ended.details.extend(problems.iter().map(ToString::to_string));
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            ("generate", format!("{} problems, the first {first}", problems.len()))
        }
        other => ("generate", other.to_string()),
    })
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |time: &Duration| time.as_secs_f64();
        if let Some((counts, refused, time)) = &self.read {
            let Counts { operations, schemas, fields, .. } = counts;
            write!(f, "{operations} operations, {schemas} schemas, {fields} fields")?;
            write!(f, ", {refused} refused, read in {:.1} s", seconds(time))?;
        }
        if let Some((gaps, files, time)) = &self.generated {
            write!(f, "; {files} files generated in {:.1} s ({gaps})", seconds(time))?;
        }
        if let Some(built) = &self.built {
            write!(f, "; {built}")?;
        }
        match &self.failure {
            Some((step, why)) if self.read.is_none() => write!(f, "failed to {step}: {why}"),
            Some((step, why)) => write!(f, "; failed to {step}: {why}"),
            None => Ok(()),
        }
    }
}
