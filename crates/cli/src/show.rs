//! The same call in another form. In: a request. Out: a curl command or a Rust program; secrets are variables.

use huaweicloud_core::query;
use serde_json::Value;

use crate::{
    request::{Ids, Request, URLENCODED},
    secrets::REDACTED,
    text::shell,
};

/// The call as a curl command, with endpoint, project and token from the environment.
pub(crate) fn curl(request: &Request) -> String {
    let target = request.target(Ids::UNKNOWN);
    let target = target.replacen(Ids::UNKNOWN.project, "$HUAWEICLOUD_SDK_PROJECT_ID", 1);
    let target = target.replacen(Ids::UNKNOWN.domain, "$HUAWEICLOUD_SDK_DOMAIN_ID", 1);
    let mut lines = vec![
        format!(
            "curl --fail-with-body --request {} \"$HUAWEICLOUD_SDK_ENDPOINT{target}\"",
            request.method()
        ),
        "--header \"X-Auth-Token: $HUAWEICLOUD_SDK_AUTH_TOKEN\"".to_owned(),
    ];
    for (name, value) in &request.headers {
        lines.push(format!("--header {}", shell(&format!("{name}: {value}"))));
    }
    if let Some(body) = &request.masked_body {
        let media =
            request.chosen.described.operation.body.as_ref().map(|body| body.media.as_str());
        // Secrets are read from a variable.
        let quoted = |text: &str| shell(text).replace(REDACTED, "'\"$SECRET\"'");
        if media == Some(URLENCODED) {
            let fields = query::fields(body).into_iter();
            lines.extend(fields.map(|(name, text)| {
                format!("--data-urlencode {}", quoted(&format!("{name}={text}")))
            }));
        } else {
            lines.push(format!("--header 'Content-Type: {}'", media.unwrap_or("application/json")));
            lines.push(format!("--data {}", quoted(&body.to_string())));
        }
    }
    lines.join(" \\\n  ")
}

/// The call as a program that uses the client of the service. The body is parsed from JSON and checked by the client.
pub(crate) fn rust(request: &Request) -> String {
    let operation = &request.chosen.described.operation;
    let service = request.chosen.service.catalog.name;
    let method = operation.command.replace('-', "_");
    let required = operation.parameters.iter().filter(|p| p.required && p.of_client.is_none());
    let mut arguments: Vec<String> = Vec::new();
    let mut setters: Vec<String> = Vec::new();
    for parameter in required {
        let value = request.value(&parameter.name).unwrap_or_default();
        arguments.push(literal(&parameter.schema.shape, value));
    }
    for (name, value) in request.query.iter().chain(&request.headers) {
        let parameter = operation.parameters.iter().find(|parameter| parameter.name == *name);
        if let Some(parameter) = parameter.filter(|parameter| !parameter.required) {
            let setter = crate::text::kebab(name).replace('-', "_");
            setters.push(format!(".{setter}({})", literal(&parameter.schema.shape, value)));
        }
    }
    let mut lines = vec![
        format!("use huaweicloud_{service}::{{Client, types::*}};"),
        String::new(),
        "#[tokio::main]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        "    let client = Client::builder().region(\"cn-north-4\").build()?;".to_owned(),
    ];
    if let (Some(body), Some(schema)) = (&request.masked_body, &operation.body) {
        let name = schema.schema.named().unwrap_or("serde_json::Value");
        let pretty = serde_json::to_string_pretty(body).unwrap_or_default();
        let pretty = pretty.replace('\n', "\n    ");
        if pretty.contains(REDACTED) {
            lines.push("    // Replace `[redacted]` with secrets from the environment.".to_owned());
        }
        lines.push(format!("    let body: {name} = serde_json::from_str(r##\"{pretty}\"##)?;"));
        arguments.push("body".to_owned());
    }
    let call = format!("client.{method}({}){}", arguments.join(", "), setters.concat());
    lines.push(format!("    let answer = {call}.send().await?;"));
    lines.push("    println!(\"{answer:?}\");".to_owned());
    lines.push("    Ok(())".to_owned());
    lines.push("}".to_owned());
    lines.join("\n")
}

/// A value of a parameter as a Rust literal.
fn literal(shape: &huaweicloud_catalog::Shape, value: &str) -> String {
    use huaweicloud_catalog::Shape;
    match shape {
        Shape::Integer(_) | Shape::Number | Shape::Boolean => value.to_owned(),
        _ => Value::from(value).to_string(),
    }
}
