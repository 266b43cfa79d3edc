//! The loaded document. In: a path or a text. Out: [`Document`], or the one reason why there is none.
//!
//! A document may name files beside it, such as a catalogue of error codes; they are loaded along.
//!
//! The whole document is kept as a JSON value, because only there does every key keep its place;
//! the typed view is made from it when its structure has been validated.

use std::{
    fs,
    io::{self, Read as _},
    path::{Component, Path},
};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::yaml;
use crate::{diagnostic::Diagnostic, pointer::JsonPointer};

/// Names the file of error codes, at the top of a document.
pub(crate) const ERROR_CATALOG: &str = "x-error-catalog";

/// Names the guide, at the top of a document.
pub(crate) const GUIDE: &str = "x-guide";

/// Names the files of texts in other languages, by language, at the top of a document.
pub(crate) const TRANSLATIONS: &str = "x-translations";

/// A longer document is refused before it is read whole.
const MAX_BYTES: u64 = 64 << 20;

/// An OpenAPI document: what was written, with nothing resolved or filled in.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name to show for it: the path as it was given.
    pub name: String,
    /// All of it, in the order it was written.
    pub value: Value,
    /// The file that `x-error-catalog` names.
    pub error_catalog: Option<FileBeside>,
    /// The text that `x-guide` names.
    pub guide: Option<String>,
    /// The files that `x-translations` names, by language, in its order.
    pub translations: Vec<(String, FileBeside)>,
}

/// A YAML file beside a document, as it was written.
#[derive(Debug, Clone)]
pub struct FileBeside {
    /// The name to show for it: its path from where the document's path starts.
    pub name: String,
    pub value: Value,
}

impl Document {
    /// The typed view. An error here means that validation has let something through.
    pub fn open_api(&self) -> Result<OpenAPI, Diagnostic> {
        serde_json::from_value(self.value.clone()).map_err(|error| {
            let message = format!("not an OpenAPI 3.0 document: {error}");
            Diagnostic::new(JsonPointer::root(), "not-openapi", message)
        })
    }
}

/// Reads a document from a file, and the files that it names.
pub fn load(path: &Path) -> Result<Document, Diagnostic> {
    let root = JsonPointer::root();
    let text =
        read(path).map_err(|problem| Diagnostic::new(root, "unreadable", problem.to_string()))?;
    let mut document = parse(&path.display().to_string(), &text)?;
    if let Some(Value::String(file)) = document.value.get(ERROR_CATALOG) {
        let at = JsonPointer::root().child(ERROR_CATALOG);
        document.error_catalog = Some(yaml_beside(path, file, &at)?);
    }
    if let Some(Value::String(file)) = document.value.get(GUIDE) {
        let at = JsonPointer::root().child(GUIDE);
        let (_, guide) = beside(path, file, &at)?;
        document.guide = Some(guide);
    }
    if let Some(Value::Object(files)) = document.value.get(TRANSLATIONS) {
        for (language, file) in files {
            let Some(file) = file.as_str() else { continue };
            let at = JsonPointer::root().child(TRANSLATIONS).child(language);
            document.translations.push((language.clone(), yaml_beside(path, file, &at)?));
        }
    }
    Ok(document)
}

/// Reads a document from a text; `name` is used in messages. Files that it names are not
/// loaded, for a text lies in no folder.
pub fn parse(name: &str, text: &str) -> Result<Document, Diagnostic> {
    let value = yaml::parse(text)?;
    Ok(Document {
        name: name.to_owned(),
        value,
        error_catalog: None,
        guide: None,
        translations: Vec::new(),
    })
}

/// A YAML file in the folder of a document, which names it at a place.
fn yaml_beside(document: &Path, file: &str, at: &JsonPointer) -> Result<FileBeside, Diagnostic> {
    let (name, text) = beside(document, file, at)?;
    let value = yaml::parse(&text).map_err(|problem| {
        let why = format!("{name}{}: {}", problem.pointer, problem.message);
        Diagnostic::new(at.clone(), problem.code, why)
    })?;
    Ok(FileBeside { name, value })
}

/// The name to show and the text of a file in the folder of a document, which names it at a place.
fn beside(document: &Path, file: &str, at: &JsonPointer) -> Result<(String, String), Diagnostic> {
    let fail = |why: String| Diagnostic::new(at.clone(), "unreadable", why);
    if Path::new(file).components().any(|part| !matches!(part, Component::Normal(_))) {
        let why = format!("`{file}` does not lie beside the document; name a file in its folder");
        return Err(fail(why));
    }
    let path = document.with_file_name(file);
    let text = read(&path).map_err(|problem| fail(problem.to_string()))?;
    Ok((path.display().to_string(), text))
}

/// The text of a file that is not too long to be one of ours.
fn read(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(source) => return Err(ReadError::Open { name, source }),
    };
    let mut bytes = Vec::new();
    if let Err(source) = file.take(MAX_BYTES + 1).read_to_end(&mut bytes) {
        return Err(ReadError::Read { name, source });
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge { name });
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        ReadError::NotUtf8 { name, at }
    })
}

/// Why a file has no text.
#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error("cannot open {name}: {source}")]
    Open { name: String, source: io::Error },
    #[error("cannot read {name}: {source}")]
    Read { name: String, source: io::Error },
    #[error("{name} is larger than {} MiB; split the document", MAX_BYTES >> 20)]
    TooLarge { name: String },
    #[error("{name} is not UTF-8 (byte {at}); save it as UTF-8")]
    NotUtf8 { name: String, at: usize },
}
