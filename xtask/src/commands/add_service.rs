//! `add-service PACKAGE`: one of the vendor's packages → a document in `spec/`, an entry in the list of services, and
//! everything that is generated of it, as a draft.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use codegen::config::{self, Config};
use transcribe::read::package;

use super::{
    Outcome, generate,
    package_document::{self, Wanted, service_name},
    write,
};
use crate::screen::{Screen, complain};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// One of the vendor's Python packages: a wheel, or the folder that it unpacks to.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// The API version, such as `v2`, of a package that has several.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Only these operations, with all the schemas that they reach.
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    operations: Vec<String>,
    /// Take the vendor's sentences over as descriptions. They are the vendor's: for private use only.
    #[arg(long)]
    vendor_text: bool,
}

/// The new entry of the list.
struct Entry {
    name: String,
    version: String,
    /// Whether another version of the service is listed, so that the names have to say which one this is.
    is_further: bool,
}

impl Entry {
    fn document(&self) -> String {
        format!("spec/{}/{}-{}.yaml", self.name, self.name, self.version)
    }

    /// `ecs`, or `ecs-v3` beside another version.
    fn folder(&self) -> String {
        match self.is_further {
            true => format!("{}-{}", self.name, self.version),
            false => self.name.clone(),
        }
    }

    fn text(&self) -> String {
        let Self { name, .. } = self;
        let (document, folder) = (self.document(), self.folder());
        format!(
            "  - document: {document}\n    package: huaweicloud-{folder}\n    output: generated/{folder}\n    \
             version: 0.1.0\n    keywords: [huaweicloud, {name}]\n    draft: true\n"
        )
    }
}

pub(crate) fn run(
    config: &Config,
    list: &Path,
    arguments: &Arguments,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let path = &arguments.package;
    let name = service_name(path)
        .with_context(|| format!("{} is not a package of the vendor's", path.display()))?;
    let version = version(arguments)?;
    let folder = format!("generated/{name}");
    let is_further = config.services.iter().any(|service| service.output == folder);
    let entry = Entry { name, version, is_further };
    let document = config.root.join(entry.document());
    ensure!(
        !document.exists(),
        "{} is there already; merge into it with `cargo xtask transcribe {} --document {}`",
        entry.document(),
        path.display(),
        entry.document()
    );
    let made = package_document::make(&Wanted {
        path,
        version: &entry.version,
        operations: &arguments.operations,
        vendor_text: arguments.vendor_text,
    })?;
    for refusal in &made.refused {
        complain(format_args!("{}:{}: {}", refusal.file, refusal.line, refusal.message));
    }
    let old =
        fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    write::create(&document, &made.text)
        .with_context(|| format!("cannot write {}", document.display()))?;
    let listed = format!("{}\n{}", old.trim_end(), entry.text());
    write::replace(list, &listed).with_context(|| format!("cannot write {}", list.display()))?;
    let counts = made.counts;
    writeln!(
        out,
        "created {}: {} operations, {} schemas; it is listed as a draft in {}",
        entry.document(),
        counts.operations,
        counts.schemas,
        list.display()
    )?;
    let mut config = config::load(list)?;
    config.services.retain(|service| service.document == entry.document());
    let outcome = generate::write(&config, out)?;
    Ok(if made.refused.is_empty() { outcome } else { Outcome::Problems })
}

/// The API version that is meant.
fn version(arguments: &Arguments) -> anyhow::Result<String> {
    let known = package::api_versions(&arguments.package);
    match (&arguments.version, known.as_slice()) {
        (_, []) => bail!("{} holds no API version with a client", arguments.package.display()),
        (Some(wanted), known) if known.contains(wanted) => Ok(wanted.clone()),
        (None, [only]) => Ok(only.clone()),
        _ => bail!("choose an API version with --version; the package has {}", known.join(", ")),
    }
}
