//! Schemas: pairs by use, properties by name, what is added and what is gone.

use serde_json::json;
use transcribe::merge;

use crate::support::{finding, lines, merged, transcript, with_body, yaml};

#[test]
fn a_new_property_follows_its_predecessor() {
    let document = with_body(
        "Body: {type: object, required: [z, c], properties: {c: {type: string}, z: {type: string}}}",
    );
    let page = with_body(
        "Body: {type: object, required: [a, b, c, z], properties: {a: {type: string}, c: {type: string}, \
         b: {type: string}, z: {type: string}}}",
    );
    let merge = merged(&document, &transcript(page));
    let body = &merge.document["components"]["schemas"]["Body"];
    let names: Vec<&String> = body["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["a", "c", "b", "z"]);
    assert_eq!(body["required"], json!(["a", "z", "c", "b"]));
    assert_eq!(
        lines(&merge),
        [
            "#/components/schemas/Body/properties/a: added property a",
            "#/components/schemas/Body/properties/b: added property b"
        ]
    );
}

#[test]
fn requiredness_is_stated_by_requests_only() {
    let of = |required: &str| {
        with_body(&format!(
            "Body: {{type: object, required: {required}, properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
        ))
    };
    let merge = merged(&of("[a]"), &transcript(of("[b]")));
    assert_eq!(merge.document["components"]["schemas"]["Body"]["required"], json!(["b"]));
    assert_eq!(
        lines(&merge),
        [
            "#/components/schemas/Body/properties/a: changed required true -> false",
            "#/components/schemas/Body/properties/b: changed required false -> true"
        ]
    );
    let as_answer = |required: &str| {
        let mut document = of(required);
        let content = document["paths"]["/a"]["post"]["requestBody"]["content"].take();
        let operation = document["paths"]["/a"]["post"].as_object_mut().unwrap();
        operation.remove("requestBody");
        operation["responses"]["200"] = json!({"description": "", "content": content});
        document
    };
    assert_eq!(lines(&merged(&as_answer("[a]"), &transcript(as_answer("[]")))), [""; 0]);
}

#[test]
fn schemas_pair_by_their_use_whatever_their_names_are() {
    let document = with_body(
        r##"
        Body:
          type: object
          properties:
            tags: {type: array, items: {$ref: "#/components/schemas/Label"}}
            one: {description: D., allOf: [{$ref: "#/components/schemas/Label"}]}
            inline: {type: object, properties: {n: {type: integer}}}
        Label: {type: object, properties: {key: {type: string}}}
        "##,
    );
    let page = with_body(
        r##"
        Body:
          type: object
          properties:
            tags: {type: array, items: {$ref: "#/components/schemas/Tag"}}
            one: {allOf: [{$ref: "#/components/schemas/Tag"}]}
            two: {allOf: [{$ref: "#/components/schemas/Tag"}]}
            inline: {allOf: [{$ref: "#/components/schemas/Inner"}]}
        Tag: {type: object, properties: {key: {type: string, maxLength: 3}}}
        Inner: {type: object, properties: {n: {type: integer, minimum: 1}}}
        "##,
    );
    let merge = merged(&document, &transcript(page));
    assert_eq!(
        lines(&merge),
        [
            "#/components/schemas/Body/properties/inline/properties/n: added minimum 1",
            "#/components/schemas/Body/properties/two: added property two",
            "#/components/schemas/Label/properties/key: added maxLength 3"
        ]
    );
    let two = &merge.document["components"]["schemas"]["Body"]["properties"]["two"];
    assert_eq!(two, &json!({"allOf": [{"$ref": "#/components/schemas/Label"}]}));
}

#[test]
fn new_schemas_come_along_and_take_free_names() {
    let document = with_body(
        r##"
        Body: {type: object, properties: {a: {$ref: "#/components/schemas/Tag"}}}
        Tag: {type: object, properties: {key: {type: string}}}
        Loop: {type: object, properties: {other: {type: string}}, x-source: {page: B}}
        "##,
    );
    let page = with_body(
        r##"
        Body:
          type: object
          properties:
            a: {$ref: "#/components/schemas/Label"}
            b: {$ref: "#/components/schemas/Tag"}
            c: {$ref: "#/components/schemas/Loop"}
        Label: {type: object, properties: {key: {type: string}}}
        Tag: {type: object, properties: {value: {type: string}}, x-source: {page: A}}
        Loop: {type: object, properties: {again: {$ref: "#/components/schemas/Loop"}}, x-source: {page: A}}
        "##,
    );
    let merge = merged(&document, &transcript(page));
    let schemas = &merge.document["components"]["schemas"];
    let names: Vec<&String> = schemas.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Body", "Tag", "Tag2", "Loop2", "Loop"]);
    assert_eq!(schemas["Body"]["properties"]["b"], json!({"$ref": "#/components/schemas/Tag2"}));
    assert_eq!(
        schemas["Loop2"]["properties"]["again"],
        json!({"$ref": "#/components/schemas/Loop2"})
    );
}

#[test]
fn properties_may_be_called_like_keywords() {
    let document = with_body(
        r##"
        Body: {type: object, properties: {a: {$ref: "#/components/schemas/Ours"}}}
        Ours: {type: object, properties: {c: {type: string}}}
        "##,
    );
    let page = with_body(
        r##"
        Body:
          type: object
          properties:
            a: {$ref: "#/components/schemas/Theirs"}
            b: {type: object, properties: {default: {$ref: "#/components/schemas/Theirs"}}, example: {$ref: x}}
        Theirs: {type: object, properties: {c: {type: string}}}
        "##,
    );
    let merge = merged(&document, &transcript(page));
    assert_eq!(
        merge.document["components"]["schemas"]["Body"]["properties"]["b"],
        json!({
            "type": "object",
            "properties": {"default": {"$ref": "#/components/schemas/Ours"}},
            "example": {"$ref": "x"}
        })
    );
}

#[test]
fn a_schema_of_the_same_name_and_page_is_the_same() {
    for source in [
        "{page: A}",
        "[{page: A}]",
        "[{page: B}, {page: A, tables: [2]}, {package: sdk, version: 1.0.0}]",
    ] {
        let mut document = with_body(
            r##"
            Body: {type: object, properties: {}}
            Tag: {type: object, description: Ours., properties: {key: {type: string}}}
            "##,
        );
        document["components"]["schemas"]["Tag"]["x-source"] = yaml(source);
        let page = with_body(
            r##"
            Body: {type: object, properties: {b: {$ref: "#/components/schemas/Tag"}}}
            Tag: {type: object, properties: {key: {type: string, maxLength: 3}, more: {type: string}}, x-source: {page: A}}
            "##,
        );
        let lines = lines(&merged(&document, &transcript(page)));
        let changes = [
            "#/components/schemas/Body/properties/b: added property b",
            "#/components/schemas/Tag/properties/key: added maxLength 3",
            "#/components/schemas/Tag/properties/more: added property more",
        ];
        assert_eq!(lines, changes, "{source}");
    }
}

#[test]
fn schemas_belong_to_all_the_pages_that_they_name() {
    let document = with_body(
        r##"
        One: {type: object, x-source: {page: A, tables: [1]}}
        Two: {type: object, x-source: [{page: A}, {page: B}, {package: sdk, version: 1.0.0}]}
        Sdk: {type: object, x-source: {package: sdk, version: 1.0.0}}
        Own: {type: object}
        "##,
    );
    let owners: Vec<(String, Vec<String>)> = merge::owners(&document)
        .into_iter()
        .map(|(name, pages)| (name, pages.into_iter().collect()))
        .collect();
    let expected: [(&str, &[&str]); 4] =
        [("One", &["A"]), ("Own", &[]), ("Sdk", &[]), ("Two", &["A", "B"])];
    assert_eq!(
        owners,
        expected.map(|(name, pages)| {
            (name.to_owned(), pages.iter().map(|page| (*page).to_owned()).collect::<Vec<_>>())
        })
    );
}

#[test]
fn what_is_gone_is_listed_and_stays() {
    let text = r##"
        Body:
          type: object
          properties:
            a: {type: string}
            old: {type: string}
            known:
              type: string
              x-errata: [{id: x, about: [absence], other: The page lacks it., decision: D., reason: R.}]
          x-source: {page: A}
        Unused: {type: object, x-source: {page: A}}
        Foreign: {type: object, x-source: {page: B}}
        "##;
    let page = with_body("Body: {type: object, properties: {a: {type: string}}}");
    let merge = merged(&with_body(text), &transcript(page));
    assert_eq!(
        lines(&merge),
        [
            "#/components/schemas/Body/properties/old: gone from page: property old",
            "#/components/schemas/Unused: gone from page: schema Unused"
        ]
    );
    assert_eq!(merge.document, with_body(text));
    assert!(merge.has_drift());
}

#[test]
fn a_closed_map_stands_for_an_object() {
    let text = "Body: {type: object, properties: {m: {type: object, properties: {k: {type: string}}, \
                additionalProperties: false, x-closed-map: true}}, x-source: {page: A}}";
    for page in [
        "Body: {type: object, properties: {m: {type: object}}}",
        "Body: {type: object, properties: {m: {type: object, additionalProperties: {type: string}}}}",
        "Body: {type: object, properties: {m: {type: object, properties: {z: {type: integer}}}}}",
    ] {
        assert_eq!(
            lines(&merged(&with_body(text), &transcript(with_body(page)))),
            [""; 0],
            "{page}"
        );
    }
}

#[test]
fn parts_of_an_all_of_are_one_object() {
    let document = with_body(
        r##"
        Body: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, properties: {b: {type: string}}}]}
        Base: {type: object, properties: {a: {type: string}}}
        "##,
    );
    let page = with_body(
        "Body: {type: object, properties: {a: {type: string, maxLength: 1}, b: {type: string, maxLength: 2}, \
         c: {type: string}}}",
    );
    assert_eq!(
        lines(&merged(&document, &transcript(page))),
        [
            "#/components/schemas/Base/properties/a: added maxLength 1",
            "#/components/schemas/Body/allOf/1/properties/b: added maxLength 2",
            "#/components/schemas/Body/allOf/1/properties/c: added property c"
        ]
    );
}

