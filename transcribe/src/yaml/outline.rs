//! YAML text in, where each entry of its block maps and lists stands out. Everything else is a leaf: it
//! is kept or written anew as a whole.

mod build;
mod yaml_text;

use std::collections::BTreeSet;

pub(super) use yaml_text::YamlText;

use super::YamlError;

/// A value and its place, in bytes.
#[derive(Debug)]
pub(super) struct Node {
    /// Where its first entry, or its content, begins.
    pub(super) start: usize,
    /// Behind the last byte that means something; a comment behind it is not part of it.
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// The anchors that are set in it.
    pub(super) anchors: BTreeSet<usize>,
    /// The anchors that are used in it.
    pub(super) aliases: BTreeSet<usize>,
}

impl Node {
    /// Whether text behind it could become part of it.
    pub(super) fn is_open(&self) -> bool {
        match &self.kind {
            Kind::Map { entries, .. } => entries.last().is_some_and(|entry| entry.value.is_open()),
            Kind::List { items, .. } => items.last().is_some_and(|item| item.value.is_open()),
            Kind::Leaf { open } => *open,
        }
    }
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A block map, its keys in one column.
    Map { column: usize, entries: Vec<Entry> },
    /// A block list, its dashes in one column.
    List { column: usize, items: Vec<Item> },
    /// `open` when more text behind it could become part of it.
    Leaf { open: bool },
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Whether the key is in quotes, so that it can be nothing but this text.
    pub(super) is_quoted: bool,
    /// Where the key begins.
    pub(super) start: usize,
    /// Behind the colon.
    pub(super) colon: usize,
    pub(super) value: Node,
}

#[derive(Debug)]
pub(super) struct Item {
    /// Where the dash stands.
    pub(super) start: usize,
    pub(super) value: Node,
}

/// The outline of a text; nothing when there is no value in it.
pub(super) fn outline(source: &YamlText<'_>) -> Result<Option<Node>, YamlError> {
    build::build(source)
}
