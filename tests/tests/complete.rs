//! The document and everything generated from it is complete: every operation is described, shown and
//! generated, everything in it has a description, and every error code that it shows is explained.
//!
//! The checks are in `complete/`; each lists everything it finds. Copies of the document with one item
//! removed or changed show that each check can fail: exactly that item is listed then.

#[path = "complete/answers.rs"]
mod answers;
#[path = "complete/descriptions.rs"]
mod descriptions;
#[path = "complete/generated.rs"]
mod generated;
#[path = "complete/operations.rs"]
mod operations;

use codegen::{load::Document, lower, model::Api, passes, payload};
use conformance::repo;
use serde_json::{Value, json};

#[test]
fn nothing_is_missing() {
    let services = repo::services();
    assert!(services.len() >= 6, "{} services", services.len());
    for service in services {
        let gaps = gaps_of(&repo::document_of(&service), &service.output);
        assert!(gaps.is_empty(), "{}:\n{}", service.document, gaps.join("\n"));
    }
}

#[test]
fn all_operations_are_there() {
    assert_eq!(model(&repo::document()).operations.len(), 137);
}

/// Those of a changed document of DCS.
fn gaps(document: &Document) -> Vec<String> {
    gaps_of(document, "generated/dcs")
}

/// The document itself is checked too: what the model does not keep cannot be missed in it.
fn gaps_of(document: &Document, output: &str) -> Vec<String> {
    let api = model(document);
    [
        operations::gaps(&api),
        descriptions::gaps(document, &api),
        answers::gaps(&api),
        generated::gaps(&api, output),
    ]
    .concat()
}

/// Without validation, which refuses some of what the checks are to find.
fn model(document: &Document) -> Api {
    let mut api = lower::lower(document).unwrap_or_else(|problems| panic!("{problems:?}"));
    passes::run_passes(&mut api);
    api
}

#[test]
fn operations_without_a_part_are_named() {
    takes_away(&[
        ("ShowInstance/summary", "ShowInstance: no summary"),
        ("ShowInstance/description", "ShowInstance: no description"),
        ("ShowInstance/tags", "ShowInstance: no tag"),
        ("ShowInstance/x-source", "ShowInstance: no x-source"),
        ("ListSlowlog/x-pagination", "ListSlowlog: no x-pagination"),
        ("DeleteSingleInstance/responses/204", "DeleteSingleInstance: no documented success"),
        (
            "UpdatePassword/requestBody/content/application~1json/examples",
            "UpdatePassword: no example of its body",
        ),
        (
            "ShowInstance/responses/200/content/application~1json/examples",
            "ShowInstance: no example of its answer 200",
        ),
        (
            "BatchDeleteInstances/parameters/1/example",
            "BatchDeleteInstances: no example of the parameter all_failure",
        ),
    ]);
}

#[test]
fn what_is_not_described_is_named() {
    takes_away(&[
        ("info/description", "the document: no description"),
        ("tags/0/description", "tag Lifecycle: no description"),
        ("UpdatePassword/requestBody/description", "UpdatePassword: no description of its body"),
        (
            "BatchDeleteInstances/parameters/1/description",
            "BatchDeleteInstances: no description of the parameter all_failure",
        ),
        (
            "components/schemas/PriorityBody/description",
            "#/components/schemas/PriorityBody: no description",
        ),
        (
            "components/schemas/Whitelist/properties/group_name/description",
            "#/components/schemas/Whitelist/properties/group_name: no description",
        ),
        (
            "components/schemas/Whitelist/properties/ip_list/items/description",
            "#/components/schemas/Whitelist/properties/ip_list/items: no description",
        ),
        (
            "components/schemas/ChangeInstanceStatusBody/properties/action/x-enum-descriptions",
            "#/components/schemas/ChangeInstanceStatusBody/properties/action: \
             no description of restart, soft_restart, flush",
        ),
    ]);
    names(
        "ShowInstance/responses/200/description",
        json!(""),
        &["ShowInstance: no description of its answer 200"],
    );
}

