//! Command lines in the vendor's form: each becomes this request, or this error. The table is `tests/dropin.txt`: a line
//! beginning with `hwc`, then method and path, then the body, if there is one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fs, path::Path};

use huaweicloud_cli::{prepare::prepare, request::Ids};

/// Words as a shell splits them: blanks between, quotes around.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn outcome(line: &str) -> String {
    let mut words = words(line).into_iter().skip(1);
    let (service, operation) = (words.next().unwrap(), words.next().unwrap());
    match prepare(&service, &operation, words.collect()) {
        Err(problem) => format!("! {}", problem.message.replace('\n', "\n! ")),
        Ok(prepared) => {
            let request = prepared.request;
            let mut text = format!("{} {}", request.method(), request.target(Ids::UNKNOWN));
            for (name, value) in &request.headers {
                text.push_str(&format!("\n{name}: {value}"));
            }
            if let Some(body) = &request.body {
                text.push_str(&format!("\n{body}"));
            }
            for hint in prepared.hints {
                text.push_str(&format!("\n# {hint}"));
            }
            text
        }
    }
}

#[test]
fn each_line_of_the_table_becomes_its_request() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dropin.txt");
    let table = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = table.lines().filter(|line| line.starts_with("hwc ")).collect();
    assert!(lines.len() >= 120, "{} lines", lines.len());
    let actual: Vec<String> =
        lines.iter().map(|line| format!("{line}\n{}\n", outcome(line))).collect();
    let actual = actual.join("\n");
    let expected: Vec<&str> = table.split("\n\n").map(str::trim).collect();
    let actual: Vec<&str> = actual.split("\n\n").map(str::trim).collect();
    for (expected, actual) in expected.iter().zip(&actual) {
        assert_eq!(actual, expected);
    }
    assert_eq!(actual.len(), expected.len());
}
