//! The bytes of responses. In: what was created or exists, and how the response fails. Out: bytes on a connection.

use std::io;

use conformance::server::{Reply, answer};
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt as _, net::TcpStream};

use crate::{
    fate::{Answer, Wrong},
    world::Instance,
};

/// The body of the answer to an order that made this.
pub(crate) fn order(made: &[Instance], outcome: Answer) -> Value {
    let report = |item: &Instance| {
        let (mut id, mut name) = (json!(item.id), json!(item.name));
        match outcome {
            Answer::Wrong(Wrong::OtherName) => name = json!(format!("{}-other", item.name)),
            Answer::Wrong(Wrong::NoName) => name = Value::Null,
            Answer::Wrong(Wrong::EmptyId) => id = json!(""),
            Answer::Wrong(Wrong::OneId) => id = json!(made[0].id),
            _ => {}
        }
        json!({"instance_id": id, "instance_name": name})
    };
    let mut reported: Vec<Value> = made.iter().map(report).collect();
    match outcome {
        Answer::Wrong(Wrong::Fewer) => drop(reported.pop()),
        Answer::Wrong(Wrong::More) => reported.extend(reported.first().cloned()),
        _ => {}
    }
    json!({"instances": reported, "order_id": "order-1"})
}

/// An answer that nobody asked for: a list of nothing, for whoever takes it for the answer to the next request.
const STALE: &str = r#"{"instance_num":0,"instances":[]}"#;

/// Puts it behind the last answer of a connection that is kept.
pub(crate) async fn stale(stream: &mut TcpStream) -> io::Result<()> {
    answer(stream, Reply::json(200, STALE), true).await
}

/// Answers; tells whether another request may follow.
pub(crate) async fn reply(
    stream: &mut TcpStream,
    outcome: Answer,
    body: &Value,
    keeps: bool,
) -> io::Result<bool> {
    let bytes = body.to_string().into_bytes();
    let whole = |status, text: &str| Reply::json(status, text);
    let reply = match outcome {
        Answer::Whole
        | Answer::Wrong(_)
        | Answer::Unidentified
        | Answer::Overlap
        | Answer::Skip
        | Answer::Short => whole(200, &body.to_string()),
        Answer::NoList(text) => whole(200, text),
        Answer::Mute => whole(202, r#"{"order_id":"order-mute"}"#),
        Answer::Reset => Reply::Reset,
        Answer::NoContent => Reply::json(204, ""),
        Answer::Bare => Reply::Truncated { body: Vec::new() },
        Answer::Cut => Reply::Truncated { body: bytes[..bytes.len() / 2].to_vec() },
        Answer::Status(status @ 300..400, _) => {
            Reply::json(status, "").header("Location", "/v2/p-1/instances?elsewhere=1")
        }
        Answer::Status(status, true) => {
            whole(status, r#"{"error_code":"DCS.5000","error_msg":"trouble"}"#)
        }
        Answer::Status(status, false) => whole(status, "<html>trouble</html>"),
        Answer::Expired => {
            let text = r#"{"error_code":"APIGW.0301","error_msg":"signature expired"}"#;
            whole(401, text).header("Date", "Wed, 01 Jan 2098 12:00:30 GMT")
        }
        Answer::Late => {
            // Until the client has gone.
            while stream.read(&mut [0; 64]).await? > 0 {}
            return Ok(false);
        }
    };
    let keeps = keeps && matches!(reply, Reply::Answer { .. });
    answer(stream, reply, keeps).await?;
    Ok(keeps)
}
