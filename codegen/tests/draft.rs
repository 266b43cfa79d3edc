//! Documents that people have not finished: what a draft may lack, and what it says of itself.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use codegen::{
    Error,
    config::Service,
    draft::Gaps,
    load::{self, Document},
    output::FileSet,
};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Books API, version: v1}
servers: [{url: "https://books.example.com", description: The service.}]
tags: [{name: books}]
paths:
  /v1/books:
    get:
      operationId: ListBooks
      tags: [books]
      parameters:
        - {name: kind, in: query, schema: {type: string}}
      responses:
        "200":
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Books"}
      x-source: {page: ListBooks}
components:
  schemas:
    Books:
      type: object
      properties:
        count: {type: integer, format: int32}
      x-source: {page: ListBooks}
      x-errata:
        - {id: books-count, about: [meaning], table: A., decision: pending, reason: "?"}
"##;

fn document(text: &str) -> Document {
    load::parse("books.yaml", text).unwrap()
}

fn service(draft: bool) -> Service {
    Service {
        document: "books.yaml".to_owned(),
        package: "acme-books".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: true,
        draft,
        notes: Default::default(),
    }
}

fn text<'f>(files: &'f FileSet, path: &str) -> &'f str {
    files.texts().find(|(known, _)| *known == path).unwrap().1
}

#[test]
fn a_draft_may_lack_words_and_decisions() {
    let (files, gaps) = codegen::generate_draft(&document(DOCUMENT), &service(true)).unwrap();
    // The operation, its parameter and its answer; the schema and its property.
    assert_eq!(gaps, Gaps { descriptions: 5, decisions: 1, secrets: 0 });
    let said = "**A draft:** 5 descriptions are missing, 1 contradiction waits for a decision.";
    for path in ["client/README.md", "server/README.md", "docs/README.md"] {
        assert!(text(&files, path).contains(said), "{path}");
    }
    for path in ["client/Cargo.toml", "server/Cargo.toml"] {
        assert!(text(&files, path).contains("\npublish = false\n"), "{path}");
    }
    let manifest = text(&files, "client/Cargo.toml");
    assert!(
        manifest.contains("description = \"Draft of a client for the Books API\""),
        "{manifest}"
    );
}

#[test]
fn what_looks_like_a_secret_is_one() {
    let count = "count: {type: integer, format: int32}";
    let with_key = DOCUMENT.replace(count, "app_key: {type: string}");
    let (_, api) = codegen::draft_model(&document(&with_key)).unwrap();
    assert_eq!(api.gaps.unwrap().secrets, 1);
    let model = codegen::dump(&api).unwrap();
    assert!(model.contains("shape: secret"), "{model}");
}

#[test]
fn without_leave_nothing_is_generated() {
    let Err(Error::Document(problems)) = codegen::generate(&document(DOCUMENT), &service(false))
    else {
        panic!("a document without words is taken");
    };
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    assert_eq!(codes, ["missing-description", "pending-decision", "missing-description"]);
}

#[test]
fn everything_else_is_a_problem_of_a_draft_too() {
    let broken = DOCUMENT.replace("schemas/Books\"", "schemas/Novels\"");
    let Err(Error::Document(problems)) = codegen::generate(&document(&broken), &service(true))
    else {
        panic!("a reference to nothing is taken");
    };
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["unused-component", "unresolved-ref"]);
}

#[test]
fn what_is_finished_is_no_draft() {
    let mut finished = DOCUMENT.to_owned();
    for (words, with) in [
        ("operationId: ListBooks", "operationId: ListBooks\n      description: Lists."),
        ("name: kind,", "name: kind, description: K.,"),
        ("\"200\":", "\"200\":\n          description: B."),
        ("    Books:\n", "    Books:\n      description: B.\n"),
        ("count: {", "count: {description: C., "),
        ("decision: pending", "decision: D."),
    ] {
        assert!(finished.contains(words), "{words}");
        finished = finished.replace(words, with);
    }
    let files = codegen::generate(&document(&finished), &service(false)).unwrap();
    for path in ["client/README.md", "client/Cargo.toml", "docs/README.md"] {
        let text = text(&files, path).to_lowercase();
        assert!(!text.contains("draft") && !text.contains("publish"), "{path}");
    }
}

