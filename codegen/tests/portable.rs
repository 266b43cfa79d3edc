//! The portable document: what each pass makes of a small document.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use codegen::{diagnostic::Diagnostic, emit::portable::portable, load, validate};
use serde_json::{Value, json};

/// One operation that sends and answers; its request is `Order`, its answer `Thing`.
const SHELF: &str = r##"
openapi: 3.0.3
info: { title: Shelf, version: v1, description: Things. }
servers: [{ url: "https://shelf.example.com" }]
security: [{ Signature: [] }, { Token: [] }]
paths:
  /v1/things:
    post:
      operationId: AddThing
      description: Adds a thing.
      parameters:
        - name: limit
          in: query
          description: How many.
          schema: { type: integer, format: int32, default: 10, maximum: 50 }
        - name: mode
          in: query
          description: How.
          schema: { title: Mode, type: string, enum: [fast, slow] }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Order" }
            examples:
              one: { summary: One., value: { name: abcd, tags: [{ key: k }], plain: { note: n } } }
      responses:
        "200":
          description: Added.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Thing" }
              examples:
                one: { summary: One., value: { state: ON, made_at: "2020-06-19T07:06:07Z", seen_at: "2020-06-19 07:06:07", plain: { note: n } } }
        "500": { $ref: "#/components/responses/Failed" }
    delete:
      operationId: RemoveThings
      description: Removes all.
      responses:
        "204": { description: Gone. }
        "403": { $ref: "#/components/responses/Failed" }
        default: { description: Odd. }
components:
  responses:
    Failed:
      description: It failed.
      content: { application/json: { schema: { $ref: "#/components/schemas/Failure" } } }
  securitySchemes:
    Signature: { type: apiKey, in: header, name: Authorization, description: Signed. }
    Token: { type: apiKey, in: header, name: X-Token, description: A token. }
  schemas:
    Order:
      type: object
      description: An order.
      required: [name]
      properties:
        name: { type: string, description: Its name., minLength: 4, pattern: "^[a-z]+$", x-source: [{ page: Old }] }
        port: { type: integer, format: int32, description: Its port., default: 80 }
        mode: { title: Mode, type: string, description: Its mode., enum: [fast, slow], default: fast, example: slow }
        action:
          title: Action
          type: string
          description: What to do.
          x-extensible-enum: [flush, stop]
          x-enum-descriptions: [Empties it., Stops it.]
        pin: { type: string, format: password, description: Its pin. }
        tags:
          type: array
          description: Its tags.
          maxItems: 3
          items: { $ref: "#/components/schemas/Tag" }
        plain: { $ref: "#/components/schemas/Plain" }
      x-source: { page: AddThing }
      x-validations:
        - id: port-needs-mode
          rule: "!has(self.port) || has(self.mode)"
          message: "port {port} needs a {{mode}}"
          fieldPath: mode
          source: AddThing
    Tag:
      type: object
      description: A tag.
      required: [key]
      properties:
        key: { type: string, description: Its key., maxLength: 36, default: k }
        value: { type: string, description: Its value. }
      x-validations:
        - id: value-not-key
          rule: "!has(self.value) || self.value != self.key"
          message: "value and key are equal"
          source: AddThing
          severity: warning
    Plain:
      type: object
      description: The same both ways.
      properties:
        note: { type: string, description: A note. }
    Thing:
      type: object
      description: A thing.
      properties:
        state:
          title: State
          type: string
          description: Its state.
          enum: [ON, "OFF"]
          x-enum-descriptions: [It runs., It rests.]
        code: { type: string, description: A code., maxLength: 9, pattern: "^[A-Z]+$" }
        count: { type: integer, format: int32, description: A count., minimum: 1, exclusiveMinimum: true, default: 5 }
        made_at: { type: string, description: When it was made., example: "2020-06-19T07:06:07.123Z" }
        seen_at: { type: string, description: When it was seen., example: "2020-06-19T07:06:07Z" }
        tags: { type: array, description: Its tags., minItems: 1, items: { $ref: "#/components/schemas/Tag" } }
        plain: { $ref: "#/components/schemas/Plain" }
        states:
          type: array
          description: All states.
          items: { title: State, type: string, description: One., enum: [ON, "OFF"], x-enum-descriptions: [It runs., It rests.] }
    Failure:
      type: object
      description: Why not.
      properties: { message: { type: string, description: What went wrong. } }
