//! What a builder accepts, and the exact text of each of its problems.

use reqwest::Url;

use super::*;
use crate::Context;

#[derive(Clone, Debug)]
struct Client(Context);

impl ServiceClient for Client {
    const SERVICE: &'static str = "huaweicloud-dcs";
    const ENDPOINT: &'static str = "https://dcs.{region}.myhuaweicloud.com";

    fn from_context(context: Context) -> Self {
        Self(context)
    }
}

/// With an environment that has nothing in it.
fn empty() -> ClientBuilder<Client> {
    Client::builder().environment(|_| None)
}

fn complete() -> ClientBuilder<Client> {
    empty().region("eu-west-101").project_id("p-1").auth_token("hunter2").allow_http(true)
}

fn problems(builder: ClientBuilder<Client>) -> Vec<String> {
    match builder.build() {
        Err(Error::Config(error)) => error.problems().to_vec(),
        Err(other) => vec![other.to_string()],
        Ok(_) => Vec::new(),
    }
}

/// Where the client calls. One that sets HTTP up itself needs no roots of the system.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn called(builder: ClientBuilder<Client>) -> String {
    match builder.configure_http(|http| http).build() {
        Ok(client) => client.0.endpoint().to_owned(),
        Err(error) => error.to_string(),
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn regions_become_endpoints() {
    assert_eq!(called(complete()), "https://dcs.eu-west-101.myhuaweicloud.com");
    let any = complete().region(String::from("mars-1"));
    assert_eq!(called(any), "https://dcs.mars-1.myhuaweicloud.com");
    let constant = complete().region(Region::CN_NORTH_4);
    assert_eq!(called(constant), "https://dcs.cn-north-4.myhuaweicloud.com");
    let own = complete().endpoint("https://proxy.example/dcs/");
    assert_eq!(called(own), "https://proxy.example/dcs");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn the_environment_has_regions_and_endpoints() {
    let with = |region: &'static str, url: &'static str| {
        complete().environment(move |name| match name {
            "HW_REGION_NAME" => Some(region.to_owned()),
            "HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4" => Some(url.to_owned()),
            _ => None,
        })
    };
    let unset = |builder: ClientBuilder<Client>| {
        let mut builder = builder;
        builder.parts.region = None;
        builder
    };
    // What is given in code wins.
    assert_eq!(
        called(with("cn-north-4", "https://a")),
        "https://dcs.eu-west-101.myhuaweicloud.com"
    );
    let by_name = unset(with("cn-north-4", ""));
    assert_eq!(called(by_name), "https://dcs.cn-north-4.myhuaweicloud.com");
    let elsewhere = |url| unset(with("cn-north-4", url));
    assert_eq!(called(elsewhere("https://other.example/")), "https://other.example");
    assert_eq!(called(elsewhere("other.example")), "https://other.example");
    assert_eq!(called(elsewhere("https://other.example").endpoint("https://a")), "https://a");
    assert_eq!(called(elsewhere("https://a, https://b")), "https://a");
    assert_eq!(
        called(elsewhere("https://a b")),
        "the client cannot be built: \"https://a b\" is no URL (invalid international domain name): set \
         HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4 to a URL such as https://host"
    );
}

#[test]
fn plain_http_is_for_who_asks() {
    let plain = |url: &str| problems(complete().allow_http(false).endpoint(url));
    let hint = "is plain http, where anybody on the way reads passwords and tokens: \
                give .endpoint(…) a URL such as https://host, or call .allow_http(true)";
    for url in ["http://dcs.example", "http://127.0.0.1:1", "http://localhost", "HTTP://[::1]"] {
        assert_eq!(plain(url), [format!("\"{url}\" {hint}")]);
        assert!(problems(complete().endpoint(url)).is_empty(), "{url}");
    }
    let iam = complete().allow_http(false).endpoint("https://h").iam_endpoint("http://iam");
    assert_eq!(
        problems(iam).first().map(String::as_str),
        Some(&*format!("\"http://iam\" {hint}").replace(".endpoint", ".iam_endpoint"))
    );
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_needs_a_feature() {
    assert_eq!(
        problems(complete()),
        ["no TLS for an https endpoint: turn on the feature `rustls` or `native-tls`"]
    );
}

#[test]
fn plain_http_always_works() {
    let client = complete().endpoint(" http://127.0.0.1:8080/ ").build().unwrap();
    assert_eq!(client.0.endpoint(), "http://127.0.0.1:8080");
}

#[test]
fn paths_stand_below_the_endpoint_as_they_are() {
    let url = |endpoint: &str, path: &str| {
        let client = complete().endpoint(endpoint).build().unwrap();
        client.0.url(path).to_string()
    };
    let host = "http://127.0.0.1:8080";
    assert_eq!(url(host, "/v2/p-1/instances"), format!("{host}/v2/p-1/instances"));
    assert_eq!(url(&format!("{host}/a%2Fb/"), "/v2/x"), format!("{host}/a%2Fb/v2/x"));
    assert_eq!(url(host, "/v2/a%2Fb%3Fc%23d%20e/x"), format!("{host}/v2/a%2Fb%3Fc%23d%20e/x"));
    assert_eq!(url(host, "/v2/实例"), format!("{host}/v2/%E5%AE%9E%E4%BE%8B"));
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

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn a_region_is_all_that_is_needed() {
    let error = empty().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client cannot be built: no region: call .region(…), set HW_REGION_NAME, or call \
         .endpoint(…) with a URL"
    );
    assert_eq!(called(empty().region("mars-1")), "https://dcs.mars-1.myhuaweicloud.com");
}

#[test]
fn endpoints_are_checked() {
    let problem = |url: &str| problems(complete().endpoint(url)).join("; ");
    let hint = "give .endpoint(…) a URL such as https://host";
    let of = |shown: &str, what: &str| format!("\"{shown}\" {what}: {hint}");
    let is_none = "is no URL (relative URL without a base)";
    assert_eq!(problem("dcs.example"), of("dcs.example", is_none));
    assert_eq!(problem("ftp://h"), of("ftp://h", "is neither http nor https"));
    let query = "has a query or fragment, which an endpoint cannot have";
    assert_eq!(problem("http://h/?a=1"), of("http://h/?[redacted]", query));
    assert_eq!(problem("http://h/#a"), of("http://h/#[redacted]", query));
    let login = "has a user name or password, which an endpoint cannot have";
    assert_eq!(problem("http://jo:hunter2@h"), of("http://[redacted]@h", login));
    assert_eq!(problem("jo:hunter2@h"), of("[redacted]@h", "is neither http nor https"));
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
        problems(plain().domain_id("../x")),
        ["\"../x\" is no domain id: give .domain_id(…) the id of the domain, not its name"]
    );
    assert_eq!(
        problems(plain().project_id(" ")),
        ["the project id is empty: give .project_id(…) one, or do not call it"]
    );
    assert_eq!(
        problems(plain().auth_token("hunter2\n")),
        ["the token holds what no header can carry (a line break at its end?): \
          give .auth_token(…) nothing but what was issued"]
    );
    assert_eq!(
        problems(plain().credentials(Credentials::new("EXAMPLE-AK", ""))),
        ["the secret key is empty: give .credentials(…) nothing but what was issued"]
    );
    assert_eq!(
        problems(plain().user_agent_suffix("a\nb")),
        ["the user agent holds what no header can carry: give .user_agent_suffix(…) plain text"]
    );
    assert_eq!(
        problems(
            plain()
                .timeout(Duration::ZERO)
                .attempt_timeout(Duration::ZERO)
                .connect_timeout(Duration::ZERO)
        ),
        [
            "no call succeeds in no time: give .timeout(…) more than 0",
            "no call succeeds in no time: give .attempt_timeout(…) more than 0",
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
         project_id: Some(\"p-1\"), domain_id: None, credentials: Some(Credentials(token)), .. }"
    );
    assert_eq!(
        format!("{:?}", builder.build().unwrap()),
        "Client(Context { endpoint: \"http://127.0.0.1\", validation: Enforce, .. })"
    );
    let builder =
        empty().credentials_provider(Credentials::token("hunter2")).proxy("http://hunter2@p");
    assert_eq!(
        format!("{builder:?}"),
        "ClientBuilder { region: None, endpoint: None, project_id: None, domain_id: None, \
         credentials: Some(a provider), .. }"
    );
    let logins = complete().endpoint("https://jo:hunter2@h").proxy("http://jo:hunter2@p");
    assert!(!format!("{logins:?}").contains("hunter2"), "{logins:?}");
    assert!(format!("{logins:?}").contains("https://[redacted]@h"), "{logins:?}");
}

/// Nothing of reqwest's own shows it, either.
#[test]
fn debug_of_what_sends_tells_no_password_of_a_proxy() {
    let client = complete().endpoint("http://h").proxy("http://jo:hunter2@p.example:1").build();
    let shown = format!("{:?}", client.unwrap().0.http());
    assert!(!shown.contains("hunter2") && !shown.contains("am86aHVudGVyMg"), "{shown}");
}

#[test]
fn proxies_and_roots_are_checked() {
    for url in ["", "hunter2", "ftp://hunter2"] {
        assert_eq!(
            problems(complete().endpoint("http://h").proxy(url)),
            ["no URL of a proxy: give .proxy(…) a URL such as http://proxy.example:3128"]
        );
    }
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    for pem in ["no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] {
        let problems = problems(complete().endpoint("http://h").root_certificate(pem));
        assert_eq!(problems.len(), 1, "{pem}");
        assert!(problems[0].starts_with("TLS cannot be set up ("), "{problems:?}");
    }
}

#[test]
fn this_machine_is_told_from_others() {
    let local = |url| parts::is_loopback(&Url::parse(url).unwrap());
    assert!(local("http://localhost") && local("http://127.0.0.2:1") && local("http://[::1]:1"));
    assert!(!local("http://localhost.example") && !local("http://10.0.0.1"));
}

#[test]
fn http_is_set_up_by_the_program_last_but_for_what_is_not_safe() {
    let builder = complete()
        .endpoint("http://h")
        .configure_http(|http| http.redirect(reqwest::redirect::Policy::limited(3)).referer(true));
    let http = builder.build().unwrap().0.http().clone();
    let shown = format!("{http:?}");
    assert!(shown.contains("redirect_policy: \"Policy(None)\""), "{shown}");
    assert!(!shown.contains("referer"), "{shown}");
    let broken = complete().endpoint("http://h").configure_http(|http| http.user_agent("\n"));
    let problems = problems(broken);
    assert!(problems[0].ends_with("check .configure_http(…)"), "{problems:?}");
}
