//! Every operation of the document answers, as documented, with what the document says that it is sent.

mod common;

use std::collections::BTreeMap;

use common::{Answer, client, pair, send, without_processes};
use huaweicloud_core::server::{Needed, Operation, Place};
use huaweicloud_dcs_emulator::{Coverage, Emulator, coverage};
use serde_json::Value;

/// What required parameters of the query are given.
const QUERY: &[(&str, &str)] = &[
    ("job_id", "job"),
    ("operation", "resize"),
    ("log_type", "run"),
    ("start_time", "1700000000000"),
    ("end_time", "1700000001000"),
    ("dim_name", "dcs_instance_id"),
    ("type", "sys"),
];

async fn call(
    emulator: &Emulator,
    operation: &Operation,
    instance: &str,
    body: Option<&str>,
) -> Answer {
    let keys = emulator.keys();
    let mut path = operation.path.replace("{project_id}", &keys.project_id);
    path = path.replace("{instance_id}", instance);
    // The first shard has the id of its instance.
    path = path.replace("{group_id}", instance);
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, "thing");
    }
    let known: BTreeMap<&str, &str> = QUERY.iter().copied().collect();
    let needed = operation.parameters.iter();
    let needed = needed.filter(|p| p.place == Place::Query && p.needed == Needed::Always);
    let query: Vec<String> = needed
        .map(|p| format!("{}={}", p.name, known.get(p.name).copied().unwrap_or("thing")))
        .collect();
    let path = format!("{path}?{}", query.join("&"));
    send(emulator, operation.method, &path, body.unwrap_or_default()).await
}

/// Refusals that are right: what the example speaks of is not there.
fn is_about_what_is_missing(answer: &Value) -> bool {
    // A password that is not the old one; a backup, task, analysis, node, certificate or session that there is not.
    let missing = [
        "DCS.4080", "DCS.4063", "DCS.4087", "DCS.4070", "DCS.4941", "DCS.4942", "DCS.3053",
        "DCS.4202",
    ];
    missing.contains(&answer["error_code"].as_str().unwrap_or_default())
        || answer["error_msg"].as_str().unwrap_or_default().contains(" has the ID ")
}

#[tokio::test]
async fn every_operation_answers_its_documented_example() {
    let emulator = without_processes().await;
    let client = client(&emulator);
    let mut wrong = Vec::new();
    for (operation, _) in coverage() {
        let made = client.create_instance(pair("example")).send().await.unwrap().into_inner();
        let instance = made.instances[0].instance_id.clone().unwrap();
        let bodies: Vec<Option<&str>> = match operation.requests {
            [] => vec![None],
            requests => requests.iter().copied().map(Some).collect(),
        };
        for body in bodies {
            let Answer { status, head, body } = call(&emulator, operation, &instance, body).await;
            let documented = operation.answers.iter().find(|answer| answer.code() == Some(status));
            let media = documented.and_then(|answer| answer.media);
            let has_media =
                media.is_none_or(|media| head.contains(&format!("content-type: {media}")));
            let is_right = status < 300 || is_about_what_is_missing(&body);
            if documented.is_none() || !has_media || !is_right {
                wrong.push(format!("{} {status} {head} {body}", operation.id));
            }
        }
        // A documented request may have deleted it.
        let _ = client.delete_single_instance(&instance).send().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_instance_that_is_not_there_is_missed_by_every_operation() {
    let emulator = without_processes().await;
    for (operation, _) in coverage() {
        if !operation.path.contains("{instance_id}") {
            continue;
        }
        let body = operation.requests.first().copied();
        let answer = call(&emulator, operation, "nothing", body).await;
        let said = (answer.status, &answer.body["error_code"]);
        assert_eq!(said, (404, &"DCS.3022".into()), "{}", operation.id);
    }
}

#[test]
fn the_page_says_how_many_operations_do_what() {
    let count = |wanted| coverage().filter(|(_, coverage)| *coverage == wanted).count();
    let behavior = count(Coverage::Behavior);
    let (example, nothing) = (count(Coverage::Example), count(Coverage::Nothing));
    let all = behavior + example + nothing;
    assert_eq!(all, coverage().count());
    let line = format!("Of {all} operations, {behavior} are carried out, {example} answer");
    let page: Vec<&str> = include_str!("../README.md").split_whitespace().collect();
    let page = page.join(" ");
    assert!(page.contains(&line), "README.md does not have `{line}`");
    let line = format!("and {nothing} changes nothing");
    assert!(page.contains(&line), "README.md does not have `{line}`");
}

/// Few fields may be null by the document, and any may be left out.
#[tokio::test]
async fn what_an_instance_has_not_is_left_out() {
    let emulator = without_processes().await;
    let made = client(&emulator).create_instance(pair("bare")).send().await.unwrap().into_inner();
    let instance = made.instances[0].instance_id.clone().unwrap();
    for id in ["ShowInstance", "ListInstances", "ListGroupReplicationInfo"] {
        let (operation, _) = coverage().find(|(operation, _)| operation.id == id).unwrap();
        let answer = call(&emulator, operation, &instance, None).await;
        let text = answer.body.to_string();
        assert!(text.contains(&instance) && !text.contains("null"), "{text}");
    }
}
