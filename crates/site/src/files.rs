//! The files of the site. In: pages and assets. Out: paths with their content, written into a folder as a whole.

use std::{collections::BTreeMap, fs, io, path::Path};

const ASSETS: &[(&str, &str)] = &[
    ("assets/site.css", include_str!("assets/site.css")),
    ("assets/site.js", include_str!("assets/site.js")),
    ("assets/search.js", include_str!("assets/search.js")),
    ("assets/icon.svg", include_str!("assets/icon.svg")),
];

/// Files by their path below the site's folder.
#[derive(Debug, Default)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    pub(crate) fn assets(&mut self) {
        for (path, text) in ASSETS {
            self.add((*path).to_owned(), (*text).to_owned());
        }
    }

    pub(crate) fn add(&mut self, path: String, text: String) {
        self.0.insert(path, text);
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The content of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Writes all files into a folder; what it held before is gone.
    #[expect(
        clippy::disallowed_methods,
        reason = "the site lies in the target folder, not in the repository"
    )]
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        for (path, text) in &self.0 {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }
}
