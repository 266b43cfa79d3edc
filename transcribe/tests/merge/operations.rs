//! Operations of both sides: parameters, bodies, statuses, examples.

use serde_json::{Value, json};

use crate::support::{deciders, document, lines, merged, transcript, yaml};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_new_operation_has_the_tag_of_its_resource() {
    let of = |path: &str, id: &str, tag: &str| {
        let operation = json!({"operationId": id, "tags": [tag], "responses": {}});
        let paths = json!({ path: {"get": operation} });
        json!({"openapi": "3.0.3", "tags": [{"name": tag}], "paths": paths})
    };
    let document = of("/v1/{id}/books", "ListBooks", "Ours");
    let tag = |path: &str, tag: &str| {
        let page = transcript(of(path, "ShowOther", tag));
        merged(&document, &page).document["paths"][path]["get"]["tags"].clone()
    };
    assert_eq!(tag("/v1/{project}/books/{id}", "books"), json!(["Ours"]));
    assert_eq!(tag("/v1/{project}/shelves/books", "books"), json!(["books"]));
    assert_eq!(tag("/v1/{project}/shelves", "shelves"), json!(["shelves"]));
}

#[test]
fn a_new_operation_brings_its_tag_and_schemas_and_uses_what_is_shared() {
    let ours = document(
        "{/a: {get: {operationId: A, responses: {}}}, /c: {get: {operationId: C, responses: {}}}}",
        r##"
        parameters:
          ProjectId: {name: project_id, in: path, description: Ours., required: true, schema: {type: string}}
        responses:
          BadRequest:
            description: Ours.
            content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}
        schemas: {Error: {type: object, properties: {code: {type: string}}}}
        "##,
    );
    let mut page = document(
        r##"
        /a:
          get: {operationId: A, responses: {}}
          put:
            operationId: B
            tags: [T]
            parameters:
              - {name: project_id, in: path, required: true, schema: {type: string}, x-client-parameter: true}
              - {name: limit, in: query, schema: {type: integer}}
            responses:
              "200":
                description: ""
                content: {application/json: {schema: {$ref: "#/components/schemas/Answer"}}}
              "400": {$ref: "#/components/responses/BadRequest"}
        /b:
          get: {operationId: D, responses: {}}
        "##,
        r##"
        responses:
          BadRequest:
            description: ""
            content: {application/json: {schema: {$ref: "#/components/schemas/ErrorResponse"}, examples: {e: {value: {}}}}}
        schemas:
          Answer: {type: object, properties: {n: {type: integer}}}
          ErrorResponse: {type: object, properties: {code: {type: string, maxLength: 9}}}
        "##,
    );
    page["tags"] = json!([{"name": "T"}]);
    let merge = merged(&ours, &transcript(page));
    assert_eq!(
        lines(&merge),
        [
            "#/components/schemas/Answer: added schema Answer",
            "#/components/schemas/Error/properties/code: added maxLength 9",
            "#/paths/~1a/put: added operation B",
            "#/paths/~1b/get: added operation D",
            "#/tags/0: added tag T",
        ]
    );
    assert_eq!(keys(&merge.document), ["openapi", "tags", "paths", "components"]);
    assert_eq!(keys(&merge.document["paths"]), ["/a", "/b", "/c"]);
    let operation = &merge.document["paths"]["/a"]["put"];
    assert_eq!(operation["parameters"][0], json!({"$ref": "#/components/parameters/ProjectId"}));
    assert_eq!(operation["parameters"][1]["name"], "limit");
    assert_eq!(operation["responses"]["400"], json!({"$ref": "#/components/responses/BadRequest"}));
}

#[test]
fn an_operation_that_is_gone_is_listed() {
    let ours = document(
        "{/a: {get: {operationId: A, responses: {}, x-source: {page: A}}, \
               put: {operationId: B, responses: {}, x-source: {page: A}}}}",
        "{}",
    );
    let page = document("{/a: {get: {operationId: A, responses: {}, x-source: {page: A}}}}", "{}");
    assert_eq!(
        lines(&merged(&ours, &transcript(page))),
        ["#/paths/~1a/put: gone from page: operation B"]
    );
}

