//! Keywords of one property: what the page states is taken over, what people wrote beside it stays.

use serde_json::json;

use crate::support::{
    deciders, lines, merged, merged_property, pending, promotion, property, short, transcript,
    with_body, yaml,
};

#[test]
fn what_people_wrote_stays() {
    let text = "{title: T, type: string, description: D., nullable: true, minLength: 1, maxLength: 9, \
                pattern: '^a', example: aa, x-enum-varnames: [A]}";
    let (value, changes) = merged_property(text, "{type: string, maxLength: 9}");
    assert_eq!(value, yaml(text));
    // It is taken for something that the page had, unless the document says that no page states it.
    assert_eq!(
        changes,
        [
            "a: gone from page: minLength 1",
            "a: gone from page: nullable true",
            r#"a: gone from page: pattern "^a""#
        ]
    );
    let text = text.replace('}', ", x-unstated: {keywords: [nullable, minLength, pattern]}}");
    let (value, changes) = merged_property(&text, "{type: string, maxLength: 9}");
    assert_eq!((value, changes), (yaml(&text), vec![]));
}

#[test]
fn a_keyword_that_is_gone_is_listed_and_stays() {
    for (kind, document, gone) in [
        ("string", "minLength: 2", "minLength 2"),
        ("string", "maxLength: 9", "maxLength 9"),
        ("string", "pattern: '^a$'", r#"pattern "^a$""#),
        ("string", "format: date", r#"format "date""#),
        ("string", "nullable: true", "nullable true"),
        ("string", "default: x", r#"default "x""#),
        ("string", "enum: [x]", r#"values ["x"]"#),
        ("string", "x-extensible-enum: [x]", r#"values ["x"]"#),
        ("integer", "minimum: 0", "minimum 0"),
        ("integer", "maximum: 7", "maximum 7"),
        ("array", "minItems: 1", "minItems 1"),
        ("array", "maxItems: 5", "maxItems 5"),
        ("array", "items: {type: string}", r#"items {"type":"string"}"#),
        (
            "object",
            "additionalProperties: {type: string}",
            r#"additionalProperties {"type":"string"}"#,
        ),
        ("boolean", "default: false", "default false"),
    ] {
        let document = format!("{{type: {kind}, {document}}}");
        let (value, changes) = merged_property(&document, &format!("{{type: {kind}}}"));
        assert_eq!(value, yaml(&document));
        assert_eq!(changes, [format!("a: gone from page: {gone}")], "{document}");
    }
    // That it is a secret is told by its name, and what says nothing cannot be gone.
    for document in ["{type: string, format: password}", "{type: string, nullable: false}"] {
        assert_eq!(merged_property(document, "{type: string}").1, [""; 0], "{document}");
    }
}

#[test]
fn what_no_page_states_is_on_its_list_until_one_does() {
    let document = "{type: string, nullable: true, enum: [a, b, c], \
                    x-unstated: {keywords: [nullable], values: [b, c]}}";
    let same = merged_property(document, "{type: string, enum: [a]}");
    assert_eq!(same, (yaml(document), vec![]));
    let (value, changes) =
        merged_property(document, "{type: string, nullable: true, enum: [a, c]}");
    assert_eq!(value["x-unstated"], yaml("{values: [b]}"));
    assert_eq!(changes, [r#"a: added x-unstated"#]);
    let (value, changes) = merged_property(
        &document.replace(", c]", "]"),
        "{type: string, nullable: true, enum: [a, b]}",
    );
    assert_eq!(value, yaml("{type: string, nullable: true, enum: [a, b]}"));
    assert_eq!(changes, ["a: removed x-unstated"]);
    // What is on the list and not there is forgotten.
    let (value, _) =
        merged_property("{type: string, x-unstated: {keywords: [format]}}", "{type: string}");
    assert_eq!(value, yaml("{type: string}"));
}

#[test]
fn a_row_decides_about_a_keyword_that_is_gone() {
    let document = "{type: string, maxLength: 9, minLength: 1, x-errata: [{id: r, about: [{fact: \
                    absent-keywords, page: maxLength}], table: No length., decision: D., reason: R.}]}";
    let merge = merged(&property(document), &transcript(property("{type: string}")));
    assert_eq!(short(&merge), ["a: gone from page: minLength 1"]);
    assert_eq!(deciders(&merge), ["maxLength 9 by r"]);
}

/// Of two fields that share a schema of the document, one that loses a bound is enough.
#[test]
fn one_place_of_several_that_loses_a_keyword_is_listed() {
    let shared = with_body(
        "{Body: {type: object, x-source: {page: A}, properties: {a: {allOf: [{$ref: '#/components/schemas/Size'}]}, \
         b: {allOf: [{$ref: '#/components/schemas/Size'}]}}}, Size: {type: integer, maximum: 9, x-source: {page: A}}}",
    );
    let page = |a: &str| {
        with_body(&format!(
            "{{Body: {{type: object, x-source: {{page: A}}, properties: {{a: {a}, b: {{type: integer, maximum: 9}}}}}}}}"
        ))
    };
    let both = merged(&shared, &transcript(page("{type: integer, maximum: 9}")));
    assert_eq!(lines(&both), [""; 0]);
    let one = merged(&shared, &transcript(page("{type: integer}")));
    assert_eq!(lines(&one), ["#/components/schemas/Size: gone from page: maximum 9"]);
}

/// With another type, what no page states is asked about again.
#[test]
fn another_type_takes_the_list_with_it() {
    let (value, changes) = merged_property(
        "{type: integer, format: int32, minimum: 1, maximum: 5, x-unstated: {keywords: [format, minimum, maximum]}}",
        "{type: number, format: double, maximum: 9}",
    );
    assert_eq!(value, yaml("{type: number, format: double, minimum: 1, maximum: 9}"));
    assert_eq!(changes, [r#"a: changed type "integer" -> "number""#]);
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
fn a_list_is_satisfied_by_either_kind_and_more_values_are_listed() {
    let page = "{type: string, enum: [a, b]}";
    for document in [
        "{type: string, enum: [b, a]}",
        "{type: string, x-extensible-enum: [b, a]}",
        "{type: string, x-extensible-enum: [a, c, b], x-unstated: {values: [c]}}",
    ] {
        assert_eq!(merged_property(document, page).1, [""; 0], "{document}");
    }
    let more = merged_property("{type: string, x-extensible-enum: [a, c, b]}", page).1;
    assert_eq!(more, ["a/x-extensible-enum: gone from page: value `c`"]);
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
    let document = |text: &str| format!("{{{text}, x-unstated: {{keywords: [values]}}}}");
    let changes = |text: &str, page: &str| merged_property(&document(text), page).1;
    assert_eq!(changes("type: string, x-extensible-enum: [a]", page), [""; 0]);
    let page = "{type: integer, minimum: 0, maximum: 9}";
    assert_eq!(changes("type: integer, enum: [0, 9]", page), [""; 0]);
    assert_eq!(changes("type: integer, enum: [0, 10]", page), ["a: added maximum 9"]);
}

#[test]
fn what_comes_from_prose_is_satisfied_by_less() {
    // Nothing is taken over; what stands in its place, and is on no page, is listed.
    for (keyword, page, document, changes) in [
        ("pattern", "pattern: '^[0-9]$'", "pattern: '^.$'", ""),
        ("pattern", "pattern: '^[0-9]$'", "format: date", r#"a: gone from page: format "date""#),
        ("pattern", "pattern: '^[0-9]$'", "enum: [a]", r#"a: gone from page: values ["a"]"#),
        (
            "maxLength",
            "maxLength: 5",
            "pattern: '^.{3}$'",
            r#"a: gone from page: pattern "^.{3}$""#,
        ),
        ("enum", "enum: [a]", "enum: [b, a]", "a/enum: gone from page: value `b`"),
        ("enum", "enum: [a]", "pattern: '^a$'", ""),
        ("format", "format: date-time", "pattern: '^.$'", r#"a: gone from page: pattern "^.$""#),
    ] {
        let of = |keyword: &str| property(&format!("{{type: string, {keyword}}}"));
        let mut transcript = transcript(of(page));
        transcript.promotions = vec![promotion(keyword)];
        let merge = merged(&of(document), &transcript);
        assert_eq!(short(&merge).join("; "), changes, "{document}");
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

/// An object of which a page tells nothing more has lost all its fields.
#[test]
fn fields_of_an_object_that_became_any_object_are_gone() {
    let document = "{type: object, properties: {b: {type: string}, c: {type: string}}}";
    let (value, changes) = merged_property(document, "{type: object}");
    assert_eq!(value, yaml(document));
    assert_eq!(
        changes,
        [
            "a/properties/b: gone from page: property b",
            "a/properties/c: gone from page: property c"
        ]
    );
}
