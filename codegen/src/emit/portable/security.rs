//! The schemes that any tool can use come first. One that fills the `Authorization` header as an API key is a
//! signature made anew for each request, since a fixed token there would be a scheme of `http`.

use serde_json::Value;

use super::{
    Object,
    holders::METHODS,
    walk::{object, object_mut},
};

/// Orders the schemes and all alternatives that are made of them.
pub(super) fn order(document: &mut Value) {
    let Some(schemes) = object(document, &["components", "securitySchemes"]).cloned() else {
        return;
    };
    let is_signed = |name: &str| schemes.get(name).is_some_and(is_signature);
    let rank = |alternative: &Value| {
        let names = alternative.as_object().into_iter().flat_map(Object::keys);
        names.into_iter().any(|name| is_signed(name))
    };
    let sort = |holder: &mut Object| {
        if let Some(alternatives) = holder.get_mut("security").and_then(Value::as_array_mut) {
            alternatives.sort_by_key(rank);
        }
    };
    document.as_object_mut().into_iter().for_each(sort);
    for (_, path) in object_mut(document, &["paths"]).into_iter().flatten() {
        let operations = METHODS.iter();
        for method in operations {
            object_mut(path, &[*method]).into_iter().for_each(sort);
        }
    }
    if let Some(all) = object_mut(document, &["components", "securitySchemes"]) {
        let (signed, simple): (Vec<_>, Vec<_>) =
            std::mem::take(all).into_iter().partition(|(_, scheme)| is_signature(scheme));
        all.extend(simple.into_iter().chain(signed));
    }
}

fn is_signature(scheme: &Value) -> bool {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    text("type") == "apiKey" && text("name").eq_ignore_ascii_case("authorization")
}
