//! The sources of the crate, made ready for people. In: items as emitters write them. Out: files
//! with `use` lines and plain names, functions that are compiled where they are used, and none that
//! is too long to read.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, visit_mut::VisitMut as _};

use super::{
    ROOT, imports, inline, needless, ranges,
    rust_type::ident,
    split::{self, LONGEST, Unit},
};
use crate::{emit::EmitError, format, output::FileSet};

/// Where the names are known that units define.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Nowhere,
    /// To what stands beside them.
    InModule,
    InCrate,
    Everywhere,
}

/// The files below `src`.
pub(super) struct Sources<'f> {
    pub(super) files: &'f mut FileSet,
    pub(super) banner: &'f str,
}

impl Sources<'_> {
    /// Adds a file.
    pub(super) fn tokens(&mut self, name: &str, tokens: TokenStream) -> Result<(), EmitError> {
        let file = syn::parse2(tokens).map_err(EmitError::not_rust(name))?;
        self.add(name, finish(file, None));
        Ok(())
    }

    /// Adds units as one file, or as a file each below it if that would be too long.
    pub(super) fn units(
        &mut self,
        name: &str,
        words: &str,
        home: Option<&str>,
        shown: Shown,
        units: Vec<Unit>,
    ) -> Result<(), EmitError> {
        let words = format!(" {words}");
        let mut all: File = syn::parse_quote!(#![doc = #words]);
        all.items.extend(units.iter().flat_map(|unit| unit.file.items.iter().cloned()));
        let all = finish(all, home);
        if format::lines(&all) <= LONGEST {
            self.add(name, all);
            return Ok(());
        }
        // Parts of a type hold no more than its methods, which nobody names.
        let parts: Vec<Vec<Unit>> =
            units.into_iter().map(|Unit { name, file }| split::split(name, file)).collect();
        let more = parts.iter().flat_map(|parts| parts.iter().skip(1));
        let more: Vec<_> = more.map(|unit| ident(&unit.name)).collect();
        let modules: Vec<_> =
            parts.iter().filter_map(|parts| parts.first()).map(|unit| ident(&unit.name)).collect();
        let shown = match shown {
            Shown::Nowhere => quote!(),
            Shown::InModule => quote!(pub(super) use self::{#(#modules::*),*};),
            Shown::InCrate => quote!(pub(crate) use self::{#(#modules::*),*};),
            Shown::Everywhere => quote!(pub use self::{#(#modules::*),*};),
        };
        self.tokens(name, quote!(#![doc = #words] #(mod #modules;)* #(mod #more;)* #shown))?;
        for unit in parts.into_iter().flatten() {
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
    ranges::Ranges.visit_file_mut(&mut file);
    imports::shorten(&mut file, home);
    file
}
