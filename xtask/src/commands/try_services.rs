//! `try-services PACKAGE…`: is each of the vendor's packages read, generated and built? In: wheels, or folders that
//! they unpack to. Out: a line for each API version of each, and below `target/try-services` what was made.
//!
//! What is made are drafts with the vendor's sentences: for trying out, and never to be committed.

mod attempt;
mod build;

use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;
use codegen::config::Config;
use transcribe::read::package;

use super::{Outcome, package_document::service_name};
use crate::screen::{Screen, complain};
use attempt::{Attempt, Ended, Extent};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The vendor's Python packages: wheels, or the folders that they unpack to.
    #[arg(required = true, value_name = "PACKAGE")]
    packages: Vec<PathBuf>,
    /// Only read and generate; build nothing.
    #[arg(long)]
    no_build: bool,
    /// List what was refused and every problem, not only how many there are.
    #[arg(short, long)]
    verbose: bool,
}

pub(crate) fn run(
    config: &Config,
    arguments: &Arguments,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let folder = build::Folder::new(&config.root)?;
    let mut extents = Vec::new();
    for path in &arguments.packages {
        let shown = path.display();
        let name = service_name(path).with_context(|| {
            format!("{shown} is no package of the vendor's; give huaweicloudsdk….whl")
        })?;
        let versions = package::api_versions(path);
        if versions.is_empty() {
            extents.push(Extent::Failed);
            writeln!(out, "{name}: failed to read: {shown} has no API version with a client")?;
        }
        for version in &versions {
            let attempt = Attempt { path, service: &name, version, folder: &folder };
            let ended = attempt.run(!arguments.no_build);
            extents.push(ended.extent());
            writeln!(out, "{name} {version}: {ended}")?;
            out.flush()?;
            if arguments.verbose {
                details(&ended);
            }
        }
    }
    let count = |wanted| extents.iter().filter(|extent| **extent == wanted).count();
    let (tried, whole) = (extents.len(), count(Extent::Whole));
    let (part, failed) = (count(Extent::Part), count(Extent::Failed));
    writeln!(out, "{tried} tried: {whole} whole, {part} in part, {failed} failed")?;
    Ok(if tried == whole { Outcome::Fine } else { Outcome::Problems })
}

fn details(ended: &Ended) {
    for line in &ended.details {
        complain(format_args!("  {line}"));
    }
}
