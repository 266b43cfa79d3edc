//! One call in several languages. In: an operation and what is sent. Out: text to paste into a shell or a program.

use codegen::{
    emit::examples::{AUTH_TOKEN, ENDPOINT, ParameterValue, parameter_value, variable},
    model::{Api, Example, Location, Operation, Parameter},
};
use serde_json::Value;

use crate::bounds::plain;

/// A generated script with its payload in place of the file's name.
pub(crate) fn curl(script: &str, body: Option<&Example>) -> String {
    let lines = script.lines().skip_while(|line| !line.starts_with("curl "));
    let mut out = String::new();
    for line in lines {
        match (line.trim_start().strip_prefix("--data @"), body) {
            (Some(_), Some(example)) => {
                let json = serde_json::to_string_pretty(&example.value).unwrap_or_default();
                out.push_str(&format!("  --data {}\n", quoted(&json)));
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// A program without its first lines, which say where it is from.
pub(crate) fn rust(program: &str) -> String {
    let is_head =
        |line: &&str| line.starts_with("//") || line.starts_with("#!") || line.trim().is_empty();
    let lines: Vec<&str> = program.lines().skip_while(is_head).collect();
    lines.join("\n")
}

/// A line for the command line tool `hwc`.
pub(crate) fn hwc(
    api: &Api,
    service: &str,
    operation: &Operation,
    body: Option<&Example>,
) -> String {
    let mut flags = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.of_client) {
        let name = &parameter.name.wire;
        match parameter_value(api, parameter) {
            Some(ParameterValue::Variable) => {
                flags.push(format!("--{name}=\"${}\"", variable(parameter)))
            }
            Some(ParameterValue::Value(value)) => flag(name, &value, &mut flags),
            None => {}
        }
    }
    if let Some(Value::Object(fields)) = body.map(|example| &example.value) {
        fields.iter().for_each(|(name, value)| flag(name, value, &mut flags));
    }
    let head = format!("hwc {} {}", service.to_uppercase(), operation.name.wire);
    std::iter::once(head).chain(flags).collect::<Vec<_>>().join(" \\\n  ")
}

fn flag(name: &str, value: &Value, flags: &mut Vec<String>) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (i, item) in items.iter().enumerate() {
                flag(&format!("{name}.{}", i + 1), item, flags);
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().for_each(|(key, value)| flag(&format!("{name}.{key}"), value, flags));
        }
        value => flags.push(format!("--{name}={}", bare_or_quoted(&plain(value)))),
    }
}

/// The call by a well-known library of Python, with nothing of the vendor.
pub(crate) fn python(api: &Api, operation: &Operation, body: Option<&Example>) -> String {
    let of = |place: Location| operation.parameters.iter().filter(move |p| p.location == place);
    let environment = |parameter: &Parameter| format!("os.environ[\"{}\"]", variable(parameter));
    let text = |parameter: &Parameter| match parameter_value(api, parameter) {
        Some(ParameterValue::Variable) => Some(environment(parameter)),
        Some(ParameterValue::Value(value)) => Some(literal(&value, 1)),
        None if parameter.of_client => Some(environment(parameter)),
        None => None,
    };
    let mut lines = vec!["import os".to_owned(), String::new(), "import requests".to_owned()];
    lines.push(String::new());
    lines.push(format!("url = os.environ[\"{ENDPOINT}\"] + \"{}\".format(", operation.path));
    for parameter in of(Location::Path) {
        lines.push(format!("    {}={},", parameter.name.wire, environment(parameter)));
    }
    lines.push(")".to_owned());
    let dictionary = |name: &str, entries: Vec<(String, String)>| {
        let entries =
            entries.iter().map(|(key, value)| format!("    {}: {value},", quoted_python(key)));
        let entries: Vec<String> = entries.collect();
        (!entries.is_empty()).then(|| format!("{name} = {{\n{}\n}}", entries.join("\n")))
    };
    let named = |place: Location| -> Vec<(String, String)> {
        let pairs = of(place).flat_map(|p| match parameter_value(api, p) {
            Some(ParameterValue::Value(Value::Object(map))) => {
                let entry = |(key, value)| (format!("{}[{key}]", p.name.wire), literal(value, 1));
                map.iter().map(entry).collect()
            }
            _ => Vec::from_iter(text(p).map(|text| (p.name.wire.clone(), text))),
        });
        pairs.collect()
    };
    let mut headers = vec![("X-Auth-Token".to_owned(), format!("os.environ[\"{AUTH_TOKEN}\"]"))];
    headers.extend(named(Location::Header));
    lines.extend(dictionary("headers", headers));
    let query = dictionary("query", named(Location::Query));
    let mut arguments = vec!["url".to_owned(), "headers=headers".to_owned()];
    if let Some(query) = query {
        lines.push(query);
        arguments.push("params=query".to_owned());
    }
    if let Some(example) = body {
        lines.push(format!("body = {}", literal(&example.value, 0)));
        arguments.push("json=body".to_owned());
    }
    let method = operation.method.as_str().to_lowercase();
    lines.push(format!("answer = requests.{method}({}, timeout=30)", arguments.join(", ")));
    lines.push("answer.raise_for_status()".to_owned());
    lines.push("print(answer.text)".to_owned());
    lines.join("\n")
}

/// A value as Python writes it.
fn literal(value: &Value, depth: usize) -> String {
    let indent = "    ".repeat(depth + 1);
    let end = "    ".repeat(depth);
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted_python(text),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let items: Vec<String> = items.iter().map(|item| literal(item, depth)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| format!("{indent}{},\n", literal(item, depth + 1)));
            format!("[\n{}{end}]", items.collect::<String>())
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                format!("{indent}{}: {},\n", quoted_python(key), literal(value, depth + 1))
            });
            format!("{{\n{}{end}}}", fields.collect::<String>())
        }
    }
}

