//! What an example gives for a parameter. In: a parameter. Out: a value, or the variable to ask.

use serde_json::{Value, json};

use crate::{
    lower::names,
    model::{Api, Location, Parameter, Shape, TypeKind},
};

/// What stands for a parameter in a call.
pub enum ParameterValue {
    /// The documented example, or a value that fits.
    Value(Value),
    /// The caller has to know: an environment variable.
    Variable,
}

/// What a call gives for a parameter; nothing when it is left out or when there is no way to know.
pub fn parameter_value(api: &Api, parameter: &Parameter) -> Option<ParameterValue> {
    if is_asked(parameter) {
        return Some(ParameterValue::Variable);
    }
    if let Some(example) = &parameter.example {
        return Some(ParameterValue::Value(example.clone()));
    }
    if !parameter.required {
        return None;
    }
    let least = parameter.schema.constraints.minimum.as_ref();
    Some(ParameterValue::Value(match &parameter.schema.shape {
        Shape::Boolean => json!(true),
        Shape::Integer(_) | Shape::Number => least.map_or(json!(1), |bound| json!(bound.value)),
        Shape::Named(name) => match &api.types.get(name)?.kind {
            TypeKind::Enum(set) => json!(set.variants.first()?.name.wire),
            TypeKind::Struct(_) => return None,
        },
        _ => return None,
    }))
}

/// Whether only the caller can know the value: a text in a path names a thing of theirs, of which
/// an example would never be found.
pub(super) fn is_asked(parameter: &Parameter) -> bool {
    let is_text = matches!(parameter.schema.shape, Shape::String { .. } | Shape::Secret);
    let is_known = parameter.example.is_some() && parameter.location != Location::Path;
    parameter.required && is_text && !is_known
}

/// What the names of variables begin with that the client's builder is given, in scripts and
/// programs alike.
const OF_CLIENT: &str = "HUAWEICLOUD_SDK_";

/// The variable of the service's address.
pub const ENDPOINT: &str = "HUAWEICLOUD_SDK_ENDPOINT";

/// The variable of the token.
pub const AUTH_TOKEN: &str = "HUAWEICLOUD_SDK_AUTH_TOKEN";

/// Names that a shell, curl or the scripts themselves use.
const RESERVED: &[&str] = &[
    "CDPATH",
    "CURL_HOME",
    "ENV",
    "HOME",
    "HOSTNAME",
    "IFS",
    "LANG",
    "LOGNAME",
    "MAIL",
    "OPTARG",
    "OPTIND",
    "PATH",
    "PPID",
    "PS1",
    "PS2",
    "PS4",
    "PWD",
    "SHELL",
    "TERM",
    "TMPDIR",
    "UID",
    "USER",
];

/// The environment variable of a parameter: `instance_id` → `INSTANCE_ID`.
pub fn variable(parameter: &Parameter) -> String {
    if let Some(owner) = parameter.owner() {
        return format!("{OF_CLIENT}{}", owner.id().to_uppercase());
    }
    let code = names::value(&parameter.name.wire).to_uppercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = code.trim_end_matches('_').chars().map(plain).collect();
    if RESERVED.contains(&name.as_str()) { format!("PARAMETER_{name}") } else { name }
}
