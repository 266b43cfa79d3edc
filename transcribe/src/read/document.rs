//! The blocks of a page in, the page out.

use std::collections::BTreeMap;

use crate::facts::{Page, Status, Table};

use super::{
    Log, Problem,
    blocks::{Kind, Paragraph, blocks},
    examples::Examples,
    head::{Head, Title},
    html_table::RawTable,
    layout::{self, Section},
    page_text::PageText,
    places::{self, Context},
    tables,
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
    head: Head,
    here: Here,
    found: Found,
}

/// Where on the page the last block stood, and what waits for the next table.
#[derive(Default)]
struct Here {
    /// Whether the heading of the page was the last block.
    at_title: bool,
    section: Option<Section>,
    heading: String,
    /// Whether the section is one of the older pages, whose parts are called like sections of the newer ones.
    is_older: bool,
    /// The last marker of an answer.
    status: Option<u16>,
    caption: Option<(u32, String)>,
    anchor: Option<String>,
}

/// What was read so far.
#[derive(Default)]
struct Found {
    tables: Vec<Table>,
    statuses: BTreeMap<u16, Status>,
    examples: Examples,
    /// Whether the page has a section of the older layout.
    is_older: bool,
}

impl Reader {
    /// Takes a block; false when the rest of the page is not read.
    fn block(&mut self, line: usize, kind: Kind, log: &mut Log<'_>) -> Result<bool, Problem> {
        let at_title = std::mem::take(&mut self.here.at_title);
        match kind {
            Kind::Heading { level: 1, text } => match &self.head.title {
                Some(title) => {
                    let message = format!(
                        "`{text}` is a second heading of a page (the first is in line {}); the rest is skipped",
                        title.line
                    );
                    log.add(line, message);
                    return Ok(false);
                }
                None => {
                    self.head.title = Some(Title { text, anchor: None, line });
                    self.here.at_title = true;
                }
            },
            Kind::Heading { level: 2, text } => self.section(line, text)?,
            Kind::Heading { text, .. } => self.paragraph(line, text.into(), log),
            Kind::Paragraph(paragraph) => self.paragraph(line, paragraph, log),
            Kind::Anchor(anchor) => match &mut self.head.title {
                _ if anchor.is_empty() => self.here.at_title = at_title,
                Some(title) if at_title => {
                    title.anchor.get_or_insert(anchor);
                    self.here.at_title = true;
                }
                _ => self.here.anchor = Some(anchor),
            },
            Kind::Link(target) => self.head.link(&target),
            Kind::Code(code) => match self.here.section {
                Some(Section::Uri) => self.head.method(line, code.trim_start(), log),
                Some(Section::RequestExamples) => self.found.examples.request(&code, line),
                Some(Section::ResponseExamples) => self.found.examples.response(&code, line),
                _ => {}
            },
            Kind::Table(Ok(table)) => self.table(table, log),
            Kind::Table(Err(problem)) => {
                (self.here.caption, self.here.anchor) = (None, None);
                log.add(problem.line, problem.message);
            }
        }
        Ok(true)
    }

    fn section(&mut self, line: usize, heading: String) -> Result<(), Problem> {
        let older = layout::older(&heading);
        let section = older.unwrap_or_else(|| layout::section(&heading));
        let why = match section {
            Section::English => {
                "the vendor's English pages, which are not read; take the Chinese page"
            }
            _ => "",
        };
        if !why.is_empty() {
            return Err(Problem::new(
                line,
                format!("`{heading}` is a heading of {why}; page refused"),
            ));
        }
        if section == Section::Uri {
            self.head.uri_line = Some(line);
        }
        self.here.heading = heading;
        self.here.is_older = older.is_some();
        self.found.is_older |= self.here.is_older;
        self.enter(section);
        Ok(())
    }

    fn enter(&mut self, section: Section) {
        self.here.section = Some(section);
        self.found.examples.section();
        (self.here.status, self.here.caption, self.here.anchor) = (None, None, None);
    }

