//! Answers: shared errors, statuses, headers.

use serde_json::json;
use transcribe::facts::{Page, Place};

use crate::builders::{answer, answer_example, at, findings, page, resolve, row, status, table};

/// A page with an answer 400 of the schema `Problem`.
fn failing(operation: &str, field: &str) -> Page {
    let mut page = page(operation);
    page.statuses.push(status(400));
    page.tables.push(answer(400, "Problem", vec![row(field, None, "String")]));
    page
}

fn response<'t>(
    made: &'t transcribe::transcript::Transcript,
    at_path: &str,
) -> &'t serde_json::Value {
    at(made, &format!("/paths/~1v2~1{{project_id}}~1{at_path}"))
}

#[test]
fn errors_that_are_alike_are_one_component() {
    let mut bare = page("C");
    bare.statuses.extend([status(400), status(404)]);
    let mut odd = failing("D", "code");
    odd.statuses.push(status(499));
    odd.tables.push(answer(499, "Problem_1", vec![row("code", None, "String")]));
    let made = resolve(&[failing("A", "code"), failing("B", "message"), bare, odd]);
    let problem = json!({"content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    }});
    assert_eq!(
        *at(&made, "/components/responses"),
        json!({"BadRequest": problem, "Status499": problem})
    );
    let shared = json!({"$ref": "#/components/responses/BadRequest"});
    assert_eq!(response(&made, "a/post/responses/400"), &shared);
    assert_eq!(response(&made, "c/post/responses/400"), &shared);
    assert_eq!(response(&made, "c/post/responses/404"), &json!({}));
    assert_eq!(
        response(&made, "b/post/responses/400")["content"]["application/json"]["schema"],
        json!({"$ref": "#/components/schemas/ProblemOfB"})
    );
}

#[test]
fn an_example_of_an_error_belongs_to_its_operation() {
    let example = |page: Page, code: &str| {
        let body = json!({"code": code}).to_string();
        Page { examples: vec![answer_example(Some(400), &body)], ..page }
    };
    let made = resolve(&[
        example(failing("A", "code"), "L.1"),
        example(failing("B", "code"), "L.1"),
        failing("C", "code"),
    ]);
    for path in ["a", "b"] {
        let answer = response(&made, &format!("{path}/post/responses/400"));
        let media = &answer["content"]["application/json"];
        assert_eq!(media["schema"], json!({"$ref": "#/components/schemas/Problem"}), "{path}");
        let values: Vec<_> = media["examples"].as_object().into_iter().flatten().collect();
        assert_eq!(values.len(), 1, "{path}: {media}");
        assert_eq!(values[0].1["value"], json!({"code": "L.1"}));
    }
    let shared = json!({"$ref": "#/components/responses/BadRequest"});
    assert_eq!(response(&made, "c/post/responses/400"), &shared);
    let shared = at(&made, "/components/responses/BadRequest/content/application~1json");
    assert!(shared.get("schema").is_some() && shared.get("examples").is_none(), "{shared}");
    // A shared answer that nobody refers to is none.
    let alone = resolve(&[example(failing("A", "code"), "L.1")]);
    assert!(alone.document.pointer("/components/responses/BadRequest").is_none());
}

#[test]
fn a_status_that_no_row_lists_is_found() {
    let mut page = failing("A", "code");
    page.statuses[1].in_table = false;
    page.statuses.push(status(204));
    let made = resolve(&[page]);
    assert_eq!(findings(&made), ["status 400: table=No row 400. text=An answer 400 is described."]);
    assert_eq!(made.findings[0].pointer.to_string(), "#/paths/~1v2~1{project_id}~1a/post");
    assert_eq!(made.findings[0].at.line, 90);
}

#[test]
fn a_page_without_rows_of_statuses_leaves_none_out() {
    let mut page = failing("A", "code");
    page.statuses.iter_mut().for_each(|status| status.in_table = false);
    assert_eq!(findings(&resolve(&[page])), [""; 0]);
}

#[test]
fn headers_of_answers_are_left_to_people() {
    let mut page = page("A");
    let place = Place::ResponseHeaders { status: 200 };
    let rows = vec![row("X-Request-Id", None, "String"), row("ETag", None, "String")];
    page.tables.push(table(place, None, rows));
    let made = resolve(&[page]);
    assert_eq!(made.untranscribed[0].text, "headers of the answer 200: X-Request-Id, ETag");
    assert_eq!(findings(&made), Vec::<String>::new());
}
