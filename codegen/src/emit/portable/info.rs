//! What the portable document says of itself, at the end of its description.

use serde_json::Value;

use super::{walk::object_mut, words};

/// Tells from which document it is made, and how it differs.
pub(super) fn tell(document: &mut Value, name: &str) {
    let name = name.rsplit('/').next().unwrap_or(name);
    let text = format!(
        "This is the portable form of `{name}`, for tools that make clients, mocks and pages: strict about \
         requests and lenient about answers. Defaults of the service, known values and rules between fields \
         are said in descriptions; extensions such as `x-errata` stand in the source only."
    );
    if let Some(info) = object_mut(document, &["info"]) {
        words::append(info, vec![text]);
    }
}
