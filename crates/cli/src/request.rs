//! A request before project and account are known. In: an operation and the values of a call. Out: method, URL, headers and
//! body; its violations; and the same with secrets masked.

use huaweicloud_catalog::{Owner, Place};
use huaweicloud_core::{
    Allowed, Secret, Severity, Violation, Violations,
    call::{self, Built, Form, Multipart, Ready, Upload as _},
    server::Given,
};
use serde_json::Value;

use crate::{
    check, fill::Filled, messages, problem::Problem, secrets::mask, service::Chosen,
    translate::translated,
};

/// Placeholders for IDs that are not known yet.
const PROJECT: &str = "PROJECT_ID";
const DOMAIN: &str = "DOMAIN_ID";

/// The media type of a form in the notation of queries.
pub(crate) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The body of a form.
struct Fields<'b>(&'b Value);

impl Multipart for Fields<'_> {
    fn parts(&self, form: &mut Form) -> serde_json::Result<()> {
        for (name, value) in self.0.as_object().into_iter().flatten() {
            form.field(name, value)?;
        }
        Ok(())
    }
}

/// A request, complete except for the IDs that its client fills in.
pub struct Request {
    /// Of this operation.
    pub chosen: Chosen,
    /// The values of the path's variables, by name; what is missing is filled in when it is known.
    path: Vec<(String, String)>,
    /// In the order in which they were given.
    pub query: Vec<(String, String)>,
    /// As sent.
    pub headers: Vec<(String, String)>,
    /// As sent.
    pub body: Option<Value>,
    /// With secrets masked.
    pub masked_body: Option<Value>,
    secrets: Vec<Secret>,
    answer_names: &'static [&'static str],
}

/// The project and the account of a request.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    /// The project ID; empty if unknown.
    pub project: &'a str,
    /// The account ID; empty if unknown.
    pub domain: &'a str,
}

impl Ids<'static> {
    /// Both are unknown.
    pub const UNKNOWN: Self = Self { project: PROJECT, domain: DOMAIN };
}

impl Request {
    /// Assigns values to path, query, headers and body.
    pub fn new(chosen: Chosen, filled: Filled) -> Self {
        let (mut path, mut query, mut headers) = (Vec::new(), Vec::new(), Vec::new());
        for (place, name, texts) in filled.parameters {
            let pairs = texts.into_iter().map(|text| (name.clone(), text));
            match place {
                Place::Path => path.extend(pairs),
                Place::Query => query.extend(pairs),
                Place::Header => headers.extend(pairs),
            }
        }
        let mut secrets = Vec::new();
        let described = &chosen.described;
        let schema = described.operation.body.as_ref().map(|body| &body.schema);
        let masked_body = match (&filled.body, schema) {
            (Some(body), Some(schema)) => Some(mask(described, schema, body, &mut secrets)),
            (body, _) => body.clone(),
        };
        // A required body is sent even if it is empty.
        let needs_one = described.operation.body.as_ref().is_some_and(|body| body.required);
        let is_object = schema.is_some_and(|schema| described.fields(schema).is_some());
        let empty = || (needs_one && is_object).then(|| Value::Object(serde_json::Map::new()));
        let body = filled.body.or_else(empty);
        let masked_body = masked_body.or_else(empty);
        let answer_names = answer_names(&chosen);
        Self { path, query, headers, body, masked_body, secrets, answer_names, chosen }
    }

    /// All violations except those of allowed rules; violations of the path cannot be allowed.
    ///
    /// # Errors
    ///
    /// An allowed rule does not exist.
    pub fn violations(&self, allow: &[String], is_checked: bool) -> Result<Violations, Problem> {
        let mut allowed = Allowed::NONE;
        for rule in allow {
            allowed.add(rule.clone());
        }
        let unknown = allowed.problems(self.chosen.service.rules);
        if !unknown.is_empty() {
            return Err(Problem::usage(format!("--allow: {}", unknown.join("\n--allow: "))));
        }
        let mut found: Vec<Violation> = self.path_violations();
        if is_checked {
            let path: Vec<(&str, String)> =
                self.path.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            let headers: Vec<(String, String)> = self
                .headers
                .iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
                .collect();
            let described = &self.chosen.described;
            let schema = described.operation.body.as_ref().map(|body| &body.schema);
            let whole = self.body.as_ref().zip(schema);
            let whole = whole.map(|(body, schema)| check::completed(described, schema, body));
            let (body, known) = whole.unzip();
            let body = body.as_ref();
            let given = Given { path: &path, query: &self.query, headers: &headers, body };
            let checked = self.chosen.checked.violations_beside(&given, known.unwrap_or_default());
            found.extend(allowed.left_of(checked));
        }
        Ok(translated(found, &self.chosen.described, self.body.as_ref()).into())
    }

