//! A clock that is off: corrected once from the date of a response.

use std::time::{Duration, SystemTime};

use huaweicloud_core::{Credentials, Region, RetryPolicy, sign::Timestamp};
use reqwest::Method;

use crate::{
    ACCESS_KEY, Outcome, SECRET_KEY, bare, signing,
    support::{Server, answer},
};

/// Half a minute after noon of a day long after this was written, as HTTP and as signatures write it.
const DATE: &str = "Date: Wed, 01 Jan 2098 12:00:30 GMT";
const THEN: &str = "20980101T1200";

const EXPIRED: &str = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: signature expired"}"#;

fn refused(date: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n{date}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn ok() -> String {
    answer("200 OK", "")
}

/// The date that each request was signed with.
fn dates(server: &Server) -> Vec<String> {
    let heads = server.heads();
    let of = |head: &Vec<String>| {
        head.iter().find_map(|line| line.strip_prefix("x-sdk-date: ").map(str::to_owned))
    };
    heads.iter().filter_map(of).collect()
}

#[tokio::test]
async fn the_date_is_put_right() -> Outcome {
    let server = Server::start(vec![refused(DATE, EXPIRED), ok(), ok()]).await?;
    let client = signing(&server.address).build()?;
    let today = Timestamp::now().to_string();
    client.list().await?;
    client.call(Method::POST, "/v2", Some(b"{}".to_vec())).await?;
    let dates = dates(&server);
    assert_eq!(dates.len(), 3);
    assert!(dates[0].starts_with(&today[..8]), "{dates:?}");
    assert!(dates[1].starts_with(THEN) && dates[2].starts_with(THEN), "{dates:?}");
    Ok(())
}

/// An answer that refuses its date may hide that it was carried out.
#[tokio::test]
async fn a_purchase_is_not_sent_again_for_its_date() -> Outcome {
    let server = Server::start(vec![refused(DATE, EXPIRED), ok(), ok()]).await?;
    let client = signing(&server.address).build()?;
    let error = client.call(Method::POST, "/v2", Some(b"{}".to_vec())).await.err();
    assert_eq!(error.ok_or("succeeded")?.code(), Some("APIGW.0301"));
    assert_eq!(server.seen().len(), 1);
    // The next call has the better date.
    client.call(Method::POST, "/v2", Some(b"{}".to_vec())).await?;
    assert!(dates(&server)[1].starts_with(THEN), "{:?}", dates(&server));
    Ok(())
}

#[tokio::test]
async fn only_once() -> Outcome {
    let earlier = "Date: Thu, 01 Jan 2015 12:00:30 GMT";
    let answers = vec![refused(DATE, EXPIRED), refused(earlier, EXPIRED), ok(), ok()];
    let server = Server::start(answers).await?;
    let client = signing(&server.address).build()?;
    let error = client.list().await.err().ok_or("succeeded")?;
    assert_eq!((error.code(), server.seen().len()), (Some("APIGW.0301"), 2));
    // What was learnt last holds for the next call.
    client.list().await?;
    assert!(dates(&server)[2].starts_with("20150101T1200"));
    Ok(())
}

#[tokio::test]
async fn other_refusals_are_final() -> Outcome {
    let wrong = r#"{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}"#;
    let now = httpdate(SystemTime::now() + Duration::from_secs(50));
    for (date, body) in [(DATE, wrong), ("X-Date: none", EXPIRED), (&*now, EXPIRED)] {
        let server = Server::start(vec![refused(date, body), ok()]).await?;
        assert!(signing(&server.address).build()?.list().await.is_err());
        assert_eq!(server.seen().len(), 1, "{date} {body}");
    }
    // A token has no date; and who wants nothing sent twice is obeyed.
    let server = Server::start(vec![refused(DATE, EXPIRED), refused(DATE, EXPIRED), ok()]).await?;
    let token = bare(&server.address).project_id("p-1").auth_token("EXAMPLE-TOKEN").build()?;
    assert!(token.list().await.is_err());
    assert_eq!(server.seen().len(), 1);
    let once = signing(&server.address).retry(RetryPolicy::none()).build()?;
    assert!(once.list().await.is_err());
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

/// The first thing that is sent may be the question for the project.
#[tokio::test]
async fn iam_says_so_first() -> Outcome {
    let projects = r#"{"projects":[{"id":"p-7","name":"eu-west-101"}]}"#;
    let answers = vec![refused(DATE, EXPIRED), answer("200 OK", projects), ok()];
    let server = Server::start(answers).await?;
    let client = bare(&server.address).region(Region::EU_WEST_101).iam_endpoint(&*server.address);
    client.credentials(Credentials::new(ACCESS_KEY, SECRET_KEY)).build()?.list().await?;
    let dates = dates(&server);
    assert!(!dates[0].starts_with(THEN), "{dates:?}");
    assert!(dates[1].starts_with(THEN) && dates[2].starts_with(THEN), "{dates:?}");
    Ok(())
}

/// The header `Date` of a moment.
pub(crate) fn httpdate(time: SystemTime) -> String {
    format!("Date: {}", httpdate::fmt_http_date(time))
}
