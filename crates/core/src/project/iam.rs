//! Asks IAM for the project of a region, since each region has one with its name, and for the domain of
//! credentials.

use std::time::Duration;

use reqwest::{Method, Request, Url, header::USER_AGENT};
use serde_json::Value;

use super::ProjectSource;
use crate::{
    Error, Region, ServiceError, TransportError,
    authorize::authorize,
    body::{Collected, collect},
    clock::Refusal,
    credentials::{Attempt, Issued},
    endpoint::endpoint,
    error::Advice,
    link::Link,
    owner::{Owner, OwnerId},
    redact::Redactor,
};

/// The endpoint of IAM in a region.
const ENDPOINT: &str = "https://iam.{region}.myhuaweicloud.com";

/// The endpoint of IAM for whoever calls no region.
const GLOBAL_ENDPOINT: &str = "https://iam.myhuaweicloud.com";

/// As for the vendor's SDKs.
const VARIABLE: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";

/// Time for the whole question.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Longest answer that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What IAM did not give, and why.
pub(super) struct Failure {
    pub(super) attempt: Attempt,
    pub(super) source: Option<Error>,
}

impl ProjectSource {
    /// The project of the region, or the domain; `from_file` is the endpoint that the file of
    /// credentials names.
    pub(super) async fn ask(
        &self,
        owner: Owner,
        link: &Link,
        issued: &Issued,
        from_file: Option<String>,
    ) -> Result<OwnerId, Failure> {
        let region = link.region.as_ref();
        if region.is_none() && owner == Owner::Project {
            let problem = "cannot be asked without a region: call .region(…)";
            return Err(Failure { attempt: Attempt::new("IAM", problem), source: None });
        }
        let url = self
            .endpoint(region, from_file)
            .map_err(|problem| Failure { attempt: Attempt::new("IAM", problem), source: None })?;
        let place = format!("IAM {url}");
        let failure = |problem: String, source| Failure {
            attempt: Attempt::new(place.as_str(), problem),
            source,
        };
        let region = region.filter(|_| owner == Owner::Project);
        let answer = get(link, issued, &url, region, self.may_repeat).await;
        let answer = answer.map_err(|error| failure(error.to_string(), Some(error)))?;
        let found = match region {
            Some(region) => project(&answer, region),
            None => domain(&answer),
        };
        found.map_err(|problem| failure(problem, None))
    }

    fn endpoint(&self, region: Option<&Region>, from_file: Option<String>) -> Result<Url, String> {
        let hint = |source: &str| format!("{source} a URL such as https://host");
        if let Some(url) = &self.iam_endpoint {
            return endpoint(url, &hint("give .iam_endpoint(…)"), self.allow_http);
        }
        if let Some(url) = self.around.variable(VARIABLE) {
            return endpoint(&url, &hint(&format!("set {VARIABLE} to")), self.allow_http);
        }
        if let Some(url) = from_file {
            return endpoint(&url, &hint("set iam_endpoint in the file to"), self.allow_http);
        }
        let Some(region) = region else { return endpoint(GLOBAL_ENDPOINT, "", self.allow_http) };
        let url = region.endpoint(ENDPOINT).ok_or_else(|| format!("{region:?} is no region"))?;
        endpoint(&url, "", self.allow_http)
    }
}

/// The body of the answer about the project of a region, or about domains; asked once more when the date of the signature had to be put right.
async fn get(
    link: &Link,
    issued: &Issued,
    endpoint: &Url,
    region: Option<&Region>,
    mut may_repeat: bool,
) -> Result<Vec<u8>, Error> {
    let mut url = endpoint.clone();
    let path = if region.is_some() { "v3/projects" } else { "v3/auth/domains" };
    url.set_path(&format!("{}/{path}", endpoint.path().trim_end_matches('/')));
    url.set_query(region.map(|region| format!("name={region}")).as_deref());
    loop {
        match get_once(link, issued, &url).await {
            Ok(answer) => return Ok(answer),
            Err(Refused::ForDate(_)) if may_repeat => may_repeat = false,
            Err(Refused::ForDate(error) | Refused::Otherwise(error)) => return Err(error),
        }
    }
}

/// Why there is no answer.
enum Refused {
    /// The clock was put right by it.
    ForDate(Error),
    Otherwise(Error),
}

