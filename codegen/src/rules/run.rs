//! Runs rules on JSON values, by the interpreter. In: a value, whose numbers with a fraction part
//! (`2.0` too) are doubles, and the text of a rule. Out: whether the value breaks the rule, and what that
//! depends on.

use std::collections::BTreeMap;

use cel::{Context, Program, Value};
use serde_json::Value as Json;

use super::{parse, reads::reads};

/// Rules by their texts, with those of their messages; `None` for those that do not compile.
#[derive(Default)]
pub(crate) struct Programs(BTreeMap<(String, String), Option<Compiled>>);

struct Compiled {
    program: Program,
    reads: Vec<String>,
}

impl Programs {
    /// Whether a value breaks a rule. A rule that cannot be decided is not broken: validation of
    /// the document reports what is wrong with the rule, and of the value what is wrong with that.
    ///
    /// Out: the fields that decided it, if it is, and those that its message names.
    pub(crate) fn broken(
        &mut self,
        rule: &str,
        message: &str,
        subject: &Subject,
    ) -> Option<&[String]> {
        let compiled = self.0.entry((rule.to_owned(), message.to_owned())).or_insert_with(|| {
            Some(Compiled { program: program(rule)?, reads: reads(rule, message) })
        });
        let Compiled { program, reads } = compiled.as_ref()?;
        subject.breaks(program).then_some(reads)
    }
}

/// What rules are about: `self`, as the interpreter has it.
pub struct Subject(Context<'static, 'static>);

impl Subject {
    /// A JSON value as `self`.
    pub fn new(this: &Json) -> Self {
        let mut context = Context::default();
        context.add_variable_from_value("self", value(this));
        Self(context)
    }

    /// Whether a rule surely does not hold; one that cannot be decided is not broken.
    pub fn breaks(&self, rule: &Program) -> bool {
        matches!(rule.execute(&self.0), Ok(Value::Bool(false)))
    }
}

fn program(rule: &str) -> Option<Program> {
    parse::bounded(rule).ok()?;
    parse::on_large_stack(|| Program::compile(rule).ok())?
}

/// JSON as CEL has it; a number that 64 bits do not hold is a double.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::from(text.clone()),
        Json::Array(items) => Value::from(items.iter().map(value).collect::<Vec<Value>>()),
        Json::Object(map) => {
            let map = map.iter().map(|(key, item)| (key.clone(), value(item)));
            Value::Map(cel::objects::Map {
                map: std::sync::Arc::new(map.map(|(k, v)| (k.into(), v)).collect()),
            })
        }
    }
}
