//! An operation is its method and path: what people call it does not matter, and a page that gives its id to
//! another call is refused.

use crate::support::{document, lines, merged, transcript};

#[test]
fn an_operation_is_its_method_and_path_whatever_people_call_it() {
    let ours =
        document("{/b: {get: {operationId: Renamed, description: Ours., responses: {}}}}", "{}");
    let page =
        document("{/b: {get: {operationId: B, responses: {'200': {description: ''}}}}}", "{}");
    let merge = merged(&ours, &transcript(page));
    assert_eq!(lines(&merge), ["#/paths/~1b/get/responses/200: added status 200"]);
    assert_eq!(merge.document["paths"]["/b"]["get"]["operationId"], "Renamed");
}

/// What a page calls an operation and what the document calls so must have one method and path.
#[track_caller]
fn refused(ours: &str, theirs: &str) -> Vec<String> {
    let (ours, page) = (document(ours, "{}"), document(theirs, "{}"));
    let merge = merged(&ours, &transcript(page));
    assert_eq!(merge.document, ours);
    assert!(merge.has_drift());
    merge.findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_page_that_calls_an_operation_by_the_id_of_another_is_refused() {
    // Another method, another path, and other names of parameters.
    assert_eq!(
        refused(
            "{/a: {get: {operationId: A, responses: {}}}}",
            "{/a: {post: {operationId: A, responses: {}}}}"
        ),
        ["the page of `A` has `POST /a`; in the document, `A` is `GET /a`: page refused"]
    );
    assert_eq!(
        refused(
            "{/a: {get: {operationId: A, responses: {}, x-source: {page: A}}}}",
            "{/v2/a: {get: {operationId: A, responses: {}}}}"
        ),
        ["the page of `A` has `GET /v2/a`; in the document, `A` is `GET /a`: page refused"]
    );
    assert_eq!(
        refused(
            "{'/a/{id}': {get: {operationId: A, responses: {}}}}",
            "{'/a/{a_id}': {get: {operationId: A, responses: {}}}}"
        ),
        [
            "the page of `A` has `GET /a/{a_id}`; in the document, `A` is `GET /a/{id}`: page refused"
        ]
    );
}

#[test]
fn pages_that_would_change_the_places_of_operations_are_refused() {
    assert_eq!(
        refused(
            "{/a: {get: {operationId: A, responses: {}}}, /b: {get: {operationId: B, responses: {}}}}",
            "{/b: {get: {operationId: A, responses: {}}}, /a: {get: {operationId: B, responses: {}}}}"
        )
        .len(),
        4
    );
}
