//! Where the operations of a document stand. In: either side. Out: the places, and what their page is called.

use super::place::{Place, Tree};

/// The methods that a path can have.
pub(super) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The operations of a document, in its order.
pub(super) fn all<'v, S: Clone>(tree: Tree<'v, S>) -> impl Iterator<Item = Place<S>> + use<'v, S> {
    let paths = Place::<S>::of(["paths"]);
    let items = tree.object(&paths).iter();
    items.flat_map(move |(path, item)| {
        let at = paths.child(path);
        let methods = item.as_object().into_iter().flat_map(|item| item.keys());
        methods.filter(|key| METHODS.contains(&key.as_str())).map(move |key| at.child(key))
    })
}

/// The page of an operation: what it says itself, or its id.
pub(super) fn page_of<S>(tree: Tree<'_, S>, at: &Place<S>) -> Option<String> {
    let page = tree.text(&at.child("x-source"), "page").or_else(|| tree.text(at, "operationId"));
    page.map(str::to_owned)
}
