//! Extensions that only the generator reads go; those that other tools know stay.

use serde_json::Value;

use super::walk;

/// Known to openapi-generator, to viewers, or to nobody who would stumble.
const KEPT: [&str; 4] =
    ["x-enum-varnames", "x-enum-descriptions", "x-enumDescriptions", "x-extensible-enum"];

/// Removes the others. Names of properties are no extensions, and values are not looked into.
pub(super) fn drop(document: &mut Value) {
    walk::each_mut(document, &mut |object| {
        object.retain(|key, _| !key.starts_with("x-") || KEPT.contains(&key.as_str()));
    });
}
