//! The parser's events, read into an outline. The parser says where keys and values begin; dashes,
//! colons and the ends of block scalars are looked up in the text.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::{Entry, Item, Kind, Node, YamlText};
use crate::yaml::YamlError;

/// Deeper texts are refused, so that reading them needs no deep stack.
const MAX_DEPTH: usize = 200;

pub(super) fn build(source: &YamlText<'_>) -> Result<Option<Node>, YamlError> {
    let mut builder = Builder { source, parser: Parser::new_from_str(source.text), ahead: None };
    let mut root = None;
    loop {
        let (event, span) = builder.next()?;
        match event {
            Event::DocumentStart(_) if root.is_some() => {
                return Err(YamlError::Several { line: span.start.line() });
            }
            Event::StreamEnd => return Ok(root),
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event => root = Some(builder.node(event, span, 0, 0)?),
        }
    }
}

struct Builder<'s, 't> {
    source: &'s YamlText<'t>,
    parser: Parser<'t, StrInput<'t>>,
    ahead: Option<(Event<'t>, Span)>,
}

impl<'t> Builder<'_, 't> {
    fn next(&mut self) -> Result<(Event<'t>, Span), YamlError> {
        if let Some(event) = self.ahead.take() {
            return Ok(event);
        }
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(syntax(&error)),
            // The parser ends with an event, so this is not reached; to say so costs nothing.
            None => Err(YamlError::Syntax { line: 1, message: "it ends too early".to_owned() }),
        }
    }

    /// Reads one value. `from` is a place behind everything that was read before it.
    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        from: usize,
        depth: usize,
    ) -> Result<Node, YamlError> {
        if depth > MAX_DEPTH {
            return Err(YamlError::TooDeep { line: span.start.line(), max: MAX_DEPTH });
        }
        let start = self.source.byte(span.start.index());
        match event {
            Event::Alias(id) => {
                let mut node = leaf(start, self.source.byte(span.end.index()));
                node.aliases.insert(id);
                Ok(node)
            }
            Event::Scalar(_, style, anchor, _) => Ok(self.scalar(style, anchor, span, from)),
            Event::MappingStart(anchor, tag) => {
                let is_block = !self.source.slice(start, start + 1).starts_with('{');
                let node = self.map(from, is_block, depth)?;
                Ok(marked(node, start, anchor, tag.is_some()))
            }
            Event::SequenceStart(anchor, tag) => {
                let is_block = !self.source.slice(start, start + 1).starts_with('[');
                let node = self.list(from, is_block, depth)?;
                Ok(marked(node, start, anchor, tag.is_some()))
            }
            _ => Ok(leaf(start, start)),
        }
    }

    fn scalar(&self, style: ScalarStyle, anchor: usize, span: Span, from: usize) -> Node {
        let (start, end) =
            (self.source.byte(span.start.index()), self.source.byte(span.end.index()));
        let mut node = match style {
            // A value that is not there stands right behind its colon or dash.
            ScalarStyle::Plain if start == end && anchor == 0 => leaf(from, from),
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_scalar(from, start, end),
            ScalarStyle::Plain => leaf(start, end),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                leaf(start, self.source.behind_quotes(start).unwrap_or(end))
            }
        };
        if anchor != 0 {
            node.anchors.insert(anchor);
        }
        node
    }

    /// A block scalar ends where its text ends; blank lines belong to it when its header says so.
    fn block_scalar(&self, from: usize, start: usize, end: usize) -> Node {
        let rest = self.source.slice(from, self.source.text.len());
        let line = rest.split(['\n', '\r']).next().unwrap_or(rest);
        let header =
            line.split_whitespace().find(|word| word.starts_with(['|', '>'])).unwrap_or("");
        let whole = self.source.slice(start, end);
        // The indentation of what follows is not part of it; blanks at the end of its last line are.
        let text = match whole.rfind('\n').map(|at| whole.split_at(at + 1)) {
            Some((text, indentation)) if indentation.trim().is_empty() => text,
            _ => whole,
        };
        let mut last = start + without_blank_lines(text).len();
        if text.trim().is_empty() {
            // Nothing but blank lines: it is its header, and those that the header keeps.
            last = from + line.trim_end().len();
            if header.contains('+') {
                let behind = self.source.slice(from + line.len(), self.source.text.len());
                let blank = behind.len() - behind.trim_start().len();
                let kept = behind.get(..blank).unwrap_or_default();
                let kept = kept.get(..kept.rfind('\n').unwrap_or(0)).unwrap_or_default();
                last = from + line.len() + kept.len();
            }
        } else if header.contains('+') {
            let kept = text.strip_suffix('\n').unwrap_or(text);
            last = start + kept.strip_suffix('\r').unwrap_or(kept).len();
        }
        let mut node = leaf(start.min(last), last);
        // Without a line break at its end, text behind it would change it.
        node.kind = Kind::Leaf { open: !text.ends_with('\n') && !header.contains('-') };
        node
    }

    fn map(&mut self, from: usize, is_block: bool, depth: usize) -> Result<Node, YamlError> {
        let mut node = leaf(from, from);
        let (mut entries, mut column, mut is_regular, mut at) = (Vec::new(), None, is_block, from);
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                at = self.closed(at, span);
                break;
            }
            let key = simple_key(&event);
            let key_node = self.node(event, span, at, depth + 1)?;
            let colon = self.colon(&key_node).filter(|_| is_regular);
            let here = self.source.before(key_node.start).chars().count();
            is_regular &= key.is_some() && colon.is_some() && *column.get_or_insert(here) == here;
            let behind = colon.unwrap_or(key_node.end);
            absorb(&mut node, &key_node);
            let (event, span) = self.next()?;
            let value = self.node(event, span, behind, depth + 1)?;
            absorb(&mut node, &value);
            at = value.end.max(behind);
            if let (Some((key, is_quoted)), true) = (key, is_regular) {
                entries.push(Entry { key, is_quoted, start: key_node.start, colon: behind, value });
            }
        }
        node.end = at;
        if let (true, Some(column), Some(first)) = (is_regular, column, entries.first()) {
            node.start = first.start;
            node.kind = Kind::Map { column, entries };
        }
        Ok(node)
    }

    /// Behind the bracket of a collection that has one; else behind its last value.
    fn closed(&self, at: usize, span: Span) -> usize {
        let bracket = self.source.byte(span.start.index());
        if span.is_empty() { at } else { bracket + 1 }
    }

    /// Behind the colon of a key that needs no mark of its own.
    fn colon(&self, key: &Node) -> Option<usize> {
        if self.source.before(key.start).trim_end().ends_with('?') {
            return None;
        }
        let rest = self.source.slice(key.end, self.source.text.len());
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(spaces..)?.starts_with(':').then_some(key.end + spaces + 1)
    }

    fn list(&mut self, from: usize, is_block: bool, depth: usize) -> Result<Node, YamlError> {
        let mut node = leaf(from, from);
        let (mut items, mut column, mut is_regular, mut at) = (Vec::new(), None, is_block, from);
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                at = self.closed(at, span);
                break;
            }
            let dash = if is_block { self.source.skip_blank(at) } else { at };
            let here = self.source.before(dash).chars().count();
            is_regular &=
                self.source.slice(dash, dash + 1) == "-" && *column.get_or_insert(here) == here;
            let behind = if is_regular { dash + 1 } else { at };
            let value = self.node(event, span, behind, depth + 1)?;
            absorb(&mut node, &value);
            at = value.end.max(behind);
            items.push(Item { start: dash, value });
        }
        node.end = at;
        if let (true, Some(column), Some(first)) = (is_regular, column, items.first()) {
            node.start = first.start;
            node.kind = Kind::List { column, items };
        }
        Ok(node)
    }
}