    fn path_violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let parameters = &self.chosen.described.operation.parameters;
        for parameter in parameters.iter().filter(|parameter| parameter.place == Place::Path) {
            match self.path_value(&parameter.name) {
                Some(value) => {
                    if let Err(huaweicloud_core::Error::Invalid(violations)) =
                        call::segment(&parameter.name, value)
                    {
                        found.extend(violations.iter().cloned());
                    }
                }
                None if parameter.of_client.is_some() => {}
                None => {
                    let message = messages::path_missing();
                    found.push(Violation::error(parameter.name.clone(), "required", message));
                }
            }
        }
        found
    }

    fn path_value(&self, name: &str) -> Option<&str> {
        self.path.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Path and query, encoded.
    pub fn target(&self, ids: Ids<'_>) -> String {
        let operation = &self.chosen.described.operation;
        let mut target = String::new();
        let mut rest = operation.path.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            target.push_str(before);
            target.push_str(&encode(&self.path_text(name, ids)));
            rest = after;
        }
        target.push_str(rest);
        for (i, (name, value)) in self.query.iter().enumerate() {
            target.push(if i == 0 { '?' } else { '&' });
            target.push_str(&format!("{}={}", encode(name), encode(value)));
        }
        target
    }

    fn path_text(&self, name: &str, ids: Ids<'_>) -> String {
        if let Some(value) = self.path_value(name) {
            return value.to_owned();
        }
        let parameters = &self.chosen.described.operation.parameters;
        let parameter = parameters.iter().find(|parameter| parameter.name == name);
        match parameter.and_then(|parameter| parameter.of_client) {
            Some(Owner::Project) => ids.project.to_owned(),
            Some(Owner::Domain) => ids.domain.to_owned(),
            None => String::new(),
        }
    }

    /// The project that it is given for, where a call names it.
    pub fn project_id(&self) -> Option<&str> {
        let of_client = self.chosen.described.operation.parameters.iter();
        let mut of_client = of_client.filter(|p| p.of_client == Some(Owner::Project));
        of_client.find_map(|parameter| self.path_value(&parameter.name))
    }

    /// In upper case.
    pub fn method(&self) -> &str {
        &self.chosen.described.operation.method
    }

    /// A value of a parameter, in path, query or headers.
    pub fn value(&self, name: &str) -> Option<&str> {
        let pairs = self.path.iter().chain(&self.query).chain(&self.headers);
        let mut pairs = pairs.filter(|(known, _)| known == name);
        pairs.next().map(|(_, value)| value.as_str())
    }

    /// A value of the query.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets a value of the query.
    pub fn set_query(&mut self, name: &str, value: &str) {
        self.query.retain(|(known, _)| known != name);
        self.query.push((name.to_owned(), value.to_owned()));
    }

    /// The names of the outermost object of the answer.
    pub fn answer_names(&self) -> &'static [&'static str] {
        self.answer_names
    }

    /// The secrets in it.
    pub fn secrets(&self) -> Vec<Secret> {
        self.secrets.clone()
    }

    /// The request to send, once project and account are known.
    pub fn build(&self, ready: &Ready) -> Built {
        let context = ready.context();
        let ids = Ids { project: ready.project_id(), domain: ready.domain_id() };
        let url = format!("{}{}", context.endpoint(), self.target(ids));
        let operation = &self.chosen.described.operation;
        let method = operation.method.parse().unwrap_or(reqwest::Method::GET);
        let mut builder = context.http().request(method, url);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        if let (Some(value), Some(body)) = (&self.body, &operation.body) {
            builder = match body.media.as_str() {
                URLENCODED => builder.urlencoded(Some(&Fields(value))),
                media => builder.header(reqwest::header::CONTENT_TYPE, media).json(value),
            };
        }
        Ok(builder.build()?)
    }

    /// The names of what it orders, if it orders anything.
    pub fn ordered(&self) -> Option<Vec<String>> {
        let ensure = self.chosen.described.operation.ensure.as_ref()?;
        Some(crate::order::names(ensure, self.body.as_ref()?))
    }
}

/// The names of the top-level fields of an answer. They are leaked; a process makes few calls.
fn answer_names(chosen: &Chosen) -> &'static [&'static str] {
    let described = &chosen.described;
    let schema = described.operation.success().and_then(|answer| answer.schema.as_ref());
    let fields = schema.and_then(|schema| described.fields(schema)).unwrap_or_default();
    let names = fields.iter().map(|field| &*Box::leak(field.name.clone().into_boxed_str()));
    Box::leak(names.collect::<Vec<&'static str>>().into_boxed_slice())
}

/// Decides whether a request may be sent.
///
/// # Errors
///
/// All violations, if one is an error.
pub fn admit(violations: &Violations) -> Result<(), Problem> {
    match violations.iter().any(|violation| violation.severity == Severity::Error) {
        true => Err(Problem::invalid(violations)),
        false => Ok(()),
    }
}

/// Text for a URL: everything but the unreserved characters is percent-encoded.
pub fn encode(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