async fn get_once(link: &Link, issued: &Issued, url: &Url) -> Result<Vec<u8>, Refused> {
    let mut request = Request::new(Method::GET, url.clone());
    request.headers_mut().insert(USER_AGENT, link.user_agent.clone());
    *request.timeout_mut() = Some(TIMEOUT);
    let Issued { credentials, former } = issued;
    let signed = link.clock.now();
    authorize(&mut request, credentials, None, signed)
        .map_err(|problem| Refused::Otherwise(Error::request(problem)))?;
    let response = link.http.shared.execute(request).await;
    let mut response = response.map_err(|error| {
        let advice = Advice::of(&error, link);
        Refused::Otherwise(Error::transport(error, None, advice).of_operation(true))
    })?;
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    link.clock.learn(&headers);
    let redactor = Redactor::of(credentials).after(former.as_ref());
    let Collected { body, is_cut, broken } = collect(&mut response, LONGEST).await;
    if !status.is_success() {
        let is_cut = is_cut || broken.is_some();
        let error = ServiceError::new(status, &headers, body, is_cut, redactor);
        let refusal = Refusal { status, headers: &headers, message: &error.words() };
        let is_signed = credentials.auth_token().is_none();
        let clock = refusal.apart().filter(|_| is_signed);
        let is_for_date = is_signed && link.clock.correct(&refusal, signed);
        let error = Error::Service(Box::new(error.for_clock(clock)));
        return Err(if is_for_date { Refused::ForDate(error) } else { Refused::Otherwise(error) });
    }
    match broken {
        Some(error) => {
            let error = TransportError::in_body(error, status, &headers, redactor);
            Err(Refused::Otherwise(Error::Interrupted(error).of_operation(true)))
        }
        None => Ok(body.to_vec()),
    }
}

/// The one project that has the name of the region.
fn project(answer: &[u8], region: &Region) -> Result<OwnerId, String> {
    let answer: Value = serde_json::from_slice(answer).map_err(|_| "answered no JSON")?;
    let projects = answer.get("projects").and_then(Value::as_array);
    let projects = projects.ok_or("answered no `projects`")?;
    let text = |project: &Value, key| project.get(key).and_then(Value::as_str).map(str::to_owned);
    let is_of_region = |project: &&Value| text(project, "name").as_deref() == Some(region.as_str());
    let mut ids = projects.iter().filter(is_of_region).filter_map(|project| text(project, "id"));
    match (ids.next(), ids.next()) {
        (Some(id), None) => {
            OwnerId::new(&id).ok_or_else(|| "answered an `id` that can be none".to_owned())
        }
        (None, _) => Err(format!(
            "knows no project of the name {region} that these credentials may see; projects have \
             the names of regions"
        )),
        (Some(_), Some(_)) => Err(format!("knows more than one project of the name {region}")),
    }
}

/// The one domain that credentials belong to.
fn domain(answer: &[u8]) -> Result<OwnerId, String> {
    let answer: Value = serde_json::from_slice(answer).map_err(|_| "answered no JSON")?;
    let domains = answer.get("domains").and_then(Value::as_array);
    match domains.ok_or("answered no `domains`")?.as_slice() {
        [one] => {
            let id = one.get("id").and_then(Value::as_str).and_then(OwnerId::new);
            id.ok_or_else(|| "answered an `id` that can be none".to_owned())
        }
        [] => Err("knows no domain that these credentials may see".to_owned()),
        _ => Err("knows more than one domain that these credentials may see".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_credentials() {
        let find = |json: &str| domain(json.as_bytes()).map(|found| found.id.to_string());
        assert_eq!(find(r#"{"domains":[{"id":"d-1","name":"d"}]}"#), Ok("d-1".to_owned()));
        let error = |text: &str| Err(text.to_owned());
        let none = "knows no domain that these credentials may see";
        assert_eq!(find(r#"{"domains":[]}"#), error(none));
        let two = r#"{"domains":[{"id":"a"},{"id":"b"}]}"#;
        assert_eq!(find(two), error("knows more than one domain that these credentials may see"));
        for odd in [r#"{"domains":[{"id":"../x"}]}"#, r#"{"domains":[{"id":1}]}"#] {
            assert_eq!(find(odd), error("answered an `id` that can be none"));
        }
        assert_eq!(find("{}"), error("answered no `domains`"));
        assert_eq!(find("<html>"), error("answered no JSON"));
    }

    #[test]
    fn the_project_of_the_region() {
        let find = |json: &str| {
            let found = project(json.as_bytes(), &Region::EU_WEST_101);
            found.map(|project| project.id.to_string())
        };
        let json = r#"{"projects":[{"name":"eu-west-101_test","id":"p-0"},
            {"id":"p-1","name":"eu-west-101","enabled":true},{"name":"eu-west-101"}],"links":{}}"#;
        assert_eq!(find(json), Ok("p-1".to_owned()));
        let none = "knows no project of the name eu-west-101 that these credentials may see; \
                    projects have the names of regions";
        assert_eq!(find(r#"{"projects":[]}"#), Err(none.to_owned()));
        let two =
            r#"{"projects":[{"name":"eu-west-101","id":"a"},{"name":"eu-west-101","id":"b"}]}"#;
        let error = "knows more than one project of the name eu-west-101";
        assert_eq!(find(two), Err(error.to_owned()));
        let odd = r#"{"projects":[{"name":"eu-west-101","id":"../x"}]}"#;
        assert_eq!(find(odd), Err("answered an `id` that can be none".to_owned()));
        assert_eq!(find("{}"), Err("answered no `projects`".to_owned()));
        assert_eq!(find("<html>"), Err("answered no JSON".to_owned()));
    }
}