    fn paragraph(&mut self, line: usize, paragraph: Paragraph, log: &mut Log<'_>) {
        if let Some(part) = layout::part(&paragraph.text).filter(|_| self.here.is_older) {
            return self.enter(part);
        }
        match layout::marker(&paragraph.text) {
            // Prose may start with the same words.
            Some(marker) if marker.is_ok() || paragraph.strong => {
                return self.marker(line, marker, log);
            }
            _ => {}
        }
        match (self.here.section, layout::caption(&paragraph.text)) {
            (
                Some(Section::Uri | Section::Request | Section::Response | Section::Statuses),
                Some(caption),
            ) => self.here.caption = Some(caption),
            (Some(Section::Introduction), _) if !layout::nothing(&paragraph.text) => {
                self.head.introduction.push(paragraph.text);
            }
            (Some(Section::Uri), _) => self.head.method(line, &paragraph.text, log),
            (Some(Section::RequestExamples | Section::ResponseExamples), _)
                if !paragraph.quoted =>
            {
                self.found.examples.caption(paragraph.text);
            }
            _ => {}
        }
    }

    fn marker(&mut self, line: usize, marker: Result<u16, &str>, log: &mut Log<'_>) {
        if !matches!(self.here.section, Some(Section::Response | Section::ResponseExamples)) {
            return;
        }
        match marker {
            Ok(code) => {
                self.here.status = Some(code);
                self.found.examples.marker(code);
                let status = Status { code, text: None, in_table: false, line };
                self.found.statuses.entry(code).or_insert(status);
            }
            Err(text) => {
                self.here.status = None;
                self.found.examples.section();
                log.add(line, format!("`{text}` is not a status of an answer; marker skipped"));
            }
        }
    }

    fn table(&mut self, table: RawTable, log: &mut Log<'_>) {
        let caption = self.here.caption.take();
        let anchor = self.here.anchor.take();
        let section = self.here.section.unwrap_or(Section::Unknown);
        match section {
            Section::Uri | Section::Request | Section::Response => {}
            Section::Statuses => return self.status_table(table, log),
            Section::Unknown => {
                let message =
                    format!("no table is known below `{}`; table skipped", self.here.heading);
                return log.add(table.line, message);
            }
            _ => return,
        }
        let line = table.line;
        let (method, path) =
            self.head.uri.as_ref().map_or(("", ""), |(method, path, _)| (*method, path.as_str()));
        let untyped = if section == Section::Uri { path } else { "" };
        let Some(rows) = tables::rows(table, untyped, log) else { return };
        let (number, caption) = caption.map_or((None, None), |(n, text)| (Some(n), Some(text)));
        let context = Context {
            section,
            status: self.here.status.unwrap_or_default(),
            is_only_query: self.here.is_older && matches!(method, "GET" | "HEAD"),
            path,
            tables: &self.found.tables,
        };
        let caption_text = caption.clone().unwrap_or_default();
        for (place, rows) in places::parts(caption.as_deref(), rows, &context) {
            let (caption, anchor) = (caption_text.clone(), anchor.clone());
            self.found.tables.push(Table { number, caption, anchor, place, rows, line });
        }
    }

    fn status_table(&mut self, table: RawTable, log: &mut Log<'_>) {
        for status in tables::statuses(table, log) {
            match self.found.statuses.get(&status.code) {
                Some(old) if old.in_table => {
                    let message = format!("the status {} stands twice; row skipped", status.code);
                    log.add(status.line, message);
                }
                _ => drop(self.found.statuses.insert(status.code, status)),
            }
        }
    }

    fn finish(self, log: &mut Log<'_>) -> Result<Page, Problem> {
        let Found { tables, mut statuses, examples, is_older } = self.found;
        let page = self.head.page(log)?;
        if is_older && statuses.is_empty() {
            // Older pages only refer to a list of all statuses there are: any success is one.
            let status = Status { code: 200, text: None, in_table: true, line: page.line };
            statuses.insert(status.code, status);
        }
        let tables = places::answered(tables, &statuses, log);
        let statuses = statuses.into_values().collect();
        Ok(Page { tables, statuses, examples: examples.list, ..page })
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
