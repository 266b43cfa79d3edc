//! The examples: payloads, and the same calls as curl scripts and Rust programs.
//!
//! In: the model. Out: `examples/` (one folder per operation) and the programs of `client/examples/`.

mod curl;
mod index;
mod json;
mod parameter_values;
mod payload;
mod plan;
mod program;
mod types;
mod value;

pub use parameter_values::{AUTH_TOKEN, ENDPOINT, ParameterValue, parameter_value, variable};
pub use plan::{Answer, Call, Plan, plan};
pub use program::request_expression;

pub(crate) use payload::pretty;
pub(crate) use plan::unique;

use crate::{
    config::Service, emit::EmitError, emit::docs::render::Templates, model::Api, output::FileSet,
};

/// Emits all examples.
pub fn emit(api: &Api, service: &Service, files: &mut FileSet) -> Result<(), EmitError> {
    let templates = Templates::new(&[
        ("README", include_str!("templates/README.md.jinja")),
        ("call", include_str!("templates/call.sh.jinja")),
    ])?;
    let plans = plan(api);
    for plan in &plans {
        payload::emit(plan, files)?;
        curl::emit(api, service, plan, &templates, files)?;
        program::emit(api, service, plan, files)?;
    }
    index::emit(service, &plans, &templates, files)
}
