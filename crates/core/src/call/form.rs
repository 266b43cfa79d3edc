//! Forms: with files (`multipart/form-data`), or in the notation of queries (`application/x-www-form-urlencoded`). In: the
//! fields of a body. Out: its bytes, which can be signed and sent again, or the same form for display, without secrets and
//! file contents.

use std::fmt::Write as _;

use reqwest::{RequestBuilder, header::CONTENT_TYPE};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

use crate::{File, secret};

/// What a file is where nobody says more.
const ANY_FILE: &str = "application/octet-stream";

/// A form in the notation of queries.
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// A body that is sent as a form.
pub trait Multipart {
    /// Adds a part for each field that is set.
    ///
    /// # Errors
    ///
    /// A value has no JSON.
    fn parts(&self, form: &mut Form) -> serde_json::Result<()>;
}

/// The parts of a form, in their order.
#[derive(Debug, Default)]
pub struct Form {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    name: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Text(String),
    Json(String),
    File(File),
}

impl Form {
    /// Adds a field: a text, a number or a boolean as it is, an object as JSON, each item of a list as a part
    /// of its own. `null` is left out.
    ///
    /// # Errors
    ///
    /// The value has no JSON.
    pub fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> serde_json::Result<()> {
        self.value(name, serde_json::to_value(value)?);
        Ok(())
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, file: &File) {
        self.push(name, Content::File(file.clone()));
    }

    fn value(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.into_iter().for_each(|item| self.value(name, item)),
            Value::Object(_) => self.push(name, Content::Json(value.to_string())),
            Value::String(text) => self.push(name, Content::Text(text)),
            Value::Bool(_) | Value::Number(_) => self.push(name, Content::Text(value.to_string())),
        }
    }

    fn push(&mut self, name: &str, content: Content) {
        self.parts.push(Part { name: name.to_owned(), content });
    }

    /// The body, and the text between its parts.
    fn encode(&self) -> (Vec<u8>, String) {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend(format!("--{boundary}\r\n{}\r\n\r\n", part.headers()).into_bytes());
            body.extend_from_slice(part.bytes());
            body.extend_from_slice(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        (body, boundary)
    }

    /// The body in the notation of queries.
    fn encode_as_query(&self) -> String {
        let encoded = |bytes: &[u8]| form_urlencoded::byte_serialize(bytes).collect::<String>();
        let pair =
            |part: &Part| format!("{}={}", encoded(part.name.as_bytes()), encoded(part.bytes()));
        self.parts.iter().map(pair).collect::<Vec<_>>().join("&")
    }

    /// The first text of its kind that is in no part.
    fn boundary(&self) -> String {
        let is_free = |boundary: &String| {
            !self.parts.iter().any(|part| holds(part.bytes(), boundary.as_bytes()))
        };
        let mut texts = (0_u64..).map(|number| format!("huaweicloud-form-{number:06}"));
        texts.find(is_free).unwrap_or_default()
    }

    /// The form for people: files by their length.
    fn show(&self) -> String {
        let mut shown = String::new();
        for part in &self.parts {
            let value = match &part.content {
                Content::Text(text) | Content::Json(text) => text.clone(),
                Content::File(file) => length(file),
            };
            // Writing to a text does not fail.
            let _ = writeln!(shown, "{}: {value}", part.name);
        }
        shown
    }
}

impl Part {
    fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) | Content::Json(text) => text.as_bytes(),
            Content::File(file) => file.bytes(),
        }
    }

    fn headers(&self) -> String {
        let name = escaped(&self.name);
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"");
        match &self.content {
            Content::Text(_) => disposition,
            Content::Json(_) => format!("{disposition}\r\nContent-Type: application/json"),
            Content::File(file) => {
                let file_name = file.name().map_or(name, escaped);
                let kind = one_line(file.kind().unwrap_or(ANY_FILE));
                format!("{disposition}; filename=\"{file_name}\"\r\nContent-Type: {kind}")
            }
        }
    }
}

/// A name inside of quotes, as browsers have it.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that begins no other header.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn length(file: &File) -> String {
    let name = file.name().map(|name| format!("{name}, ")).unwrap_or_default();
    format!("[{name}{} bytes]", file.bytes().len())
}

fn form<T: Multipart + ?Sized>(body: &T) -> serde_json::Result<Form> {
    let mut form = Form::default();
    body.parts(&mut form)?;
    Ok(form)
}

/// A form as it may be shown: with `[redacted]` in place of each secret, and without contents of files.
///
/// # Errors
///
/// When a value has no JSON.
pub fn masked_form<T: Multipart + ?Sized>(body: &T) -> serde_json::Result<String> {
    secret::masked(|| form(body)).map(|form| form.show())
}

/// A file as it may be shown.
///
/// # Errors
///
/// None; all that is shown of a body may have some.
pub fn masked_file(file: &File) -> serde_json::Result<String> {
    Ok(length(file))
}

/// A body that is a form, or a file.
pub trait Upload {
    /// Sets the body as a form, if there is one.
    #[must_use]
    fn multipart<T: Multipart + ?Sized>(self, body: Option<&T>) -> Self;

    /// Sets the body as a form in the notation of queries, if there is one.
    #[must_use]
    fn urlencoded<T: Multipart + ?Sized>(self, body: Option<&T>) -> Self;

    /// Sets the body as a file of a kind, if there is one; what the file says of itself is more exact.
    #[must_use]
    fn file(self, media: &'static str, body: Option<&File>) -> Self;
}

impl Upload for RequestBuilder {
    fn multipart<T: Multipart + ?Sized>(self, body: Option<&T>) -> Self {
        match body.map(form) {
            None => self,
            Some(Ok(form)) => {
                let (bytes, boundary) = form.encode();
                let media = format!("multipart/form-data; boundary={boundary}");
                self.header(CONTENT_TYPE, media).body(bytes)
            }
            // The request carries the error on.
            Some(Err(error)) => self.json(&NoJson(error)),
        }
    }

    fn urlencoded<T: Multipart + ?Sized>(self, body: Option<&T>) -> Self {
        match body.map(form) {
            None => self,
            Some(Ok(form)) => self.header(CONTENT_TYPE, URLENCODED).body(form.encode_as_query()),
            Some(Err(error)) => self.json(&NoJson(error)),
        }
    }

    fn file(self, media: &'static str, body: Option<&File>) -> Self {
        let Some(file) = body else { return self };
        let media = if media.contains('*') { ANY_FILE } else { media };
        let kind = file.kind().map_or_else(|| media.to_owned(), one_line);
        self.header(CONTENT_TYPE, kind).body(file.bytes().to_vec())
    }
}

/// A value that could not be written.
struct NoJson(serde_json::Error);

impl Serialize for NoJson {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(&self.0))
    }
}

#[cfg(test)]
mod tests;
