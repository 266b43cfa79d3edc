//! A class of `model/` in; its fields, or its list of values, out.

use std::collections::BTreeMap;

use super::{
    super::Problem,
    syntax::{Class, Doc, Expr, Statement},
};

/// What a class of `model/` describes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    /// The values of an enumeration; empty for everything else.
    pub(super) values: Vec<String>,
    pub(super) stream: Option<Stream>,
}

/// Bodies that are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Sent,
    Received,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The name in Python.
    pub(super) attribute: String,
    /// The name on the wire.
    pub(super) name: String,
    /// Such as `list[Tag]`.
    pub(super) type_text: String,
    pub(super) required: bool,
    /// Empty where nothing is said.
    pub(super) text: String,
    pub(super) line: usize,
}

impl Model {
    /// The fields, in the order of the package.
    pub(super) fn read(class: &Class) -> Result<Self, Problem> {
        let fail = |what: &str| Problem::new(class.line, format!("{}: {what}", class.name));
        let map = |name: &str| -> Result<Vec<(String, String)>, Problem> {
            let value = class.body.iter().find_map(|statement| assigned(statement, name));
            let texts = value
                .ok_or_else(|| fail(&format!("has no `{name}`")))?
                .texts()
                .ok_or_else(|| fail(&format!("`{name}` is not a dictionary of texts")))?;
            Ok(texts.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
        };
        let types = map("openapi_types")?;
        let names: BTreeMap<String, String> = map("attribute_map")?.into_iter().collect();
        let init = class.methods.iter().find(|method| method.name == "__init__");
        let init = init.ok_or_else(|| fail("has no `__init__`"))?;
        let documented = init.doc.as_ref().map(parameters).unwrap_or_default();
        let required: Vec<&str> = init.body.iter().filter_map(always_set).collect();
        let mut fields = Vec::new();
        for (attribute, type_text) in types {
            let name = names.get(&attribute);
            let name =
                name.ok_or_else(|| fail(&format!("`{attribute}` has no name on the wire")))?;
            let (text, line) = documented.get(&attribute).cloned().unwrap_or_default();
            let placeholder = format!("The {attribute} of this {}.", class.name);
            fields.push(Field {
                name: name.clone(),
                type_text,
                required: required.contains(&attribute.as_str()),
                text: if text == placeholder { String::new() } else { text },
                line: if line == 0 { class.line } else { line },
                attribute,
            });
        }
        let values = if fields.is_empty() { constants(class) } else { Vec::new() };
        Ok(Self { name: class.name.clone(), fields, values, stream: stream(class) })
    }
}

/// The value that a statement gives to a name.
fn assigned<'s>(statement: &'s Statement, name: &str) -> Option<&'s Expr> {
    match statement {
        Statement::Assign { target, value } if target.name() == Some(name) => Some(value),
        _ => None,
    }
}

/// `self.x = x` → `x`: what is set whether or not it was given is required.
fn always_set(statement: &Statement) -> Option<&str> {
    let Statement::Assign { target: Expr::Attribute(object, field), value } = statement else {
        return None;
    };
    let is_own = object.name() == Some("self") && value.name() == Some(field.as_str());
    is_own.then_some(field.as_str())
}

/// `READY = "ready"`: the values of an enumeration.
fn constants(class: &Class) -> Vec<String> {
    let value = |statement: &Statement| match statement {
        Statement::Assign { target: Expr::Name(name), value: Expr::Text(text) }
            if name != "xml_name" =>
        {
            Some(text.clone())
        }
        _ => None,
    };
    class.body.iter().filter_map(value).collect()
}

fn stream(class: &Class) -> Option<Stream> {
    class.bases.iter().find_map(|base| match base.name()? {
        "SdkStreamRequest" => Some(Stream::Sent),
        "SdkStreamResponse" => Some(Stream::Received),
        _ => None,
    })
}

/// The `:param name: text` lines of a documentation, each with its line.
pub(super) fn parameters(doc: &Doc) -> BTreeMap<String, (String, usize)> {
    let mut found: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut current: Option<String> = None;
    for (number, raw) in doc.text.lines().enumerate() {
        let text = raw.trim();
        if let Some(rest) = text.strip_prefix(":param ") {
            let Some((name, text)) = rest.split_once(':') else { continue };
            let said = (text.trim().to_owned(), doc.line + number);
            found.insert(name.to_owned(), said);
            current = Some(name.to_owned());
        } else if text.starts_with(":type ") || text.starts_with(":rtype") {
            current = None;
        } else if let Some((said, _)) = current.as_ref().and_then(|name| found.get_mut(name)) {
            said.push('\n');
            said.push_str(text);
        }
    }
    found
}