#[test]
fn sets_that_answers_close_are_named() {
    names(
        "components/schemas/ModifyInstancePasswordResp/properties/result",
        json!({
            "title": "PasswordChange",
            "type": "string",
            "description": "What became of it.",
            "enum": ["success"],
            "x-enum-descriptions": ["It is changed."],
        }),
        &["#/components/schemas/ModifyInstancePasswordResp/properties/result: closed in answers"],
    );
    names(
        "components/schemas/BackupPolicy/properties/backup_type",
        json!({ "type": "string", "description": "Whether it is automatic." }),
        &["BackupType: not closed by requests and read in answers"],
    );
    names(
        "components/schemas/ModifyInstancePasswordResp/properties/result",
        json!({ "type": "integer", "format": "int32", "description": "A code.", "enum": [1, 2] }),
        &["#/components/schemas/ModifyInstancePasswordResp: result is closed in answers"],
    );
}

#[test]
fn codes_that_nothing_explains_are_named() {
    names(
        "ShowMigrationTaskStats/responses/400/content/application~1json/examples/unknown-task/value",
        json!({ "error_code": "DCS.0000", "error_msg": "x", "of": [{ "error_code": "dcs.00" }] }),
        &[
            "ShowMigrationTaskStats: the error code DCS.0000 is not in the catalogue",
            "ShowMigrationTaskStats: the error code dcs.00 is not in the catalogue",
        ],
    );
    names(
        "components/schemas/ErrorResponse/properties/error_code/example",
        json!("DCS.0001"),
        &["#/components/schemas/ErrorResponse: the error code DCS.0001 is not in the catalogue"],
    );
    let mut document = repo::document();
    let catalog = document.error_catalog.as_mut().unwrap();
    let codes = catalog.value["codes"].as_array_mut().unwrap();
    codes.retain(|entry| entry["code"] != "DCS.4133");
    let gap = "ShowMigrationTaskStats: the error code DCS.4133 is not in the catalogue";
    assert_eq!(gaps(&document), [gap]);
}

#[test]
fn what_is_not_generated_is_named() {
    names(
        "ShowTags/operationId",
        json!("ShowLabels"),
        &[
            "ShowLabels: no call in the client",
            "ShowLabels: no generated/dcs/docs/operations/show-labels.md",
            "ShowLabels: no generated/dcs/examples/show-labels/call.sh",
            "ShowLabels: no generated/dcs/examples/show-labels/response-200-two-tags.json",
            "generated/dcs/docs/operations/show-tags.md: of no operation",
            "generated/dcs/examples/show-tags: of no operation",
        ],
    );
}

/// Taking away what is in each of some places leaves one gap.
fn takes_away(places: &[(&str, &str)]) {
    let original = repo::document();
    for (at, gap) in places {
        let mut document = original.clone();
        let place = place(&document, at);
        let (parent, key) = place.rsplit_once('/').unwrap();
        let parent = document.value.pointer_mut(parent).and_then(Value::as_object_mut);
        let key = key.replace("~1", "/").replace("~0", "~");
        assert!(parent.unwrap().shift_remove(&key).is_some(), "nothing at {at}");
        assert_eq!(gaps(&document), [*gap], "without {at}");
    }
}

/// Another value in a place leaves these gaps and no others.
fn names(at: &str, value: Value, expected: &[&str]) {
    let mut document = repo::document();
    let place = place(&document, at);
    *document.value.pointer_mut(&place).unwrap_or_else(|| panic!("nothing at {at}")) = value;
    assert_eq!(gaps(&document), expected, "with another {at}");
}

/// The pointer of a place, which starts at an operation or at the root.
fn place(document: &Document, at: &str) -> String {
    let (first, rest) = at.split_once('/').unwrap();
    let operations = payload::operations(document);
    let operation = operations.into_iter().find(|(id, _)| id == first);
    let start = operation.map_or(format!("#/{first}"), |(_, pointer)| pointer.to_string());
    format!("{}/{rest}", start.trim_start_matches('#'))
}