#[test]
fn a_schema_that_only_the_old_shape_led_to_is_gone_at_once() {
    let of = |value: &str, more: &str| {
        with_body(&format!(
            "Body: {{type: object, properties: {{a: {value}, b: {{type: string}}}}, x-source: {{page: A}}}}\n{more}"
        ))
    };
    let document = of(
        r##"{allOf: [{$ref: "#/components/schemas/Old"}]}"##,
        "Old: {type: object, properties: {c: {type: string}}, x-source: {page: A}}",
    );
    let merge = merged(&document, &transcript(of("{type: string}", "")));
    assert_eq!(
        lines(&merge),
        [
            r#"#/components/schemas/Body/properties/a: changed type "object" -> "string""#,
            "#/components/schemas/Old: gone from page: schema Old",
        ]
    );
}

/// A schema is added, and what it leads to turns out to lead to a schema of that name: what is new refers to the one
/// that was added for it, so that the next time everything has the same counterparts.
#[test]
fn what_is_new_refers_to_what_was_added_for_it() {
    let mut document = with_body(
        r##"
        C: {type: object, properties: {d: {$ref: "#/components/schemas/D"}}, x-source: {page: P}}
        D: {type: object, properties: {a: {type: object}}, x-source: {page: Q}}
        "##,
    );
    document["paths"] = json!({});
    let mut page = with_body(
        r##"
        C: {type: object, properties: {d: {$ref: "#/components/schemas/D"}}, x-source: {page: P}}
        D:
          type: object
          properties: {b: {type: string}, a: {allOf: [{$ref: "#/components/schemas/C"}]}}
          x-source: {page: P}
        "##,
    );
    let operation = yaml(
        r##"
        operationId: P
        requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/D"}}}}
        responses: {}
        x-source: {page: P}
        "##,
    );
    page["paths"] = json!({"/p": {"get": operation}});
    let mut transcript = transcript(page);
    transcript.findings =
        vec![finding("/components/schemas/C", "example-type", "a", &[("table", "T.")], &[])];
    let merge = merged(&document, &transcript);
    let body = &merge.document["paths"]["/p"]["get"]["requestBody"];
    assert_eq!(
        body["content"]["application/json"]["schema"],
        json!({"$ref": "#/components/schemas/D2"})
    );
}

