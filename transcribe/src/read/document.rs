//! The blocks of a page in, the page out.

use std::collections::BTreeMap;

use crate::facts::{Origin, Page, Status, Table};

use super::{
    Log, Problem,
    blocks::{Kind, Paragraph, blocks},
    examples::Examples,
    html_table::RawTable,
    layout::{self, Section},
    page_text::PageText,
    places::{self, Context},
    tables, uri,
};

/// Reads a page, or says why it is none; what is skipped goes to the log.
pub(super) fn page(source: &PageText<'_>, log: &mut Log<'_>) -> Result<Page, Problem> {
    let mut reader = Reader::default();
    for block in blocks(source) {
        if !reader.block(block.line, block.kind, log)? {
            break;
        }
    }
    reader.finish(log)
}

#[derive(Default)]
struct Reader {
    title: Option<Title>,
    /// Whether the heading of the page was the last block.
    at_title: bool,
    section: Option<Section>,
    heading: String,
    uri_line: Option<usize>,
    introduction: Vec<String>,
    /// Method, path and line.
    uri: Option<(&'static str, String, usize)>,
    product: Option<String>,
    api: Option<String>,
    tables: Vec<Table>,
    statuses: BTreeMap<u16, Status>,
    examples: Examples,
    /// The last marker of an answer.
    status: Option<u16>,
    caption: Option<(u32, String)>,
    anchor: Option<String>,
}

struct Title {
    text: String,
    anchor: Option<String>,
    line: usize,
}

impl Reader {
    /// Takes a block; false when the rest of the page is not read.
    fn block(&mut self, line: usize, kind: Kind, log: &mut Log<'_>) -> Result<bool, Problem> {
        let at_title = std::mem::take(&mut self.at_title);
        match kind {
            Kind::Heading { level: 1, text } => match &self.title {
                Some(title) => {
                    let message = format!(
                        "`{text}` is a second heading of a page (the first is in line {}); the rest is skipped",
                        title.line
                    );
                    log.add(line, message);
                    return Ok(false);
                }
                None => {
                    self.title = Some(Title { text, anchor: None, line });
                    self.at_title = true;
                }
            },
            Kind::Heading { level: 2, text } => self.section(line, text)?,
            Kind::Heading { text, .. } => self.paragraph(line, text.into(), log),
            Kind::Paragraph(paragraph) => self.paragraph(line, paragraph, log),
            Kind::Anchor(anchor) => match &mut self.title {
                _ if anchor.is_empty() => self.at_title = at_title,
                Some(title) if at_title => {
                    title.anchor.get_or_insert(anchor);
                    self.at_title = true;
                }
                _ => self.anchor = Some(anchor),
            },
            Kind::Link(target) => self.link(&target),
            Kind::Code(code) => match self.section {
                Some(Section::Uri) => self.method(line, code.trim_start(), log),
                Some(Section::RequestExamples) => self.examples.request(&code, line),
                Some(Section::ResponseExamples) => self.examples.response(&code, line),
                _ => {}
            },
            Kind::Table(Ok(table)) => self.table(table, log),
            Kind::Table(Err(problem)) => {
                (self.caption, self.anchor) = (None, None);
                log.add(problem.line, problem.message);
            }
        }
        Ok(true)
    }

    fn section(&mut self, line: usize, heading: String) -> Result<(), Problem> {
        let section = layout::section(&heading);
        let why = match section {
            Section::English => {
                "the vendor's English pages, which are not read; take the Chinese page"
            }
            Section::ByHand => "the vendor's older pages, which are not read",
            _ => "",
        };
        if !why.is_empty() {
            return Err(Problem::new(
                line,
                format!("`{heading}` is a heading of {why}; page refused"),
            ));
        }
        if section == Section::Uri {
            self.uri_line = Some(line);
        }
        self.section = Some(section);
        self.heading = heading;
        self.examples.section();
        (self.status, self.caption, self.anchor) = (None, None, None);
        Ok(())
    }

