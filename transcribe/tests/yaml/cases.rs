//! Texts rewritten: what is equal keeps its bytes, what changed is written in our layout, and what is
//! read from the result is the new value. `serde_yaml` reads, as it does for the project.

use serde_json::{Value, json};
use transcribe::yaml::{YamlError, rewrite, write};

fn read(text: &str) -> Value {
    let yaml: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    serde_json::to_value(yaml).unwrap()
}

/// Rewrites a text after a change of its value, and checks what is read from the result.
#[track_caller]
fn changed(text: &str, change: impl FnOnce(&mut Value)) -> String {
    let old = read(text);
    let mut new = old.clone();
    change(&mut new);
    let rewritten = rewrite(text, &old, &new).unwrap();
    assert_eq!(read(&rewritten), new, "{rewritten}");
    rewritten
}

const TEXT: &str = "\
# The head.

openapi: 3.0.3   # of the format
info: {title: A, version: v1}  # in one line
paths:

  # The only path.
  /a:
    get:
      description: >-
        Folded by
        hand.

      tags:
      - one
      # Before the second.
      - 'two'   # behind it
      x: |+
        kept

    # At the end.
tail: \"quoted
  twice\"
# The foot.
";

#[test]
fn what_is_equal_keeps_its_bytes() {
    assert_eq!(changed(TEXT, |_| {}), TEXT);
}

#[test]
fn a_scalar_changes_alone_and_keeps_its_comment() {
    let text = changed(TEXT, |v| v["openapi"] = json!("3.1.0"));
    assert_eq!(text, TEXT.replace("openapi: 3.0.3   #", "openapi: 3.1.0   #"));
    let text = changed(TEXT, |v| v["paths"]["/a"]["get"]["tags"][1] = json!("3.0"));
    assert_eq!(text, TEXT.replace("- 'two'   # behind it", "- \"3.0\"   # behind it"));
}

#[test]
fn a_flow_collection_is_written_anew_as_a_whole() {
    let text = changed(TEXT, |v| v["info"]["version"] = json!("v2"));
    assert_eq!(
        text,
        TEXT.replace(
            "info: {title: A, version: v1}  # in one line\n",
            "# in one line\ninfo:\n  title: A\n  version: v2\n"
        )
    );
}

#[test]
fn new_keys_follow_their_predecessor() {
    let text = changed(TEXT, |v| {
        let get = v["paths"]["/a"]["get"].as_object_mut().unwrap();
        let mut new = serde_json::Map::new();
        new.insert("operationId".to_owned(), json!("A"));
        for (key, value) in std::mem::take(get) {
            new.insert(key.clone(), value);
            if key == "description" {
                new.insert("deprecated".to_owned(), json!(true));
            }
        }
        new.insert("x-source".to_owned(), json!({"page": "A", "tables": [1, 2]}));
        *get = new;
    });
    let expected = TEXT
        .replace("      description: >-", "      operationId: A\n      description: >-")
        .replace("        hand.\n\n", "        hand.\n      deprecated: true\n\n")
        .replace(
            "        kept\n\n    # At",
            "        kept\n\n      x-source:\n        page: A\n        tables:\n          - 1\n          - 2\n    # At",
        );
    assert_eq!(text, expected);
}

#[test]
fn what_is_removed_leaves_the_comments_around_it() {
    let text = changed(TEXT, |v| {
        v["paths"]["/a"]["get"]["tags"].as_array_mut().unwrap().remove(0);
        v.as_object_mut().unwrap().shift_remove("tail");
    });
    let expected = TEXT
        .replace("      - one\n      # Before the second.\n", "      # Before the second.\n")
        .replace("tail: \"quoted\n  twice\"\n", "");
    assert_eq!(text, expected);
}

#[test]
fn comments_never_become_text_of_what_is_written_in_front_of_them() {
    let text = "a: |\n b\nc:\n    d: 1\n    # deep\ne: 2\n";
    assert_eq!(
        changed(text, |v| {
            v.as_object_mut().unwrap().shift_remove("c");
        }),
        "a: |\n b\n# deep\ne: 2\n"
    );
    let long = "word ".repeat(30);
    let text = changed("a: 1\n       # deep\nb: 2\n", |v| v["a"] = json!(long.trim()));
    assert!(text.ends_with("word\n# deep\nb: 2\n"), "{text}");
}

#[test]
fn each_layout_of_a_list_can_grow_and_shrink() {
    for (text, expected) in [
        ("- a\n- b\n", "- x\n- b\n- c: 1\n  d:\n    - 2\n"),
        ("k:\n- a\n- b\n", "k:\n- x\n- b\n- c: 1\n  d:\n    - 2\n"),
        (
            "k:\n   -   a\n   -\n     b\n",
            "k:\n   - x\n   -\n     b\n   - c: 1\n     d:\n       - 2\n",
        ),
        ("- - a\n  - b\n", "- - x\n  - b\n  - c: 1\n    d:\n      - 2\n"),
        ("-\n  - a # c\n  - b\n", "-\n  - x # c\n  - b\n  - c: 1\n    d:\n      - 2\n"),
    ] {
        let text = changed(text, |v| {
            let list = match v {
                Value::Object(map) => &mut map["k"],
                list if list[0].is_array() => &mut list[0],
                list => list,
            };
            list[0] = json!("x");
            list.as_array_mut().unwrap().push(json!({"c": 1, "d": [2]}));
        });
        assert_eq!(text, expected);
    }
    assert_eq!(changed("a:\n  - 1 # one\nb: 2\n", |v| v["a"] = json!([])), "a: [] # one\nb: 2\n");
    assert_eq!(changed("a:\nb: ~\n", |v| v["a"] = json!({"c": {}})), "a:\n  c: {}\nb: ~\n");
}