/// A text up to its last line that is not blank, without the line break.
fn without_blank_lines(text: &str) -> &str {
    let mut text = text;
    while let Some(at) = text.rfind('\n') {
        if text.get(at..).is_some_and(|line| !line.trim().is_empty()) {
            return text;
        }
        text = text.get(..at).unwrap_or_default();
    }
    if text.trim().is_empty() { "" } else { text.strip_suffix('\r').unwrap_or(text) }
}

fn leaf(start: usize, end: usize) -> Node {
    let kind = Kind::Leaf { open: false };
    Node { start, end, kind, anchors: BTreeSet::new(), aliases: BTreeSet::new() }
}

/// A map or list with an anchor or tag in front of it is kept or written anew as a whole.
fn marked(mut node: Node, start: usize, anchor: usize, is_tagged: bool) -> Node {
    if anchor != 0 {
        node.anchors.insert(anchor);
    }
    if anchor != 0 || is_tagged {
        node.start = start;
        node.kind = Kind::Leaf { open: false };
    }
    node
}

fn absorb(node: &mut Node, inner: &Node) {
    node.anchors.extend(&inner.anchors);
    node.aliases.extend(&inner.aliases);
}

/// The text of a key that is one scalar without anchor or tag, and whether it is in quotes.
fn simple_key(event: &Event<'_>) -> Option<(String, bool)> {
    match event {
        Event::Scalar(text, ScalarStyle::Plain, 0, None) if !text.is_empty() => {
            Some((text.to_string(), false))
        }
        Event::Scalar(text, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, 0, None) => {
            Some((text.to_string(), true))
        }
        _ => None,
    }
}

fn syntax(error: &ScanError) -> YamlError {
    YamlError::Syntax { line: error.marker().line(), message: error.info().to_owned() }
}
