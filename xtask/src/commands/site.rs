//! `site`: documents, examples and guides → a website in `target/site`.

use std::{io::Write as _, path::PathBuf, time::Instant};

use anyhow::{Context as _, bail};
use codegen::config::Config;
use site::{Guides, Source, SourceError};

use super::{Outcome, document, print_problems};
use crate::screen::Screen;

/// Where the site goes if nothing else is said.
const FOLDER: &str = "target/site";

pub(crate) fn run(
    config: &Config,
    output: Option<PathBuf>,
    out: &mut Screen,
) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    let mut sources = Vec::new();
    for service in &config.services {
        let Some(document) = document(config, service) else { return Ok(Outcome::Problems) };
        match Source::read(&document, service, &config.root) {
            Ok(source) => sources.push(source),
            Err(SourceError::Document(problems)) => {
                print_problems(service, &problems);
                return Ok(Outcome::Problems);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let guides = Guides::read(&config.root.join("docs"))?;
    let files = site::build(&sources, &guides)?;
    let folder = output.unwrap_or_else(|| config.root.join(FOLDER));
    // A folder that holds something else is not emptied.
    if folder.is_dir()
        && folder.read_dir()?.next().is_some()
        && !folder.join("search-index.js").is_file()
    {
        bail!("{} holds something that is no site; name an empty folder", folder.display());
    }
    files.write(&folder).with_context(|| format!("cannot write {}", folder.display()))?;
    let (count, seconds) = (files.paths().count(), start.elapsed().as_secs_f64());
    writeln!(out, "{}: {count} files, {seconds:.2} s; open index.html", folder.display())?;
    Ok(Outcome::Fine)
}