#[test]
fn parameters_are_compared_by_name_and_place_through_references() {
    let ours = document(
        r##"
        /a:
          parameters: [{name: region, in: header, schema: {type: string}}]
          get:
            operationId: A
            parameters:
              - {$ref: "#/components/parameters/Shared"}
              - {name: limit, in: query, description: D., schema: {type: string}, example: 1}
              - {name: old, in: query, schema: {type: string}}
            responses: {}
        "##,
        "{parameters: {Shared: {name: id, in: query, schema: {type: string}}}}",
    );
    let page = document(
        r##"
        /a:
          get:
            operationId: A
            parameters:
              - {name: new, in: query, schema: {type: string}}
              - {name: id, in: query, required: true, schema: {type: string, maxLength: 3}}
              - {name: limit, in: query, schema: {type: integer, format: int32}}
              - {name: region, in: header, schema: {type: string, maxLength: 5}}
              - {name: next, in: query, schema: {type: string}}
            responses: {}
        "##,
        "{}",
    );
    let merge = merged(&ours, &transcript(page));
    assert_eq!(
        lines(&merge),
        [
            "#/components/parameters/Shared: changed required false -> true",
            "#/components/parameters/Shared/schema: added maxLength 3",
            "#/paths/~1a/get/parameters/0: added parameter new",
            "#/paths/~1a/get/parameters/2/schema: changed type \"string\" -> \"integer\"",
            "#/paths/~1a/get/parameters/3: added parameter next",
            "#/paths/~1a/get/parameters/4: gone from page: parameter old",
            "#/paths/~1a/parameters/0/schema: added maxLength 5",
        ]
    );
    let names: Vec<&str> = merge.document["paths"]["/a"]["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|parameter| parameter["name"].as_str())
        .collect();
    assert_eq!(names, ["new", "limit", "next", "old"]);
}

#[test]
fn bodies_statuses_and_headers_are_added() {
    let ours = document(
        "{/a: {post: {operationId: A, responses: {'200': {description: Ours.}, '500': {description: X.}}}}}",
        "{}",
    );
    let page = document(
        r##"
        /a:
          post:
            operationId: A
            requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
            responses:
              "200":
                description: ""
                headers: {X-Id: {schema: {type: string}}}
                content: {application/json: {schema: {type: object}, examples: {e: {value: {}}}}}
              "404": {description: ""}
        "##,
        "{}",
    );
    let merge = merged(&ours, &transcript(page));
    assert_eq!(
        lines(&merge),
        [
            "#/paths/~1a/post/requestBody: added request body",
            "#/paths/~1a/post/responses/200/content/application~1json: added content application/json",
            "#/paths/~1a/post/responses/200/headers/X-Id: added header X-Id",
            "#/paths/~1a/post/responses/404: added status 404",
            "#/paths/~1a/post/responses/500: gone from page: status 500",
        ]
    );
    let operation = &merge.document["paths"]["/a"]["post"];
    assert_eq!(keys(&operation["responses"]), ["200", "404", "500"]);
    assert_eq!(operation["responses"]["200"]["description"], "Ours.");
}

#[test]
fn a_body_that_a_page_does_not_have_is_gone_unless_a_row_says_why() {
    let ours = |errata: &str| {
        let mut document = document(
            "{/a: {post: {operationId: A, requestBody: {content: {application/json: {schema: {type: object}}}}, \
              responses: {}}}}",
            "{}",
        );
        document["paths"]["/a"]["post"]["x-errata"] = yaml(errata);
        document
    };
    let page = document("{/a: {post: {operationId: A, responses: {}}}}", "{}");
    let page = transcript(page);
    assert_eq!(
        lines(&merged(&ours("[]"), &page)),
        ["#/paths/~1a/post/requestBody: gone from page: request body"]
    );
    let row =
        "[{id: x, about: [{fact: absence, field: body}], text: None., decision: D., reason: R.}]";
    let merge = merged(&ours(row), &page);
    assert_eq!(lines(&merge), [""; 0]);
    assert_eq!(deciders(&merge), ["request body by x"]);
    // A row about the page that says nothing of absence decides nothing.
    let row = "[{id: x, about: [meaning], text: The page has no body., decision: D., reason: R.}]";
    assert_eq!(
        lines(&merged(&ours(row), &page)),
        ["#/paths/~1a/post/requestBody: gone from page: request body"]
    );
}

#[test]
fn the_only_media_types_are_counterparts_and_examples_fill_a_gap() {
    let of = |media: &str, rest: &str| {
        let media = format!("{media}: {{schema: {{type: object, properties: {{}}}}{rest}}}");
        document(
            &format!(
                "{{/a: {{post: {{operationId: A, requestBody: {{content: {{{media}}}}}, responses: {{}}}}}}}}"
            ),
            "{}",
        )
    };
    let page = of("application/json", ", examples: {e: {value: {a: 1}}}");
    let ours = of("text/plain", ", example: {a: 2}");
    assert_eq!(lines(&merged(&ours, &transcript(page.clone()))), [""; 0]);
    let merge = merged(&of("text/plain", ""), &transcript(page));
    assert_eq!(lines(&merge), ["#/paths/~1a/post/requestBody/content/text~1plain: added examples"]);
}

#[test]
fn descriptions_fill_a_gap_and_never_replace_ours() {
    let of = |words: &str| {
        document(
            &format!(
                "{{/a: {{get: {{operationId: A, {words} parameters: [{{name: p, in: query, {words} schema: \
                 {{type: string}}}}], responses: {{}}}}}}}}"
            ),
            "{}",
        )
    };
    let page = transcript(of("description: Theirs.,"));
    assert_eq!(lines(&merged(&of("description: Ours.,"), &page)), [""; 0]);
    assert_eq!(
        lines(&merged(&of(""), &page)),
        [
            "#/paths/~1a/get: added description \"Theirs.\"",
            "#/paths/~1a/get/parameters/0: added description \"Theirs.\""
        ]
    );
}

#[test]
fn headers_and_bodies_of_answers_that_a_page_loses_are_gone() {
    let of = |answer: &str| {
        document(
            &format!(
                "/a: {{get: {{operationId: A, x-source: {{page: A}}, responses: {{'200': {{description: D.{answer}}}}}}}}}"
            ),
            "{}",
        )
    };
    let body = "content: {application/json: {schema: {type: object}}}";
    let whole = of(&format!(", headers: {{X-Id: {{schema: {{type: string}}}}}}, {body}"));
    let gone = |page: Value| lines(&merged(&whole, &transcript(page)));
    let at = "#/paths/~1a/get/responses/200";
    assert_eq!(gone(whole.clone()), [""; 0]);
    assert_eq!(
        gone(of(&format!(", {body}"))),
        [format!("{at}/headers/X-Id: gone from page: header X-Id")]
    );
    assert_eq!(
        gone(of(", headers: {X-Id: {schema: {type: string}}}")),
        [format!("{at}/content/application~1json: gone from page: content application/json")]
    );
}
