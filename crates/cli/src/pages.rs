//! Pagination. In: a request for a list. Out: one answer with all items, or with at most as many as requested.

use huaweicloud_catalog::{NextMarker, Pagination, Paging};
use serde_json::Value;

use crate::{
    messages,
    problem::{Kind, Problem},
    request::Request,
    send::{Answer, Sender},
};

/// Page size, unless fewer items are wanted or allowed.
const PAGE: u64 = 100;

/// Reads a list, page after page.
///
/// # Errors
///
/// A page cannot be read, or pages are inconsistent.
pub(crate) async fn all(
    sender: &Sender,
    request: &mut Request,
    wanted: Option<usize>,
) -> Result<Answer, Problem> {
    let Some(pagination) = request.chosen.described.operation.pagination.clone() else {
        return sender.send(request).await;
    };
    let Some(paging) = &pagination.paging else {
        let mut answer = sender.send(request).await?;
        if let (Answer::Value(answer), Some(wanted)) = (&mut answer, wanted) {
            let items = answer.get_mut(&pagination.items).and_then(Value::as_array_mut);
            items.into_iter().for_each(|items| items.truncate(wanted));
        }
        return Ok(answer);
    };
    let size = page_size(request, paging, wanted);
    if let (Some(size), Some(limit)) = (size, limit_of(paging)) {
        request.set_query(limit, &size.to_string());
    }
    let mut collected: Vec<Value> = Vec::new();
    let mut first: Option<Value> = None;
    loop {
        let Answer::Value(answer) = sender.send(request).await? else { return Ok(Answer::Nothing) };
        let items = answer.get(&pagination.items).and_then(Value::as_array).cloned();
        let Some(items) = items else {
            // Any other answer is shown as it is.
            return match first {
                None => Ok(Answer::Value(answer)),
                Some(_) => Err(broken(&messages::page_no_list())),
            };
        };
        let count = items.len();
        let marker = next_marker(paging, &items, &answer);
        let total = total(&pagination, &answer);
        collected.extend(items);
        first.get_or_insert(answer);
        let is_enough = wanted.is_some_and(|wanted| collected.len() >= wanted);
        let is_short = size.is_some_and(|size| (count as u64) < size);
        let is_all = total.is_some_and(|total| collected.len() as u64 >= total);
        if count == 0 || is_enough || is_short || is_all {
            break;
        }
        if !advance(request, paging, count, marker)? {
            break;
        }
    }
    if let Some(wanted) = wanted {
        collected.truncate(wanted);
    }
    let mut answer = first.unwrap_or_default();
    if let Some(fields) = answer.as_object_mut() {
        fields.insert(pagination.items.clone(), Value::Array(collected));
    }
    Ok(Answer::Value(answer))
}

/// Advances to the next page; returns whether there is one.
fn advance(
    request: &mut Request,
    paging: &Paging,
    count: usize,
    marker: Option<String>,
) -> Result<bool, Problem> {
    let number = |request: &Request, name: &str| -> Option<u64> {
        request.query_value(name).and_then(|text| text.parse().ok())
    };
    match paging {
        Paging::Offset { offset, .. } => {
            let next = number(request, offset).unwrap_or(0) + count as u64;
            request.set_query(offset, &next.to_string());
        }
        Paging::Number { page, .. } => {
            let next = number(request, page).unwrap_or(1) + 1;
            request.set_query(page, &next.to_string());
        }
        Paging::Marker { marker: name, .. } => match marker {
            Some(marker) if request.query_value(name) != Some(&marker) => {
                request.set_query(name, &marker);
            }
            Some(_) => return Err(broken(&messages::page_circle())),
            None => return Ok(false),
        },
    }
    Ok(true)
}

fn broken(why: &str) -> Problem {
    Problem::new(Kind::Unavailable, messages::list_broken(why))
}

fn limit_of(paging: &Paging) -> Option<&str> {
    match paging {
        Paging::Offset { limit, .. } | Paging::Number { limit, .. } => Some(limit),
        Paging::Marker { limit, .. } => limit.as_deref(),
    }
}

/// The page size: as many items as wanted, but at most a hundred and at most what is allowed.
fn page_size(request: &Request, paging: &Paging, wanted: Option<usize>) -> Option<u64> {
    let limit = limit_of(paging)?;
    let parameters = &request.chosen.described.operation.parameters;
    let bounds = &parameters.iter().find(|parameter| parameter.name == limit)?.schema.bounds;
    let most = bounds.maximum.as_ref().and_then(|limit| limit.value.as_u64()).unwrap_or(PAGE);
    let wanted = wanted.map_or(PAGE, |wanted| wanted as u64);
    Some(wanted.min(PAGE).min(most).max(1))
}

fn total(pagination: &Pagination, answer: &Value) -> Option<u64> {
    let total = answer.get(pagination.total.as_deref()?)?;
    total.as_u64().or_else(|| total.as_str()?.parse().ok())
}

fn next_marker(paging: &Paging, items: &[Value], answer: &Value) -> Option<String> {
    let Paging::Marker { next, .. } = paging else { return None };
    let found = match next {
        NextMarker::Item(name) => items.last()?.get(name)?,
        NextMarker::Answer(path) => path.iter().try_fold(answer, |here, name| here.get(name))?,
    };
    let text = found.as_str().map(str::to_owned).or_else(|| found.as_u64().map(|n| n.to_string()));
    text.filter(|text| !text.is_empty())
}
