//! What will be generated, in memory. In: files from the emitters. Out: paths and texts in order.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

/// Generated files by path, relative to the output folder, with `/` between segments.
#[derive(Default)]
pub struct FileSet {
    files: BTreeMap<String, Content>,
}

/// What a file holds.
pub enum Content {
    /// Text as it will be written.
    Text(String),
    /// Rust that `format` has still to print.
    Rust(RustSource),
}

/// Rust before it is printed.
pub struct RustSource {
    /// The `//` lines above the code: the banner that says where the file comes from.
    pub banner: String,
    pub code: RustCode,
}

/// Tokens to be parsed once, or what a pass has already parsed.
pub enum RustCode {
    Tokens(TokenStream),
    Parsed(Box<syn::File>),
}

impl RustCode {
    /// The syntax, for passes over what is emitted.
    pub(crate) fn into_file(self) -> syn::Result<Box<syn::File>> {
        match self {
            Self::Tokens(tokens) => syn::parse2(tokens).map(Box::new),
            Self::Parsed(file) => Ok(file),
        }
    }
}

impl Default for RustCode {
    fn default() -> Self {
        Self::Tokens(TokenStream::new())
    }
}

impl FileSet {
    /// Adds a text file; `\n` at its end is seen to.
    pub fn text(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let mut text = text.into();
        text.truncate(text.trim_end().len());
        text.push('\n');
        self.insert(path.into(), Content::Text(text));
    }

    /// Adds a Rust file from tokens.
    pub fn rust(&mut self, path: impl Into<String>, banner: &str, tokens: TokenStream) {
        self.source(path.into(), banner, RustCode::Tokens(tokens));
    }

    /// Adds a Rust file that is parsed already.
    pub fn parsed(&mut self, path: impl Into<String>, banner: &str, file: syn::File) {
        self.source(path.into(), banner, RustCode::Parsed(Box::new(file)));
    }

    fn source(&mut self, path: String, banner: &str, code: RustCode) {
        self.insert(path, Content::Rust(RustSource { banner: banner.to_owned(), code }));
    }

    /// A later file of the same path takes the earlier one's place; emitters own their folders.
    fn insert(&mut self, path: String, content: Content) {
        let before = self.files.insert(path, content);
        debug_assert!(before.is_none(), "two emitters wrote one path");
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// All printed files, sorted by path.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, content)| match content {
            Content::Text(text) => Some((path.as_str(), text.as_str())),
            Content::Rust(_) => None,
        })
    }

    /// One printed file.
    pub fn get(&self, path: &str) -> Option<&str> {
        match self.files.get(path)? {
            Content::Text(text) => Some(text),
            Content::Rust(_) => None,
        }
    }

    /// All files, for the stage that prints.
    pub(crate) fn contents_mut(&mut self) -> impl Iterator<Item = (&str, &mut Content)> {
        self.files.iter_mut().map(|(path, content)| (path.as_str(), content))
    }
}
