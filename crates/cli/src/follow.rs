//! What can be waited for. In: the name of a waiter and its IDs, or a call with its answer. Out: the request that polls, and
//! the command that resumes waiting later.

use huaweicloud_catalog::{Place, Waiter};
use serde_json::Value;

use crate::{
    fill::Filled,
    messages,
    output::text,
    problem::{Kind, Problem},
    request::Request,
    service::{Chosen, Service},
    text::{did_you_mean, kebab, shell},
};

/// Something to wait for.
pub(crate) struct Awaited {
    /// The request that polls.
    pub(crate) request: Request,
    /// When waiting is over.
    pub(crate) waiter: Waiter,
    /// The item to look for, where the operation lists.
    pub(crate) item: Option<String>,
    ids: Vec<String>,
}

impl Awaited {
    /// The command that resumes waiting.
    pub(crate) fn command(&self) -> String {
        let service = self.request.chosen.service.catalog.name;
        let ids: Vec<String> = self.ids.iter().map(|id| shell(id)).collect();
        format!("hwc {service} wait {} --until {}", ids.join(" "), short(&self.waiter))
    }

    /// What it is about, such as `instance i-1`.
    pub(crate) fn subject(&self) -> String {
        let id = self.ids.last().map(String::as_str).unwrap_or_default();
        format!("{} {id}", self.waiter.subject)
    }
}

/// The names of all states of a service that can be waited for.
pub(crate) fn states(service: &'static Service) -> Result<Vec<String>, Problem> {
    let mut states = Vec::new();
    for entry in service.catalog.index()?.operations {
        let described = service.choose(&entry)?.described;
        states.extend(described.operation.waiters.iter().map(|waiter| short(waiter).to_owned()));
    }
    Ok(states)
}

/// Finds a waiter: `until` is its ID or the end of it, such as `running`; `ids` are in the order of the path.
///
/// # Errors
///
/// There is no such waiter, or it needs other IDs.
pub(crate) fn named(
    service: &'static Service,
    until: &str,
    ids: &[String],
) -> Result<Awaited, Problem> {
    let name = service.catalog.name;
    let mut known = Vec::new();
    for entry in service.catalog.index()?.operations {
        let chosen = service.choose(&entry)?;
        let found = chosen.described.operation.waiters.iter().find(|waiter| {
            known.push(short(waiter).to_owned());
            waiter.id == until || short(waiter) == until
        });
        let Some(waiter) = found.cloned() else { continue };
        let wanted = wanted(&chosen, &waiter);
        if ids.len() != wanted.len() {
            let words: Vec<String> = wanted.iter().map(|name| name.to_uppercase()).collect();
            let line = format!("hwc {name} wait {} --until {}", words.join(" "), short(&waiter));
            return Err(Problem::usage(messages::wait_needs_ids(line)));
        }
        return Ok(awaited(chosen, waiter, ids.to_vec()));
    }
    Err(Problem::usage(match known.is_empty() {
        true => messages::nothing_to_wait_for(name),
        false => {
            let hint = did_you_mean(until, known.iter().map(String::as_str));
            messages::no_such_state(until, known.join(", "), hint)
        }
    }))
}

/// What can be waited for after a call was accepted. IDs are taken from its answer, or else from the call itself.
///
/// # Errors
///
/// Nothing can be waited for, or an ID is missing.
pub(crate) fn after(request: &Request, answer: &Value) -> Result<Awaited, Problem> {
    let operation = &request.chosen.described.operation;
    let Some(follow) = &operation.follow else {
        return Err(Problem::usage(messages::no_waiter(&operation.id)));
    };
    let chosen = request.chosen.service.operation(&follow.operation)?;
    let waiters = &chosen.described.operation.waiters;
    let waiter = waiters.iter().find(|waiter| waiter.id == follow.waiter).cloned();
    let waiter = waiter.ok_or_else(|| Problem::usage(messages::no_waiter(&operation.id)))?;
    let value = |name: &String| {
        let answered = answer.get(name).map(text).filter(|id| !id.is_empty());
        let own = || request.value(name).map(str::to_owned);
        let missing = || Problem::new(Kind::Unknown, messages::answer_names_nothing(name));
        answered.or_else(own).ok_or_else(missing)
    };
    let ids = wanted(&chosen, &waiter).iter().map(value).collect::<Result<_, _>>()?;
    Ok(awaited(chosen, waiter, ids))
}

/// One of the ordered resources, by the waiter of the order.
pub(crate) fn ordered(
    service: &'static Service,
    waiter: &str,
    id: &str,
) -> Result<Awaited, Problem> {
    named(service, &kebab(waiter), &[id.to_owned()])
}

/// The names of the IDs that polling needs: those of the path, and that of the item of a list.
fn wanted(chosen: &Chosen, waiter: &Waiter) -> Vec<String> {
    let parameters = chosen.described.operation.parameters.iter();
    let path = parameters.filter(|p| p.place == Place::Path && p.of_client.is_none());
    path.map(|p| p.name.clone()).chain(waiter.item_id.clone()).collect()
}

fn awaited(chosen: Chosen, waiter: Waiter, ids: Vec<String>) -> Awaited {
    let item = waiter.item_id.as_ref().and_then(|_| ids.last().cloned());
    let names = wanted(&chosen, &waiter);
    let of_path = names.len() - usize::from(item.is_some());
    let parameters = names.into_iter().zip(&ids).take(of_path);
    let parameters =
        parameters.map(|(name, value)| (Place::Path, name, vec![value.clone()])).collect();
    let request = Request::new(chosen, Filled { parameters, body: None });
    Awaited { request, waiter, item, ids }
}

/// The name of a waiter without the common prefix.
fn short(waiter: &Waiter) -> &str {
    waiter.id.strip_prefix("wait-until-").unwrap_or(&waiter.id)
}

#[cfg(test)]
#[cfg(feature = "dcs")]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::service;

    fn call(operation: &str, path: &[(&str, &str)]) -> Request {
        let chosen = service::named("dcs").unwrap().operation(operation).unwrap();
        let parameters = path
            .iter()
            .map(|(name, value)| (Place::Path, (*name).to_owned(), vec![(*value).to_owned()]));
        Request::new(chosen, Filled { parameters: parameters.collect(), body: None })
    }

    #[test]
    fn what_follows_a_call_is_known_from_its_answer_and_its_path() {
        let cases = [
            ("CopyInstance", json!({"backup_id": "b"}), "hwc dcs wait i b --until backup-done"),
            ("RestoreInstance", json!({"restore_id": "r"}), "hwc dcs wait i r --until restored"),
            ("DeleteSingleInstance", json!(null), "hwc dcs wait i --until deleted"),
            ("ResizeInstance", json!(null), "hwc dcs wait i --until settled"),
            ("UpdatePublicIp", json!({"job_id": "j 1"}), "hwc dcs wait 'j 1' --until job-done"),
        ];
        for (operation, answer, command) in cases {
            let awaited = after(&call(operation, &[("instance_id", "i")]), &answer).unwrap();
            assert_eq!(awaited.command(), command);
        }
    }

    #[test]
    fn an_answer_without_an_id_is_an_unknown_outcome() {
        let problem = after(&call("CopyInstance", &[("instance_id", "i")]), &json!({}));
        assert_eq!(problem.err().map(|problem| problem.kind), Some(Kind::Unknown));
        let problem = after(&call("ShowInstance", &[("instance_id", "i")]), &json!({}));
        assert_eq!(problem.err().map(|problem| problem.kind), Some(Kind::Usage));
    }
}
