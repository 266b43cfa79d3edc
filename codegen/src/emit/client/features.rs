//! A feature of the crate for each tag: what a program does not call need not be built.
//!
//! In: the model. Out: the names of features, what each needs, and the conditions that stand before
//! items of one tag. What tags share is always there.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;
use syn::{Attribute, ImplItem, Item, parse_quote};

use super::doc;
use crate::{
    emit::examples,
    model::{Api, Operation, Tag},
};

/// A feature, for templates.
#[derive(Serialize)]
pub(super) struct Feature {
    feature: String,
    /// The features that it turns on, as a list in TOML.
    needs: String,
    words: String,
}

/// An example program and the feature that it needs.
#[derive(Serialize)]
pub(super) struct Program {
    name: String,
    feature: String,
}

/// The features of all tags that have operations.
pub(super) fn all(api: &Api) -> Result<Vec<Feature>, String> {
    let mut seen = BTreeSet::new();
    let one = |tag: &Tag| {
        let feature = name(tag);
        if !seen.insert(feature.clone()) {
            return Err(format!(
                "tag `{}`: another tag has the feature `{feature}` too; rename one of them",
                tag.name.wire
            ));
        }
        let needs: Vec<String> = needs(api, tag).iter().map(|name| format!("\"{name}\"")).collect();
        let words = doc::tidy_line(tag.description.as_deref().unwrap_or(&tag.name.wire));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        Ok(Feature { feature, needs: needs.join(", "), words })
    };
    api.tags.iter().filter(|tag| has_any(api, tag)).map(one).collect()
}

/// Whether a tag has operations, and so a feature.
pub(super) fn has_any(api: &Api, tag: &Tag) -> bool {
    api.operations.iter().any(|operation| is_of(operation, tag))
}

/// The example programs that need a feature.
pub(super) fn programs(api: &Api) -> Vec<Program> {
    let plans = examples::plan(api);
    let of_plan = plans.iter().filter_map(|plan| Some((plan, name(of(api, plan.operation)?))));
    let programs = of_plan.flat_map(|(plan, feature)| {
        plan.calls.iter().map(move |call| {
            let file = call.program.rsplit('/').next().unwrap_or_default();
            Program { name: file.trim_end_matches(".rs").to_owned(), feature: feature.clone() }
        })
    });
    programs.collect()
}

/// The tag of an operation, if it has a feature.
pub(super) fn of<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Tag> {
    api.tags.iter().find(|tag| is_of(operation, tag))
}

/// The name of a tag's feature.
pub(super) fn name(tag: &Tag) -> String {
    tag.name.code.trim_matches('_').replace('_', "-")
}

/// The condition of what is a tag's own.
pub(super) fn gate(tag: &Tag) -> TokenStream {
    let name = name(tag);
    quote!(#[cfg(feature = #name)])
}

/// The condition of what is an operation's own; nothing without a tag.
pub(super) fn gate_of(api: &Api, operation: &Operation) -> TokenStream {
    of(api, operation).map(gate).unwrap_or_default()
}

/// Puts the conditions before the methods of the raw client.
pub(super) fn gate_methods(api: &Api, file: &mut syn::File) {
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            let ImplItem::Fn(method) = item else { continue };
            let is_this = |operation: &&Operation| method.sig.ident == operation.name.code;
            let operation = api.operations.iter().find(is_this);
            if let Some(tag) = operation.and_then(|operation| of(api, operation)) {
                method.attrs.push(attribute(tag));
            }
        }
    }
}

/// A file of items that operations have by `x-ensure` or `x-waiters`, each behind its condition.
pub(super) fn items(
    api: &Api,
    tokens: fn(&Api) -> Option<TokenStream>,
    leave_out: fn(&mut Operation),
) -> Result<Option<syn::File>, String> {
    let parse = |tokens| syn::parse2::<syn::File>(tokens).map_err(|error| error.to_string());
    let Some(all) = tokens(api) else { return Ok(None) };
    let mut file = parse(all)?;
    file.items.retain(|item| matches!(item, Item::Use(_)));
    for item in &mut file.items {
        if let Item::Use(item) = item {
            item.attrs =
                parse_quote!(#[allow(unused_imports, reason = "features may leave all out")]);
        }
    }
    let tags: BTreeSet<Option<&str>> = api.operations.iter().map(|o| o.tag.as_deref()).collect();
    for tag in tags {
        let mut own = api.clone();
        for operation in own.operations.iter_mut().filter(|o| o.tag.as_deref() != tag) {
            leave_out(operation);
        }
        let Some(made) = tokens(&own) else { continue };
        let tag = api.tags.iter().find(|known| Some(known.name.wire.as_str()) == tag);
        for mut item in parse(made)?.items {
            if matches!(item, Item::Use(_)) {
                continue;
            }
            if let (Some(tag), Some(attributes)) = (tag, attributes(&mut item)) {
                attributes.push(attribute(tag));
            }
            file.items.push(item);
        }
    }
    Ok(Some(file))
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        _ => None,
    }
}

fn attribute(tag: &Tag) -> Attribute {
    let name = name(tag);
    parse_quote!(#[cfg(feature = #name)])
}

/// Other tags whose operations are called for those of a tag.
fn needs(api: &Api, tag: &Tag) -> BTreeSet<String> {
    let ensures = api.operations.iter().filter(|o| is_of(o, tag)).filter_map(|o| o.ensure.as_ref());
    let asked = ensures.flat_map(|ensure| {
        api.operations.iter().filter(|operation| {
            let waits = |name: &str| operation.waiters.iter().any(|w| w.name.code == name);
            operation.name == ensure.look.operation
                || ensure.wait.as_ref().is_some_and(|(_, waiter)| waits(waiter))
        })
    });
    let others = asked.filter_map(|operation| of(api, operation)).map(name);
    others.filter(|other| *other != name(tag)).collect()
}

fn is_of(operation: &Operation, tag: &Tag) -> bool {
    operation.tag.as_deref() == Some(tag.name.wire.as_str())
}
