//! A text, the value it was read from and another value in; the text of the other value out.
//!
//! Both values are walked along the text's outline. What is equal is copied; what changed is written
//! anew; keys that are new follow the key that precedes them in the new value.

mod pieces;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    YamlError,
    align::{Step, align},
    emit,
    outline::{Entry, Item, Kind, Node, YamlText, outline},
};
use pieces::{Inner, Pieces};

/// Rewrites a text so that it says `new`.
///
/// Entries that are equal in both values keep their bytes, comments and layout; so do comments outside of
/// entries that changed, and the order of keys. An anchor that goes away is written out where it was
/// used.
///
/// # Errors
/// When the text is no YAML, holds several documents, or is not the one that `old` was read from.
pub fn rewrite(text: &str, old: &Value, new: &Value) -> Result<String, YamlError> {
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let source = YamlText::new(body);
    let root = outline(&source)?;
    if old == new {
        return Ok(text.to_owned());
    }
    let Some(root) = root else { return Ok(format!("{mark}{}", anew(&source, new))) };
    let mut written_out = BTreeSet::new();
    loop {
        let mut walk =
            Walk { source: &source, written_out: &written_out, dropped: BTreeSet::new() };
        let rewritten = walk.document(&root, old, new)?;
        let lost: BTreeSet<usize> = walk.dropped.intersection(&root.aliases).copied().collect();
        if lost.is_subset(&written_out) {
            return Ok(format!("{mark}{rewritten}"));
        }
        written_out.extend(lost);
    }
}

/// The comments in front of a document, and all of its value written anew.
fn anew(source: &YamlText<'_>, new: &Value) -> String {
    let is_comment = |line: &&str| line.trim().is_empty() || line.starts_with('#');
    let head: String = source.text.split_inclusive('\n').take_while(is_comment).collect();
    let gap = if head.is_empty() || head.ends_with('\n') { "" } else { "\n" };
    let text = format!("{gap}{}", emit::write(new));
    format!("{head}{}", source.line_breaks(text))
}

struct Walk<'s, 't> {
    source: &'s YamlText<'t>,
    /// Anchors that no longer exist, so that their uses are written out.
    written_out: &'s BTreeSet<usize>,
    /// Anchors of what is written anew or removed.
    dropped: BTreeSet<usize>,
}

impl Walk<'_, '_> {
    fn document(&mut self, root: &Node, old: &Value, new: &Value) -> Result<String, YamlError> {
        let end = self.source.text.len();
        Ok(match self.inside(root, old, new)? {
            Some(inner) => {
                let (head, tail) = (
                    self.source.slice(0, root.start),
                    self.source.slice(self.source.behind_comment(root.end), end),
                );
                format!("{head}{}{tail}", inner.text)
            }
            None => {
                self.dropped.extend(&root.anchors);
                anew(self.source, new)
            }
        })
    }

    /// Whether a value can be copied.
    fn is_kept(&self, node: &Node, old: &Value, new: &Value) -> bool {
        old == new && node.aliases.is_disjoint(self.written_out)
    }

    /// The text of a value from its start to its end, when not all of it changes.
    fn inside(
        &mut self,
        node: &Node,
        old: &Value,
        new: &Value,
    ) -> Result<Option<Inner>, YamlError> {
        match (&node.kind, old, new) {
            (Kind::Map { column, entries }, Value::Object(old), Value::Object(new)) => {
                if entries.len() != old.len() {
                    let message = format!("{} keys, not {}", entries.len(), old.len());
                    return Err(self.mismatch(node, message));
                }
                if new.is_empty() {
                    return Ok(None);
                }
                self.map(*column, entries, old, new).map(Some)
            }
            (Kind::List { column, items }, Value::Array(old), Value::Array(new)) => {
                if items.len() != old.len() {
                    let message = format!("{} items, not {}", items.len(), old.len());
                    return Err(self.mismatch(node, message));
                }
                if new.is_empty() {
                    return Ok(None);
                }
                self.list(*column, items, old, new).map(Some)
            }
            (Kind::Map { .. }, other, _) if !other.is_object() => {
                Err(self.mismatch(node, "a map".to_owned()))
            }
            (Kind::List { .. }, other, _) if !other.is_array() => {
                Err(self.mismatch(node, "a list".to_owned()))
            }
            _ => Ok(None),
        }
    }

