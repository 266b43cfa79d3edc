//! A feature of the crate for each tag: what a program does not call need not be built.
//!
//! In: the model. Out: the names of features, what each needs, and the conditions that stand before
//! items of one tag. What tags share is always there.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde::Serialize;

use super::doc;
use crate::{
    emit::EmitError,
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
pub(super) fn all(api: &Api) -> Result<Vec<Feature>, EmitError> {
    let mut seen = BTreeSet::new();
    let one = |tag: &Tag| {
        let feature = name(tag);
        if !seen.insert(feature.clone()) {
            return Err(EmitError::Feature { tag: tag.name.wire.clone(), feature });
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