"##;

fn shelf() -> Value {
    let document = load::parse("shelf.yaml", SHELF).unwrap();
    let problems: Vec<String> =
        validate::validate(&document).iter().map(Diagnostic::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    portable(&document.value, "spec/shelf.yaml")
}

fn at(pointer: &str) -> Value {
    shelf().pointer(pointer).cloned().unwrap_or_default()
}

fn schema(name: &str) -> Value {
    at(&format!("/components/schemas/{name}"))
}

fn property(schema_name: &str, name: &str) -> Value {
    schema(schema_name)["properties"][name].clone()
}

#[test]
fn defaults_of_requests_are_words() {
    let port = json!({
        "type": "integer",
        "format": "int32",
        "description": "Its port.\n\nDefault of the service: `80`.",
    });
    assert_eq!(property("Order", "port"), port);
    let limit = json!({
        "name": "limit",
        "in": "query",
        "description": "How many.\n\nDefault of the service: `10`.",
        "schema": { "type": "integer", "format": "int32", "maximum": 50 },
    });
    assert_eq!(at("/paths/~1v1~1things/post/parameters/0"), limit);
}

#[test]
fn bounds_of_requests_stay() {
    let name = json!({
        "type": "string",
        "description": "Its name.",
        "minLength": 4,
        "pattern": "^[a-z]+$",
    });
    assert_eq!(property("Order", "name"), name);
    assert_eq!(schema("Order")["required"], json!(["name"]));
}

#[test]
fn answers_have_no_bounds() {
    assert_eq!(property("Thing", "code"), json!({ "type": "string", "description": "A code." }));
    let count = json!({ "type": "integer", "format": "int32", "description": "A count." });
    assert_eq!(property("Thing", "count"), count);
    assert_eq!(property("Thing", "tags")["minItems"], Value::Null);
}

#[test]
fn closed_lists_of_answers_are_open_and_in_words() {
    let words = "Known values (others may exist):\n\n- `ON`: It runs.\n- `OFF`: It rests.";
    let state = json!({
        "type": "string",
        "description": format!("Its state.\n\n{words}"),
        "x-extensible-enum": ["ON", "OFF"],
    });
    assert_eq!(property("Thing", "state"), state);
    let states = property("Thing", "states");
    assert_eq!(states["description"], format!("All states.\n\n{words}"));
    assert_eq!(states["items"]["description"], "One.");
}

#[test]
fn open_lists_of_requests_are_in_words() {
    let words = "Known values (others may exist):\n\n- `flush`: Empties it.\n- `stop`: Stops it.";
    let action = json!({
        "type": "string",
        "description": format!("What to do.\n\n{words}"),
        "x-extensible-enum": ["flush", "stop"],
    });
    assert_eq!(property("Order", "action"), action);
}

#[test]
fn titled_lists_are_one_component() {
    let mode = json!({
        "type": "string",
        "description": "Values: `fast`, `slow`.",
        "enum": ["fast", "slow"],
    });
    assert_eq!(schema("Mode"), mode);
    let property = property("Order", "mode");
    assert_eq!(
        property,
        json!({
            "description": "Its mode.\n\nDefault of the service: `fast`.",
            "allOf": [{ "$ref": "#/components/schemas/Mode" }],
            "example": "slow",
        })
    );
    let parameter = at("/paths/~1v1~1things/post/parameters/1/schema");
    assert_eq!(parameter, json!({ "$ref": "#/components/schemas/Mode" }));
}

#[test]
fn shared_schemas_are_split_where_they_differ() {
    assert_eq!(schema("Tag")["required"], json!(["key"]));
    assert_eq!(schema("Tag")["properties"]["key"]["maxLength"], 36);
    let output = json!({
        "type": "object",
        "description": "A tag.",
        "properties": {
            "key": { "type": "string", "description": "Its key." },
            "value": { "type": "string", "description": "Its value." },
        },
    });
    assert_eq!(schema("TagOutput"), output);
    assert_eq!(property("Thing", "tags")["items"]["$ref"], "#/components/schemas/TagOutput");
    assert_eq!(property("Order", "tags")["items"]["$ref"], "#/components/schemas/Tag");
    assert_eq!(property("Thing", "plain")["$ref"], "#/components/schemas/Plain");
    assert_eq!(schema("PlainOutput"), Value::Null);
}

#[test]
fn rules_are_sentences() {
    let words = "Adds a thing.\n\nRules of a request:\n\n\
                 - `mode`: port `port` needs a {mode}\n\
                 - `tags`: value and key are equal (a warning)";
    assert_eq!(at("/paths/~1v1~1things/post/description"), words);
    assert_eq!(at("/paths/~1v1~1things/delete/description"), "Removes all.");
}

#[test]
fn times_are_marked_where_every_value_is_one() {
    assert_eq!(property("Thing", "made_at")["format"], "date-time");
    assert_eq!(property("Thing", "seen_at")["format"], Value::Null);
}

#[test]
fn secrets_are_words() {
    let pin = json!({
        "type": "string",
        "description": "Its pin.\n\nA secret: keep it out of logs.",
    });
    assert_eq!(property("Order", "pin"), pin);
}

#[test]
fn every_operation_fails_somehow() {
    let error = json!({ "$ref": "#/components/responses/Error" });
    assert_eq!(at("/paths/~1v1~1things/post/responses/4XX"), error);
    assert_eq!(at("/paths/~1v1~1things/post/responses/default"), error);
    assert_eq!(at("/paths/~1v1~1things/delete/responses/4XX"), Value::Null);
    assert_eq!(
        at("/paths/~1v1~1things/delete/responses/default"),
        json!({ "description": "Odd." })
    );
    let schema = at("/components/responses/Error/content/application~1json/schema");
    assert_eq!(schema, json!({ "$ref": "#/components/schemas/Failure" }));
}

#[test]
fn the_token_comes_first() {
    assert_eq!(at("/security"), json!([{ "Token": [] }, { "Signature": [] }]));
    let schemes = at("/components/securitySchemes");
    assert_eq!(schemes.as_object().unwrap().keys().collect::<Vec<_>>(), ["Token", "Signature"]);
}

#[test]
fn the_document_says_what_it_is() {
    let text = at("/info/description").as_str().unwrap().to_owned();
    assert!(text.starts_with("Things.\n\nThis is the portable form of `shelf.yaml`"), "{text}");
}

/// What only the generator reads is gone; a property may have any name, and values are left alone.
#[test]
fn only_known_extensions_stay() {
    let text = shelf().to_string();
    for gone in ["\"x-source", "\"x-validations", "\"default\":10"] {
        assert!(!text.contains(gone), "{gone}");
    }
    let odd = json!({
        "components": { "schemas": { "A": {
            "x-source": { "page": "A" },
            "properties": { "x-a": { "type": "string" }, "example": { "x-b": 1, "type": "string" } },
            "example": { "x-c": 1 },
        } } }
    });
    let expected = json!({
        "properties": { "x-a": { "type": "string" }, "example": { "type": "string" } },
        "example": { "x-c": 1 },
    });
    assert_eq!(portable(&odd, "odd")["components"]["schemas"]["A"], expected);
}

#[test]
fn names_that_are_taken_get_a_number() {
    let taken = SHELF
        .replace("    Failure:\n", "    TagOutput:\n      type: object\n      description: Taken.\n      properties: { mode: { $ref: \"#/components/schemas/Mode\" } }\n    Mode: { type: string, description: Taken., enum: [other] }\n    Failure:\n")
        .replace("code: {", "taken: { $ref: \"#/components/schemas/TagOutput\" }\n        code: {");
    let document = load::parse("shelf.yaml", &taken).unwrap();
    let portable = portable(&document.value, "shelf.yaml");
    let schemas = &portable["components"]["schemas"];
    assert_eq!(schemas["TagOutput"]["description"], "Taken.");
    assert_eq!(schemas["TagOutput2"]["description"], "A tag.");
    assert_eq!(schemas["Mode2"]["enum"], json!(["fast", "slow"]));
    let reference = &schemas["Order"]["properties"]["mode"]["allOf"][0]["$ref"];
    assert_eq!(*reference, "#/components/schemas/Mode2");
}
