//! What a call puts into path, query, headers and form. In: a call and the class of its request. Out: a table for each of
//! these places; what cannot stand there is refused.

use super::{
    super::{
        client::{self, Parameter},
        model::{Field, Model},
        tables::{row, table},
        types,
    },
    PageMaker,
};
use crate::facts::{Place, Refusal, Row, Table};

impl PageMaker<'_> {
    /// The tables of what goes into path, query, headers and form, in this order.
    pub(super) fn parameters(&self, tables: &mut Vec<Table>, refused: &mut Vec<Refusal>) {
        let call = self.call;
        let form = match call.is_urlencoded {
            true => Place::UrlencodedForm,
            false => Place::FormParameters,
        };
        let places = [
            (client::Place::Path, Place::PathParameters),
            (client::Place::Query, Place::QueryParameters),
            (client::Place::Header, Place::HeaderParameters),
            (client::Place::Form, form),
        ];
        for (of_client, place) in places {
            // The fields of a body that is sent in another way are listed as if it were a form of parts, too.
            if of_client == client::Place::Form && !call.is_form && call.body.is_some() {
                continue;
            }
            let mut rows = Vec::new();
            if of_client == client::Place::Path {
                rows.extend(self.implied());
            }
            let of_place = call.parameters.iter().filter(|parameter| parameter.place == of_client);
            for parameter in of_place {
                // Some parameters are named twice, the second time after an attribute that is not there.
                if rows.iter().any(|row: &Row| row.name == parameter.name) {
                    continue;
                }
                let Some(field) = self.field(parameter, refused) else { continue };
                let required = field.required || of_client == client::Place::Path;
                let field = Field { name: parameter.name.clone(), required, ..field };
                rows.extend(self.row(&field, "request", refused));
            }
            if !rows.is_empty() {
                tables.push(table("", None, place, rows, call.line));
            }
        }
    }

    /// Whether the call lists fields of a form.
    pub(super) fn has_form_fields(&self) -> bool {
        self.call.parameters.iter().any(|parameter| parameter.place == client::Place::Form)
    }

    /// A parameter with a type that its place can hold; one that cannot is refused.
    fn field(&self, parameter: &Parameter, refused: &mut Vec<Refusal>) -> Option<Field> {
        let (call, place) = (self.call, parameter.place);
        let Some(field) = self.attribute(&parameter.attribute) else {
            if place == client::Place::Query {
                return Some(self.untyped(parameter));
            }
            let why = format!("`{}` is not an attribute of the request", parameter.attribute);
            refused.push(self.refusal(format!("{}: {why}", call.id)));
            return None;
        };
        if place == client::Place::Form {
            return Some(field.clone());
        }
        // What means nothing is refused as a row.
        if types::read(&field.type_text).is_err() {
            return Some(field.clone());
        }
        let Some(type_text) = self.in_url(field, place) else {
            let Field { name, type_text, .. } = field;
            let why = format!("`{name}` is `{type_text}`, which only a body can be");
            refused.push(self.refusal(format!("{}: {why}; it was left out", call.id)));
            return None;
        };
        Some(Field { type_text, ..field.clone() })
    }

    /// A parameter that the client sends, and that the class of the request does not have: a text, or a list of them.
    fn untyped(&self, parameter: &Parameter) -> Field {
        let type_text = if parameter.is_list { "list[str]" } else { "str" };
        Field {
            attribute: parameter.attribute.clone(),
            name: parameter.name.clone(),
            type_text: type_text.to_owned(),
            required: false,
            text: String::new(),
            line: self.call.line,
        }
    }

    /// The type of a field where it stands in a URL or a header: a plain value; in a query, also a list of these or a
    /// map of both.
    fn in_url(&self, field: &Field, place: client::Place) -> Option<String> {
        let text = field.type_text.as_str();
        let plain = |text: &str| self.plain(&field.name, text);
        let list = |text: &str| {
            let item = text.strip_prefix("list[")?.strip_suffix(']')?;
            Some(format!("list[{}]", plain(item)?))
        };
        let map = |text: &str| {
            let (_, value) = text.strip_prefix("dict(")?.strip_suffix(')')?.split_once(',')?;
            let value = value.trim();
            Some(format!("dict(str, {})", plain(value).or_else(|| list(value))?))
        };
        let is_query = place == client::Place::Query;
        plain(text).or_else(|| is_query.then(|| list(text).or_else(|| map(text))).flatten())
    }

    /// A type as that of a plain value. What may be anything is a text there. A class with one field that is called
    /// like the parameter is a name for the value of this field, since a URL has no objects.
    fn plain(&self, name: &str, text: &str) -> Option<String> {
        let found = types::read(text).ok()?;
        let Some(model) = found.model.as_deref() else {
            return match found.text.as_str() {
                "Object" if text == "object" => Some("str".to_owned()),
                "Object" | "Array" | "File" => None,
                other => (!other.contains('<')).then(|| text.to_owned()),
            };
        };
        let model = self.model(model).filter(|model| text == model.name)?;
        match model.fields.as_slice() {
            _ if !model.values.is_empty() => Some(text.to_owned()),
            [only] if only.name == name && types::read(&only.type_text).ok()?.model.is_none() => {
                self.plain(name, &only.type_text)
            }
            _ => None,
        }
    }

    /// A field of the request; those of a form are fields of its body.
    fn attribute(&self, name: &str) -> Option<&Field> {
        let find = |model: &'_ Model| model.fields.iter().position(|field| field.attribute == name);
        let request = self.request()?;
        if let Some(position) = find(request) {
            return request.fields.get(position);
        }
        let attribute = self.call.body.as_deref().filter(|_| self.call.is_form)?;
        let body = request.fields.iter().find(|field| field.attribute == attribute)?;
        let body = self.model(&body.type_text)?;
        body.fields.get(find(body)?)
    }

    /// Names in the braces of the path that no attribute fills: the client knows project and domain.
    fn implied(&self) -> Vec<Row> {
        let names = self.call.path.split('{').skip(1).filter_map(|part| part.split_once('}'));
        let is_given = |name: &str| {
            let mut path = self.call.parameters.iter().filter(|p| p.place == client::Place::Path);
            path.any(|parameter| parameter.name == name)
        };
        names
            .map(|(name, _)| name)
            .filter(|name| !is_given(name))
            .map(|name| Row { required: Some(true), ..row(name, "String", self.call.line) })
            .collect()
    }
}
