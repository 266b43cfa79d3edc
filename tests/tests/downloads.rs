//! Operations that return a file. In: a server that sends bytes, or reports an error. Out: the unchanged
//! bytes, or the error.

use conformance::server::{Reply, Server};
use huaweicloud_dcs::{Client, Error};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn download(reply: Reply) -> Result<Result<Vec<u8>, Error>, Box<dyn std::error::Error>> {
    let server = Server::answering(move |_| reply.clone()).await?;
    let client = Client::builder()
        .endpoint(server.endpoint())
        .allow_http(true)
        .project_id("p-1")
        .auth_token("EXAMPLE-TOKEN")
        .build()?;
    let answer = client.download_hot_key("i-1", "t-1").send().await;
    Ok(answer.map(huaweicloud_dcs::Response::into_inner))
}

#[tokio::test]
async fn a_file_is_given_as_it_came() -> Outcome {
    let text = "key,frequency\r\n\u{feff}\u{0}a,1\r\n";
    let reply = Reply::json(200, text).header("content-type", "application/octet-stream");
    assert_eq!(download(reply).await??, text.as_bytes());
    Ok(())
}

#[tokio::test]
async fn a_report_of_an_error_is_no_file() -> Outcome {
    let body = r#"{"error_code":"DCS.5009","error_msg":"no such task"}"#;
    let error = download(Reply::json(200, body)).await?.err();
    let code = error.as_ref().and_then(|error| Some(error.service()?.code()?.to_owned()));
    assert_eq!(code.as_deref(), Some("DCS.5009"), "{error:?}");
    Ok(())
}
