//! A table as HTML in, its rows of cells out.

use super::{
    Problem,
    cell::{Cell, CellBuilder},
    html::{Token, tokens},
    page_text::PageText,
};

/// A table of either kind, before anything is made of its words.
#[derive(Debug, Default)]
pub(super) struct RawTable {
    pub(super) line: usize,
    pub(super) head: Option<RawRow>,
    pub(super) rows: Vec<RawRow>,
    /// Rows that are skipped.
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug, Default)]
pub(super) struct RawRow {
    pub(super) line: usize,
    pub(super) cells: Vec<Cell>,
}

/// Reads the table that starts at `start` and must end before `limit`. The second value is where reading
/// goes on.
pub(super) fn read(
    source: &PageText<'_>,
    start: usize,
    limit: usize,
) -> (Result<RawTable, Problem>, usize) {
    let line = source.line(start);
    let mut reader = Reader {
        source,
        start,
        table: RawTable { line, ..RawTable::default() },
        depth: 0,
        row: None,
        cell: None,
    };
    for token in tokens(&source.text[start..limit]) {
        if let Some(end) = reader.token(token) {
            return (reader.finish(), start + end);
        }
    }
    (Err(Problem::new(line, "`<table>` is not closed; table skipped")), limit)
}

struct Reader<'a> {
    source: &'a PageText<'a>,
    start: usize,
    table: RawTable,
    /// Tables that are open.
    depth: usize,
    row: Option<OpenRow>,
    cell: Option<OpenCell>,
}

struct OpenRow {
    row: RawRow,
    /// Why the row is skipped.
    broken: Option<Problem>,
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    tag: String,
    text: CellBuilder,
    /// The tags that are open, but for those that need no end, and how many items were open before.
    open: Vec<(String, usize)>,
    strong: usize,
    items: usize,
}

impl Reader<'_> {
    /// Takes a token; the end of the table comes back.
    fn token(&mut self, token: Token) -> Option<usize> {
        match token {
            Token::Text(text) => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push(&text, cell.strong > 0);
                }
            }
            Token::Open { tag, at, href, .. } => self.open(&tag, at, href),
            Token::Close { tag, at, end } => {
                self.close(&tag, at);
                if self.depth == 0 {
                    return Some(end);
                }
            }
        }
        None
    }

    fn open(&mut self, tag: &str, at: usize, href: Option<String>) {
        if tag == "table" {
            self.depth += 1;
        }
        match (tag, self.depth, &mut self.cell) {
            ("tr", 1, _) => {
                self.end_row(at, Some("tr"));
                let row = RawRow { line: self.line(at), cells: Vec::new() };
                self.row = Some(OpenRow { row, broken: None });
            }
            ("td" | "th", 1, _) => {
                self.end_cell(at, None);
                match self.row {
                    Some(_) => {
                        self.cell = Some(OpenCell { tag: tag.to_owned(), ..Default::default() })
                    }
                    None => {
                        self.problem(at, format!("`<{tag}>` stands outside of a row; cell skipped"))
                    }
                }
            }
            (_, _, Some(cell)) => cell.open(tag, href.as_deref()),
            _ => {}
        }
    }

    fn close(&mut self, tag: &str, at: usize) {
        match (tag, self.depth) {
            ("table", 0 | 1) => {
                self.end_row(at, Some("tr"));
                self.depth = 0;
            }
            ("tr", 1) => self.end_row(at, None),
            ("td" | "th", 1) => self.end_cell(at, Some(tag)),
            _ => {
                self.depth -= usize::from(tag == "table");
                let closed = self.cell.as_mut().is_none_or(|cell| cell.close(tag));
                if !closed {
                    self.broken(at, format!("`</{tag}>` closes nothing"));
                }
            }
        }
    }

    /// Ends the row, if there is one; `unclosed` is the tag that should have been closed before.
    fn end_row(&mut self, at: usize, unclosed: Option<&str>) {
        self.end_cell(at, None);
        if let (Some(_), Some(tag)) = (&self.row, unclosed) {
            self.broken(at, format!("`<{tag}>` is not closed"));
        }
        let first = self.table.head.is_none() && self.table.problems.is_empty();
        match self.row.take() {
            Some(OpenRow { broken: Some(problem), .. }) => self.table.problems.push(problem),
            Some(OpenRow { row, broken: None }) if first => self.table.head = Some(row),
            Some(OpenRow { row, broken: None }) => self.table.rows.push(row),
            None => {}
        }
    }

    /// Ends the cell, if there is one, by the end tag that is there.
    fn end_cell(&mut self, at: usize, tag: Option<&str>) {
        match (self.cell.take(), tag) {
            (Some(cell), _) => {
                if tag != Some(&cell.tag) {
                    self.broken(at, format!("`<{}>` is not closed", cell.tag));
                } else if let Some((open, _)) = cell.open.last() {
                    self.broken(at, format!("`<{open}>` is not closed"));
                }
                let item = cell.items > 0;
                if let Some(row) = &mut self.row {
                    row.row.cells.push(cell.text.finish(item));
                }
            }
            (None, Some(tag)) => self.broken(at, format!("`</{tag}>` closes nothing")),
            (None, None) => {}
        }
    }

    /// Notes that the row cannot be read; the first reason is kept.
    fn broken(&mut self, at: usize, message: String) {
        let problem = Problem::new(self.line(at), format!("{message}; row skipped"));
        if let Some(row) = &mut self.row {
            row.broken.get_or_insert(problem);
        }
    }

    fn problem(&mut self, at: usize, message: String) {
        self.table.problems.push(Problem::new(self.line(at), message));
    }

    fn line(&self, at: usize) -> usize {
        self.source.line(self.start + at)
    }

    fn finish(self) -> Result<RawTable, Problem> {
        if self.table.head.is_some() {
            return Ok(self.table);
        }
        let why = self.table.problems.into_iter().next();
        Err(match why {
            Some(problem) => {
                Problem::new(problem.line, format!("{}; so is its table", problem.message))
            }
            None => Problem::new(self.table.line, "the table has no row; table skipped"),
        })
    }
}

impl OpenCell {
    fn open(&mut self, tag: &str, href: Option<&str>) {
        if let Some(target) = href {
            self.text.link(target);
        }
        if is_block(tag) {
            self.text.end(self.items > 0);
        }
        match tag {
            "br" | "img" | "hr" | "wbr" | "input" | "p" => {}
            "li" => self.items += 1,
            "strong" | "b" => {
                self.text.split();
                self.strong += 1;
                self.open.push((tag.to_owned(), self.items));
            }
            _ => self.open.push((tag.to_owned(), self.items)),
        }
    }

    /// Whether there was something to close.
    fn close(&mut self, tag: &str) -> bool {
        if is_block(tag) {
            self.text.end(self.items > 0);
        }
        match tag {
            "br" | "p" => return true,
            "li" => {
                let open = self.items > 0;
                self.items = self.items.saturating_sub(1);
                return open;
            }
            _ => {}
        }
        let Some((_, items)) = self.open.pop_if(|(open, _)| open == tag) else { return false };
        self.items = items;
        if matches!(tag, "strong" | "b") {
            self.text.split();
            self.strong -= 1;
        }
        true
    }
}

/// Whether text in front of the tag and behind it are two pieces.
fn is_block(tag: &str) -> bool {
    const BLOCKS: [&str; 20] = [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "br",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "hr",
        "blockquote",
        "h3",
        "h4",
        "h5",
        "h6",
    ];
    BLOCKS.contains(&tag)
}
