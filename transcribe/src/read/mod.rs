//! A page's text in, its facts out, or why they cannot be read.
//!
//! text (decoded, with line numbers) → blocks (Markdown, with tables of both kinds as rows of cells) →
//! page (sections, captions, statuses, examples). Only `files` touches the disk.

mod blocks;
mod cell;
mod constraints;
mod document;
mod examples;
mod files;
mod head;
mod html;
mod html_table;
mod layout;
pub mod package;
mod page_text;
mod pipe_table;
mod places;
mod request_line;
mod tables;
mod uri;

pub use files::files;
pub use page_text::MAX_BYTES;

use crate::facts::{Page, Refusal};

/// What came of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Nothing when the whole page is refused.
    pub page: Option<Page>,
    /// In the order of their lines; may be filled beside a page, of which only these parts are missing.
    pub refused: Vec<Refusal>,
}

/// Reads one page.
///
/// `file` is only for messages. The operation is the anchor of the heading; where that is a number of a
/// topic and no name of an operation (`svc_02_0042`), it is the `api=` of the link to the explorer, if
/// there is one. A page is refused when it is larger than [`MAX_BYTES`], is no UTF-8, or lacks an anchor of
/// the heading, a section `URI` or a line of method and path in it. Tables, rows and markers that cannot be
/// read are skipped, each with a refusal.
pub fn page(file: &str, bytes: &[u8]) -> Reading {
    let mut log = Log { file, refused: Vec::new() };
    let page = page_text::decode(bytes)
        .and_then(|source| document::page(&source, &mut log))
        .map_err(|problem| log.add(problem.line, problem.message))
        .ok();
    log.refused.sort();
    Reading { page, refused: log.refused }
}

/// The refusals of one file.
struct Log<'a> {
    file: &'a str,
    refused: Vec<Refusal>,
}

impl Log<'_> {
    fn add(&mut self, line: usize, message: impl Into<String>) {
        self.refused.push(Refusal { file: self.file.to_owned(), line, message: message.into() });
    }
}

/// Why something is not read, and where.
#[derive(Debug)]
struct Problem {
    line: usize,
    message: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}
