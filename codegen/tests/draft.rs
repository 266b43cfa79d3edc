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
