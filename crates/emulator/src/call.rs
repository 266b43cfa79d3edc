//! A call that was let in, and its answer, before they have to do with HTTP.

use huaweicloud_core::{
    Secret,
    server::{Given, Operation},
};
use serde_json::Value;

use crate::moment;

/// A call of an operation whose parameters and body were checked.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    /// The values of the path's variables.
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// Headers with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
    /// When it arrived, in milliseconds since 1970.
    pub(crate) now: u64,
}

/// An answer that is no refusal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    /// In the place of a body as JSON.
    pub(crate) file: Option<String>,
}

impl Reply {
    /// A success with a body.
    pub(crate) fn json(body: Value) -> Self {
        Self { status: 200, body: Some(body), file: None }
    }

    /// A success with a body, of which is left out whatever is `null`: few fields may be, and any may
    /// be left out.
    pub(crate) fn without_nulls(mut body: Value) -> Self {
        prune(&mut body);
        Self::json(body)
    }

    /// A success without one.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, body: None, file: None }
    }

    /// A success with a file.
    pub(crate) fn file(text: String) -> Self {
        Self { status: 200, body: None, file: Some(text) }
    }
}

impl Call {
    /// As the generated checks read it.
    pub(crate) fn given(&self) -> Given<'_> {
        let Self { path, query, headers, body, .. } = self;
        Given { path, query, headers, body: body.as_ref() }
    }

    /// The same without fields that are `null`: the checks read them as left out, and so does what follows.
    pub(crate) fn without_nulls(mut self) -> Self {
        self.body.iter_mut().for_each(prune);
        self
    }

    /// A variable of the path; empty if the path has none of the name.
    pub(crate) fn variable(&self, name: &str) -> &str {
        let found = self.path.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    /// A parameter of the query that says something.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether a parameter of the query is `true`.
    pub(crate) fn is_asked(&self, name: &str) -> bool {
        self.asked(name) == Some("true")
    }

    /// The part of a list that is asked for.
    pub(crate) fn page<T>(&self, all: Vec<T>, default: usize) -> Vec<T> {
        let number = |name| self.asked(name).and_then(|text| text.parse().ok());
        let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(default));
        all.into_iter().skip(offset).take(limit).collect()
    }

    /// Whether a moment is in the span of time that is asked for, as 14 digits each.
    pub(crate) fn is_in_time(&self, moment: u64) -> bool {
        let digits = moment::digits(moment);
        let begin = self.asked("begin_time").or_else(|| self.asked("start_time"));
        begin.is_none_or(|begin| begin <= digits.as_str())
            && self.asked("end_time").is_none_or(|end| digits.as_str() <= end)
    }

    /// A link to a page of the emulator, by the name that it was called by.
    pub(crate) fn link(&self, page: &str) -> String {
        let host = self.headers.iter().find(|(name, _)| name == "host");
        let host = host.map_or("127.0.0.1", |(_, host)| host);
        format!("http://{host}/_emulator/{page}")
    }

    /// A field of the body; nothing for `null`.
    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.body.as_ref()?.get(name).filter(|value| !value.is_null())
    }

    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.as_str().map(str::to_owned)
    }

    /// A text of the body that says something.
    pub(crate) fn words(&self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.is_empty())
    }

    /// A secret of the body.
    pub(crate) fn secret(&self, name: &str) -> Option<Secret> {
        self.words(name).map(Secret::new)
    }

    /// A boolean of the body, which some clients send as a text.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.field(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    /// A list of the body; an absent one is empty.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.field(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A list of texts of the body.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        texts(self.list(name))
    }
}

/// A line of a file of comma-separated values; a value that would be read as something else is in quotes.
pub(crate) fn csv_line(values: &[Value]) -> String {
    let cell = |value: &Value| {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        match text.contains(['"', ',', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        }
    };
    values.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// The texts in a list.
pub(crate) fn texts(list: &[Value]) -> Vec<String> {
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn prune(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(prune),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(prune);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_keep_to_their_cells() {
        let values = [json!("a,b"), json!("say \"hi\""), json!(null), json!(3), json!("plain")];
        assert_eq!(csv_line(&values), "\"a,b\",\"say \"\"hi\"\"\",,3,plain\r\n");
    }
}
