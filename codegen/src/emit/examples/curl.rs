//! The calls as curl scripts. In: a plan. Out: `examples/<operation>/<example>.sh`.
//!
//! Values of the document are percent-encoded or quoted, so that the shell never interprets them.

use huaweicloud_core::query;
use serde::Serialize;
use serde_json::Value;

use super::{
    parameter_values::{AUTH_TOKEN, ENDPOINT, ParameterValue, parameter_value, variable},
    plan::{Call, Plan},
};
use crate::{
    config::Service,
    emit::EmitError,
    emit::docs::render::Templates,
    media::Media,
    model::{Api, Body, Field, HttpMethod, Location, Operation, Parameter, TypeKind},
    output::FileSet,
};

/// A script, ready to be laid out.
#[derive(Serialize)]
struct Script {
    banner: String,
    title: String,
    path: String,
    variables: Vec<Variable>,
    /// The options that choose the method, quoted.
    method: String,
    /// The URL, inside double quotes.
    url: String,
    /// Options with their arguments, quoted.
    headers: Vec<String>,
    /// The options with the body, quoted.
    data: Vec<String>,
}

/// An environment variable that must be set.
#[derive(Serialize)]
struct Variable {
    name: String,
    message: String,
}

pub(super) fn emit(
    api: &Api,
    service: &Service,
    plan: &Plan<'_>,
    templates: &Templates,
    files: &mut FileSet,
) -> Result<(), EmitError> {
    for call in &plan.calls {
        let script = script(api, service, plan.operation, call);
        let text = templates.render("call", &script)?;
        files.text(call.script.as_str(), text);
    }
    Ok(())
}

fn script(api: &Api, service: &Service, operation: &Operation, call: &Call<'_>) -> Script {
    let token = token_header(api);
    let asked = |p: &&Parameter| {
        p.location == Location::Path
            || matches!(parameter_value(api, p), Some(ParameterValue::Variable))
    };
    let mut variables = vec![Variable { name: ENDPOINT.to_owned(), message: endpoint(api) }];
    variables.extend(operation.parameters.iter().filter(asked).map(of_parameter));
    if let Some(header) = &token {
        let message = message(&format!("set it to the value of the header {header}"));
        variables.push(Variable { name: AUTH_TOKEN.to_owned(), message });
    }
    let mut headers: Vec<String> = token
        .iter()
        .map(|header| format!("\"{}: ${AUTH_TOKEN}\"", in_double_quotes(header)))
        .collect();
    let payload = call.payload.as_ref().and_then(|path| path.rsplit('/').next());
    let body = operation.body.as_ref().filter(|_| payload.is_some());
    // curl itself writes the header of a form, with the text between its parts.
    if let Some(body) = body.filter(|body| !body.kind().is_form()) {
        headers.push(quoted(&format!("Content-Type: {}", body.media)));
    }
    let data = body
        .zip(call.example)
        .zip(payload)
        .map(|((body, example), payload)| data(api, body, &example.value, payload));
    headers.extend(operation.parameters.iter().filter_map(|p| header(api, p)));
    Script {
        banner: service.banner(),
        title: call.title(operation),
        path: format!("{}/{}", service.output, call.script),
        variables,
        method: match operation.method {
            HttpMethod::Head => "--head".to_owned(),
            method => format!("--request {}", method.as_str()),
        },
        url: url(api, operation),
        headers,
        data: data.unwrap_or_default(),
    }
}

/// The options that send a body: JSON as the file of the payload, a form field by field, a file as its text.
fn data(api: &Api, body: &Body, example: &Value, payload: &str) -> Vec<String> {
    match body.kind() {
        Media::Json => vec![format!("--data @\"$(dirname \"$0\")/{payload}\"")],
        Media::File => vec![format!("--data-binary {}", quoted(&plain(example)))],
        Media::Urlencoded => query::fields(example)
            .into_iter()
            .map(|(name, text)| {
                format!("--data-urlencode {}", quoted(&format!("{}={text}", encoded(&name))))
            })
            .collect(),
        Media::Form => {
            let shape = body.schema.named().and_then(|name| api.types.get(name));
            let fields = match shape.map(|definition| &definition.kind) {
                Some(TypeKind::Struct(shape)) => shape.fields.as_slice(),
                _ => &[],
            };
            let entries = example.as_object().into_iter().flatten();
            entries.flat_map(|(name, value)| parts(fields, name, value)).collect()
        }
    }
}

