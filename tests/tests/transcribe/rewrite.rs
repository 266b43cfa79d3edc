//! The real document, rewritten: a change of one value is a change of its lines and no others.

use std::fs;

use codegen::load;
use conformance::repo;
use serde_json::{Value, json};
use transcribe::yaml::rewrite;

/// Every so many values one is changed; all of them would take minutes.
const STEP: usize = 37;

#[test]
fn a_value_that_changes_changes_its_own_lines() {
    let text = fs::read_to_string(repo::root().join("spec/dcs/dcs-v2.yaml")).unwrap();
    let old = load::parse("dcs-v2.yaml", &text).unwrap().value;
    assert_eq!(rewrite(&text, &old, &old).unwrap(), text);
    let mut pointers = Vec::new();
    leaves(&old, String::new(), &mut pointers);
    assert!(pointers.len() > 1000);
    for pointer in pointers.iter().step_by(STEP) {
        let mut new = old.clone();
        *new.pointer_mut(pointer).unwrap() = json!("another-value");
        let rewritten = rewrite(&text, &old, &new).unwrap();
        let (before, after): (Vec<&str>, Vec<&str>) =
            (text.lines().collect(), rewritten.lines().collect());
        let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
        let [line] = after[head..after.len() - tail] else {
            panic!("{pointer}: more than one line is new");
        };
        let (entry, _) = line.rsplit_once("another-value").unwrap();
        let gone = &before[head..before.len() - tail];
        assert!(gone[0].starts_with(entry), "{pointer}: {line} in place of {}", gone[0]);
        let column = line.len() - line.trim_start().len();
        let is_inside =
            |line: &&str| line.is_empty() || line.len() - line.trim_start().len() > column;
        assert!(gone[1..].iter().all(is_inside), "{pointer}: {gone:?}");
        assert_eq!(load::parse("dcs-v2.yaml", &rewritten).unwrap().value, new);
    }
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
