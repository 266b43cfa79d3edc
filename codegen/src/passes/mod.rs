//! Stage 4, passes: named changes to the model, in this order.

mod direction;
mod empty;
mod patterns;
mod prune;

use crate::model::Api;

/// Runs every pass.
pub fn run_passes(api: &mut Api) {
    direction::run(api);
    empty::run(api);
    prune::run(api);
    patterns::run(api);
}
