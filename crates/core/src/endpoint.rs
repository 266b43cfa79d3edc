//! The URL of a service. In: a text that somebody typed. Out: the URL, or what is wrong with it and
//! how to fix it.

use reqwest::Url;

use crate::shown_url::ShownUrl;

/// A URL that calls are made to; `hint` says how to give another one.
pub(crate) fn endpoint(text: &str, hint: &str, allow_http: bool) -> Result<Url, String> {
    let text = text.trim();
    let shown = ShownUrl(text);
    let problem = |what: &str| format!("{shown:?} {what}: {hint}");
    let url = Url::parse(text).map_err(|error| problem(&format!("is no URL ({error})")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(problem("has a user name or password, which an endpoint cannot have"));
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(problem("is neither http nor https"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(problem("has a query or fragment, which an endpoint cannot have"));
    }
    if url.scheme() == "http" && !allow_http {
        let what = "is plain http, where anybody on the way reads passwords and tokens";
        return Err(format!("{}, or call .allow_http(true)", problem(what)));
    }
    Ok(url)
}
