//! Things that are only looked at. In: a list, or an id. Out: the things that meet the conditions, page by
//! page, or the one of the id.
//!
//! A parameter of the query that is called like a field is a condition on it. What else the services know of
//! their lists stands here by parameter: names of which a part is enough, and how pages go on.

use huaweicloud_core::server::Operation;
use serde_json::{Map, Value, json};

use super::{Owner, Stock};
use crate::{
    call::{Call, Reply},
    refusal::Refusal,
};

/// Operations on things of one kind.
pub(super) struct Shelf {
    list: &'static str,
    show: Option<&'static str>,
    /// The field of the list that holds them.
    pub(super) many: &'static str,
    /// The field that holds one of them.
    one: &'static str,
}

const fn shelf(
    list: &'static str,
    show: Option<&'static str>,
    many: &'static str,
    one: &'static str,
) -> Shelf {
    Shelf { list, show, many, one }
}

const SHELVES: [Shelf; 8] = [
    shelf("ListVpcs", Some("ShowVpc"), "vpcs", "vpc"),
    shelf("ListSubnets", Some("ShowSubnet"), "subnets", "subnet"),
    shelf("ListSecurityGroups", Some("ShowSecurityGroup"), "security_groups", "security_group"),
    shelf("ListPublicips", Some("ShowPublicip"), "publicips", "publicip"),
    shelf(
        "ListEnterpriseProject",
        Some("ShowEnterpriseProject"),
        "enterprise_projects",
        "enterprise_project",
    ),
    shelf("KeystoneListProjects", Some("KeystoneShowProject"), "projects", "project"),
    shelf("KeystoneListRegions", Some("KeystoneShowRegion"), "regions", "region"),
    shelf("KeystoneListAuthDomains", None, "domains", "domain"),
];

/// Parameters that say which page and in which order, and one that no thing here has a value for.
const NO_CONDITIONS: [&str; 8] = [
    "allow_share_bandwidth_type_any",
    "limit",
    "marker",
    "offset",
    "page",
    "per_page",
    "sort_dir",
    "sort_key",
];

impl Shelf {
    pub(super) fn of_list(list: &str) -> Option<&'static Self> {
        SHELVES.iter().find(|shelf| shelf.list == list)
    }
}

/// Whether an operation reads one of these lists.
pub(super) fn is_known(operation: &Operation) -> bool {
    SHELVES.iter().any(|shelf| shelf.list == operation.id || shelf.show == Some(operation.id))
}

pub(super) fn answer(stock: &Stock, owner: &Owner<'_>, call: &Call) -> Result<Reply, Refusal> {
    let id = call.operation.id;
    for shelf in &SHELVES {
        let things = || -> Vec<Value> {
            let all = stock.of(shelf.list).iter();
            all.map(|thing| owned(thing.clone(), owner, call)).collect()
        };
        if shelf.list == id {
            return Ok(Reply::json(list(shelf, things(), call)));
        }
        if shelf.show == Some(id) {
            return show(shelf, things(), call);
        }
    }
    Err(Refusal::plain(501, "This operation is not emulated."))
}

/// The thing is that of the caller. The one project has the name of whatever region is asked for.
fn owned(mut thing: Value, owner: &Owner<'_>, call: &Call) -> Value {
    let project = ["tenant_id", "project_id"].map(|name| (name, owner.project));
    let domain = ["domain_id", "parent_id"].map(|name| (name, owner.domain));
    let own_id = match call.operation.id {
        "KeystoneListProjects" | "KeystoneShowProject" => Some(("id", owner.project)),
        "KeystoneListAuthDomains" => Some(("id", owner.domain)),
        _ => None,
    };
    let ids = project.into_iter().chain(domain).chain(own_id);
    let name = match call.operation.id {
        "KeystoneListProjects" => call.asked("name").map(|name| ("name", name)),
        "KeystoneShowRegion" => Some(("id", call.variable("region_id"))),
        _ => None,
    };
    for (field, value) in ids.chain(name) {
        if let Some(known) = thing.get_mut(field) {
            *known = json!(value);
        }
    }
    thing
}

fn show(shelf: &Shelf, things: Vec<Value>, call: &Call) -> Result<Reply, Refusal> {
    let (_, id) = call.path.last().map_or(("", ""), |(name, value)| (*name, value.as_str()));
    let found = things.into_iter().find(|thing| thing["id"] == id);
    let found = found.ok_or_else(|| {
        Refusal::plain(404, format!("there is no {} with the ID {id}", shelf.one.replace('_', " ")))
    })?;
    let mut body = Map::new();
    body.insert(shelf.one.to_owned(), found);
    Ok(Reply::json(Value::Object(body)))
}

fn list(shelf: &Shelf, things: Vec<Value>, call: &Call) -> Value {
    let found: Vec<Value> = things.into_iter().filter(|thing| fits(shelf, thing, call)).collect();
    let total = found.len();
    let page = page(found, call);
    let mut body = Map::new();
    // The last page says nothing of a next one.
    if shelf.many == "security_groups" {
        let first = page.items.first().map(|item| item["id"].clone());
        let mut info = json!({"current_count": page.items.len()});
        if let Some(first) = first {
            info["previous_marker"] = first;
        }
        if let Some(last) = page.items.last().filter(|_| page.goes_on) {
            info["next_marker"] = last["id"].clone();
        }
        body.insert("page_info".to_owned(), info);
    }
    if shelf.many == "enterprise_projects" {
        body.insert("total_count".to_owned(), json!(total));
    }
    body.insert(shelf.many.to_owned(), Value::Array(page.items));
    Value::Object(body)
}

/// Whether a thing meets all conditions of the query.
fn fits(shelf: &Shelf, thing: &Value, call: &Call) -> bool {
    let documented = call.operation.parameters.iter().map(|parameter| parameter.name);
    let mut conditions =
        documented.filter(|name| !NO_CONDITIONS.contains(name) && call.asked(name).is_some());
    conditions.all(|name| {
        let Some(field) = thing.get(name) else { return false };
        let is = |asked: &str| match field {
            Value::String(text) if name == "name" && shelf.many == "enterprise_projects" => {
                text.contains(asked)
            }
            Value::String(text) => text == asked,
            other => serde_json::from_str(asked).is_ok_and(|asked: Value| asked == *other),
        };
        // Of a parameter that is repeated, one value is enough.
        let mut asked = call.query.iter().filter(|(known, _)| known == name);
        asked.any(|(_, value)| is(value) || value == "all_granted_eps")
    })
}

/// A part of a list.
struct Page {
    items: Vec<Value>,
    /// Whether there is more behind it.
    goes_on: bool,
}

/// The page that is asked for: behind a marker, from an offset on, or by its number.
fn page(all: Vec<Value>, call: &Call) -> Page {
    let number = |name| call.asked(name).and_then(|text| text.parse::<usize>().ok());
    let size = number("limit").or_else(|| number("per_page")).unwrap_or(usize::MAX);
    let start = match (call.asked("marker"), number("page")) {
        (Some(marker), _) => {
            // Behind what is not there, nothing is known to follow.
            let at = all.iter().position(|thing| thing["id"] == marker);
            at.map_or(all.len(), |at| at + 1)
        }
        (None, Some(page)) => page.saturating_sub(1).saturating_mul(size),
        (None, None) => number("offset").unwrap_or(0),
    };
    let goes_on = all.len().saturating_sub(start) > size;
    Page { items: all.into_iter().skip(start).take(size).collect(), goes_on }
}
