//! Keywords of one property: what the page states is taken over, what people wrote beside it stays.

use serde_json::json;

use crate::support::{
    deciders, merged, merged_property, pending, promotion, property, short, transcript, yaml,
};

#[test]
fn what_people_wrote_stays() {
    let text = "{title: T, type: string, description: D., nullable: true, minLength: 1, maxLength: 9, \
                pattern: '^a', example: aa, x-enum-varnames: [A]}";
    let (value, changes) = merged_property(text, "{type: string, maxLength: 9}");
    assert_eq!((value, changes), (yaml(text), vec![]));
}

#[test]
fn where_a_service_is_called_is_for_people_to_say() {
    let stated = |url: &str| {
        let mut document = property("{type: string}");
        document["servers"] = json!([{"url": url}]);
        document
    };
    let transcript = transcript(stated("https://lib.{region}.example"));
    for document in [stated("https://ours.example"), property("{type: string}")] {
        let merge = merged(&document, &transcript);
        assert_eq!((&merge.document, merge.findings.len()), (&document, 0));
    }
}

#[test]
fn bounds_are_added_where_documents_have_them_and_changed() {
    let (value, changes) = merged_property(
        "{type: integer, description: D., maximum: 5, example: 1, x-note: x}",
        "{type: integer, format: int32, minimum: 0, maximum: 9, default: 1}",
    );
    assert_eq!(
        value.to_string(),
        r#"{"type":"integer","format":"int32","description":"D.","minimum":0,"maximum":9,"default":1,"example":1,"x-note":"x"}"#
    );
    assert_eq!(
        changes,
        [
            "a: added format \"int32\"",
            "a: added minimum 0",
            "a: changed maximum 5 -> 9",
            "a: added default 1"
        ]
    );
}

#[test]
fn numbers_are_equal_when_their_values_are() {
    let text = "{type: number, minimum: 2, enum: [1, 2.0]}";
    assert_eq!(merged_property(text, "{type: number, minimum: 2.0, enum: [1.0, 2]}").1, [""; 0]);
}

#[test]
fn an_exclusive_bound_of_whole_numbers_is_an_inclusive_one() {
    let page = "{type: integer, minimum: 0, exclusiveMinimum: true}";
    assert_eq!(merged_property("{type: integer, minimum: 1}", page).1, [""; 0]);
    assert_eq!(merged_property("{type: integer}", page).1, ["a: added minimum 1"]);
}

#[test]
fn no_bound_is_as_good_as_one_that_bounds_nothing() {
    assert_eq!(merged_property("{type: string}", "{type: string, minLength: 0}").1, [""; 0]);
}

#[test]
fn that_a_field_is_a_secret_is_not_stated() {
    assert_eq!(merged_property("{type: string}", "{type: string, format: password}").1, [""; 0]);
    assert_eq!(merged_property("{type: string, format: password}", "{type: string}").1, [""; 0]);
}

#[test]
fn a_list_is_satisfied_by_either_kind_and_an_open_one_may_have_more() {
    let page = "{type: string, enum: [a, b]}";
    for document in [
        "{type: string, enum: [b, a]}",
        "{type: string, x-extensible-enum: [b, a]}",
        "{type: string, x-extensible-enum: [a, c, b]}",
    ] {
        assert_eq!(merged_property(document, page).1, [""; 0], "{document}");
    }
    let page = "{type: string, x-extensible-enum: [a, b]}";
    assert_eq!(merged_property("{type: string, enum: [a, b]}", page).1, [""; 0]);
}

