//! Laws of rewriting, for any values and layouts: what is read from the result is the new value, and
//! nothing changes where nothing changed.

use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    prop_assert, prop_assert_eq, prop_assume, proptest,
    test_runner::Config,
};
use serde_json::{Map, Value, json};
use transcribe::yaml::{YamlError, rewrite, write};

/// The value of a text; nothing when it is no YAML, as a text with comments in odd places may be, or
/// when versions of YAML disagree on where its lines end.
fn read(text: &str) -> Option<Value> {
    if text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return None;
    }
    let yaml: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    serde_json::to_value(yaml).ok()
}

/// What some parser somewhere takes for something else.
const ODD: &[&str] = &[
    "",
    " ",
    "~",
    "null",
    "Yes",
    "off",
    "1",
    "-1",
    "1_0",
    "0x1F",
    "0o7",
    "1e3",
    ".5",
    ".inf",
    "3.0",
    "2017-07-18",
    "02:00:00",
    "1:2",
    "---",
    "...",
    "- a",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "[a",
    "{a}",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "%a",
    "@a",
    "`a`",
    "? a",
    "<<",
    "=",
    "a\n",
    "a\n\n",
    "\na",
    "a\nb",
    "a\n\n\nb",
    "a\n b",
    " a\nb",
    "a \nb",
    "a\tb",
    "\ta",
    "\r",
    "a\r\nb",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "é",
    "\u{1f600}",
    "^[0-9]$",
    "\\",
    "a  b",
    "a b ",
];

fn strings() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![proptest::sample::select(ODD).prop_map(str::to_owned), "[ -~]{0,12}", ".{0,8}"];
    prop_oneof![
        word.clone(),
        vec(word.clone(), 0..40).prop_map(|words| words.join(" ")),
        vec(word, 0..6).prop_map(|words| words.join("\n")),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        strings().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let key = prop_oneof!["[a-e]", strings()];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((key, inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// What a value becomes by some small changes.
fn mutated(value: &Value, seeds: &mut impl Iterator<Item = u8>, other: &Value) -> Value {
    let Some(seed) = seeds.next() else { return value.clone() };
    match (value, seed % 5) {
        (_, 0) => other.clone(),
        (Value::Object(map), seed) => {
            let mut new = Map::new();
            if seed == 1 {
                new.insert("added".to_owned(), other.clone());
            }
            for (key, value) in map {
                match seeds.next().unwrap_or(0) % 4 {
                    0 => {}
                    1 => {
                        new.insert(key.clone(), mutated(value, seeds, other));
                        new.insert(format!("{key}+"), other.clone());
                    }
                    2 => {
                        new.insert(key.clone(), mutated(value, seeds, other));
                    }
                    _ => {
                        new.insert(key.clone(), value.clone());
                    }
                }
            }
            Value::Object(new)
        }
        (Value::Array(list), _) => {
            let mut new = Vec::new();
            for value in list {
                match seeds.next().unwrap_or(0) % 4 {
                    0 => {}
                    1 => new.extend([other.clone(), value.clone()]),
                    2 => new.push(mutated(value, seeds, other)),
                    _ => new.push(value.clone()),
                }
            }
            Value::Array(new)
        }
        (other, _) => other.clone(),
    }
}

/// The text with comments and blank lines between its lines.
fn with_comments(text: &str, seeds: &[u8]) -> String {
    let mut out = String::new();
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let column = line.len() - line.trim_start().len();
        match seeds.get(i % seeds.len().max(1)).copied().unwrap_or(9) % 8 {
            0 => out.push('\n'),
            1 => out.push_str(&format!("{:column$}# comment {i}\n", "")),
            2 => out.push_str(&format!("{:1$}# deep comment {i}\n", "", column + 6)),
            _ => {}
        }
        out.push_str(line);
    }
    out
}

proptest! {
    #![proptest_config(Config::with_cases(500))]

    #[test]
    fn what_is_written_is_read_back(value in values()) {
        let text = write(&value);
        prop_assert_eq!(rewrite(&text, &value, &value), Ok(text.clone()));
        prop_assert_eq!(read(&text), Some(value), "{}", text);
    }

    #[test]
    fn nothing_changes_where_nothing_changed(value in values(), seeds in vec(any::<u8>(), 1..20)) {
        for text in [write(&value), serde_yaml::to_string(&value).unwrap(), value.to_string()] {
            let text = with_comments(&text, &seeds);
            let Some(old) = read(&text) else { continue };
            let rewritten = rewrite(&text, &old, &old);
            // One parser refuses comments in places where another takes them.
            if !matches!(rewritten, Err(YamlError::Syntax { .. })) {
                prop_assert_eq!(rewritten, Ok(text));
            }
        }
    }

    #[test]
    fn any_change_is_read_back(
        value in values(),
        other in values(),
        seeds in vec(any::<u8>(), 1..40),
        comments in vec(any::<u8>(), 1..20),
    ) {
        for text in [write(&value), serde_yaml::to_string(&value).unwrap(), value.to_string()] {
            let text = with_comments(&text, &comments);
            let Some(old) = read(&text) else { continue };
            let new = mutated(&old, &mut seeds.iter().copied(), &other);
            let rewritten = rewrite(&text, &old, &new);
            if matches!(rewritten, Err(YamlError::Syntax { .. })) {
                continue;
            }
            prop_assert!(rewritten.is_ok(), "{:?}\n{}", rewritten, text);
            let rewritten = rewritten.unwrap();
            prop_assert_eq!(read(&rewritten), Some(new), "{}\n-----\n{}", text, rewritten);
        }
    }

    #[test]
    fn comments_outside_of_what_changed_survive(
        keys in vec("[a-z]{1,8}", 2..8),
        other in values(),
        at in any::<usize>(),
    ) {
        let mut value = Map::new();
        for key in &keys {
            value.insert(key.clone(), json!({"x": [1, {"y": "text"}], "z": true}));
        }
        prop_assume!(value.len() > 1);
        let text = with_comments(&write(&Value::Object(value)), &[1]);
        let old = read(&text).unwrap();
        let mut new = old.clone();
        let key = keys[at % keys.len()].clone();
        new[&key]["x"][1]["y"] = other;
        let rewritten = rewrite(&text, &old, &new).unwrap();
        for comment in text.lines().filter(|line| line.contains('#')) {
            prop_assert!(rewritten.contains(comment), "{} in {}", comment, rewritten);
        }
        prop_assert_eq!(read(&rewritten), Some(new));
    }
}
