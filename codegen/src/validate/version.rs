//! The version of OpenAPI.

use super::{
    index::Index,
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for root in index.of(Kind::Root) {
        let Some(version) = root.text("openapi") else { continue };
        let patch = version.strip_prefix("3.0.").unwrap_or_default();
        if patch.is_empty() || !patch.chars().all(|c| c.is_ascii_digit()) {
            let message = format!("{} is not a supported version; write 3.0.3", shown(version));
            report.add(&root.child("openapi"), "openapi-version", message);
        }
    }
}
