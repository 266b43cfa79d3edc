//! What holds for any document and any transcript: merging twice is merging once, a transcript merged into
//! itself says nothing new, and nothing that people wrote is lost.

use std::collections::BTreeSet;

use proptest::{prelude::*, test_runner::Config};
use serde_json::Value;
use transcribe::{
    merge::{self, Merge, Outcome, Problem},
    transcript::Transcript,
};

use crate::arbitrary::{document, transcript};

/// How often a text occurs as a value.
fn count(value: &Value, text: &str) -> usize {
    match value {
        Value::Object(map) => map.values().map(|value| count(value, text)).sum(),
        Value::Array(list) => list.iter().map(|value| count(value, text)).sum(),
        Value::String(known) => usize::from(known == text),
        _ => 0,
    }
}

/// What was applied, and what got a row.
fn news(merge: &Merge) -> Vec<String> {
    let is_new = |finding: &&merge::Finding| match &finding.outcome {
        Outcome::Applied(_) => true,
        Outcome::Open(waiting) => waiting.as_ref().is_some_and(|waiting| waiting.is_new),
        Outcome::Left { .. } => false,
    };
    let news = merge.findings.iter().filter(is_new);
    news.map(|finding| format!("{}: {finding}", finding.place)).collect()
}

proptest! {
    #![proptest_config(Config::with_cases(400))]

    #[test]
    fn merging_twice_is_merging_once(document in document(), transcript in transcript()) {
        let once = merge::into(&document, &transcript).unwrap();
        let twice = merge::into(&once.document, &transcript).unwrap();
        prop_assert_eq!(news(&twice), Vec::<String>::new(), "first: {:?}", news(&once));
        prop_assert_eq!(&twice.document, &once.document);
    }

    #[test]
    fn a_transcript_in_itself_is_nothing_new(transcript in transcript()) {
        let transcript = Transcript { findings: Vec::new(), ..transcript };
        let merge = merge::into(&transcript.document, &transcript).unwrap();
        prop_assert_eq!(&merge.document, &transcript.document);
        let is_gone = |finding: &merge::Finding| matches!(finding.problem, Problem::Gone(_));
        prop_assert!(merge.findings.iter().all(is_gone), "{:?}", merge.findings);
    }

    #[test]
    fn nothing_that_people_wrote_is_lost(document in document(), transcript in transcript()) {
        let merge = merge::into(&document, &transcript).unwrap();
        for text in ["Ours.", "The page lacks it."] {
            prop_assert!(count(&merge.document, text) >= count(&document, text));
        }
    }

    #[test]
    fn operations_stay_what_they_are(document in document(), transcript in transcript()) {
        let merge = merge::into(&document, &transcript).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let merged = &merge.document["paths"][path][method]["operationId"];
                prop_assert_eq!(merged, &operation["operationId"]);
            }
        }
    }

    #[test]
    fn the_order_of_what_is_stated_does_not_matter(
        document in document(),
        transcript in transcript(),
    ) {
        let turned = Transcript {
            document: turned(&transcript.document),
            findings: transcript.findings.iter().rev().cloned().collect(),
            ..transcript.clone()
        };
        let one = merge::into(&document, &transcript).unwrap();
        let other = merge::into(&document, &turned).unwrap();
        prop_assert_eq!(sorted(&one.document), sorted(&other.document));
        let by_text = |merge: &Merge| news(merge).into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(by_text(&one), by_text(&other));
    }
}

/// The same with its keys in the other order.
fn turned(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter().rev().map(|(key, value)| (key.clone(), turned(value))).collect(),
        ),
        Value::Array(list) => list.iter().map(turned).collect(),
        other => other.clone(),
    }
}

/// The same with required names sorted.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let sort = |(key, value): (&String, &Value)| {
                let mut value = sorted(value);
                if let ("required", Value::Array(list)) = (key.as_str(), &mut value) {
                    list.sort_by_key(Value::to_string);
                }
                (key.clone(), value)
            };
            Value::Object(map.iter().map(sort).collect())
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
