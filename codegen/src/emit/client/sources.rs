//! The sources of the crate, made ready for people. In: items as emitters write them. Out: files
//! with `use` lines and plain names, functions that are compiled where they are used, and none that
//! is too long to read.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, visit_mut::VisitMut as _};

use super::{ROOT, imports, inline, needless, rust_type::ident};
use crate::{format, output::FileSet};

/// The longest file, in lines.
const LONGEST: usize = 800;

/// What stands in a file of its own where all of its kind would be too much for one.
pub(super) struct Unit {
    name: String,
    file: File,
}

impl Unit {
    /// Items with the name of the file that they may get.
    pub(super) fn new(name: &str, file: File) -> Self {
        Self { name: name.to_owned(), file }
    }
}

/// The files below `src`.
pub(super) struct Sources<'f> {
    pub(super) files: &'f mut FileSet,
    pub(super) banner: &'f str,
}

impl Sources<'_> {
    /// Adds a file.
    pub(super) fn tokens(&mut self, name: &str, tokens: TokenStream) -> Result<(), String> {
        let file =
            syn::parse2(tokens).map_err(|e| format!("{name}: emitted Rust does not parse: {e}"))?;
        self.add(name, finish(file, None));
        Ok(())
    }

    /// Adds units as one file, or as a file each below it if that would be too long. `is_named` says
    /// whether others name what they define.
    pub(super) fn units(
        &mut self,
        name: &str,
        words: &str,
        home: Option<&str>,
        is_named: bool,
        units: Vec<Unit>,
    ) -> Result<(), String> {
        let words = format!(" {words}");
        let mut all: File = syn::parse_quote!(#![doc = #words]);
        all.items.extend(units.iter().flat_map(|unit| unit.file.items.iter().cloned()));
        let all = finish(all, home);
        if units.len() == 1 || format::lines(&all) <= LONGEST {
            self.add(name, all);
            return Ok(());
        }
        let modules: Vec<_> = units.iter().map(|unit| ident(&unit.name)).collect();
        let shown = if is_named { quote!(pub use self::{#(#modules::*),*};) } else { quote!() };
        // Functions that requests are made by are called by the calls beside them.
        let shown = if name.ends_with("/requests") {
            quote!(pub(super) use self::{#(#modules::*),*};)
        } else {
            shown
        };
        self.tokens(name, quote!(#![doc = #words] #(mod #modules;)* #shown))?;
        for unit in units {
            self.add(&format!("{name}/{}", unit.name), finish(unit.file, home));
        }
        Ok(())
    }

    fn add(&mut self, name: &str, file: File) {
        self.files.parsed(format!("{ROOT}/src/{name}.rs"), self.banner, file);
    }
}

/// The passes over every file.
fn finish(mut file: File, home: Option<&str>) -> File {
    inline::Marks.visit_file_mut(&mut file);
    needless::Needless.visit_file_mut(&mut file);
    imports::shorten(&mut file, home);
    file
}
