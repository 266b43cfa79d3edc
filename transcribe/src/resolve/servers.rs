//! Where a service is called. In: endpoints that a source states, and pages. Out: the `servers` of the document,
//! with the region as a variable of the URL.
//!
//! A package lists its endpoints. Pages show hosts in the request lines of examples; where no page does, the host
//! is the one that all services of the vendor have, made of the product and the region.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::facts::{Endpoint, Page};

/// The region that URLs are made for unless a caller says another one, where the service is there.
const DEFAULT_REGION: &str = "cn-north-4";

/// The servers of the service; none where nothing says what its host is.
pub(super) fn servers(pages: &[&Page], stated: &[Endpoint]) -> Vec<Value> {
    let product = pages.iter().find_map(|page| page.product.as_deref()).map(str::to_lowercase);
    let mut endpoints = stated.to_vec();
    if let (true, Some(product)) = (endpoints.is_empty(), &product) {
        endpoints.extend(shown(pages, product));
    }
    let mut regions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Endpoint { region, url } in endpoints {
        let Some(pattern) = pattern(&url, &region) else { continue };
        let known = regions.entry(pattern).or_default();
        known.extend((!known.contains(&region)).then_some(region));
    }
    if let (true, Some(product)) = (regions.is_empty(), product) {
        regions.insert(format!("https://{product}.{{region}}.myhuaweicloud.com"), Vec::new());
    }
    let mut patterns: Vec<(String, Vec<String>)> = regions.into_iter().collect();
    patterns.sort_by_key(|(_, regions)| std::cmp::Reverse(regions.len()));
    patterns.into_iter().map(|(url, regions)| server(&url, regions)).collect()
}

fn server(url: &str, mut regions: Vec<String>) -> Value {
    if !url.contains("{region}") {
        return json!({"url": url, "description": "The endpoint of the service, for all regions."});
    }
    regions.sort();
    let default = match regions.first() {
        Some(first) if !regions.iter().any(|region| region == DEFAULT_REGION) => first.clone(),
        _ => DEFAULT_REGION.to_owned(),
    };
    let listed: Vec<String> = regions.iter().map(|region| format!("`{region}`")).collect();
    let description = match listed.is_empty() {
        true => "Region ID.".to_owned(),
        false => format!("Region ID. The list is open; known are {}.", listed.join(", ")),
    };
    json!({
        "url": url,
        "description": "The regional endpoint of the service.",
        "variables": {"region": {"default": default, "description": description}},
    })
}

/// The URL with `{region}` where it names its region, without a path; nothing if it is none that a client can call.
fn pattern(url: &str, region: &str) -> Option<String> {
    let host = url.trim_end_matches('/').strip_prefix("https://")?;
    let is_host = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
    let labels: Vec<&str> = host.split('.').collect();
    let labels = labels.iter().map(|label| if *label == region { "{region}" } else { label });
    is_host.then(|| format!("https://{}", labels.collect::<Vec<_>>().join(".")))
}

/// The endpoints of the product among the hosts of examples.
fn shown(pages: &[&Page], product: &str) -> Vec<Endpoint> {
    let examples = pages.iter().flat_map(|page| &page.examples);
    let urls = examples.filter_map(|example| example.request_line.as_ref());
    let endpoint = |(_, url): &(String, String)| {
        let host = url.strip_prefix("https://")?.split(['/', '?']).next()?;
        let mut labels = host.split('.');
        let is_own = labels.next()?.eq_ignore_ascii_case(product);
        let region = labels.next().filter(|label| is_own && is_region(label))?.to_owned();
        Some(Endpoint { region, url: format!("https://{}", host.to_lowercase()) })
    };
    urls.filter_map(endpoint).collect()
}

/// `cn-north-4`, `my-kualalumpur-1`, `eu-west-101`.
fn is_region(label: &str) -> bool {
    let mut parts = label.rsplit('-');
    let number = parts.next().unwrap_or_default();
    let words: Vec<&str> = parts.collect();
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.len() >= 2
        && words.iter().all(is_word)
}
