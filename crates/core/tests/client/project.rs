//! The project ID: from the environment, the file, or IAM on a real socket.

use std::{fs::File, io::Write as _};

use huaweicloud_core::{ClientBuilder, Credentials, Error, Violations, call};

use crate::{
    ACCESS_KEY, Client, Outcome, SECRET_KEY, bare,
    support::{Server, answer},
};

const PROJECTS: &str = r#"{"projects":[{"id":"p-iam","name":"eu-west-101","domain_id":"d"}]}"#;

fn keys() -> Credentials {
    Credentials::new(ACCESS_KEY, SECRET_KEY)
}

fn with(builder: ClientBuilder<Client>, variables: &[(&str, &str)]) -> ClientBuilder<Client> {
    let variables: Vec<(String, String)> =
        variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    builder.credentials(keys()).environment(move |name| {
        let found = variables.iter().find(|(variable, _)| variable == name);
        found.map(|(_, value)| value.clone())
    })
}

async fn found(builder: ClientBuilder<Client>) -> Result<String, Error> {
    Ok(builder.build()?.0.ready().await?.project_id().to_owned())
}

/// A file of credentials, and its path.
fn file(text: &str) -> Result<(tempfile::TempDir, String), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("credentials");
    File::create(&path)?.write_all(text.as_bytes())?;
    let path = path.to_str().ok_or("no text")?.to_owned();
    Ok((folder, path))
}

#[tokio::test]
async fn the_nearest_place_wins() -> Outcome {
    let (_folder, path) = file("[basic]\nproject_id = p-file\n")?;
    let file = ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", path.as_str());
    let vendor = ("HUAWEICLOUD_SDK_PROJECT_ID", "p-vendor");
    let terraform = ("HW_PROJECT_ID", "p-terraform");
    let client = || bare("http://h");
    assert_eq!(found(with(client(), &[terraform, vendor, file]).project_id("p-1")).await?, "p-1");
    assert_eq!(found(with(client(), &[terraform, vendor, file])).await?, "p-vendor");
    assert_eq!(found(with(client(), &[terraform, file])).await?, "p-terraform");
    assert_eq!(found(with(client(), &[file])).await?, "p-file");
    Ok(())
}

#[tokio::test]
async fn iam_is_asked_once_by_a_signed_call() -> Outcome {
    let iam = Server::start(vec![answer("200 OK", PROJECTS)]).await?;
    let service = Server::start(vec![answer("200 OK", ""); 20]).await?;
    let builder = bare(&service.address).region("eu-west-101").iam_endpoint(&iam.address);
    let client = builder.credentials(keys()).build()?;
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list().await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await??;
    }
    let heads = iam.heads();
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0][0], "GET /v3/projects?name=eu-west-101 HTTP/1.1");
    let authorization = format!("authorization: SDK-HMAC-SHA256 Access={ACCESS_KEY}, ");
    assert!(heads[0].iter().any(|line| line.starts_with(&authorization)), "{heads:?}");
    assert!(heads[0].iter().any(|line| line.starts_with("user-agent: huaweicloud-test/1.0.0 ")));
    assert!(service.heads().iter().all(|head| head[0] == "GET /v2/p-iam/things HTTP/1.1"));
    assert_eq!(service.heads().len(), 20);
    Ok(())
}

#[tokio::test]
async fn iam_is_found_by_code_environment_and_file() -> Outcome {
    let iam = Server::start(vec![answer("200 OK", PROJECTS); 3]).await?;
    let (_folder, path) = file(&format!("[basic]\niam_endpoint = {}\n", iam.address))?;
    let file = ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", path.as_str());
    let region = || bare("http://h").region("eu-west-101");
    assert_eq!(found(with(region(), &[file])).await?, "p-iam");
    let variable = ("HUAWEICLOUD_SDK_IAM_ENDPOINT", iam.address.as_str());
    assert_eq!(found(with(region(), &[variable])).await?, "p-iam");
    let wrong = ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "http://127.0.0.1:1");
    assert_eq!(found(with(region(), &[wrong, file]).iam_endpoint(&iam.address)).await?, "p-iam");
    // The region may stand in the environment too.
    let iam = Server::start(vec![answer("200 OK", PROJECTS)]).await?;
    let named = with(bare("http://h"), &[("HW_REGION_NAME", "eu-west-101")]);
    assert_eq!(found(named.iam_endpoint(&iam.address)).await?, "p-iam");
    Ok(())
}

