//! What holds for any pages: the order of files means nothing, pointers lead somewhere, nothing panics.

use proptest::prelude::*;
use serde_json::Value;
use transcribe::facts::{Constraints, Page, Place, Prose, Row, Table};

use crate::builders::{answer_example, page, request_example, resolve, status, table};

/// Words that types, captions and descriptions of pages are made of, and nonsense.
const TYPES: &[&str] = &[
    "String",
    "Integer",
    "Long",
    "Float",
    "Boolean",
    "Object",
    "Array of strings",
    "Array",
    "Array<Object>",
    "Map<String,String>",
    "Tag object",
    "Array of Tag objects",
    "File",
    "Tag",
    "?",
];
const PROSE: &[&str] = &[
    "甲",
    "取值范围：1-9",
    "长度不超过9个字符",
    "默认值：5",
    "格式为HH:mm",
    "取值为a或b",
    "该参数为必选",
    "此值为null",
    "取值范围：",
    "a：甲",
    "b",
    "最小值为",
    "[9,1]",
    "“",
    "¤为",
];
const ANCHORS: &[&str] =
    &["request_Tag", "response_Tag", "response_Tag_1", "request_Body", "nowhere", "x"];
const NAMES: &[&str] =
    &["id", "name", "tags", "password", "-", "[数组元素]", "{自定义key}", "a/b~c", ""];
const NUMBERS: &[&str] = &["0", "1", "9", "-1", "1.5", "x", "", "99999999999999999999", "NaN"];

fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_owned)
}

fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(0.3, word(words))
}

fn constraints() -> impl Strategy<Value = Constraints> {
    let number = || maybe(NUMBERS);
    let values = proptest::collection::vec(word(NUMBERS), 0..3);
    (number(), number(), number(), number(), number(), values).prop_map(
        |(min_length, max_length, minimum, maximum, default, values)| Constraints {
            min_length,
            max_length,
            minimum,
            maximum,
            default,
            values,
        },
    )
}

fn row() -> impl Strategy<Value = Row> {
    let piece = (word(PROSE), any::<bool>()).prop_map(|(text, item)| Prose { text, item });
    let prose = proptest::collection::vec(piece, 0..4);
    (word(NAMES), any::<Option<bool>>(), word(TYPES), maybe(ANCHORS), prose, constraints())
        .prop_map(|(name, required, type_text, type_anchor, prose, constraints)| Row {
            name,
            required,
            type_text,
            type_anchor,
            prose,
            constraints,
            line: 20,
        })
}

fn tables() -> impl Strategy<Value = Vec<Table>> {
    let place = prop_oneof![
        Just(Place::QueryParameters),
        Just(Place::HeaderParameters),
        Just(Place::FormParameters),
        Just(Place::UrlencodedForm),
        Just(Place::RequestBody),
        Just(Place::ResponseBody { status: 200 }),
        Just(Place::ResponseBody { status: 400 }),
        Just(Place::ResponseHeaders { status: 200 }),
        any::<bool>().prop_map(|answer| Place::Schema { answer }),
    ];
    let rows = proptest::collection::vec(row(), 0..4);
    let one =
        (place, maybe(ANCHORS), word(NAMES), rows).prop_map(|(place, anchor, caption, rows)| {
            Table { caption, ..table(place, anchor.as_deref(), rows) }
        });
    proptest::collection::vec(one, 0..6)
}

const BODIES: &[&str] = &[
    "{}",
    "[]",
    "1",
    "{\"id\": 1, \"tags\": [{\"id\": null}]}",
    "{\"password\": \"x\"",
    "{\"a/b~c\": {}}",
];

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let one = (proptest::sample::select(&["A", "B", "C"][..]), tables(), word(BODIES));
    let one = one.prop_map(|(operation, tables, body)| {
        let mut made = page(operation);
        made.tables.extend(tables);
        made.statuses.push(status(400));
        let url = "https://{host}/v2/{project_id}/a?id=1&limit=x";
        made.examples.push(request_example(Some(("POST", url)), Some(&body)));
        made.examples.push(answer_example(None, &body));
        made.examples.push(answer_example(Some(400), &body));
        made
    });
    proptest::collection::vec(one, 0..4)
}

/// Every reference of a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_exist(pages in pages()) {
        let made = resolve(&pages);
        let findings = made.findings.iter().map(|finding| &finding.pointer);
        let promotions = made.promotions.iter().map(|promotion| &promotion.pointer);
        let notes = made.untranscribed.iter().map(|note| &note.pointer);
        for pointer in findings.chain(promotions).chain(notes) {
            prop_assert!(pointer.get(&made.document).is_some(), "{pointer}");
        }
        let mut targets = Vec::new();
        references(&made.document, &mut targets);
        for target in targets {
            let pointer = target.strip_prefix('#').unwrap_or_default();
            prop_assert!(made.document.pointer(pointer).is_some(), "{target}");
        }
    }

    #[test]
    fn the_order_of_files_means_nothing(mut pages in pages()) {
        // Two pages of one operation in one file would have no order.
        for (i, page) in pages.iter_mut().enumerate() {
            page.file = format!("{i}.md");
        }
        let made = resolve(&pages);
        pages.reverse();
        prop_assert_eq!(made, resolve(&pages));
    }
}
