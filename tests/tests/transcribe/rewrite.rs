//! The real document, rewritten: a change of one value changes only its lines.
//!
//! Many values are changed at a time, each to a unique text, so that the document is rewritten and read a
//! few times instead of once per value; a few are changed alone.

use std::fs;

use codegen::load;
use conformance::repo;
use serde_json::{Value, json};
use transcribe::yaml::rewrite;

/// In each run, one value of as many as there are runs is changed: all of them in the end.
const RUNS: usize = 6;
/// How many values are changed with no other.
const ALONE: usize = 3;
/// Stands in each new value, and nowhere in the document.
const MARK: &str = "another-value-";

/// A document as text and value.
struct Text {
    text: String,
    value: Value,
}

#[test]
fn a_value_that_changes_changes_its_own_lines() {
    let text = fs::read_to_string(repo::root().join("spec/dcs/dcs-v2.yaml")).unwrap();
    let value = load::parse("dcs-v2.yaml", &text).unwrap().value;
    assert_eq!(rewrite(&text, &value, &value).unwrap(), text);
    assert!(!text.contains(MARK));
    let document = Text { text, value };
    let mut pointers = Vec::new();
    leaves(&document.value, String::new(), &mut pointers);
    assert!(pointers.len() > 1000);
    for run in 0..RUNS {
        let changed: Vec<&String> = pointers.iter().skip(run).step_by(RUNS).collect();
        document.changes_only(&changed);
    }
    for pointer in pointers.iter().skip(7).step_by(pointers.len() / ALONE).take(ALONE) {
        document.changes_only(&[pointer]);
    }
}

impl Text {
    /// Gives these places other values, and compares the texts.
    fn changes_only(&self, pointers: &[&String]) {
        let mut new = self.value.clone();
        for (i, pointer) in pointers.iter().enumerate() {
            *new.pointer_mut(pointer).unwrap() = json!(format!("{MARK}{i}."));
        }
        let rewritten = rewrite(&self.text, &self.value, &new).unwrap();
        let mut before: &[&str] = &self.text.lines().collect::<Vec<_>>();
        let mut marks = 0;
        for line in rewritten.lines() {
            let Some((entry, _)) = line.split_once(MARK) else {
                // A line is kept, or it is an empty one at the end of a value that is gone.
                let gone = before.iter().take_while(|old| old.is_empty() && !line.is_empty());
                before = &before[gone.count()..];
                assert_eq!(before.first(), Some(&line), "behind {:?}", pointers[marks - 1]);
                before = &before[1..];
                continue;
            };
            // Several values of a list may share a line.
            for _ in line.matches(MARK) {
                assert!(line.contains(&format!("{MARK}{marks}.")), "{line}: {}", pointers[marks]);
                marks += 1;
            }
            assert!(before[0].starts_with(entry), "{line} in place of {}", before[0]);
            let inside = before[1..].iter().take_while(|old| is_inside(old, entry));
            let inside: Vec<&&str> = inside.collect();
            let empty = inside.iter().rev().take_while(|old| old.is_empty()).count();
            before = &before[1 + inside.len() - empty..];
        }
        assert!(before.iter().all(|old| old.is_empty()), "lost: {before:?}");
        assert_eq!(marks, pointers.len());
        assert!(load::parse("dcs-v2.yaml", &rewritten).unwrap().value == new);
    }
}

/// Whether a line continues the value of an entry, given by what stands in front of the value.
fn is_inside(line: &str, entry: &str) -> bool {
    let key = entry.trim_start_matches([' ', '-']);
    // Behind a dash alone stands what is deeper than the dash.
    let dash = || entry.rfind('-').unwrap_or_default();
    let column = if key.is_empty() { dash() } else { entry.len() - key.len() };
    line.is_empty() || line.len() - line.trim_start().len() > column
}

fn leaves(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                leaves(
                    value,
                    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    pointers,
                );
            }
        }
        Value::Array(list) if !list.is_empty() => {
            for (i, value) in list.iter().enumerate() {
                leaves(value, format!("{at}/{i}"), pointers);
            }
        }
        _ => pointers.push(at),
    }
}
