//! `x-validations` → the rules of structures. In: all types, and the entries that were met on the
//! way. Out: the same types with their rules, or what is wrong with those.

use super::context::Finished;
use crate::{model::TypeKind, rules};

pub(super) fn compile(finished: &mut Finished<'_>) {
    for entry in std::mem::take(&mut finished.rules) {
        match rules::compile(&finished.types, &entry.owner, entry.entry, &entry.at) {
            Ok(rule) => {
                let kind = finished.types.get_mut(&entry.owner).map(|def| &mut def.kind);
                if let Some(TypeKind::Struct(shape)) = kind {
                    shape.rules.push(rule);
                }
            }
            Err(problems) => finished.diagnostics.extend(problems),
        }
    }
}