/// The options for one field of a form, as the client sends it.
fn parts(fields: &[Field], name: &str, value: &Value) -> Vec<String> {
    let field = fields.iter().find(|field| field.name.wire == name);
    let is_file = field.is_some_and(|field| field.schema.is_file());
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(|item| parts(fields, name, item)).collect(),
        // A text in quotes may hold what curl would take for an option of the part.
        _ if is_file => vec![format!(
            "--form {}",
            quoted(&format!("{name}={};filename={}", in_form(&plain(value)), in_form(name)))
        )],
        Value::Object(_) => vec![format!(
            "--form {}",
            quoted(&format!("{name}={};type=application/json", in_form(&value.to_string())))
        )],
        _ => vec![format!("--form-string {}", quoted(&format!("{name}={}", plain(value))))],
    }
}

/// A value inside of the quotes that curl knows.
fn in_form(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The header that carries a token: the first one that wants no signature.
fn token_header(api: &Api) -> Option<String> {
    let mut headers = api.security.iter().filter_map(|scheme| scheme.header.as_ref());
    let plain = headers.clone().find(|header| !header.eq_ignore_ascii_case("Authorization"));
    plain.or_else(|| headers.next()).cloned()
}

/// How to set the endpoint: the default address.
fn endpoint(api: &Api) -> String {
    let Some(server) = api.servers.first() else {
        return "set it to the address of the service".to_owned();
    };
    let fill = |url: String, variable: &crate::model::ServerVariable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    };
    let url = server.variables.iter().fold(server.url.clone(), fill);
    message(&format!("set it to the address of the service, such as {url}"))
}

fn of_parameter(parameter: &Parameter) -> Variable {
    let example = match &parameter.example {
        Some(Value::String(text)) => format!(", such as {text}"),
        Some(Value::Number(number)) => format!(", such as {number}"),
        _ => String::new(),
    };
    let message = message(&format!("set it to the {}{example}", parameter.name.wire));
    Variable { name: variable(parameter), message }
}

/// A text that may stand in `"${NAME:?text}"`.
fn message(text: &str) -> String {
    let is_plain = |c: &char| !c.is_control() && !"\"'`$\\{}!".contains(*c);
    text.chars().filter(is_plain).collect()
}

/// Address, path and query, for double quotes.
fn url(api: &Api, operation: &Operation) -> String {
    let mut url = format!("${ENDPOINT}");
    let mut rest = operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        url.push_str(&in_double_quotes(before));
        let is_this = |p: &&Parameter| p.location == Location::Path && p.name.wire == name;
        match operation.parameters.iter().find(is_this) {
            Some(parameter) => url.push_str(&expansion(parameter, after)),
            None => url.push_str(&in_double_quotes(&format!("{{{name}}}"))),
        }
        rest = after;
    }
    url.push_str(&in_double_quotes(rest));
    let in_query = operation.parameters.iter().filter(|p| p.location == Location::Query);
    for (i, pair) in in_query.flat_map(|p| pairs(api, p)).enumerate() {
        url.push(if i == 0 { '?' } else { '&' });
        url.push_str(&pair);
    }
    url
}

/// A variable, in braces where the text behind it would be taken for a part of its name.
fn expansion(parameter: &Parameter, behind: &str) -> String {
    let name = variable(parameter);
    match behind.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        true => format!("${{{name}}}"),
        false => format!("${name}"),
    }
}

/// `name=value` for each value of a query parameter.
fn pairs(api: &Api, parameter: &Parameter) -> Vec<String> {
    let name = encoded(&parameter.name.wire);
    match parameter_value(api, parameter) {
        None => Vec::new(),
        Some(ParameterValue::Variable) => vec![format!("{name}={}", expansion(parameter, ""))],
        Some(ParameterValue::Value(Value::Array(items))) => {
            items.iter().map(|item| format!("{name}={}", encoded(&plain(item)))).collect()
        }
        Some(ParameterValue::Value(value @ Value::Object(_))) => {
            let pairs = query::entries(&parameter.name.wire, &value);
            pairs
                .iter()
                .map(|(name, text)| format!("{}={}", encoded(name), encoded(text)))
                .collect()
        }
        Some(ParameterValue::Value(value)) => vec![format!("{name}={}", encoded(&plain(&value)))],
    }
}

/// The argument of `--header` for a header parameter.
fn header(api: &Api, parameter: &Parameter) -> Option<String> {
    if parameter.location != Location::Header {
        return None;
    }
    let name = &parameter.name.wire;
    Some(match parameter_value(api, parameter)? {
        ParameterValue::Variable => {
            format!("\"{}: {}\"", in_double_quotes(name), expansion(parameter, ""))
        }
        ParameterValue::Value(value) => quoted(&format!("{name}: {}", plain(&value))),
    })
}

/// A value as it travels beside a body.
fn plain(value: &Value) -> String {
    crate::emit::words::value(value)
}

/// Text for a URL: everything but the unreserved characters is percent-encoded.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text that stands for itself inside double quotes.
fn in_double_quotes(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '$' | '`' | '\\' => format!("\\{c}"),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}
