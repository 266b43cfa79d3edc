//! Templates → text. The settings of minijinja, in one place.

use minijinja::{Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use crate::emit::EmitError;

/// Templates that were read once and lay out any number of views.
pub(in crate::emit) struct Templates(Environment<'static>);

impl Templates {
    /// Reads templates, given by name and text.
    pub(in crate::emit) fn new(
        templates: &[(&'static str, &'static str)],
    ) -> Result<Self, EmitError> {
        let read = || {
            let mut environment = Environment::new();
            environment.set_undefined_behavior(UndefinedBehavior::Strict);
            environment
                .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
            for (name, text) in templates {
                environment.add_template(name, text)?;
            }
            Ok(Self(environment))
        };
        read().map_err(|error: minijinja::Error| error.into())
    }

    /// Lays out a view. A name that the view does not have is an error.
    pub(in crate::emit) fn render(
        &self,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, EmitError> {
        let template = self.0.get_template(name);
        template.and_then(|t| t.render(Serde(view))).map_err(EmitError::Template)
    }
}
