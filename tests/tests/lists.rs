//! 2xx responses that are not what was requested: one that reports an error, for operations of each kind; one
//! that is not a list, for one that lists. In: a server with such responses, and the generated calls. Out: a
//! specific error, never an empty list.

use std::{io, time::Duration};

use conformance::server::{Received, Reply, Server};
use huaweicloud_dcs::{
    Client, Error, ItemStream, ListProblem,
    types::{InstanceListInfo, ModifyInstancePasswordBody},
};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn client(server: &Server) -> Result<Client, Error> {
    Client::builder()
        .endpoint(server.endpoint())
        .allow_http(true)
        .project_id("p-1")
        .auth_token("EXAMPLE-TOKEN")
        .timeout(Duration::from_secs(20))
        .build()
}

async fn saying(status: u16, body: &str) -> io::Result<Server> {
    let reply = Reply::json(status, body);
    Server::answering(move |_| reply.clone()).await
}

/// What a look for an instance says to this body.
async fn look(body: &str) -> Result<Result<usize, Error>, Box<dyn std::error::Error>> {
    let server = saying(200, body).await?;
    let client = client(&server)?;
    let sent = client.list_instances().name("shop").send().await;
    let streamed = client.list_instances().name("shop").stream().into_vec().await;
    assert_eq!(sent.is_ok(), streamed.is_ok(), "{body}");
    if let (Err(sent), Err(streamed)) = (&sent, &streamed) {
        assert_eq!(sent.to_string(), streamed.to_string(), "{body}");
    }
    Ok(sent.map(|answer| answer.instances.len()))
}

