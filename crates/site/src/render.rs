//! Templates → HTML. The settings of minijinja, in one place.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

const TEMPLATES: &[(&str, &str)] = &[
    ("page", include_str!("templates/page.html.jinja")),
    ("macros", include_str!("templates/macros.html.jinja")),
    ("home", include_str!("templates/home.html.jinja")),
    ("guide", include_str!("templates/guide.html.jinja")),
    ("service", include_str!("templates/service.html.jinja")),
    ("operation", include_str!("templates/operation.html.jinja")),
    ("errors", include_str!("templates/errors.html.jinja")),
];

/// The templates of all pages. Whatever is no HTML already is escaped; a name that a view does not have is an error.
pub(crate) struct Templates(Environment<'static>);

impl Templates {
    pub(crate) fn new() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
        environment.set_syntax(syntax);
        for (name, text) in TEMPLATES {
            environment.add_template(name, text)?;
        }
        Ok(Self(environment))
    }

    pub(crate) fn render(
        &self,
        name: &str,
        view: &impl Serialize,
    ) -> Result<String, minijinja::Error> {
        self.0.get_template(name)?.render(Serde(view))
    }
}