#[test]
fn one_and_several_are_told_apart() {
    let gaps = Gaps { descriptions: 1, decisions: 0, secrets: 2 };
    assert_eq!(
        gaps.to_string(),
        "1 description is missing, 0 contradictions wait for a decision, 2 texts are taken for secrets"
    );
}

const ORDERS: &str = r##"
openapi: 3.0.3
info: {title: Books API, version: v1}
servers: [{url: "https://books.example.com"}]
paths:
  /v1/books/{id}/orders:
    post:
      operationId: OrderBook
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: shops, in: query, required: true, schema: {type: array, items: {type: string}}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
      responses:
        "200":
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
components:
  schemas:
    Order:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 6, maxLength: 7}
        code: {type: string, pattern: "^[A-Z]{2}-[0-9]+$"}
        password: {type: string, format: password}
        count: {type: integer, format: int32, minimum: 4, maximum: 20, multipleOf: 3}
        weight: {type: number, format: double, minimum: 2, maximum: 3}
        kind: {title: Kind, type: string, enum: [novel, poem]}
        sent: {type: string, format: date-time}
        gift: {type: boolean}
        notes: {type: object, additionalProperties: {type: array, items: {type: string}}}
        parts: {type: array, minItems: 2, items: {$ref: "#/components/schemas/Order"}}
"##;

/// The made examples of a document of orders: of the body, and of the answer.
fn made(text: &str) -> [Option<serde_json::Value>; 2] {
    let (_, api) = codegen::draft_model(&document(text)).unwrap();
    let operation = &api.operations[0];
    let first =
        |examples: &[codegen::model::Example]| examples.first().map(|one| one.value.clone());
    [first(&operation.body.as_ref().unwrap().examples), first(&operation.responses[0].examples)]
}

#[test]
fn a_draft_makes_the_examples_that_it_lacks() {
    let [body, answer] = made(ORDERS);
    let body = body.unwrap();
    let mut plain = body.clone();
    let parts = plain.as_object_mut().unwrap().remove("parts").unwrap();
    assert_eq!(
        plain,
        serde_json::json!({
            "name": "textte",
            "code": "AA-1",
            "password": "Example-Passw0rd",
            "count": 6,
            "weight": 2.5,
            "kind": "novel",
            "sent": "2024-01-02T03:04:05Z",
            "gift": true,
            "notes": {"key1": ["text"]},
        })
    );
    assert_eq!(parts.as_array().map(Vec::len), Some(2));
    assert_eq!(answer, Some(body));
    // They are tested, and the reference says where they are from.
    let (files, _) = codegen::generate_draft(&document(ORDERS), &service(true)).unwrap();
    let tests = text(&files, "client/tests/payloads/shared.rs");
    for name in ["fn order_book_from_schema()", "fn order_book_answers_200_from_schema()"] {
        assert!(tests.contains(name), "{tests}");
    }
    assert!(text(&files, "docs/operations/order-book.md").contains("Made from the schema"));
}

#[test]
fn a_draft_makes_no_example_that_breaks_a_rule() {
    let ruled = ORDERS.replace(
        "      required: [name]",
        "      required: [name]\n      x-validations: [{id: no-gift, rule: '!has(self.gift)', message: No gifts., \
         source: Page}]",
    );
    let [body, answer] = made(&ruled);
    assert_eq!(body, None);
    assert!(answer.is_some());
}

#[test]
fn what_has_no_value_has_no_example() {
    for (words, with) in [
        ("minLength: 6, maxLength: 7", "pattern: \"^a$b$\""),
        ("required: [name]", "required: [name, parts]"),
    ] {
        assert!(ORDERS.contains(words));
        assert_eq!(made(&ORDERS.replace(words, with)), [None, None], "{with}");
    }
}
