//! `use` lines, one a crate: std's first, then other crates', then our own.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Item, parse_quote};

use super::super::rust_type::ident;

/// What is imported below one name.
#[derive(Default)]
struct Node {
    /// The name itself.
    is_used: bool,
    /// The name is a trait that is imported without a name.
    is_trait: bool,
    below: BTreeMap<Key, Node>,
}

/// Modules before types, each by name.
type Key = (bool, String);

/// The lines for names with their paths, and for traits.
pub(super) fn items(
    names: &BTreeMap<String, Vec<String>>,
    traits: &BTreeSet<Vec<String>>,
) -> Vec<Item> {
    let mut crates: BTreeMap<(u8, String), Node> = BTreeMap::new();
    let mut add = |path: &[String], is_trait: bool| {
        let Some((first, rest)) = path.split_first() else { return };
        let rank = match first.as_str() {
            "std" | "core" => 0,
            "crate" => 2,
            _ => 1,
        };
        let mut node = crates.entry((rank, first.clone())).or_default();
        for name in rest {
            let is_type = name.starts_with(|c: char| c.is_ascii_uppercase());
            node = node.below.entry((is_type, name.clone())).or_default();
        }
        node.is_trait |= is_trait;
        node.is_used |= !is_trait;
    };
    names.values().for_each(|path| add(path, false));
    traits.iter().filter(|path| !names.values().any(|known| known == *path)).for_each(|path| {
        add(path, true);
    });
    crates.iter().map(|((_, name), node)| line(name, node)).collect()
}

fn line(name: &str, node: &Node) -> Item {
    let tree = tree(name, node);
    parse_quote!(use #tree;)
}

fn tree(name: &str, node: &Node) -> TokenStream {
    let ident = match name {
        "crate" => quote!(crate),
        _ => {
            let name = ident(name);
            quote!(#name)
        }
    };
    let this = match (node.is_used, node.is_trait) {
        (true, _) if node.below.is_empty() => return ident,
        (false, true) if node.below.is_empty() => return quote!(#ident as _),
        (true, _) => Some(quote!(self)),
        _ => None,
    };
    let below = node.below.iter().map(|((_, name), node)| self::tree(name, node));
    let all: Vec<TokenStream> = this.into_iter().chain(below).collect();
    match &all[..] {
        [one] => quote!(#ident::#one),
        _ => quote!(#ident::{#(#all),*}),
    }
}

/// Every name of some code that an import may stand behind: none of a field, of a method, of a
/// function where it is defined, or behind a path.
pub(super) fn words(tokens: TokenStream) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let mut before = [String::new(), String::new()];
        for token in tokens {
            let text = match &token {
                TokenTree::Group(group) => {
                    open.push(group.stream());
                    String::new()
                }
                other => other.to_string(),
            };
            let is_inner = matches!(before[1].as_str(), "." | "fn") || before == [":", ":"];
            if matches!(token, TokenTree::Ident(_)) && !is_inner {
                words.insert(text.clone());
            }
            before = [std::mem::take(&mut before[1]), text];
        }
    }
    words
}
