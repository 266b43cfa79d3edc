//! `hwc diff ORDER ID`: what differs between an order and what exists. In: a file with the body of an order, and an ID. Out: a
//! row for each field that differs, and which fields could not be compared.
//!
//! The operation is read that the document's `x-ensure` waits by; fields are compared by the runtime, as ordering at most
//! once compares them. Which fields there are is known from the types of the order and of the answer.

use huaweicloud_catalog::{Compare, Described, Ensure, Kind as TypeKind, Schema, Shape};
use huaweicloud_core::__private::{self as core, Listed, Stated};
use serde_json::{Map, Value, json};

use crate::{
    call,
    connect::Connection,
    fill::{Notation, Notes, fill},
    follow, json_input, messages, native,
    options::Output,
    output::text,
    problem::{Kind, Problem},
    request::admit,
    run::tell,
    send::{Answer, Sender},
    service::{self, Chosen, SERVICES},
};

/// What differs, and what could not be compared.
#[derive(Debug, Default, PartialEq)]
struct Differences {
    /// Field, what is ordered, what exists.
    rows: Vec<(String, Value, Value)>,
    unknown: Vec<String>,
}

/// `hwc diff`.
pub(crate) fn run(words: Vec<String>) -> Result<(), Problem> {
    let Some(matches) = native::matches(native::commands::diff(), words)? else { return Ok(()) };
    let word = |id: &str| matches.get_one::<String>(id).map(String::as_str);
    let order = order(word("operation"))?;
    let described = &order.described;
    let Some((ensure, waiter)) = ensure(described) else {
        return Err(Problem::usage(messages::diff_unknown(&described.operation.id)));
    };
    let mut notes = Notes::default();
    let assignments = json_input::read(word("order").unwrap_or_default(), described)?;
    let filled = fill(described, assignments, Notation::Places, &mut notes);
    if !notes.problems.is_empty() {
        return Err(Problem::usage(notes.problems.join("\n")));
    }
    let ordered = filled.body.unwrap_or_default();
    let awaited = follow::ordered(order.service, waiter, word("id").unwrap_or_default())?;
    admit(&awaited.request.violations(&[], true)?)?;
    let connection = Connection::new(native::connection_options(&matches)?)?;
    let sender = Sender::new(&connection, order.service, None)?;
    let found = call::wait_out(async { sender.send(&awaited.request).await })?;
    let Answer::Value(existing) = found else {
        return Err(Problem::new(Kind::Unavailable, messages::no_object()));
    };
    let differences = differences(described, ensure, &ordered, &existing);
    if !differences.unknown.is_empty() {
        tell(&messages::diff_not_shown(differences.unknown.join(", ")));
    }
    let count = differences.rows.len();
    let rows = differences.rows.into_iter().map(|(field, ordered, existing)| {
        json!({ "field": field, "ordered": ordered, "existing": existing })
    });
    if count > 0 || connection.options.output.is_some() {
        call::write(&Value::Array(rows.collect()), &connection.options, Output::Table, None)?;
    }
    match count {
        0 => Ok(()),
        count => Err(Problem::new(Kind::Differs, messages::diff_count(count))),
    }
}

/// The operation that a file is for: the one that is named, or the only one that orders by name.
fn order(named: Option<&str>) -> Result<Chosen, Problem> {
    if let Some(named) = named {
        let Some((service, operation)) = named.split_once('.') else {
            return Err(Problem::usage(messages::diff_operation_form(named)));
        };
        return service::named(service)?.operation(operation);
    }
    let mut found = Vec::new();
    for service in SERVICES {
        for entry in service.catalog.index()?.operations.iter().filter(|entry| entry.purchase) {
            let chosen = service.choose(entry)?;
            if ensure(&chosen.described).is_some() {
                found.push(chosen);
            }
        }
    }
    let names: Vec<String> = found
        .iter()
        .map(|one| format!("{}.{}", one.service.catalog.name, one.described.operation.command))
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(Problem::usage(messages::diff_which(names.join(", ")))),
    }
}

/// How something is ordered by name, and the waiter whose question shows it.
fn ensure(described: &Described) -> Option<(&Ensure, &str)> {
    let ensure = described.operation.ensure.as_ref()?;
    Some((ensure, ensure.waiter.as_deref()?))
}

fn differences(
    described: &Described,
    ensure: &Ensure,
    ordered: &Value,
    existing: &Value,
) -> Differences {
    let mut found = Differences::default();
    if let (Some(body), Value::Object(ordered)) = (&described.operation.body, ordered) {
        let walk = Walk { described, ensure };
        walk.object(&body.schema, ordered, existing, "", &mut found);
    }
    found
}

struct Walk<'d> {
    described: &'d Described,
    ensure: &'d Ensure,
}