    fn map(
        &mut self,
        column: usize,
        entries: &[Entry],
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) -> Result<Inner, YamlError> {
        let mut pieces = Pieces::new(self.source, column);
        let added = Added::new(old, new);
        for key in added.after(None) {
            pieces.add(|out| emit::entry(out, key, new.get(key).unwrap_or(&Value::Null), column));
        }
        for (entry, (key, before)) in entries.iter().zip(old) {
            if entry.is_quoted && entry.key != *key {
                return Err(self.mismatch(&entry.value, format!("`{}`, not `{key}`", entry.key)));
            }
            let (start, end) = (entry.start, entry.value.end);
            match new.get(key) {
                None => {
                    self.dropped.extend(&entry.value.anchors);
                    pieces.remove(start, end);
                }
                Some(after)
                    if self.is_kept(&entry.value, before, after) && !entry.value.is_open() =>
                {
                    pieces.keep(start, end);
                }
                Some(after) => match self.inside(&entry.value, before, after)? {
                    Some(inner) => {
                        pieces.change(start, entry.value.start, end, &inner);
                    }
                    None => {
                        self.dropped.extend(&entry.value.anchors);
                        let name = self.source.slice(start, entry.colon);
                        pieces
                            .replace(start, end, |out| emit::named(out, name, key, after, column));
                    }
                },
            }
            for key in added.after(Some(key)) {
                pieces
                    .add(|out| emit::entry(out, key, new.get(key).unwrap_or(&Value::Null), column));
            }
        }
        Ok(pieces.finish())
    }

    fn list(
        &mut self,
        column: usize,
        items: &[Item],
        old: &[Value],
        new: &[Value],
    ) -> Result<Inner, YamlError> {
        let mut pieces = Pieces::new(self.source, column);
        for step in align(old, new) {
            match step {
                Step::Added { new: at } => {
                    pieces.add(|out| emit::item(out, value(new, at), column))
                }
                Step::Removed { old: at } => {
                    let Some(item) = items.get(at) else { continue };
                    self.dropped.extend(&item.value.anchors);
                    pieces.remove(item.start, item.value.end);
                }
                Step::Pair { old: before, new: after } => {
                    let Some(item) = items.get(before) else { continue };
                    let (before, after) = (value(old, before), value(new, after));
                    self.item(&mut pieces, column, item, before, after)?;
                }
            }
        }
        Ok(pieces.finish())
    }

    fn item(
        &mut self,
        pieces: &mut Pieces<'_, '_>,
        column: usize,
        item: &Item,
        old: &Value,
        new: &Value,
    ) -> Result<(), YamlError> {
        let (start, end) = (item.start, item.value.end.max(item.start + 1));
        if self.is_kept(&item.value, old, new) && !item.value.is_open() {
            pieces.keep(start, end);
        } else if let Some(inner) = self.inside(&item.value, old, new)? {
            pieces.change(start, item.value.start, end, &inner);
        } else {
            self.dropped.extend(&item.value.anchors);
            pieces.replace(start, end, |out| emit::item(out, new, column));
        }
        Ok(())
    }

    fn mismatch(&self, node: &Node, message: String) -> YamlError {
        YamlError::Mismatch { line: self.source.line(node.start), message }
    }
}

/// An item that a step names, so that it is there.
fn value(list: &[Value], at: usize) -> &Value {
    list.get(at).unwrap_or(&Value::Null)
}

/// The keys that only the new map has, by the old key that they follow.
struct Added<'m> {
    keys: Vec<(Option<&'m str>, &'m str)>,
}

impl<'m> Added<'m> {
    fn new(old: &Map<String, Value>, new: &'m Map<String, Value>) -> Self {
        let mut previous = None;
        let mut keys = Vec::new();
        for key in new.keys() {
            if old.contains_key(key) {
                previous = Some(key.as_str());
            } else {
                keys.push((previous, key.as_str()));
            }
        }
        Self { keys }
    }

    fn after(&self, key: Option<&str>) -> impl Iterator<Item = &'m str> {
        self.keys.iter().filter(move |(previous, _)| *previous == key).map(|(_, key)| *key)
    }
}