    fn paragraph(&mut self, line: usize, paragraph: Paragraph, log: &mut Log<'_>) {
        match layout::marker(&paragraph.text) {
            // Prose may start with the same words.
            Some(marker) if marker.is_ok() || paragraph.strong => {
                return self.marker(line, marker, log);
            }
            _ => {}
        }
        match (self.section, layout::caption(&paragraph.text)) {
            (
                Some(Section::Uri | Section::Request | Section::Response | Section::Statuses),
                Some(caption),
            ) => self.caption = Some(caption),
            (Some(Section::Introduction), _) if !layout::nothing(&paragraph.text) => {
                self.introduction.push(paragraph.text);
            }
            (Some(Section::Uri), _) => self.method(line, &paragraph.text, log),
            (Some(Section::RequestExamples | Section::ResponseExamples), _)
                if !paragraph.quoted =>
            {
                self.examples.caption(paragraph.text);
            }
            _ => {}
        }
    }

    fn marker(&mut self, line: usize, marker: Result<u16, &str>, log: &mut Log<'_>) {
        if !matches!(self.section, Some(Section::Response | Section::ResponseExamples)) {
            return;
        }
        match marker {
            Ok(code) => {
                self.status = Some(code);
                self.examples.marker(code);
                let status = Status { code, text: None, in_table: false, line };
                self.statuses.entry(code).or_insert(status);
            }
            Err(text) => {
                self.status = None;
                self.examples.section();
                log.add(line, format!("`{text}` is no status of an answer; marker skipped"));
            }
        }
    }

    /// Takes method and path from the first text that has them.
    fn method(&mut self, line: usize, text: &str, log: &mut Log<'_>) {
        let Some((method, rest)) = layout::method(text).filter(|_| self.uri.is_none()) else {
            return;
        };
        match uri::path(rest) {
            Some(path) => self.uri = Some((method, path, line)),
            None => log.add(line, format!("`{}` is no path", rest.trim())),
        }
    }

    fn link(&mut self, target: &str) {
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

    fn table(&mut self, table: RawTable, log: &mut Log<'_>) {
        let caption = self.caption.take();
        let anchor = self.anchor.take();
        let section = self.section.unwrap_or(Section::Unknown);
        match section {
            Section::Uri | Section::Request | Section::Response => {}
            Section::Statuses => return self.status_table(table, log),
            Section::Unknown => {
                let message = format!("no table is known below `{}`; table skipped", self.heading);
                return log.add(table.line, message);
            }
            _ => return,
        }
        let line = table.line;
        let Some(rows) = tables::rows(table, log) else { return };
        let (number, caption) = caption.map_or((None, None), |(n, text)| (Some(n), Some(text)));
        let context = Context {
            section,
            status: self.status.unwrap_or_default(),
            path: self.uri.as_ref().map_or("", |(_, path, _)| path),
            tables: &self.tables,
        };
        let place = match places::place(caption.as_deref(), &rows, &context) {
            Ok(place) => place,
            Err(message) => return log.add(line, message),
        };
        let caption = caption.unwrap_or_default();
        self.tables.push(Table { number, caption, anchor, place, rows, line });
    }

    fn status_table(&mut self, table: RawTable, log: &mut Log<'_>) {
        for status in tables::statuses(table, log) {
            match self.statuses.get(&status.code) {
                Some(old) if old.in_table => {
                    let message = format!("the status {} stands twice; row skipped", status.code);
                    log.add(status.line, message);
                }
                _ => drop(self.statuses.insert(status.code, status)),
            }
        }
    }

    fn finish(self, log: &mut Log<'_>) -> Result<Page, Problem> {
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
        let tables = places::answered(self.tables, &self.statuses, log);
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
            tables,
            statuses: self.statuses.into_values().collect(),
            examples: self.examples.list,
        })
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
