//! Prints the `Authorization` value of each case of a file of signing vectors, a line each.
//!
//! In: the path of a JSON file, an array of cases; of each case `access_key`, `secret_key`, `date`,
//! `method`, `host`, `path`, `query` (pairs), `headers` and `body` are read, and nothing that the
//! file gives as a result. Out: the values on standard output; what is wrong on standard error.
//!
//! Run it with `cargo run -p huaweicloud-core --example sign -- FILE.json`.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, io::Write as _};

use huaweicloud_core::{
    Secret,
    sign::{Request, Signer},
};

/// A request, and who signs it when.
#[derive(serde::Deserialize)]
struct Case {
    #[serde(default)]
    name: String,
    access_key: String,
    secret_key: Secret,
    date: String,
    method: String,
    host: String,
    /// Not encoded, but for a `%` that stands for itself.
    path: String,
    /// Names and values, not encoded.
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        return Err("usage: sign FILE.json".into());
    };
    let text = std::fs::read_to_string(&file)
        .map_err(|error| format!("{}: {error}", file.to_string_lossy()))?;
    let lines = lines(&text).map_err(|error| format!("{}: {error}", file.to_string_lossy()))?;
    std::io::stdout().write_all(lines.as_bytes())?;
    Ok(())
}

/// A line for each case of a file.
pub(crate) fn lines(text: &str) -> Result<String, String> {
    let cases: Vec<Case> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut lines = String::new();
    for (i, case) in cases.iter().enumerate() {
        let line =
            authorization(case).map_err(|error| format!("case {i} {}: {error}", case.name))?;
        lines.push_str(&line);
        lines.push('\n');
    }
    Ok(lines)
}

fn authorization(case: &Case) -> Result<String, Box<dyn Error>> {
    let mut headers: Vec<(&str, &str)> =
        case.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    headers.extend([("Host", case.host.as_str()), ("X-Sdk-Date", case.date.as_str())]);
    let signer = Signer::new(&case.access_key, case.secret_key.expose());
    let (method, uri) = (&case.method, &uri(case));
    Ok(signer.authorization(&Request {
        method,
        uri,
        headers: &headers,
        body: case.body.as_bytes(),
    })?)
}

fn uri(case: &Case) -> String {
    let mut uri = case.path.replace('?', "%3F").replace('#', "%23");
    for (i, (name, value)) in case.query.iter().enumerate() {
        uri.push(if i == 0 { '?' } else { '&' });
        encode(name, &mut uri);
        uri.push('=');
        encode(value, &mut uri);
    }
    uri
}

/// Encodes more than needed: the signer encodes anew.
fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        // Writing to a text cannot fail.
        let _ = write!(into, "%{byte:02X}");
    }
}
