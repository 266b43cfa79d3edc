//! Stage 6, format: Rust sources become text, by prettyplease, here and nowhere else.

use proc_macro2::TokenStream;

use crate::output::{Content, FileSet, RustCode, RustSource};

/// A file is no Rust.
#[derive(Debug, thiserror::Error)]
#[error("{path}: emitted Rust does not parse: {source}")]
pub struct FormatError {
    path: String,
    source: syn::Error,
}

/// Prints every Rust file of a set.
pub fn format(files: &mut FileSet) -> Result<(), FormatError> {
    for (path, content) in files.contents_mut() {
        if let Content::Rust(source) = content {
            let error = |source| FormatError { path: path.to_owned(), source };
            let text = print_source(source).map_err(error)?;
            *content = Content::Text(text);
        }
    }
    Ok(())
}

/// Prints Rust that goes into another text, such as an example of a reference page.
pub fn rust(tokens: TokenStream) -> syn::Result<String> {
    RustCode::Tokens(tokens).into_file().map(|file| print(&file))
}

/// How many lines Rust is when printed.
pub(crate) fn lines(file: &syn::File) -> usize {
    print(file).lines().count()
}

/// prettyplease sets items close together; blank lines between them make them readable. Texts with
/// line breaks are escaped in what it prints, so that no line here is part of one.
fn print(file: &syn::File) -> String {
    let printed = prettyplease::unparse(file);
    let mut out = String::with_capacity(printed.len() + printed.len() / 16);
    let mut lines = printed.lines().peekable();
    let mut item = Kind::Other;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        item = Kind::of(line).unwrap_or(item);
        if lines.peek().is_some_and(|next| is_gap(item, line, next)) {
            out.push('\n');
        }
    }
    out
}

/// What stands close together: lines of one kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What a file says of itself.
    Words,
    /// Inner attributes.
    Settings,
    Use,
    PublicUse,
    Mod,
    Other,
}

impl Kind {
    /// Of the item that a line begins; a line that stands further in, or ends an item, begins none.
    fn of(line: &str) -> Option<Self> {
        if line.starts_with([' ', '}', ')', ']']) {
            return None;
        }
        let (item, is_open) = match line.strip_prefix("pub") {
            Some(rest) if rest.starts_with('(') => {
                (rest.split_once(") ").map_or(rest, |(_, item)| item), true)
            }
            Some(rest) => (rest.trim_start(), true),
            None => (line, false),
        };
        Some(match item {
            _ if line.starts_with("//!") => Self::Words,
            _ if line.starts_with("#!") => Self::Settings,
            _ if item.starts_with("use ") && is_open => Self::PublicUse,
            _ if item.starts_with("use ") => Self::Use,
            _ if item.starts_with("mod ") => Self::Mod,
            _ => Self::Other,
        })
    }
}

/// Whether one item or method ends with a line and another begins with the next.
fn is_gap(item: Kind, line: &str, next: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (this, that) = (line.trim_start(), next.trim_start());
    if indent(next) > 4 || indent(line) < indent(next) || that.is_empty() {
        return false;
    }
    if indent(next) == 0 && item != Kind::Other && this != "}" {
        let ends = item == Kind::Words || this.ends_with([';', ']']);
        return ends && Kind::of(next).is_some_and(|kind| kind != item);
    }
    let begins = |starts: &[&str]| starts.iter().any(|start| that.starts_with(start));
    let is_same = indent(line) == indent(next);
    let ends_block = is_same && this == "}" && !that.starts_with(['}', '.', ')', ']']);
    let ends_item = this.ends_with(';') && !this.starts_with("//");
    let begins_item =
        begins(&["///", "#[", "impl", "fn ", "async fn ", "pub fn ", "pub(crate) fn "]);
    ends_block || ends_item && begins_item
}

fn print_source(source: &mut RustSource) -> syn::Result<String> {
    let code = print(&*std::mem::take(&mut source.code).into_file()?);
    let banner: String = source.banner.lines().map(|line| format!("// {line}\n")).collect();
    Ok(format!("{banner}\n{code}"))
}
