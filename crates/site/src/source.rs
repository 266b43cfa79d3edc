//! One service of the site. In: its document and its generated example files. Out: a model a language, the names of its
//! pages, and the text of each example.

use std::{collections::BTreeMap, fs, path::Path};

use codegen::{
    config::Service,
    diagnostic::Diagnostic,
    emit::examples::{self, Plan},
    load::Document,
    model::Api,
};

use crate::Language;

/// Why a service has no pages.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The document has problems.
    #[error("{} problem(s) in the document", .0.len())]
    Document(Vec<Diagnostic>),
    /// A generated example is not there.
    #[error("cannot read {0}: {1}; run `cargo xtask generate`")]
    Example(String, std::io::Error),
}

/// A service with everything that its pages show.
pub struct Source {
    pub(crate) service: Service,
    english: Api,
    chinese: Option<Api>,
    /// Generated programs and scripts by their path in the service's folder.
    files: BTreeMap<String, String>,
}

impl Source {
    /// Reads a service; `root` is the folder that its paths start from.
    pub fn read(document: &Document, service: &Service, root: &Path) -> Result<Self, SourceError> {
        let english = codegen::model(document).map_err(SourceError::Document)?;
        let chinese = codegen::model_in(document, Language::Chinese.code());
        let chinese = chinese.transpose().map_err(SourceError::Document)?;
        let mut files = BTreeMap::new();
        let folder = root.join(&service.output);
        for call in examples::plan(&english).iter().flat_map(|plan| &plan.calls) {
            for path in [&call.program, &call.script] {
                let text = fs::read_to_string(folder.join(path)).map_err(|error| {
                    SourceError::Example(folder.join(path).display().to_string(), error)
                })?;
                files.insert(path.clone(), text);
            }
        }
        Ok(Self { service: service.clone(), english, chinese, files })
    }

    /// The model, in a language if it is there and in English otherwise.
    pub(crate) fn api(&self, language: Language) -> &Api {
        match language {
            Language::English => &self.english,
            Language::Chinese => self.chinese.as_ref().unwrap_or(&self.english),
        }
    }

    /// Whether its texts are in a language.
    pub(crate) fn is_in(&self, language: Language) -> bool {
        language == Language::English || self.chinese.is_some()
    }

    /// The operations with the names of their pages and examples.
    pub(crate) fn plans(&self, language: Language) -> Vec<Plan<'_>> {
        examples::plan(self.api(language))
    }

    /// The text of a generated file.
    pub(crate) fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Its short name, as folders and commands have it: `dcs`.
    pub(crate) fn short(&self) -> &str {
        let package = self.service.package.as_str();
        package.rsplit_once('-').map_or(package, |(_, short)| short)
    }

    /// The path of an operation's page.
    pub(crate) fn operation_path(&self, slug: &str) -> String {
        format!("{}/operations/{slug}.html", self.short())
    }

    /// The path of its index.
    pub(crate) fn index_path(&self) -> String {
        format!("{}/index.html", self.short())
    }

    /// The path of its error codes, if it has any.
    pub(crate) fn errors_path(&self) -> Option<String> {
        self.english.error_catalog.as_ref().map(|_| format!("{}/errors.html", self.short()))
    }
}
