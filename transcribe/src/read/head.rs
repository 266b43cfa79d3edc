//! What stands on a page outside of its tables and examples in: heading, link, method and path. Out: the page that
//! they make, still without tables.

use crate::facts::{Origin, Page};

use super::{Log, Problem, layout, uri};

/// What a page says about its operation.
#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<Title>,
    pub(super) introduction: Vec<String>,
    /// The line of the section that has the method and the path.
    pub(super) uri_line: Option<usize>,
    /// Method, path and line.
    pub(super) uri: Option<(&'static str, String, usize)>,
    product: Option<String>,
    api: Option<String>,
}

/// The heading of a page.
pub(super) struct Title {
    pub(super) text: String,
    pub(super) anchor: Option<String>,
    pub(super) line: usize,
}

impl Head {
    /// Takes method and path from the first text that has them.
    pub(super) fn method(&mut self, line: usize, text: &str, log: &mut Log<'_>) {
        let Some((method, rest)) = layout::method(text).filter(|_| self.uri.is_none()) else {
            return;
        };
        match uri::path(rest) {
            Some(path) => self.uri = Some((method, path, line)),
            None => log.add(line, format!("`{}` is not a path", rest.trim())),
        }
    }

    /// Takes the product and the id from a link to the explorer of interfaces.
    pub(super) fn link(&mut self, target: &str) {
        let Some((_, query)) =
            target.split_once('?').filter(|(url, _)| url.contains("apiexplorer"))
        else {
            return;
        };
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = value.trim();
            let is_word =
                !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
            match key {
                "product" if is_word => self.product.get_or_insert(value.to_owned()),
                "api" if is_word => self.api.get_or_insert(value.to_owned()),
                _ => continue,
            };
        }
    }

    /// The page, or what it lacks.
    pub(super) fn page(self, log: &Log<'_>) -> Result<Page, Problem> {
        let title = self.title.ok_or_else(|| {
            Problem::new(1, "not a page of this layout: it has no heading (`# …`); page refused")
        })?;
        let anchor = title.anchor.ok_or_else(|| {
            let message =
                "not a page of this layout: its heading has no `<a name=\"…\">`; page refused";
            Problem::new(title.line, message)
        })?;
        let uri_line = self.uri_line.ok_or_else(|| {
            Problem::new(
                title.line,
                "not a page of this layout: it has no section `URI`; page refused",
            )
        })?;
        let (method, path, line) = self.uri.ok_or_else(|| {
            let message = "not a page of this layout: no line of method and path stands below `URI`; page refused";
            Problem::new(uri_line, message)
        })?;
        Ok(Page {
            file: log.file.to_owned(),
            operation: self
                .api
                .clone()
                .filter(|_| uri::is_topic(&anchor))
                .unwrap_or_else(|| uri::name(&anchor, method, &path)),
            anchor,
            link: self.api,
            product: self.product,
            title: title.text,
            origin: Origin::Reference,
            introduction: self.introduction,
            method: method.to_owned(),
            path,
            line,
            tables: Vec::new(),
            statuses: Vec::new(),
            examples: Vec::new(),
        })
    }
}
