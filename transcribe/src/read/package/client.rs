//! The class of a client in; its calls out.

use super::{
    super::Problem,
    syntax::{Class, Doc, Expr, Method, Statement},
};

/// One operation, as the client sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Such as `CreateInstance`.
    pub(super) id: String,
    pub(super) title: String,
    /// The paragraphs of the introduction.
    pub(super) introduction: Vec<String>,
    /// Upper case.
    pub(super) method: String,
    pub(super) path: String,
    /// The class that holds all parameters.
    pub(super) request: Option<String>,
    pub(super) response: String,
    pub(super) parameters: Vec<Parameter>,
    /// The attribute of the request that is sent as the body.
    pub(super) body: Option<String>,
    /// Whether the body is a form of several parts.
    pub(super) is_form: bool,
    /// Whether the body is a form in the notation of queries.
    pub(super) is_urlencoded: bool,
    /// Names of headers of the answer that are fields of its class.
    pub(super) response_headers: Vec<String>,
    pub(super) line: usize,
}

/// An attribute of the request that does not go into the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) attribute: String,
    /// On the wire.
    pub(super) name: String,
    pub(super) place: Place,
    /// Whether the call says how items of a list are joined.
    pub(super) is_list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Form,
}

/// Why a call cannot be read.
#[derive(Debug, thiserror::Error)]
enum CallError {
    #[error("says nothing of method and path")]
    NoInfo,
    #[error("has no `{0}`")]
    Missing(&'static str),
    #[error("a parameter has no name")]
    UnnamedParameter,
    #[error("it is not clear where `{0}` goes")]
    Unplaced(String),
}

const SUFFIX: &str = "_http_info";

/// The media type of a form in the notation of queries.
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The calls of a client, each or the reason why it cannot be read.
pub(super) fn calls(class: &Class) -> Vec<Result<Call, Problem>> {
    let described = |name: &str| class.methods.iter().find(|method| method.name == name);
    class
        .methods
        .iter()
        .filter_map(|method| {
            let name = method.name.strip_prefix('_')?.strip_suffix(SUFFIX)?;
            Some(call(method, described(name)))
        })
        .collect()
}

fn call(method: &Method, described: Option<&Method>) -> Result<Call, Problem> {
    read(method, described)
        .map_err(|why| Problem::new(method.line, format!("{}: {why}", method.name)))
}

fn read(method: &Method, described: Option<&Method>) -> Result<Call, CallError> {
    let info = method.body.iter().find_map(|statement| match statement {
        Statement::Assign { target, value: Expr::Dict(entries) }
            if target.name() == Some("http_info") =>
        {
            Some(entries)
        }
        _ => None,
    });
    let info = info.ok_or(CallError::NoInfo)?;
    let entry = |key: &str| {
        let value = info.iter().find(|(name, _)| name.text() == Some(key))?;
        value.1.text().map(str::to_owned)
    };
    let required = |key: &'static str| entry(key).ok_or(CallError::Missing(key));
    let response = required("response_type")?;
    let id = response.strip_suffix("Response").unwrap_or(&response).to_owned();
    let doc = described.and_then(|method| method.doc.as_ref());
    let (title, introduction) = doc.map(words).unwrap_or_default();
    let mut call = Call {
        id,
        title,
        introduction,
        method: required("method")?.to_ascii_uppercase(),
        path: required("resource_path")?,
        request: doc.and_then(request_class),
        response,
        parameters: Vec::new(),
        body: None,
        is_form: false,
        is_urlencoded: false,
        response_headers: Vec::new(),
        line: described.map_or(method.line, |described| described.line),
    };
    for statement in &method.body {
        call.take(statement)?;
    }
    Ok(call)
}

impl Call {
    /// What a statement says of the call.
    fn take(&mut self, statement: &Statement) -> Result<(), CallError> {
        match statement {
            Statement::If { condition: Expr::Compare(left, operator, right), then }
                if operator == "in" && right.name() == Some("local_var_params") =>
            {
                let attribute = left.text().ok_or(CallError::UnnamedParameter)?;
                self.parameter(attribute, then)
            }
            Statement::Assign { target, value } if target.name() == Some("response_headers") => {
                let headers = value.list().unwrap_or_default().iter();
                self.response_headers = headers.filter_map(Expr::text).map(str::to_owned).collect();
                Ok(())
            }
            Statement::Assign { target, value: Expr::Call(_, arguments) }
                if target.index_of("header_params") == Some("Content-Type") =>
            {
                let types = arguments.first().and_then(Expr::list).unwrap_or_default();
                let mut types = types.iter().filter_map(Expr::text);
                self.is_form = types.clone().any(|one| one.starts_with("multipart/form-data"));
                self.is_urlencoded = types.any(|one| one.starts_with(URLENCODED));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Where an attribute goes; some go to two places.
    fn parameter(&mut self, attribute: &str, then: &[Statement]) -> Result<(), CallError> {
        let mut is_known = false;
        let is_list = then.iter().any(|statement| match statement {
            Statement::Assign { target, .. } => target.index_of("collection_formats").is_some(),
            _ => false,
        });
        for statement in then {
            let found = match statement {
                Statement::Assign { target, .. } => {
                    let name = |object| target.index_of(object).map(str::to_owned);
                    if target.name() == Some("body") {
                        self.body = Some(attribute.to_owned());
                        is_known = true;
                        continue;
                    }
                    // How items of a list are joined is no parameter; the name of the bucket is a part of
                    // the host.
                    if target.index_of("collection_formats").is_some()
                        || target.name() == Some("cname")
                    {
                        is_known = true;
                        continue;
                    }
                    name("path_params")
                        .map(|name| (name, Place::Path))
                        .or_else(|| name("header_params").map(|name| (name, Place::Header)))
                        .or_else(|| name("form_params").map(|name| (name, Place::Form)))
                }
                Statement::Expression(call) => queried(call).map(|name| (name, Place::Query)),
                _ => None,
            };
            if let Some((name, place)) = found {
                let attribute = attribute.to_owned();
                self.parameters.push(Parameter { attribute, name, place, is_list });
                is_known = true;
            }
        }
        if is_known { Ok(()) } else { Err(CallError::Unplaced(attribute.to_owned())) }
    }
}

/// `query_params.append(('limit', …))` → `limit`.
fn queried(expression: &Expr) -> Option<String> {
    let Expr::Call(function, arguments) = expression else { return None };
    let Expr::Attribute(object, verb) = function.as_ref() else { return None };
    if object.name() != Some("query_params") || verb != "append" {
        return None;
    }
    arguments.first()?.list()?.first()?.text().map(str::to_owned)
}

/// The title and the paragraphs behind it.
fn words(doc: &Doc) -> (String, Vec<String>) {
    let mut lines = doc.text.lines().map(str::trim);
    let title = lines.next().unwrap_or_default().to_owned();
    let is_end = |line: &&str| {
        !line.starts_with("Please refer to HUAWEI cloud API Explorer")
            && !line.starts_with(":param")
    };
    let introduction = lines.take_while(is_end).filter(|line| !line.is_empty());
    (title, introduction.map(str::to_owned).collect())
}

/// `:type request: :class:`huaweicloudsdkdcs.v2.ShowInstanceRequest`` → the name of the class.
fn request_class(doc: &Doc) -> Option<String> {
    let line =
        doc.text.lines().map(str::trim).find_map(|line| line.strip_prefix(":type request:"))?;
    let name = line.trim().strip_prefix(":class:`")?.strip_suffix('`')?;
    name.rsplit('.').next().map(str::to_owned)
}