/// Whoever asks for no items gets none, however many there are.
#[tokio::test]
async fn a_page_without_room_is_an_empty_list() -> Outcome {
    let server = saying(200, r#"{"backup_record_response":[],"total_num":7}"#).await?;
    let client = client(&server)?;
    let empty = client.list_backup_records("i").limit(0).send().await?;
    assert_eq!(empty.backup_record_response.len(), 0);
    assert!(client.list_backup_records("i").limit(1).send().await.is_err());
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_no_list_is_not_an_empty_list() -> Outcome {
    let cases = [
        ("", "it has nothing instead of `instances`"),
        ("null", "it has null instead of `instances`"),
        ("\u{feff}", "it has nothing instead of `instances`"),
        ("{}", "it has no `instances`"),
        (r#"{"instance_num":0}"#, "it has no `instances`"),
        (r#"{"instances":null,"instance_num":0}"#, "it has null instead of `instances`"),
        (r#"{"instances":{}}"#, "it has an object instead of `instances`"),
        (r#"{"instances":""}"#, "it has a string instead of `instances`"),
        (r#"{"instances":0}"#, "it has a number instead of `instances`"),
        (r#"{"instances":[null]}"#, "it has a list of nulls instead of `instances`"),
        (r#"{"data":{"instances":[]}}"#, "it has no `instances`"),
        (r#"{"instance":{"instance_id":"i"}}"#, "it has no `instances`"),
        ("[]", "it has a list instead of `instances`"),
        (r#""busy""#, "it has a string instead of `instances`"),
    ];
    for (body, why) in cases {
        let error = look(body).await?.err().ok_or(body)?;
        let text = format!(
            "ListInstances: 200, but the response is not a list: {why}; items that were not listed may \
             still exist"
        );
        assert_eq!(error.to_string(), text, "{body}");
        let Error::List(list) = &error else { return Err(format!("{body}: {error:?}").into()) };
        assert!(matches!(list.problem(), ListProblem::NoList { field: "instances", .. }));
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
        assert!(!error.is_unknown_outcome() && !error.is_retryable());
    }
    let error = look("<html>busy</html>").await?.err().ok_or("html")?;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(look(r#"{"instances":[]}"#).await??, 0);
    assert_eq!(look(r#"{"instances":[],"instance_num":0}"#).await??, 0);
    assert_eq!(look("\u{feff}{\"instances\":[],\"instance_num\":\"0\"}").await??, 0);
    assert_eq!(look(r#"{"instances":[{"name":"shop"}],"instance_num":1}"#).await??, 1);
    Ok(())
}

#[tokio::test]
async fn nothing_listed_where_something_is_counted_is_no_empty_list() -> Outcome {
    let error = look(r#"{"instances":[],"instance_num":101}"#).await?.err().ok_or("listed")?;
    assert_eq!(
        error.to_string(),
        "ListInstances: 200, but the list is empty, although the service counts 101; items that \
         were not listed may still exist"
    );
    let server = saying(200, r#"{"instances":[],"instance_num":3}"#).await?;
    let client = client(&server)?;
    let error = client.list_instances().offset(2).send().await.err().ok_or("listed")?;
    assert!(error.to_string().contains("from offset 2 on"), "{error}");
    // Behind the end there is nothing.
    assert!(client.list_instances().offset(3).send().await?.instances.is_empty());
    Ok(())
}

#[tokio::test]
async fn no_content_is_no_list() -> Outcome {
    let server =
        Server::answering(|_| Reply::Answer { status: 204, headers: Vec::new(), body: Vec::new() })
            .await?;
    let error = client(&server)?.list_instances().send().await.err().ok_or("listed")?;
    assert!(error.to_string().starts_with("ListInstances: 204, but the response is not a list"));
    Ok(())
}

/// A service with `size` instances, which counts `total`.
fn pages(size: usize, total: i64, ignores_offset: bool) -> impl FnMut(&Received) -> Reply {
    move |request| {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let number = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).and_then(|(_, value)| value.parse::<usize>().ok())
        };
        let begin = if ignores_offset { 0 } else { number("offset").unwrap_or(0).min(size) };
        let end = (begin + number("limit").unwrap_or(10)).min(size);
        let items: Vec<Value> =
            (begin..end).map(|i| json!({ "instance_id": format!("i-{i}"), "name": "x" })).collect();
        Reply::json(200, &json!({ "instances": items, "instance_num": total }).to_string())
    }
}

async fn end(mut stream: ItemStream<'_, InstanceListInfo>) -> (usize, Option<String>) {
    let mut count = 0;
    while let Some(item) = stream.next().await {
        match item {
            Ok(_) => count += 1,
            Err(error) => return (count, Some(error.to_string())),
        }
    }
    (count, None)
}

#[tokio::test]
async fn every_list_ends() -> Outcome {
    for (size, total, ignores_offset, come, problem) in [
        (101, 101, false, 101, None),
        (100, 101, false, 100, Some("nothing is listed from offset 100 on")),
        (500, 900, true, 100, Some("the page from offset 100 on repeats what came before")),
        (40, 40, true, 40, None),
        (100, 100, true, 100, None),
    ] {
        let server = Server::answering(pages(size, total, ignores_offset)).await?;
        let (count, error) = end(client(&server)?.list_instances().stream()).await;
        assert_eq!(count, come, "{size} of {total}");
        let is_expected = match (problem, &error) {
            (None, None) => true,
            (Some(problem), Some(error)) => error.contains(problem),
            _ => false,
        };
        assert!(is_expected, "{size} of {total}: {error:?}");
        assert!(server.received().len() <= 3);
    }
    let server = Server::answering(pages(1000, 1000, false)).await?;
    let client = client(&server)?;
    let stream = client.list_instances().limit(50).stream().max_pages(3);
    let (count, error) = end(stream).await;
    assert_eq!((count, server.received().len()), (150, 3));
    assert!(error.is_some_and(|error| error.contains("more than 3 pages")));
    Ok(())
}

/// The calls of each kind of answer: a structure, a list, none.
async fn calls(client: &Client) -> [(&'static str, Option<Error>); 5] {
    [
        ("show", client.show_instance("i-1").send().await.err()),
        ("list", client.list_instances().send().await.err()),
        ("whole list", client.list_flavors().send().await.err()),
        ("none", client.delete_single_instance("i-1").send().await.err()),
        ("documented message", {
            let call = client.update_password("i-1", ModifyInstancePasswordBody::new());
            call.skip_validation().send().await.err()
        }),
    ]
}

#[tokio::test]
async fn a_success_that_carries_an_error_code_is_an_error_of_every_operation() -> Outcome {
    let envelopes = [
        r#"{"error_code":"DCS.4800","error_msg":"No."}"#,
        "\u{feff}{\"error_code\":\"DCS.4800\",\"error_msg\":\"No.\"}",
        r#"{"error_msg":"No.","error_code":"DCS.4800","error_ext_msg":null}"#,
        r#"{"errorCode":"DCS.4800","errorMsg":"No."}"#,
        r#"{"code":"DCS.4800","message":"No."}"#,
        r#"{"error":{"code":"DCS.4800","message":"No."}}"#,
        r#"{"error":{"error_code":"DCS.4800","error_msg":"No."},"request_id":"r"}"#,
        r#"{"badRequest":{"code":"DCS.4800","message":"No."}}"#,
        r#"{"instances":[],"flavors":[],"instance_num":0,"error_code":"DCS.4800","error_msg":"No."}"#,
        r#"{"instances":[{"name":"x"}],"flavors":[{}],"error_code":"DCS.4800","error_msg":"No."}"#,
        r#"{"instances":7,"flavors":7,"name":[],"error_code":"DCS.4800","error_msg":"No."}"#,
    ];
    for body in envelopes {
        let server = saying(200, body).await?;
        for (call, error) in calls(&client(&server)?).await {
            let error = error.ok_or_else(|| format!("{call} succeeded: {body}"))?;
            assert_eq!(error.code(), Some("DCS.4800"), "{call}: {body}");
            let service = error.service().ok_or("of another kind")?;
            assert_eq!(
                (service.message(), service.status().as_u16()),
                (Some("No."), 200),
                "{body}"
            );
            let text = error.to_string();
            let begin = "200, but the response reports an error: DCS.4800: No.";
            assert!(text.starts_with(begin), "{call}: {text}");
            assert!(error.is_unknown_outcome());
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_a_success_may_hold_is_no_error() -> Outcome {
    for body in [
        r#"{"instances":[{"error_code":"DCS.4800"}],"flavors":[{"error":{"code":1}}]}"#,
        r#"{"instances":[],"flavors":[],"error_code":null,"error_msg":null}"#,
        r#"{"instances":[],"flavors":[],"error_code":"","error":null}"#,
        r#"{"instances":[],"flavors":[],"code":200,"message":"OK"}"#,
        r#"{"instances":[],"flavors":[],"newer":{"code":"A","message":"B"}}"#,
    ] {
        let server = saying(200, body).await?;
        for (call, error) in calls(&client(&server)?).await {
            assert!(error.is_none(), "{call}: {error:?}: {body}");
        }
    }
    // What is no JSON is no answer that anybody asked for.
    let server = saying(200, "done").await?;
    client(&server)?.delete_single_instance("i-1").send().await?;
    Ok(())
}

#[tokio::test]
async fn a_documented_code_of_a_task_or_record_is_data() -> Outcome {
    let body =
        r#"{"total_num":1,"backup_record_response":[{"backup_id":"b","error_code":"DCS.4000"}]}"#;
    let server = saying(200, body).await?;
    let records = client(&server)?.list_backup_records("i-1").send().await?;
    assert_eq!(records.backup_record_response.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_field_that_cannot_be_read_loses_no_other() -> Outcome {
    let body = r#"{"instance_num":4294967296,"instances":[
        {"name":"a","port":4294967296,"capacity":{},"engine":{"name":"Redis"},"tags":"","max_memory":1e30},
        {"name":{"zh":"b"},"port":"many","max_memory":9223372036854775807,"used_memory":[]}]}"#;
    let server = saying(200, body).await?;
    let answer = client(&server)?.list_instances().send().await?.into_inner();
    assert_eq!(answer.instance_num, Some(4_294_967_296));
    let [first, second] = &answer.instances[..] else { return Err("not two".into()) };
    assert_eq!((first.name.as_deref(), first.port), (Some("a"), Some(4_294_967_296)));
    assert_eq!((first.max_memory, first.tags.len()), (None, 0));
    assert_eq!(first.engine.as_ref().map(AsRef::as_ref), Some(r#"{"name":"Redis"}"#));
    assert_eq!((second.name.as_deref(), second.port), (Some(r#"{"zh":"b"}"#), None));
    assert_eq!((second.max_memory, second.used_memory), (Some(i64::MAX), None));
    Ok(())
}
