//! The loaded document. In: a path or a text. Out: [`Document`], or the one reason why there is none.
//!
//! The whole document is kept as a JSON value, because only there does every key keep its place;
//! the typed view is made from it when its structure has been validated.

use std::{fs, io::Read as _, path::Path};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::yaml;
use crate::{diagnostic::Diagnostic, pointer::JsonPointer};

/// A longer document is refused before it is read whole.
const MAX_BYTES: u64 = 64 << 20;

/// An OpenAPI document: what was written, with nothing resolved or filled in.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name to show for it: the path as it was given.
    pub name: String,
    /// All of it, in the order it was written.
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

/// Reads a document from a file.
pub fn load(path: &Path) -> Result<Document, Diagnostic> {
    let name = path.display().to_string();
    let fail = |why: String| Diagnostic::new(JsonPointer::root(), "unreadable", why);
    let file = fs::File::open(path).map_err(|e| fail(format!("cannot open {name}: {e}")))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| fail(format!("cannot read {name}: {e}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail(format!(
            "{name} is larger than {} MiB; split the document",
            MAX_BYTES >> 20
        )));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        fail(format!("{name} is not UTF-8 (byte {at}); save it as UTF-8"))
    })?;
    parse(&name, &text)
}

/// Reads a document from a text; `name` is used in messages.
pub fn parse(name: &str, text: &str) -> Result<Document, Diagnostic> {
    let value = yaml::parse(text)?;
    Ok(Document { name: name.to_owned(), value })
}
