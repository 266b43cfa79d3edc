//! Existing values of a field. In: the operation that lists them, as the document says (`x-values`), and the values of other
//! fields. Out: the values, each with a label.

use std::time::Duration;

use huaweicloud_catalog::{Choices, Pagination};
use serde_json::Value;

use crate::{
    connect::{Connection, is_local},
    fill::Filled,
    messages, output, pages,
    problem::Problem,
    request::Request,
    send::{Answer, Sender},
    service::{self, Chosen, Service},
};

/// Maximum number of values that are offered.
const MOST: usize = 200;
/// Timeout for listing them; somebody is waiting at the prompt.
const PATIENCE: Duration = Duration::from_secs(10);

/// An existing value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    /// Fields that identify it to people, such as its name.
    pub(crate) label: String,
}

/// Lists the values of a field of a request to `service`; `filled` knows the values of its other fields, by their paths.
///
/// # Errors
///
/// They cannot be listed.
pub(crate) async fn list(
    connection: &Connection,
    service: &'static Service,
    choices: &Choices,
    filled: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Choice>, Problem> {
    let (owner, chosen) = lister(service, choices)?;
    let items = items(&chosen, choices);
    let mut parameters = Vec::new();
    for parameter in &chosen.described.operation.parameters {
        let with = choices.with.iter().find(|(name, _)| *name == parameter.name);
        let fixed = choices.fixed.iter().find(|(name, _)| *name == parameter.name);
        let value = with.and_then(|(_, field)| filled(field));
        let value = value.or_else(|| fixed.map(|(_, value)| value.clone()));
        let value = value.filter(|value| !value.is_empty());
        match value {
            Some(value) => {
                parameters.push((parameter.place, parameter.name.clone(), vec![value]));
            }
            None if parameter.required && parameter.of_client.is_none() => {
                return Err(Problem::usage(messages::choices_need(&parameter.name)));
            }
            None => {}
        }
    }
    let mut request = Request::new(chosen, Filled { parameters, body: None });
    let is_own = std::ptr::eq(owner, service);
    let sender = match connection.options.endpoint.as_deref() {
        // An endpoint belongs to one service.
        Some(endpoint) if !is_own && !is_local(endpoint) => {
            Sender::new(&connection.of_region(), owner, None)?
        }
        _ => Sender::new(connection, owner, None)?,
    };
    let answer =
        tokio::time::timeout(PATIENCE, pages::all(&sender, &mut request, Some(MOST))).await;
    let answer = answer.map_err(|_| Problem::other(messages::choices_late()))??;
    let Answer::Value(answer) = answer else { return Ok(Vec::new()) };
    let listed = items.as_deref().and_then(|name| answer.get(name)).and_then(Value::as_array);
    let choice = |item: &Value| {
        let text = |name: &String| item.get(name).map(shown).filter(|text| !text.is_empty());
        let labels: Vec<String> = choices.show.iter().filter_map(text).map(plain).collect();
        Some(Choice { value: text(&choices.value).map(plain)?, label: labels.join(", ") })
    };
    Ok(listed.into_iter().flatten().take(MOST).filter_map(choice).collect())
}

/// The operation that lists values, and the service that has it.
pub(crate) fn lister(
    service: &'static Service,
    choices: &Choices,
) -> Result<(&'static Service, Chosen), Problem> {
    let owner = match &choices.service {
        Some(name) => service::named(name)?,
        None => service,
    };
    Ok((owner, owner.operation(&choices.operation)?))
}

/// The field of the answer that lists items.
pub(crate) fn items(chosen: &Chosen, choices: &Choices) -> Option<String> {
    let of_pages = |pages: &Pagination| pages.items.clone();
    choices.items.clone().or_else(|| chosen.described.operation.pagination.as_ref().map(of_pages))
}

/// A value for people: of a list, its items.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(output::text).collect::<Vec<_>>().join("/"),
        other => output::text(other),
    }
}

/// A text of one line.
fn plain(text: String) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
#[cfg(all(feature = "dcs", feature = "eip", feature = "eps", feature = "vpc"))]
mod tests {
    use huaweicloud_catalog::{Described, Kind, Place, Shape};

    use super::*;
    use crate::service::SERVICES;

    /// Where values come from, of all fields and parameters of an operation.
    fn all(described: &Described) -> Vec<Choices> {
        let parameters = described.operation.parameters.iter().filter_map(|p| p.choices.clone());
        let fields = described.types.values().flat_map(|named| match &named.kind {
            Kind::Struct { fields, .. } => fields.as_slice(),
            Kind::Enum { .. } => &[],
        });
        parameters.chain(fields.filter_map(|field| field.choices.clone())).collect()
    }

    /// The documents are linted one by one; only here are all of them known.
    #[test]
    fn every_source_of_values_lists_what_its_field_says() {
        let mut checked = 0;
        for service in SERVICES {
            for entry in service.catalog.index().unwrap().operations {
                let chosen = service.choose(&entry).unwrap();
                for choices in all(&chosen.described) {
                    let at = format!("{}: {choices:?}", entry.id);
                    let (_, list) = lister(service, &choices).unwrap_or_else(|_| panic!("{at}"));
                    let described = &list.described;
                    let answer = described.operation.success().unwrap().schema.clone().unwrap();
                    let items = items(&list, &choices).unwrap_or_else(|| panic!("{at}"));
                    let fields = described.fields(&answer).unwrap();
                    let listed = fields.iter().find(|field| field.name == items).unwrap();
                    let Shape::Array(item) = &listed.schema.shape else { panic!("{at}") };
                    let fields = described.fields(item).unwrap();
                    for name in choices.show.iter().chain([&choices.value]) {
                        assert!(fields.iter().any(|field| field.name == *name), "{at}: {name}");
                    }
                    for parameter in &described.operation.parameters {
                        let mut filled = choices.with.iter().chain(&choices.fixed);
                        let is_filled = filled.any(|(name, _)| *name == parameter.name);
                        let is_needed = parameter.required && parameter.of_client.is_none();
                        assert!(is_filled || !is_needed, "{at}: {}", parameter.name);
                        assert!(!is_filled || parameter.place != Place::Header, "{at}");
                    }
                    for (name, _) in choices.with.iter().chain(&choices.fixed) {
                        let known = &described.operation.parameters;
                        assert!(known.iter().any(|known| known.name == *name), "{at}: {name}");
                    }
                    checked += 1;
                }
            }
        }
        assert!(checked > 80, "{checked}");
    }
}