#[test]
fn anchors_that_go_away_are_written_out() {
    let text = "a: &x {b: 1}\nc: *x\nd: &y 2\ne: *y\nf: [*x]\n";
    let old = json!({"a": {"b": 1}, "c": {"b": 1}, "d": 2, "e": 2, "f": [{"b": 1}]});
    let mut new = old.clone();
    new["a"]["b"] = json!(3);
    let rewritten = rewrite(text, &old, &new).unwrap();
    assert_eq!(rewritten, "a:\n  b: 3\nc:\n  b: 1\nd: &y 2\ne: *y\nf:\n  - b: 1\n");
    new["a"]["b"] = json!(1);
    new["e"] = json!(4);
    assert_eq!(rewrite(text, &old, &new).unwrap(), text.replace("e: *y", "e: 4"));
}

#[test]
fn odd_texts() {
    // Windows line ends, a byte order mark, no line break at the end, a document marker, a key with a mark.
    assert_eq!(changed("a: 1\r\nb: 2\r\n", |v| v["a"] = json!([1])), "a:\r\n  - 1\r\nb: 2\r\n");
    assert_eq!(
        rewrite("\u{feff}a: 1", &json!({"a": 1}), &json!({"a": 2})).unwrap(),
        "\u{feff}a: 2"
    );
    assert_eq!(changed("a: |\n  é", |v| v["b"] = json!(1)), "a: é\nb: 1");
    assert_eq!(changed("---\na: 1\n...\n", |v| v["a"] = json!(2)), "---\na: 2\n...\n");
    assert_eq!(changed("? a\n: 1\nb: 2\n", |v| v["b"] = json!(3)), "a: 1\nb: 3\n");
    assert_eq!(changed("# c\n{\"a\": 1}\n", |v| v["a"] = json!(2)), "# c\na: 2\n");
    assert_eq!(rewrite("# c", &Value::Null, &json!({"a": 1})).unwrap(), "# c\na: 1\n");
    assert_eq!(changed("'200': a\n", |v| v["200"] = json!("b")), "'200': b\n");
}

#[test]
fn what_cannot_be_rewritten_is_refused() {
    let mismatch = rewrite("a:\n  b: 1\n", &json!({"a": {"b": 1, "c": 2}}), &json!({"a": {}}));
    assert_eq!(
        mismatch.unwrap_err().to_string(),
        "line 2: the text does not say what was read from it: 1 keys, not 2; read it again"
    );
    let several = rewrite("a: 1\n---\nb: 2\n", &json!({"a": 1}), &json!({"a": 2}));
    assert_eq!(several.unwrap_err(), YamlError::Several { line: 2 });
    let bad = rewrite("a: [\n", &json!({"a": 1}), &json!({"a": 2}));
    assert!(matches!(bad.unwrap_err(), YamlError::Syntax { .. }));
    let deep = rewrite(&"- ".repeat(300), &json!(1), &json!(2)).unwrap_err();
    assert_eq!(deep, YamlError::TooDeep { line: 1, max: 200 });
}

#[test]
fn a_new_document_is_written_in_our_layout() {
    let words = "word ".repeat(30);
    let value = json!({
        "openapi": "3.0.3",
        "paths": {"/v2/{project_id}/a": {"get": {"responses": {"200": {"description": "Fine."}}}}},
        "components": {"schemas": {"A": {
            "description": format!("{}\n\nSecond: `b`.", words.trim()),
            "allOf": [{"$ref": "#/components/schemas/B"}],
            "pattern": "[a-z]+",
            "enum": ["3.0", "02:00:00", "true", "no", "16:00-17:00", "+0800", "a: b", "`x` is", "2017-07-18", "0x1f",
                "plain text", "0402ea19-5457", "1e3", "", " a", "-", "#", "dcs.single_node"],
            "default": 1.5,
            "example": {},
            "nullable": null
        }}}
    });
    let expected = r##"openapi: 3.0.3
paths:
  /v2/{project_id}/a:
    get:
      responses:
        "200":
          description: Fine.
components:
  schemas:
    A:
      description: >-
        word word word word word word word word word word word word word word word word word word word word
        word word word word word word word word word word


        Second: `b`.
      allOf:
        - $ref: "#/components/schemas/B"
      pattern: "[a-z]+"
      enum:
        - "3.0"
        - "02:00:00"
        - "true"
        - "no"
        - "16:00-17:00"
        - "+0800"
        - "a: b"
        - "`x` is"
        - "2017-07-18"
        - "0x1f"
        - plain text
        - 0402ea19-5457
        - "1e3"
        - ""
        - " a"
        - "-"
        - "#"
        - dcs.single_node
      default: 1.5
      example: {}
      nullable: null
"##;
    assert_eq!(write(&value), expected);
    assert_eq!(read(expected), value);
}
