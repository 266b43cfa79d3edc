//! The first line of a request example. In: a method and a URL as written. Out: findings where they are
//! not those of the page.

use conventions::pointer::JsonPointer;
use serde_json::Value;

use super::{
    super::{
        coerce,
        context::{self, Context, Way},
        field::Field,
        kind::Kind,
        report::{Claim, Report},
    },
    check::Checker,
};
use crate::facts::Place;

impl Context<'_, '_> {
    pub(super) fn request_line(
        &self,
        number: usize,
        method: &str,
        url: &str,
        line: usize,
        report: &mut Report,
    ) {
        let Some(typed_page) = self.typed_pages.get(number) else { return };
        let page = typed_page.page;
        let (at, line) = (context::operation(typed_page), self.at(number, line));
        let (path, query) = split(url);
        let example = match (method == page.method, same_path(&page.path, path)) {
            (true, true) => None,
            (false, true) => Some(format!("Method {method}")),
            (_, false) => Some(format!("`{method} {path}`")),
        };
        if let Some(example) = example {
            let claim = Claim {
                kind: "example-path",
                table: Some(format!("`{} {}`.", page.method, page.path)),
                value: Some(Value::from(format!("{method} {path}"))),
                example: Some(example),
                ..Claim::default()
            };
            report.find(&at, "path", claim, line.clone());
        }
        let parameters = self.query(number);
        for (name, value) in query.split('&').filter(|pair| !pair.is_empty()).map(pair) {
            let Some((field, pointer)) = parameters.iter().find(|(f, _)| f.row.name == name) else {
                let claim = Claim {
                    kind: "example-query",
                    table: Some(format!("No row `{name}`.")),
                    example: Some(format!("Has the parameter `{name}`")),
                    ..Claim::default()
                };
                report.find(&at, name, claim, line.clone());
                continue;
            };
            // A placeholder, or a value that would have to be decoded first.
            if value.is_empty() || value.contains(['{', '%', '<', '$']) {
                continue;
            }
            let leaf = field.kind.leaf();
            let read = coerce::value(leaf, value).unwrap_or_else(|| Value::from(value));
            let read = match field.kind {
                Kind::Array(_) => Value::Array(vec![read]),
                _ => read,
            };
            Checker::new(self, number, Way::Sent, line.clone(), report)
                .parameter(field, &read, pointer);
        }
        for (field, pointer) in parameters.iter().filter(|(field, _)| field.required()) {
            if query.split('&').map(pair).all(|(name, _)| name != field.row.name) {
                let claim = Claim {
                    kind: "example-required",
                    table: Some("Required.".to_owned()),
                    example: Some("Left out".to_owned()),
                    ..Claim::default()
                };
                report.find(pointer, &field.row.name, claim, line.clone());
            }
        }
    }

    /// The query parameters and their places; those of the path stand in front of them.
    fn query(&self, number: usize) -> Vec<(&Field<'_>, JsonPointer)> {
        let Some(typed_page) = self.typed_pages.get(number) else { return Vec::new() };
        let at = context::operation(typed_page).child("parameters");
        let count = typed_page.page.path.matches('{').count();
        let tables =
            typed_page.tables.iter().filter(|fields| fields.table.place == Place::QueryParameters);
        let fields = tables.flat_map(|fields| &fields.fields).enumerate();
        fields.map(|(i, field)| (field, at.child(count + i))).collect()
    }
}

/// The path and the query of a URL whose host may be a placeholder.
fn split(url: &str) -> (&str, &str) {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (before, query) = url.split_once('?').unwrap_or((url, ""));
    let path = before.find('/').and_then(|at| before.get(at..)).unwrap_or_default();
    (path, query)
}

fn pair(text: &str) -> (&str, &str) {
    text.split_once('=').unwrap_or((text, ""))
}

/// Whether a path is one of a template; a placeholder may have any name.
fn same_path(template: &str, path: &str) -> bool {
    let (template, path) = (template.trim_end_matches('/'), path.trim_end_matches('/'));
    let (mut parts, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (parts.next(), found.next()) {
            (None, None) => return true,
            (Some(part), Some(found)) if fits(part, found) => {}
            _ => return false,
        }
    }
}

fn fits(part: &str, found: &str) -> bool {
    let Some((before, after)) = part.split_once('{') else { return part == found };
    let after = after.split_once('}').map_or("", |(_, after)| after);
    let inner = found.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    inner.is_some_and(|inner| {
        let name = inner.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
        let name = name.unwrap_or(inner);
        !name.is_empty() && !name.contains(['{', '}', ' '])
    })
}

#[cfg(test)]
mod tests {
    use super::{same_path, split};

    #[test]
    fn urls_have_a_path_and_a_query() {
        assert_eq!(split("https://{host}/v2/a?b=c"), ("/v2/a", "b=c"));
        assert_eq!(split("/v2/a"), ("/v2/a", ""));
        assert_eq!(split("https://host"), ("", ""));
    }

    #[test]
    fn placeholders_and_values_fit_a_template() {
        let template = "/v2/{project_id}/books/{id}";
        for path in ["/v2/{project_id}/books/{id}", "/v2/0123/books/4/", "/v2/{p}/books/4"] {
            assert!(same_path(template, path), "{path}");
        }
        for path in ["/v2/{p}}/books/4", "/v2/01 /books/4", "/v2/1/book/4", "/v2/1/books", ""] {
            assert!(!same_path(template, path), "{path}");
        }
    }
}
