//! Drops types that no operation reaches: the parts of an `allOf` whose properties were merged.
//!
//! In: a model with directions. Out: only types that travel.

use crate::model::Api;

pub(super) fn run(api: &mut Api) {
    api.types.retain(|_, definition| definition.direction.request || definition.direction.response);
}