#[tokio::test]
async fn a_failure_says_what_to_set() -> Outcome {
    let error = found(with(bare("http://h"), &[])).await.err().ok_or("found one")?;
    assert!(matches!(error, Error::Credentials(_)) && !error.is_unknown_outcome(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "no project id; the request was not sent: environment: neither HUAWEICLOUD_SDK_PROJECT_ID nor \
         HW_PROJECT_ID is set; file: neither HUAWEICLOUD_SDK_CREDENTIALS_FILE nor HOME is set; \
         IAM: cannot be asked without a region: call .region(…); \
         call .project_id(…) or set HUAWEICLOUD_SDK_PROJECT_ID"
    );
    let odd = with(bare("http://h"), &[("HW_PROJECT_ID", "my project")]);
    assert_eq!(
        found(odd).await.err().ok_or("found one")?.to_string(),
        "no project id; the request was not sent: HW_PROJECT_ID: what it gives is no id of a project (is \
         it the name?); call .project_id(…) or set HUAWEICLOUD_SDK_PROJECT_ID"
    );
    Ok(())
}

#[tokio::test]
async fn a_refusal_of_iam_is_kept() -> Outcome {
    let refusal = r#"{"error":{"code":"APIGW.0301","message":"Incorrect IAM authentication"}}"#;
    let answers = vec![answer("401 Unauthorized", refusal), answer("200 OK", "{\"projects\":[]}")];
    let iam = Server::start(answers).await?;
    let builder = with(bare("http://h"), &[]).region("eu-west-101").iam_endpoint(&iam.address);
    let client = builder.build()?;
    let error = client.0.ready().await.err().ok_or("found one")?;
    let problem = format!(
        "; IAM {}/: 401 APIGW.0301: Incorrect IAM authentication; call .project_id(…)",
        iam.address
    );
    assert!(error.to_string().contains(&problem), "{error}");
    let source = std::error::Error::source(&error).ok_or("no source")?;
    let source = source.downcast_ref::<Error>().ok_or("another source")?;
    assert_eq!(
        (source.status().map(|s| s.as_u16()), source.code()),
        (Some(401), Some("APIGW.0301"))
    );
    // A failure is not kept: the next call asks again.
    let error = client.0.ready().await.err().ok_or("found one")?.to_string();
    assert!(error.contains("knows no project of the name eu-west-101"), "{error}");
    Ok(())
}

#[tokio::test]
async fn iam_over_plain_http_must_be_asked_for() -> Outcome {
    let variable = ("HUAWEICLOUD_SDK_IAM_ENDPOINT", "http://iam.example");
    let builder = with(bare("https://h"), &[variable]).region("eu-west-101").allow_http(false);
    let error =
        found(builder.configure_http(|http| http)).await.err().ok_or("found one")?.to_string();
    let problem = "IAM: \"http://iam.example\" is plain http, where anybody on the way reads passwords and \
                   tokens: set HUAWEICLOUD_SDK_IAM_ENDPOINT to a URL such as https://host, or call \
                   .allow_http(true); call .project_id(…)";
    assert!(error.contains(problem), "{error}");
    Ok(())
}

/// A call of a global service, made for what `S` says.
struct Global<'c, const S: usize>(call::Setup<'c>);

const SCOPES: [call::Scope; 2] = [call::Scope::Domain, call::Scope::Neither];

impl<const S: usize> call::Call for Global<'_, S> {
    type Answer = ();

    const OPERATION: call::Operation = call::Operation::new("Global", true).scope(SCOPES[S]);

    fn setup(&self) -> &call::Setup<'_> {
        &self.0
    }

    fn check(&self) -> Violations {
        Violations::default()
    }

    fn request(&self, ready: &call::Ready) -> call::Built {
        let target = format!("/v3/{}/things", ready.domain_id());
        crate::request(ready, reqwest::Method::GET, &target, None)
    }
}

#[tokio::test]
async fn a_domain_is_found_for_calls_that_need_one() -> Outcome {
    let domains = r#"{"domains":[{"id":"d-iam","name":"d"}]}"#;
    let iam = Server::start(vec![answer("200 OK", domains)]).await?;
    let service = Server::start(vec![answer("204 No Content", ""); 3]).await?;
    let (_folder, path) = file("[basic]\ndomain_id = d-file\n")?;
    let file = ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", path.as_str());
    let client = || bare(&service.address);
    let builders = [
        with(client(), &[file]).domain_id("d-1"),
        with(client(), &[file]),
        // Without a region.
        with(client(), &[]).iam_endpoint(&iam.address),
    ];
    for builder in builders {
        call::send_empty(Global::<0>(call::Setup::new(&builder.build()?.0))).await?;
    }
    let heads = service.heads();
    for (head, id) in heads.iter().zip(["d-1", "d-file", "d-iam"]) {
        assert_eq!(head[0], format!("GET /v3/{id}/things HTTP/1.1"));
        assert!(head.contains(&format!("x-domain-id: {id}")), "{head:?}");
        assert!(head.iter().any(|line| line.contains("SignedHeaders=host;x-domain-id;x-sdk-date")));
        assert!(!head.iter().any(|line| line.starts_with("x-project-id")), "{head:?}");
    }
    assert_eq!((heads.len(), iam.heads().len()), (3, 1));
    assert_eq!(iam.heads()[0][0], "GET /v3/auth/domains HTTP/1.1");
    Ok(())
}

#[tokio::test]
async fn what_a_call_does_not_need_is_not_looked_for() -> Outcome {
    // Neither a project nor a domain could be found: there is no file and no region, and IAM is closed.
    let service = Server::start(vec![answer("204 No Content", "")]).await?;
    let client = with(bare(&service.address), &[]).iam_endpoint("http://127.0.0.1:1").build()?;
    call::send_empty(Global::<1>(call::Setup::new(&client.0))).await?;
    let heads = service.heads();
    assert!(!heads[0].iter().any(|line| line.starts_with("x-project-id")), "{heads:?}");
    assert!(!heads[0].iter().any(|line| line.starts_with("x-domain-id")), "{heads:?}");
    let call = Global::<0>(call::Setup::new(&client.0));
    let error = call::send_empty(call).await.err().ok_or("found one")?.to_string();
    assert!(
        error.starts_with(
            "no domain id; the request was not sent: environment: neither HUAWEICLOUD_SDK_DOMAIN_ID nor \
             HW_DOMAIN_ID is set; "
        ),
        "{error}"
    );
    assert!(error.ends_with("; call .domain_id(…) or set HUAWEICLOUD_SDK_DOMAIN_ID"), "{error}");
    Ok(())
}