/// A field of a schema is added to an object that stands for it, and leads to the schema itself, which is added beside:
/// both have the field, and a contradiction on it has its row where it is the next time.
#[test]
fn a_contradiction_is_looked_for_wherever_its_field_is_added() {
    let mut document = with_body(
        r##"
        A: {type: object, properties: {}, x-source: {page: P}}
        B: {type: object, properties: {}, x-source: {page: P}}
        D: {type: object, properties: {c: {type: array, items: {type: object}}}, x-source: {page: Q}}
        "##,
    );
    document["paths"] = json!({});
    let mut page = with_body(
        r##"
        A: {type: object, properties: {e: {$ref: "#/components/schemas/A"}}, x-source: {page: Q}}
        B: {type: object, properties: {a: {$ref: "#/components/schemas/D"}}, x-source: {page: P}}
        D:
          type: object
          properties: {c: {type: array, items: {$ref: "#/components/schemas/A"}}}
          x-source: {page: P}
        "##,
    );
    let operation = yaml(
        r##"
        operationId: P
        requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/B"}}}}
        responses: {}
        x-source: {page: P}
        "##,
    );
    page["paths"] = json!({"/p": {"get": operation}});
    let mut transcript = transcript(page);
    let place = "/components/schemas/A/properties/e";
    transcript.findings = vec![finding(place, "example-type", "a", &[("table", "T.")], &[])];
    let merge = merged(&document, &transcript);
    let rows = &merge.document["components"]["schemas"]["A2"]["x-errata"];
    assert_eq!(rows[0]["about"], json!([{"fact": "example-type", "field": "a"}]));
    assert_eq!(merged(&merge.document, &transcript).document, merge.document);
}