impl Walk<'_> {
    fn object(
        &self,
        schema: &Schema,
        ordered: &Map<String, Value>,
        existing: &Value,
        above: &str,
        found: &mut Differences,
    ) {
        let fields = self.described.fields(schema).unwrap_or_default();
        for (name, value) in ordered.iter().filter(|(_, value)| !value.is_null()) {
            let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            let same =
                self.ensure.look.same.iter().find(|same| above.is_empty() && same.field == *name);
            let names = same.map_or_else(|| vec![name.clone()], |same| same.items.clone());
            let there: Vec<&Value> = names
                .iter()
                .filter_map(|name| existing.get(name))
                .filter(|v| !v.is_null())
                .collect();
            let own = fields.iter().find(|field| field.name == *name).map(|field| &field.schema);
            let is_secret = own.is_some_and(|schema| schema.shape == Shape::Secret);
            let Some(first) = there.first().filter(|_| !is_secret) else {
                found.unknown.push(path);
                continue;
            };
            match (value, own) {
                (Value::Object(inner), Some(schema)) => {
                    self.object(schema, inner, first, &path, found);
                }
                (Value::Array(items), _) => {
                    if !same_items(items, first) {
                        found.rows.push((path, value.clone(), (*first).clone()));
                    }
                }
                _ => {
                    let compare = same.map_or_else(|| self.compare(own), |same| of(same.compare));
                    if differs(compare, value, &there) {
                        found.rows.push((path, value.clone(), (*first).clone()));
                    }
                }
            }
        }
    }

    /// How a value is compared that the document says nothing more of: by its type.
    fn compare(&self, schema: Option<&Schema>) -> core::Compare {
        let Some(schema) = schema else { return core::Compare::Text };
        let is_enum = self
            .described
            .type_of(schema)
            .is_some_and(|named| matches!(named.kind, TypeKind::Enum { .. }));
        match schema.shape {
            Shape::Integer(_) | Shape::Number if !is_enum => core::Compare::Number,
            _ => core::Compare::Text,
        }
    }
}

fn of(compare: Compare) -> core::Compare {
    match compare {
        Compare::Text => core::Compare::Text,
        Compare::Number => core::Compare::Number,
        Compare::Version => core::Compare::Version,
    }
}

/// Compares as ordering at most once does.
fn differs(compare: core::Compare, ordered: &Value, there: &[&Value]) -> bool {
    let stated = Stated::new("", compare, text(ordered));
    let said = there.iter().map(|value| text(value)).collect();
    let listed = Listed { said: vec![said], ..Listed::default() };
    !core::differences(&[stated], &listed).is_empty()
}

/// Whether a list has the same items, in whatever order; of an object, only what is ordered counts.
fn same_items(ordered: &[Value], existing: &Value) -> bool {
    let Value::Array(existing) = existing else { return false };
    let has = |item: &Value| existing.iter().any(|there| agrees(item, there));
    ordered.len() == existing.len() && ordered.iter().all(has)
}

fn agrees(ordered: &Value, existing: &Value) -> bool {
    match ordered {
        Value::Object(fields) => fields.iter().all(|(name, value)| {
            existing.get(name).is_some_and(|there| agrees(value, there)) || value.is_null()
        }),
        Value::Array(items) => same_items(items, existing),
        plain => text(plain) == text(existing),
    }
}

#[cfg(test)]
#[cfg(feature = "dcs")]
mod tests {
    use super::*;

    fn rows(ordered: &Value, existing: &Value) -> (Vec<String>, Vec<String>) {
        let order = huaweicloud_dcs_catalog::SERVICE.operation("CreateInstance").unwrap().unwrap();
        let (ensure, _) = ensure(&order).unwrap();
        let found = differences(&order, ensure, ordered, existing);
        let rows = found.rows.iter().map(|(field, a, b)| format!("{field}: {a} {b}")).collect();
        (rows, found.unknown)
    }

    #[test]
    fn only_what_is_ordered_is_compared_and_in_the_way_of_its_type() {
        let ordered = json!({
            "name": "a", "engine": "Redis", "engine_version": "5.0", "capacity": 2, "port": 6379, "enable_ssl": false,
            "az_codes": ["a", "b"], "tags": [{"key": "k", "value": "v"}]
        });
        let existing = json!({
            "name": "a", "engine": "redis", "engine_version": "5.0.14", "capacity": 2, "port": "6379", "enable_ssl": false,
            "az_codes": ["b", "a"], "tags": [{"key": "k", "value": "v", "more": 1}], "status": "RUNNING"
        });
        assert_eq!(rows(&ordered, &existing), (vec![], vec![]));
    }

    #[test]
    fn what_differs_has_a_row_and_what_is_not_shown_is_named() {
        let ordered = json!({
            "capacity": 0.125, "port": 6380, "az_codes": ["a"], "password": "x", "template_id": "t",
            "instance_backup_policy": {"save_days": 7, "backup_type": "auto"}
        });
        let existing = json!({
            "capacity": 4, "capacity_minor": "4", "port": 6379, "az_codes": ["a", "b"], "password": "y",
            "instance_backup_policy": {"save_days": 1}
        });
        let expected = [
            "capacity: 0.125 \"4\"",
            "port: 6380 6379",
            "az_codes: [\"a\"] [\"a\",\"b\"]",
            "instance_backup_policy.save_days: 7 1",
        ];
        let (found, unknown) = rows(&ordered, &existing);
        assert_eq!(found, expected);
        assert_eq!(unknown, ["password", "template_id", "instance_backup_policy.backup_type"]);
    }

    #[test]
    fn the_only_order_by_name_is_meant() {
        assert_eq!(order(None).unwrap().described.operation.id, "CreateInstance");
        assert_eq!(
            order(Some("dcs.create-instance")).unwrap().described.operation.id,
            "CreateInstance"
        );
        assert!(order(Some("dcs")).is_err());
    }
}