/// A text of Python: what JSON escapes, Python reads.
fn quoted_python(text: &str) -> String {
    Value::from(text).to_string()
}

/// Text that a shell takes as it is, in quotes where it must be.
fn bare_or_quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@,+".contains(c);
    if text.chars().all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// Text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn flags_are_flat_and_count_from_one() {
        let mut flags = Vec::new();
        let value = json!({"zones": ["a", "b"], "tags": [{"key": "k", "value": "it's"}], "on": true, "none": []});
        value.as_object().unwrap().iter().for_each(|(name, value)| flag(name, value, &mut flags));
        assert_eq!(
            flags,
            [
                "--zones.1=a",
                "--zones.2=b",
                "--tags.1.key=k",
                r"--tags.1.value='it'\''s'",
                "--on=true",
                "--none='[]'"
            ]
        );
    }

    #[test]
    fn values_are_those_of_python() {
        let value = json!({"a": null, "b": [true, 1.5, "x\n"], "c": {}, "d": [{"e": false}]});
        assert_eq!(
            literal(&value, 0),
            "{\n    \"a\": None,\n    \"b\": [True, 1.5, \"x\\n\"],\n    \"c\": {},\n    \"d\": [\n        \
             {\n            \"e\": False,\n        },\n    ],\n}"
        );
    }

    #[test]
    fn a_script_has_its_payload_inside() {
        let script = "#!/bin/sh\n# x\n\ncurl --fail \\\n  --data @\"$(dirname \"$0\")/a.json\"\n";
        let example = Example {
            name: codegen::model::Name { wire: "a".to_owned(), code: "a".to_owned() },
            summary: None,
            description: None,
            value: json!({"a": "it's"}),
        };
        assert_eq!(
            curl(script, Some(&example)),
            "curl --fail \\\n  --data '{\n  \"a\": \"it'\\''s\"\n}'\n"
        );
    }
}
