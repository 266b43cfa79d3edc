//! Descriptions are plain text wherever they are printed: whatever they contain, no generated documentation
//! has code that a tool would run, or HTML.

use std::collections::BTreeSet;

use codegen::{config::Service, load::Document, output::FileSet};
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::json;

/// What blocks of code, lists, quotations and tags begin and end with, and words between them.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n    ",
    "\n\t",
    " ",
    "```",
    "````",
    "```rust",
    "```rust,no_run",
    "~~~",
    "~~~~",
    "~~~ rust",
    "`",
    "``",
    "- ",
    "1. ",
    "> ",
    "# ",
    "* ",
    "\\",
    "\\`",
    "|",
    "[a]",
    "(b)",
    "<script>",
    "</p>",
    "<!--",
    "-->",
    "<br>",
    "<https://a.example>",
    "&lt;",
    "panic!(\"run\");",
    "a word",
    "fn main() {}",
    "many words that fill a line until it has to be broken somewhere",
];

/// What pages show beside words.
const OF_PAGES: &[&str] = &["http", "json", "sh", "toml"];

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 1..24)
        .prop_map(|pieces| format!("W{}", pieces.concat()))
}

fn generated(words: &str) -> FileSet {
    let text = json!({ "type": "string", "description": words, "default": words });
    let set = json!({ "type": "string", "description": words, "enum": ["a"], "x-enum-descriptions": [words] });
    let whole = json!({ "type": "object", "description": words, "required": ["a"],
        "properties": { "a": text, "b": set, "c": text } });
    let value = json!({
        "openapi": "3.0.3",
        "info": { "title": "Words", "version": "v1", "description": words },
        "servers": [{ "url": "https://words.example.com", "description": words }],
        "tags": [{ "name": "all", "description": words }],
        "paths": { "/all": { "post": {
            "operationId": "SetAll", "summary": words, "description": words, "tags": ["all"],
            "parameters": [{ "name": "p", "in": "query", "required": true, "description": words,
                "schema": { "type": "string" } }],
            "requestBody": { "required": true, "description": words, "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Whole" },
                "examples": { "one": { "summary": words, "description": words, "value": { "a": "x" } } } } } },
            "responses": { "200": { "description": words, "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Whole" } } } } },
        } } },
        "components": { "schemas": { "Whole": whole } },
    });
    let document = Document {
        name: "words".to_owned(),
        value,
        error_catalog: None,
        guide: None,
        translations: Vec::new(),
    };
    let service = Service {
        document: "words.yaml".to_owned(),
        package: "words".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    };
    codegen::generate(&document, &service).unwrap_or_else(|error| panic!("{error}"))
}

/// The texts that are read as Markdown: those of comments that document, and pages.
fn texts(files: &FileSet) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (path, text) in files.texts() {
        if path.ends_with(".md") {
            // What the front pages show of Rust is made by the generator, and compiled with its tests.
            let text = text.replace("```rust,no_run\nuse words::", "```text\n");
            all.insert(text.replace("```rust\nuse words_catalog::", "```text\n"));
        } else if path.ends_with(".rs") {
            let mut comment = String::new();
            for line in text.lines().map(str::trim_start).chain([""]) {
                match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
                    Some(words) => {
                        comment.push_str(&format!("{}\n", words.strip_prefix(' ').unwrap_or(words)))
                    }
                    None => drop(all.insert(std::mem::take(&mut comment))),
                }
            }
        }
    }
    all
}

/// What folds a part of a page away; its title is ours.
fn is_fold(html: &str) -> bool {
    let title = html.strip_prefix("<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
    ["<details>", "</details>"].contains(&html) || title.is_some_and(|title| !title.contains('<'))
}

fn check(markdown: &str) {
    let is_page = markdown.contains("@generated");
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(markdown, options) {
        let is_bad = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                &**info != "text" && !(is_page && OF_PAGES.contains(&&**info))
            }
            // A page is not compiled; a comment is.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                !markdown.contains("@generated")
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                html != "<br>"
                    && !is_fold(html)
                    && !html.starts_with("<!-- @generated")
                    && !html.is_empty()
            }
            _ => false,
        };
        assert!(!is_bad, "{event:?}\n{markdown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn no_description_runs(words in words()) {
        for text in texts(&generated(&words)) {
            check(&text);
        }
    }
}
