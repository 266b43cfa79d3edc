//! What a builder accepts, and each of its problems, word for word.

use super::*;

#[derive(Clone, Debug)]
struct Client(Context);

impl ServiceClient for Client {
    const SERVICE: &'static str = "huaweicloud-dcs";
    const ENDPOINT: &'static str = "https://dcs.{region}.myhuaweicloud.com";

    fn from_context(context: Context) -> Self {
        Self(context)
    }
}

fn complete() -> ClientBuilder<Client> {
    Client::builder().region("eu-west-101").project_id("p-1").auth_token("hunter2")
}

fn problems(builder: ClientBuilder<Client>) -> Vec<String> {
    match builder.build() {
        Err(Error::Config(error)) => error.problems().to_vec(),
        Err(other) => vec![other.to_string()],
        Ok(_) => Vec::new(),
    }
}

#[test]
fn regions_become_endpoints() {
    // A client of another builder: one for https would read the roots of the system.
    let http = complete().endpoint("http://h").build().unwrap().0.http().clone();
    let endpoint = |builder: ClientBuilder<Client>| {
        let client = builder.http_client(http.clone()).build().unwrap();
        client.0.endpoint().to_owned()
    };
    assert_eq!(endpoint(complete()), "https://dcs.eu-west-101.myhuaweicloud.com");
    let own = complete().endpoint("https://proxy.example/dcs/");
    assert_eq!(endpoint(own), "https://proxy.example/dcs");
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_needs_a_feature() {
    assert_eq!(
        problems(complete()),
        ["no TLS for an https endpoint: turn on the feature `rustls` or `native-tls`, or call \
          .http_client(…)"]
    );
    assert!(problems(complete().http_client(reqwest::Client::new())).is_empty());
}

#[test]
fn plain_http_always_works() {
    let client = complete().endpoint(" http://127.0.0.1:8080/ ").build().unwrap();
    assert_eq!(client.0.endpoint(), "http://127.0.0.1:8080");
    assert_eq!(client.0.project_id(), "p-1");
}

/// Which of a request with an error and one with a warning is sent, and how many warnings are handed
/// on meanwhile.
fn admitted(builder: ClientBuilder<Client>) -> (bool, bool, usize) {
    let warned = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = std::sync::Arc::clone(&warned);
    let hook = move |_: &Violation| {
        counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let client = builder.endpoint("http://h").on_warning(hook).build().unwrap();
    let warning = Violation::warning("b", "rule", "is odd");
    let both = vec![Violation::error("a", "rule", "is wrong"), warning.clone()];
    let error = client.0.admit(|| both.into()).is_ok();
    let warning = client.0.admit(|| warning.into()).is_ok();
    (error, warning, warned.load(std::sync::atomic::Ordering::Relaxed))
}

#[test]
fn validation_decides_what_is_sent() {
    assert_eq!(admitted(complete()), (false, true, 1));
    assert_eq!(admitted(complete().validation(Validation::Strict)), (false, false, 0));
    assert_eq!(admitted(complete().validation(Validation::Off)), (true, true, 0));
    // Without a hook they go to `tracing`, where nobody listens.
    let client = complete().endpoint("http://h").build().unwrap();
    assert!(client.0.admit(|| Violation::warning("b", "rule", "is odd").into()).is_ok());
}

#[test]
fn everything_missing_is_listed() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client cannot be built: no region: call .region(…), or .endpoint(…) with a URL; \
         no project id: call .project_id(…); no credentials: call .auth_token(…)"
    );
}

#[test]
fn endpoints_are_checked() {
    let problem = |url: &str| problems(complete().endpoint(url)).join("; ");
    let hint = "give .endpoint(…) a URL such as https://host";
    assert_eq!(problem("dcs.example"), format!("no URL (relative URL without a base): {hint}"));
    assert_eq!(problem("ftp://h"), format!("the endpoint is ftp, not http or https: {hint}"));
    assert_eq!(problem("http://h/?a=1"), format!("an endpoint with a query or fragment: {hint}"));
    assert_eq!(problem("http://h/#a"), format!("an endpoint with a query or fragment: {hint}"));
    let secret = format!("an endpoint with a user name or password: {hint}");
    assert_eq!(problem("http://jo:hunter2@h"), secret);
}

#[test]
fn other_parts_are_checked() {
    assert_eq!(
        problems(complete().region("evil.example/")),
        ["\"evil.example/\" is no region: give .region(…) letters, digits and hyphens, such as \
          eu-west-101"]
    );
    let plain = || complete().endpoint("http://127.0.0.1");
    assert_eq!(
        problems(plain().project_id("../x")),
        ["\"../x\" is no project id: give .project_id(…) the id of the project, not its name"]
    );
    assert_eq!(
        problems(plain().auth_token("hunter2\n")),
        ["the token holds what no header can carry (a line break at its end?): \
          give .auth_token(…) the token alone"]
    );
    assert_eq!(problems(plain().auth_token("")), ["no credentials: call .auth_token(…)"]);
    assert_eq!(
        problems(plain().user_agent_suffix("a\nb")),
        ["the user agent holds what no header can carry: give .user_agent_suffix(…) plain text"]
    );
    assert_eq!(
        problems(plain().timeout(Duration::ZERO).connect_timeout(Duration::ZERO)),
        [
            "no call succeeds in no time: give .timeout(…) more than 0",
            "no call succeeds in no time: give .connect_timeout(…) more than 0"
        ]
    );
}

#[test]
fn debug_tells_no_token() {
    let builder = complete().endpoint("http://127.0.0.1");
    assert_eq!(
        format!("{builder:?}"),
        "ClientBuilder { region: Some(\"eu-west-101\"), endpoint: Some(\"http://127.0.0.1\"), \
         project_id: Some(\"p-1\"), auth_token: Some([redacted]), .. }"
    );
    assert_eq!(
        format!("{:?}", builder.build().unwrap()),
        "Client(Context { endpoint: \"http://127.0.0.1\", project_id: \"p-1\", \
         validation: Enforce, .. })"
    );
}

#[test]
fn requests_are_authorized() {
    let context = complete().endpoint("http://h").build().unwrap().0;
    let url = Url::parse("http://h/v2").unwrap();
    let mut request = reqwest::Request::new(reqwest::Method::GET, url);
    context.authorize(&mut request);
    context.prepare(&mut request);
    assert_eq!(request.headers()["x-auth-token"], "hunter2");
    assert_eq!(request.headers()["x-project-id"], "p-1");
    let agent = concat!("huaweicloud-dcs huaweicloud-core/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.headers()["user-agent"], agent);
    assert_eq!(request.timeout(), Some(&Duration::from_secs(30)));
    assert!(!format!("{request:?}").contains("hunter2"));
}

#[test]
fn this_machine_is_told_from_others() {
    let local = |url| parts::is_loopback(&Url::parse(url).unwrap());
    assert!(local("http://localhost") && local("http://127.0.0.2:1") && local("http://[::1]:1"));
    assert!(!local("http://localhost.example") && !local("http://10.0.0.1"));
}
