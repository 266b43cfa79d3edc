//! What the stage has to say beside the document. In: claims and refusals as they turn up. Out: the
//! lists of the transcript, each contradiction once.

use std::collections::BTreeMap;

use conventions::pointer::JsonPointer;
use serde_json::Value;

use crate::{
    facts::Refusal,
    transcript::{At, CONTRADICTIONS, Finding, Note, Promotion},
};

/// So many different values of examples are shown in one finding.
const MAX_SHOWN: usize = 4;

/// A contradiction whose place in the document is not known yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) kind: &'static str,
    pub(super) table: Option<String>,
    pub(super) text: Option<String>,
    /// Without the full stop: one finding may show several.
    pub(super) example: Option<String>,
    /// What the page says against itself, as data.
    pub(super) value: Option<Value>,
}

#[derive(Default)]
pub(super) struct Report {
    findings: BTreeMap<(JsonPointer, &'static str, String), Open>,
    pub(super) promotions: Vec<Promotion>,
    pub(super) notes: Vec<Note>,
    refused: Vec<Refusal>,
}

/// A finding that may still get further examples.
struct Open {
    table: Option<String>,
    text: Option<String>,
    examples: Vec<String>,
    more: bool,
    values: Vec<Value>,
    at: At,
}

impl Report {
    pub(super) fn refuse(&mut self, file: &str, line: usize, message: String) {
        self.refused.push(Refusal { file: file.to_owned(), line, message });
    }

    /// Adds a contradiction; one of the same kind at the same place only adds its example.
    pub(super) fn find(&mut self, pointer: &JsonPointer, field: &str, claim: Claim, at: At) {
        let Claim { kind, table, text, example, value } = claim;
        debug_assert!(CONTRADICTIONS.contains(&kind), "`{kind}` is missing in the list");
        let key = (pointer.clone(), kind, field.to_owned());
        let open = self.findings.entry(key).or_insert_with(|| Open {
            table,
            text,
            examples: Vec::new(),
            more: false,
            values: Vec::new(),
            at,
        });
        if let Some(value) = value.filter(|value| !open.values.contains(value)) {
            open.values.push(value);
        }
        if let Some(example) = example.filter(|example| !open.examples.contains(example)) {
            if open.examples.len() < MAX_SHOWN {
                open.examples.push(example);
            } else {
                open.more = true;
            }
        }
    }

    /// Findings by pointer, and refusals by place.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Promotion>, Vec<Note>, Vec<Refusal>) {
        let finding = |((pointer, kind, field), open): ((JsonPointer, &str, String), Open)| {
            let more = if open.more { "; and others" } else { "" };
            let example = Some(open.examples.join("; ")).filter(|text| !text.is_empty());
            let example = example.map(|text| format!("{text}{more}."));
            let sources = [("table", open.table), ("text", open.text), ("example", example)];
            let sources = sources.into_iter();
            let sources = sources.filter_map(|(key, text)| Some((key.to_owned(), text?))).collect();
            let mut values = open.values;
            values.sort_by_key(Value::to_string);
            Finding { pointer, kind: kind.to_owned(), field, sources, values, at: open.at }
        };
        let findings = self.findings.into_iter().map(finding).collect();
        let (mut promotions, mut notes, mut refused) = (self.promotions, self.notes, self.refused);
        promotions.sort();
        promotions.dedup();
        notes.sort();
        notes.dedup();
        refused.sort();
        (findings, promotions, notes, refused)
    }
}
