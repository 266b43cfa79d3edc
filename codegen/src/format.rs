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
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if lines.peek().is_some_and(|next| is_gap(line, next)) {
            out.push('\n');
        }
    }
    out
}

/// Whether one item or method ends with a line and another begins with the next.
fn is_gap(line: &str, next: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (this, that) = (line.trim_start(), next.trim_start());
    if indent(line) != indent(next) || indent(line) > 4 || that.is_empty() {
        return false;
    }
    let ends_block = this == "}" && !that.starts_with(['}', '.', ')', ']']);
    let begins_item = ["///", "#[", "impl", "fn ", "async fn ", "pub fn ", "pub(crate) fn "];
    let ends_item = this.ends_with(';') && !this.starts_with("//") && indent(line) == 0;
    ends_block || ends_item && begins_item.iter().any(|start| that.starts_with(start))
}

fn print_source(source: &mut RustSource) -> syn::Result<String> {
    let code = print(&*std::mem::take(&mut source.code).into_file()?);
    let banner: String = source.banner.lines().map(|line| format!("// {line}\n")).collect();
    Ok(format!("{banner}\n{code}"))
}
