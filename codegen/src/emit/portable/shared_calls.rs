//! Operations that share method and path with another. In: the portable document, with fragments in its paths. Out:
//! these paths under `x-paths` at its end.
//!
//! Other tools send a fragment as a part of the path, and put the query behind it, where no service sees it. So they get
//! one operation for each call, and the others as data.

use serde_json::{Map, Value};

use conventions::paths;

use super::walk::object_mut;

/// Where they stand.
const KEY: &str = "x-paths";

/// Moves them.
pub(super) fn part(document: &mut Value) {
    let Some(all) = object_mut(document, &["paths"]) else { return };
    let (shared, plain): (Map<String, Value>, Map<String, Value>) =
        std::mem::take(all).into_iter().partition(|(key, _)| paths::split(key).1.is_some());
    *all = plain;
    if let (Some(root), false) = (document.as_object_mut(), shared.is_empty()) {
        root.insert(KEY.to_owned(), Value::Object(shared));
    }
}