#[test]
fn values_are_added_and_never_removed() {
    let (value, changes) = merged_property(
        "{type: string, x-extensible-enum: [a, c], x-enum-descriptions: [A., C.]}",
        "{type: string, enum: [a, b, c]}",
    );
    assert_eq!(
        value,
        yaml("{type: string, x-extensible-enum: [a, b, c], x-enum-descriptions: [A., C.]}")
    );
    assert_eq!(changes, [r#"a: changed x-extensible-enum ["a","c"] -> ["a","b","c"]"#]);
    let (value, changes) =
        merged_property("{type: string, enum: [a, x]}", "{type: string, enum: [a]}");
    assert_eq!(value, yaml("{type: string, enum: [a, x]}"));
    assert_eq!(changes, ["a/enum: gone from page: value `x`"]);
    let kept = "{type: string, enum: [a, x], x-errata: [{id: r, about: [{fact: absent-values, page: x}], table: Lists a and x., decision: D., reason: R.}]}";
    let merge = merged(&property(kept), &transcript(property("{type: string, enum: [a]}")));
    assert_eq!((short(&merge), deciders(&merge)), (vec![], vec!["value `x` by r".to_owned()]));
}

#[test]
fn a_new_list_brings_the_name_of_its_type() {
    let (value, changes) =
        merged_property("{type: string, description: D.}", "{title: T, type: string, enum: [a]}");
    assert_eq!(
        value.to_string(),
        r#"{"title":"T","type":"string","description":"D.","enum":["a"]}"#
    );
    assert_eq!(changes, [r#"a: added enum ["a"]"#]);
}

#[test]
fn a_list_says_more_than_lengths() {
    let page = "{type: string, minLength: 1, maxLength: 9, pattern: '^a'}";
    assert_eq!(merged_property("{type: string, x-extensible-enum: [a]}", page).1, [""; 0]);
    let page = "{type: integer, minimum: 0, maximum: 9}";
    assert_eq!(merged_property("{type: integer, enum: [0, 9]}", page).1, [""; 0]);
    assert_eq!(merged_property("{type: integer, enum: [0, 10]}", page).1, ["a: added maximum 9"]);
}

#[test]
fn what_comes_from_prose_is_satisfied_by_less() {
    for (keyword, page, document) in [
        ("pattern", "{type: string, pattern: '^[0-9]$'}", "{type: string, pattern: '^.$'}"),
        ("pattern", "{type: string, pattern: '^[0-9]$'}", "{type: string, format: date}"),
        ("pattern", "{type: string, pattern: '^[0-9]$'}", "{type: string, enum: [a]}"),
        ("maxLength", "{type: string, maxLength: 5}", "{type: string, pattern: '^.{3}$'}"),
        ("enum", "{type: string, enum: [a]}", "{type: string, enum: [b, a]}"),
        ("enum", "{type: string, enum: [a]}", "{type: string, pattern: '^a$'}"),
        ("format", "{type: string, format: date-time}", "{type: string, pattern: '^.$'}"),
    ] {
        let mut transcript = transcript(property(page));
        transcript.promotions = vec![promotion(keyword)];
        assert_eq!(short(&merged(&property(document), &transcript)), [""; 0], "{document}");
    }
    let mut transcript = transcript(property("{type: string, maxLength: 5}"));
    transcript.promotions = vec![promotion("maxLength")];
    assert_eq!(
        short(&merged(&property("{type: string, maxLength: 4}"), &transcript)),
        ["a: changed maxLength 4 -> 5"]
    );
}

#[test]
fn a_row_decides_about_the_fact_and_the_value_that_it_names() {
    let document = |about: &str, decision: &str| {
        let mut document = property("{type: string, maxLength: 64}");
        document["components"]["schemas"]["Body"]["properties"]["a"]["x-errata"] = yaml(&format!(
            "[{{id: x, about: [{about}], table: 9 characters., decision: {decision}, reason: R.}}]"
        ));
        document
    };
    let page = transcript(property("{type: string, maxLength: 9}"));
    let decided = merged(&document("{fact: maxLength, page: 9}", "D."), &page);
    assert_eq!((short(&decided), deciders(&decided)), (vec![], vec!["maxLength by x".to_owned()]));
    // What the row says in prose counts for nothing.
    for about in ["{fact: minLength, page: 9}", "{fact: type, page: integer}", "meaning"] {
        let merge = merged(&document(about, "D."), &page);
        assert_eq!(short(&merge), ["a: changed maxLength 64 -> 9"], "{about}");
    }
    // A row that knows another value leaves it to people.
    let merge = merged(&document("{fact: maxLength, page: 8}", "D."), &page);
    assert_eq!(short(&merge), [""; 0]);
    assert_eq!(pending(&merge), [("body-a-max-length".to_owned(), true)]);
    let waits = merged(&document("{fact: maxLength, page: 9}", "pending"), &page);
    assert_eq!((short(&waits), pending(&waits)), (vec![], vec![("x".to_owned(), false)]));
}

#[test]
fn another_type_is_not_hidden_by_a_row_that_has_its_words() {
    let mut document = property("{type: string, maxLength: 64}");
    document["components"]["schemas"]["Body"]["properties"]["a"]["x-errata"] = yaml(
        "[{id: x, about: [{fact: maxLength, page: 60}], table: 64 is an integer., decision: D., reason: R.}]",
    );
    let merge = merged(&document, &transcript(property("{type: integer, format: int32}")));
    assert_eq!(short(&merge), [r#"a: changed type "string" -> "integer""#]);
}

#[test]
fn another_type_replaces_the_shape_and_nothing_else() {
    let (value, changes) = merged_property(
        "{type: string, format: date, description: D., nullable: true, x-note: N}",
        "{type: array, items: {type: integer, format: int32}}",
    );
    assert_eq!(
        value.to_string(),
        r#"{"type":"array","description":"D.","nullable":true,"items":{"type":"integer","format":"int32"},"x-note":"N"}"#
    );
    assert_eq!(changes, [r#"a: changed type "string" -> "array""#]);
}

#[test]
fn a_reference_is_wrapped_when_people_wrote_something() {
    for (ours, expected) in [
        (
            "{type: string, description: D.}",
            r##"{"description":"D.","allOf":[{"$ref":"#/components/schemas/Ours"}]}"##,
        ),
        ("{type: string}", r##"{"$ref":"#/components/schemas/Ours"}"##),
    ] {
        // The other property tells that `Theirs` is what the document calls `Ours`.
        let of = |name: &str, schema: &str| {
            let mut document = property(schema);
            let schemas = &mut document["components"]["schemas"];
            schemas["Body"]["properties"]["b"] =
                json!({"$ref": format!("#/components/schemas/{name}")});
            schemas[name] = json!({"type": "object", "properties": {"c": {"type": "string"}}});
            document
        };
        let page = transcript(of("Theirs", "{$ref: '#/components/schemas/Theirs'}"));
        let merge = merged(&of("Ours", ours), &page);
        assert_eq!(short(&merge), [r#"a: changed type "string" -> "object""#]);
        assert_eq!(
            merge.document["components"]["schemas"]["Body"]["properties"]["a"].to_string(),
            expected
        );
    }
}

#[test]
fn what_people_describe_freely_is_not_compared() {
    let text = "{description: D., oneOf: [{type: string}, {type: integer}]}";
    let (value, changes) = merged_property(text, "{type: string, maxLength: 3}");
    assert_eq!((value, changes), (yaml(text), vec![]));
}
