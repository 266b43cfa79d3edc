//! The HTTP Archive format, version 1.2, as far as it describes requests and responses. In: text. Out:
//! entries; and back.

use serde_json::{Value, json};

use super::{Recorded, Recording};

/// Reads an archive; what else it has does not matter.
pub(super) fn read(text: &str) -> Result<Recording, String> {
    let archive: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let entries = archive["log"]["entries"].as_array();
    let entries = entries.ok_or("it has no list `log.entries`, as an HTTP Archive does")?;
    let entries = entries.iter().enumerate();
    let entries = entries
        .map(|(number, one)| entry(one).map_err(|why| format!("log.entries[{number}]: {why}")));
    Ok(Recording { entries: entries.collect::<Result<_, _>>()? })
}

fn entry(entry: &Value) -> Result<Recorded, String> {
    let (request, answer) = (&entry["request"], &entry["response"]);
    let text = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    let method = text(request, "method").ok_or("there is no `request.method`")?;
    let url = text(request, "url").ok_or("there is no `request.url`")?;
    let status = answer["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let status = status.ok_or("there is no `response.status`, a number")?;
    if answer["content"].get("encoding").is_some() {
        return Err("`response.content` is encoded; only text can be replayed".to_owned());
    }
    Ok(Recorded {
        at: text(entry, "startedDateTime").unwrap_or_default(),
        method,
        url,
        request_headers: headers(&request["headers"]),
        request_body: text(&request["postData"], "text"),
        status,
        headers: headers(&answer["headers"]),
        body: text(&answer["content"], "text"),
    })
}

fn headers(list: &Value) -> Vec<(String, String)> {
    let pair = |header: &Value| {
        let (name, value) = (header["name"].as_str()?, header["value"].as_str()?);
        Some((name.to_owned(), value.to_owned()))
    };
    list.as_array().into_iter().flatten().filter_map(pair).collect()
}

/// What stands before the entries.
pub(super) fn head() -> String {
    let creator = json!({"name": "huaweicloud-core", "version": env!("CARGO_PKG_VERSION")});
    format!(r#"{{"log": {{"version": "1.2", "creator": {creator}, "entries": ["#)
}

/// What stands behind them.
pub(super) const TAIL: &str = "\n]}}\n";

/// An entry, on several lines, which people can read and compare.
pub(super) fn entry_text(recorded: &Recorded) -> String {
    format!("{:#}", written(recorded))
}

/// Writes an archive that any tool reads.
pub(super) fn write(recording: &Recording) -> String {
    let entries = recording.entries.iter().map(|entry| format!("\n{}", entry_text(entry)));
    format!("{}{}{TAIL}", head(), entries.collect::<Vec<_>>().join(","))
}

fn written(recorded: &Recorded) -> Value {
    let headers = |headers: &[(String, String)]| -> Value {
        headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
    };
    let (_, query) = recorded.url.split_once('?').unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        json!({"name": name, "value": value})
    });
    let mut request = json!({
        "method": recorded.method,
        "url": recorded.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&recorded.request_headers),
        "queryString": pairs.collect::<Value>(),
        "headersSize": -1,
        "bodySize": recorded.request_body.as_ref().map_or(0, String::len),
    });
    if let Some(body) = &recorded.request_body {
        request["postData"] = json!({"mimeType": "application/json", "text": body});
    }
    let media = recorded.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let mut content = json!({
        "size": recorded.body.as_ref().map_or(0, String::len),
        "mimeType": media.map_or("", |(_, value)| value.as_str()),
    });
    if let Some(body) = &recorded.body {
        content["text"] = json!(body);
    }
    json!({
        "startedDateTime": recorded.at,
        "time": 0,
        "request": request,
        "response": {
            "status": recorded.status,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": headers(&recorded.headers),
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
    })
}
