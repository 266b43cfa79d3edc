//! Where the service is called, by the sources.

use serde_json::{Value, json};
use transcribe::{
    facts::{Endpoint, Page},
    resolve::{self, Settings},
};

use crate::builders::{at, page, request_example, resolve};

fn endpoint(region: &str, url: &str) -> Endpoint {
    Endpoint { region: region.to_owned(), url: url.to_owned() }
}

fn of_endpoints(endpoints: &[Endpoint]) -> Value {
    let settings = Settings { endpoints: endpoints.to_vec(), ..Settings::default() };
    at(&resolve::pages(&[page("AddBook")], &settings), "/servers").clone()
}

fn regional(url: &str, default: &str, known: &str) -> Value {
    let known = match known {
        "" => String::new(),
        known => format!(" The list is open; known are {known}."),
    };
    json!({
        "url": url,
        "description": "The regional endpoint of the service.",
        "variables": {"region": {"default": default, "description": format!("Region ID.{known}")}},
    })
}

#[test]
fn endpoints_become_a_url_with_a_region() {
    let servers = of_endpoints(&[
        endpoint("eu-west-0", "https://lib.eu-west-0.myhuaweicloud.com"),
        endpoint("cn-north-4", "https://lib.cn-north-4.myhuaweicloud.com/"),
        endpoint("cn-north-4", "https://lib.cn-north-4.myhuaweicloud.com"),
    ]);
    let url = "https://lib.{region}.myhuaweicloud.com";
    assert_eq!(servers, json!([regional(url, "cn-north-4", "`cn-north-4`, `eu-west-0`")]));
    let elsewhere = of_endpoints(&[endpoint("eu-west-0", "https://lib.eu-west-0.example")]);
    assert_eq!(
        elsewhere,
        json!([regional("https://lib.{region}.example", "eu-west-0", "`eu-west-0`")])
    );
}

#[test]
fn each_pattern_is_a_server_and_the_most_common_one_comes_first() {
    let servers = of_endpoints(&[
        endpoint("a-1", "https://lib.a-1.example.eu"),
        endpoint("b-1", "https://lib.b-1.example.com"),
        endpoint("c-1", "https://lib.c-1.example.com"),
        endpoint("d-1", "https://lib.example.org"),
    ]);
    let everywhere = json!({
        "url": "https://lib.example.org",
        "description": "The endpoint of the service, for all regions.",
    });
    assert_eq!(
        servers,
        json!([
            regional("https://lib.{region}.example.com", "b-1", "`b-1`, `c-1`"),
            everywhere,
            regional("https://lib.{region}.example.eu", "a-1", "`a-1`"),
        ])
    );
}

#[test]
fn what_no_client_can_call_is_no_server() {
    for url in
        ["", "http://lib.a-1.example", "https://", "https://{endpoint}/v1", "https://a b", "lib"]
    {
        let fallback =
            json!([regional("https://lib.{region}.myhuaweicloud.com", "cn-north-4", "")]);
        assert_eq!(of_endpoints(&[endpoint("a-1", url)]), fallback, "{url}");
    }
}

#[test]
fn pages_show_hosts_in_their_examples() {
    let shows = |urls: &[&str]| -> Value {
        let mut page = page("AddBook");
        page.examples.extend(urls.iter().map(|url| request_example(Some(("POST", *url)), None)));
        at(&resolve(&[page]), "/servers").clone()
    };
    let path = "v2/{project_id}/addbook";
    let shown = shows(&[
        &format!("https://{{endpoint}}/{path}"),
        &format!("https://iam.cn-east-2.example.com/{path}"),
        &format!("https://LIB.cn-south-1.example.com/{path}"),
        &format!("https://lib.elsewhere.example.com/{path}"),
    ]);
    let url = "https://lib.{region}.example.com";
    assert_eq!(shown, json!([regional(url, "cn-south-1", "`cn-south-1`")]));
    let silent = shows(&[&format!("https://{{endpoint}}/{path}")]);
    assert_eq!(
        silent,
        json!([regional("https://lib.{region}.myhuaweicloud.com", "cn-north-4", "")])
    );
}

#[test]
fn without_a_product_nothing_says_where_the_service_is() {
    let nameless = Page { product: None, ..page("AddBook") };
    let made = resolve(&[nameless]);
    assert!(made.document.get("servers").is_none());
}

#[test]
fn servers_stand_in_front_of_security_and_tags() {
    let mut page = page("AddBook");
    let token = crate::builders::row("X-Auth-Token", Some(true), "String");
    page.tables.push(crate::builders::table(
        transcribe::facts::Place::HeaderParameters,
        None,
        vec![token],
    ));
    let made = resolve(&[page]);
    let keys: Vec<&String> = made.document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["openapi", "info", "servers", "security", "tags", "paths", "components"]);
}
