//! A page's Markdown in, a flat list of what stands on it out.
//!
//! A table in HTML is read from the text itself: Markdown would end it at the first empty line.

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::{
    Problem,
    html::{self, Token, tokens},
    html_table::{self, RawTable},
    page_text::PageText,
    pipe_table,
};

#[derive(Debug)]
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Heading {
        level: usize,
        text: String,
    },
    Paragraph(Paragraph),
    /// A place that links can point to.
    Anchor(String),
    /// The target of a link in a paragraph.
    Link(String),
    Code(String),
    Table(Result<RawTable, Problem>),
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether it starts with bold text.
    pub(super) strong: bool,
    /// Whether it stands in a note.
    pub(super) quoted: bool,
}

/// Everything in the order of the page; anchors and links follow the paragraph they stand in.
pub(super) fn blocks(source: &PageText<'_>) -> Vec<Block> {
    let mut builder = Builder { source, limits: limits(&source.text), ..Builder::new(source) };
    let mut events = Parser::new_ext(&source.text, Options::ENABLE_TABLES).into_offset_iter();
    while let Some((event, range)) = events.next() {
        builder.event(event, range, &mut events);
    }
    builder.flush();
    builder.blocks
}

/// Where lines start that cannot stand in a table: it ends there at the latest.
fn limits(text: &str) -> Vec<usize> {
    let mut start = 0;
    let mut limits = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        if ["## ", "**表", "**状态码"].iter().any(|word| words.starts_with(word)) {
            limits.push(start);
        }
        start += line.len();
    }
    limits
}

struct Builder<'a> {
    source: &'a PageText<'a>,
    limits: Vec<usize>,
    blocks: Vec<Block>,
    /// The paragraph or heading that is being read.
    text: Option<Text>,
    quotes: usize,
    /// What starts in front of this is part of a table that is done.
    done: usize,
}

#[derive(Default)]
struct Text {
    start: usize,
    level: usize,
    paragraph: Paragraph,
    anchors: Vec<String>,
    links: Vec<String>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a PageText<'a>) -> Self {
        Self { source, limits: Vec::new(), blocks: Vec::new(), text: None, quotes: 0, done: 0 }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, events: &mut OffsetIter<'_>) {
        match &event {
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes = self.quotes.saturating_sub(1),
            _ => {}
        }
        if range.start < self.done {
            return;
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.start(range.start, level as usize),
            Event::Start(Tag::Paragraph | Tag::Item) => self.start(range.start, 0),
            Event::Start(Tag::CodeBlock(_)) => self.code(range, events),
            Event::Start(Tag::HtmlBlock) => self.html(range),
            Event::Start(Tag::Table(_)) => self.pipes(range, events),
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => self.flush(),
            Event::Start(Tag::Strong) => {
                let text = self.text(range.start);
                text.paragraph.strong |= text.paragraph.text.trim().is_empty();
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.text(range.start).links.push(dest_url.into_string());
            }
            Event::Text(text) | Event::Code(text) => {
                self.text(range.start).paragraph.text.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text(range.start).paragraph.text.push(' ');
            }
            Event::InlineHtml(html) => self.text(range.start).anchors.extend(html::anchors(&html)),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_),
            ) => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, start: usize, level: usize) {
        self.flush();
        self.text = Some(Text { start, level, ..Text::default() });
    }

    /// The text that is being read; an item of a narrow list has no paragraph.
    fn text(&mut self, start: usize) -> &mut Text {
        self.text.get_or_insert_with(|| Text { start, ..Text::default() })
    }

    fn flush(&mut self) {
        let Some(text) = self.text.take() else { return };
        let words: Vec<_> = text.paragraph.text.split_whitespace().collect();
        let words = words.join(" ");
        if text.level > 0 {
            self.push(text.start, Kind::Heading { level: text.level, text: words });
        } else if !words.is_empty() {
            let quoted = self.quotes > 0;
            let paragraph = Paragraph { text: words, quoted, ..text.paragraph };
            self.push(text.start, Kind::Paragraph(paragraph));
        }
        for anchor in text.anchors {
            self.push(text.start, Kind::Anchor(anchor));
        }
        for link in text.links {
            self.push(text.start, Kind::Link(link));
        }
    }

    fn push(&mut self, start: usize, kind: Kind) {
        self.blocks.push(Block { line: self.source.line(start), kind });
    }

    fn code(&mut self, range: Range<usize>, events: &mut OffsetIter<'_>) {
        self.flush();
        let mut code = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.push(range.start, Kind::Code(code));
    }

    fn pipes(&mut self, range: Range<usize>, events: &mut OffsetIter<'_>) {
        self.flush();
        let mut rows = Vec::new();
        for (event, range) in events.by_ref() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(range),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let table = pipe_table::read(self.source, &rows);
        self.push(range.start, Kind::Table(table));
    }

    /// The anchors and tables of a block of HTML; its last table may end far behind it.
    fn html(&mut self, range: Range<usize>) {
        self.flush();
        let source = self.source;
        let mut from = range.start;
        while from < range.end {
            let mut table = None;
            for token in tokens(&source.text[from..range.end]) {
                match token {
                    Token::Open { tag, at, .. } if tag == "table" => {
                        table = Some(from + at);
                        break;
                    }
                    Token::Open { tag, at, name: Some(name), .. } if tag == "a" => {
                        self.push(from + at, Kind::Anchor(name));
                    }
                    _ => {}
                }
            }
            let Some(start) = table else { break };
            let next = self.limits.partition_point(|limit| *limit <= start);
            let limit = self.limits.get(next).copied().unwrap_or(source.text.len());
            let (table, end) = html_table::read(source, start, limit);
            self.push(start, Kind::Table(table));
            from = end;
            self.done = end;
        }
    }
}
