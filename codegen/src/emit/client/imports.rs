//! Names as people write them: the one place that knows what is imported. In: an emitted file whose
//! paths are absolute (`::std::string::String`, `::huaweicloud_core::Path`, `crate::types::Engine`).
//! Out: the same with `use` lines and plain names.
//!
//! Emitters write absolute paths and need not know what else stands in the file. A name that is taken
//! keeps its module in front of it (`types::Option`), or its whole path where that is taken too.

mod tree;

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens as _;
use syn::{
    Attribute, Expr, File, GenericParam, Item, ItemUse, Lit, LitStr, Macro, Meta, Path, Token,
    UseTree, Visibility,
    parse::Parser as _,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

/// Crates whose paths are absolute without `::` in front, as progenitor writes them.
const CRATES: &[&str] =
    &["core", "huaweicloud_core", "progenitor_client", "reqwest", "serde", "serde_json", "std"];

/// What std's prelude names, by path.
const PRELUDE: &[&str] = &[
    "std::boxed::Box",
    "std::clone::Clone",
    "std::convert::From",
    "std::convert::Into",
    "std::default::Default",
    "std::future::Future",
    "std::iter::IntoIterator",
    "std::iter::Iterator",
    "std::option::Option",
    "std::result::Result",
    "std::string::String",
    "std::vec::Vec",
    "std::concat",
    "std::env",
    "std::format",
    "std::format_args",
    "std::matches",
];

/// Other names of the prelude, which nothing may hide either.
const TAKEN: &[&str] =
    &["Copy", "Drop", "Eq", "Err", "Fn", "None", "Ok", "Ord", "PartialEq", "Some"];

/// Arguments of serde's attribute that name functions.
const SERDE_PATHS: &[&str] =
    &["default", "deserialize_with", "serialize_with", "skip_serializing_if"];

/// Gives a file its `use` lines. `home` is the public module whose names the file defines, if any.
pub(super) fn shorten(file: &mut File, home: Option<&str>) {
    let mut names = Names { home: home.map(segments), ..Names::default() };
    let items = std::mem::take(&mut file.items);
    let (uses, items): (Vec<Item>, Vec<Item>) = items.into_iter().partition(is_plain_use);
    file.items = items;
    names.taken.extend(file.items.iter().filter_map(defined));
    names.own.clone_from(&names.taken);
    let mut generics = Generics(BTreeSet::new());
    generics.visit_file_mut(file);
    names.taken.extend(generics.0);
    let words = tree::words(file.to_token_stream());
    for item in uses {
        if let Item::Use(item) = item {
            names.keep(&item.tree, &mut Vec::new(), &words);
        }
    }
    names.visit_file_mut(file);
    let mut lines = tree::items(&names.imports, &names.traits);
    lines.append(&mut file.items);
    file.items = lines;
}

/// A `use` line that is for this file alone.
fn is_plain_use(item: &Item) -> bool {
    matches!(item, Item::Use(ItemUse { vis: Visibility::Inherited, .. }))
}

fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

/// The names of type parameters, which hide what is imported.
struct Generics(BTreeSet<String>);

impl VisitMut for Generics {
    fn visit_generic_param_mut(&mut self, parameter: &mut GenericParam) {
        if let GenericParam::Type(parameter) = parameter {
            self.0.insert(parameter.ident.to_string());
        }
    }
}

#[derive(Default)]
struct Names {
    home: Option<Vec<String>>,
    /// What the file itself defines.
    own: BTreeSet<String>,
    /// What no import may be called.
    taken: BTreeSet<String>,
    /// Imported names, with their paths.
    imports: BTreeMap<String, Vec<String>>,
    /// Traits that are imported for their methods.
    traits: BTreeSet<Vec<String>>,
}

impl Names {
    /// Takes over a `use` line that an emitter wrote, but for names that nothing uses.
    fn keep(&mut self, tree: &UseTree, above: &mut Vec<String>, words: &BTreeSet<String>) {
        match tree {
            UseTree::Path(path) => {
                above.push(path.ident.to_string());
                self.keep(&path.tree, above, words);
                above.pop();
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.keep(tree, above, words));
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                if words.contains(&name) {
                    let path = above.iter().cloned().chain([name.clone()]).collect();
                    self.imports.insert(name, path);
                }
            }
            UseTree::Rename(rename) if rename.rename == "_" => {
                above.push(rename.ident.to_string());
                self.traits.insert(above.clone());
                above.pop();
            }
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }

    /// How many segments at the front of an absolute path need not be written.
    fn needless(&mut self, path: &[String]) -> usize {
        let Some(end) = item(path) else { return 0 };
        let mut full = path[..=end].to_vec();
        if full[0] == "core" {
            "std".clone_into(&mut full[0]);
        }
        let name = full[end].clone();
        if is_prelude(&full) {
            let is_variant = |next: &String| ["Some", "None", "Ok", "Err"].contains(&next.as_str());
            let past = usize::from(path.get(end + 1).is_some_and(is_variant));
            return if self.own.contains(&name) { 0 } else { end + past };
        }
        let is_at_home = self.home.as_deref() == Some(&full[..end]);
        if is_at_home && self.own.contains(&name) || self.import(&name, &full) {
            return end;
        }
        // The module in front of the name, unless it is the crate itself.
        let module = end - 1;
        if module > 0 && self.import(&full[module].clone(), &full[..=module]) {
            return module;
        }
        0
    }

    /// Whether a name can stand for a path in this file.
    fn import(&mut self, name: &str, path: &[String]) -> bool {
        if let Some(known) = self.imports.get(name) {
            return known == path;
        }
        let is_std = PRELUDE.iter().any(|known| known.rsplit("::").next() == Some(name));
        if is_std || TAKEN.contains(&name) || self.taken.contains(name) {
            return false;
        }
        self.imports.insert(name.to_owned(), path.to_vec());
        true
    }

    /// Whether a crate's own name means it in this file.
    fn import_crate(&mut self, name: &str) -> bool {
        if self.own.contains(name) || self.imports.contains_key(name) {
            return false;
        }
        // Nothing that is imported later may be called so.
        self.taken.insert(name.to_owned());
        true
    }

    fn shorten(&mut self, path: &mut Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let is_absolute = path.leading_colon.is_some()
            || names[0] == "crate"
            || CRATES.contains(&names[0].as_str());
        if names.len() < 2 || !is_absolute {
            return;
        }
        let needless = self.needless(&names);
        let is_crate = CRATES.contains(&names[0].as_str());
        if needless > 0 || is_crate && self.import_crate(&names[0]) {
            path.leading_colon = None;
            path.segments = std::mem::take(&mut path.segments).into_iter().skip(needless).collect();
        }
    }

    /// The derives and the functions that an attribute names.
    fn arguments(&mut self, attribute: &mut Attribute) -> syn::Result<()> {
        let Meta::List(list) = &mut attribute.meta else { return Ok(()) };
        if list.path.is_ident("derive") {
            let parse = Punctuated::<Path, Token![,]>::parse_terminated;
            let mut paths = parse.parse2(list.tokens.clone())?;
            paths.iter_mut().for_each(|path| self.shorten(path));
            list.tokens = paths.into_token_stream();
        } else if list.path.is_ident("serde") {
            let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
            let mut arguments = parse.parse2(list.tokens.clone())?;
            for argument in &mut arguments {
                self.serde_path(argument)?;
            }
            list.tokens = arguments.into_token_stream();
        }
        Ok(())
    }

    fn serde_path(&mut self, argument: &mut Meta) -> syn::Result<()> {
        let Meta::NameValue(pair) = argument else { return Ok(()) };
        let is_path = SERDE_PATHS.iter().any(|name| pair.path.is_ident(name));
        if let Expr::Lit(literal) = &mut pair.value
            && let Lit::Str(text) = &literal.lit
            && is_path
        {
            let mut path: Path = text.parse()?;
            self.shorten(&mut path);
            let short = path.to_token_stream().to_string().replace(' ', "");
            literal.lit = Lit::Str(LitStr::new(&short, text.span()));
        }
        Ok(())
    }
}

/// Where the item of a path stands: the first name that is no module's, else the module of a function.
fn item(path: &[String]) -> Option<usize> {
    let is_item = |name: &String| name.starts_with(|c: char| c.is_ascii_uppercase());
    let first = path.iter().skip(1).position(is_item).map(|at| at + 1);
    first.or(match path.len() {
        0 | 1 => None,
        2 => Some(1),
        many => Some(many - 2),
    })
}

fn is_prelude(path: &[String]) -> bool {
    let path = path.join("::");
    PRELUDE.contains(&path.as_str())
}

impl VisitMut for Names {
    fn visit_path_mut(&mut self, path: &mut Path) {
        self.shorten(path);
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        // What does not parse is not one of ours, and stays as it is.
        let _ = self.arguments(attribute);
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.shorten(&mut call.path);
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(mut arguments) = call.parse_body_with(parse) {
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            call.tokens = arguments.into_token_stream();
        }
    }
}

#[cfg(test)]
mod tests;
