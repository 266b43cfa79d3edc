//! A document and one of its fields in, out: the document with one fact of that field changed, and what
//! has to be reported when its pages are merged into the document as it was.

use serde_json::{Value, json};

use crate::{sites::Site, words::is_list_of_strings};

/// One kind of change to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edit {
    /// Another type.
    Type(usize),
    /// Required or not, the other way round.
    Required,
    /// A bound, a default or null that is there and differs, or that is new.
    Keyword(&'static str),
    /// One more value in a list, or a list where there was none.
    ValueAdded,
    ValueLost,
    /// A bound, a default or null that is there no more.
    KeywordLost(&'static str),
    /// No list where there was one.
    ListLost,
    RowAdded,
    RowLost,
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = Edit> {
    let types = (0..TYPES.len()).map(Edit::Type);
    let others = [
        Edit::Required,
        Edit::ValueAdded,
        Edit::ValueLost,
        Edit::ListLost,
        Edit::RowAdded,
        Edit::RowLost,
    ];
    let lost = KEYWORDS.into_iter().chain(["additionalProperties"]).map(Edit::KeywordLost);
    types.chain(KEYWORDS.map(Edit::Keyword)).chain(lost).chain(others)
}

const KEYWORDS: [&str; 8] =
    ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "default", "nullable"];

/// What is to be reported of an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Changes(Vec<String>),
    /// Why merging does not report it, by design.
    Nothing(&'static str),
}

/// A list of values says more than a length, and than a bound that all of them keep.
const LIST: &str = "the document lists the values";

const TYPES: [(&str, &str); 7] = [
    ("string", ""),
    ("integer", "int32"),
    ("integer", "int64"),
    ("number", "double"),
    ("boolean", ""),
    ("object", ""),
    ("array", ""),
];

/// Makes the change; nothing when no page could have it, or it would contradict another fact of the row.
pub(crate) fn apply(edit: Edit, site: &Site, document: &mut Value) -> Option<Expected> {
    match edit {
        Edit::Type(at) => retyped(TYPES[at], site, document),
        Edit::Required => required(site, document),
        Edit::Keyword(name) => keyword(name, site, document),
        Edit::ValueAdded => value_added(site, document),
        Edit::ValueLost => value_lost(site, document),
        Edit::KeywordLost(name) => keyword_lost(name, site, document),
        Edit::ListLost => list_lost(site, document),
        Edit::RowAdded => row_added(site, document),
        Edit::RowLost => row_lost(site, document),
    }
}

fn one(line: String) -> Option<Expected> {
    Some(Expected::Changes(vec![line]))
}

fn retyped((name, format): (&str, &str), site: &Site, document: &mut Value) -> Option<Expected> {
    let at = &site.schema;
    let schema = document.pointer_mut(at)?;
    // Schemas of their own are objects.
    let old = schema["type"].as_str().unwrap_or("object").to_owned();
    let old_format = schema["format"].as_str().unwrap_or_default().to_owned();
    if old == name && (old != "integer" || old_format == format) {
        return None;
    }
    if old == name {
        schema["format"] = json!(format);
        return one(format!("#{at}: changed format {old_format:?} -> {format:?}"));
    }
    let mut new = json!({"type": name});
    if !format.is_empty() {
        new["format"] = json!(format);
    }
    if name == "array" {
        new["items"] = json!({"type": "string"});
    }
    *schema = new;
    one(format!("#{at}: changed type {old:?} -> {name:?}"))
}

fn required(site: &Site, document: &mut Value) -> Option<Expected> {
    // Answers have no such column, and parts of a path are always required.
    if !site.is_sent || site.location.as_deref() == Some("path") {
        return None;
    }
    let has_default = document.pointer(&site.schema)?.get("default").is_some();
    let was = match site.location {
        Some(_) => document.pointer(&site.place)?["required"] == true,
        None => {
            let list = document.pointer(&site.owner)?["required"].as_array();
            list.is_some_and(|list| list.contains(&json!(site.name)))
        }
    };
    if has_default && !was {
        return None;
    }
    if site.location.is_some() {
        document.pointer_mut(&site.place)?["required"] = json!(!was);
    } else {
        let owner = document.pointer_mut(&site.owner)?.as_object_mut()?;
        let list = owner.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
        list.retain(|name| *name != json!(site.name));
        list.extend((!was).then(|| json!(site.name)));
    }
    one(format!("#{}: changed required {was} -> {}", site.place, !was))
}

/// A value for a keyword that differs from the one there, and fits the rest.
fn fitting(name: &str, schema: &Value) -> Option<Value> {
    let old = schema.get(name);
    let number = |name: &str| schema.get(name).and_then(Value::as_i64);
    let kind = schema["type"].as_str()?;
    Some(match (name, kind) {
        ("maxLength", "string") | ("maxItems", "array") => {
            json!(number(name).map_or(2000, |old| old + 1))
        }
        ("minLength", "string") | ("minItems", "array") => {
            let new = number(name).map_or(1, |old| old + 1);
            let most = number("maxLength").or(number("maxItems")).unwrap_or(i64::MAX);
            let default =
                schema["default"].as_str().map_or(usize::MAX, |text| text.chars().count());
            json!(
                Some(new).filter(
                    |new| *new <= most && usize::try_from(*new).is_ok_and(|n| n <= default)
                )?
            )
        }
        ("maximum", "integer" | "number") => json!(number(name).map_or(1_000_000, |old| old + 1)),
        ("minimum", "integer" | "number") => json!(number(name).map_or(-1_000_000, |old| old - 1)),
        ("nullable", _) => json!(old.is_none().then_some(true)?),
        ("default", _) => match (list(schema), kind) {
            (Some((_, values)), _) => values.iter().find(|value| Some(*value) != old)?.clone(),
            (None, "boolean") => json!(old != Some(&json!(true))),
            // No word that a row of contradictions could have.
            (None, "string") => {
                let least = usize::try_from(number("minLength").unwrap_or(3)).ok()?.max(3);
                let most = number("maxLength").and_then(|most| usize::try_from(most).ok());
                ["q", "z"]
                    .map(|c| c.repeat(least.min(most.unwrap_or(least))))
                    .into_iter()
                    .map(|new| json!(new))
                    .find(|new| Some(new) != old)?
            }
            (None, "integer" | "number") => {
                let bounds = [number("minimum"), number("maximum"), Some(7)];
                let fits = |new: &i64| {
                    number("minimum").is_none_or(|least| *new >= least)
                        && number("maximum").is_none_or(|most| *new <= most)
                };
                let new = bounds.into_iter().flatten().filter(fits).map(|new| json!(new));
                new.into_iter().find(|new| Some(new) != old)?
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// Where a row says something of its value, and whether that is inside of lists; nothing where it cannot.
fn home(name: &str, site: &Site, document: &Value) -> Option<(String, bool)> {
    let of_strings = is_list_of_strings(document.pointer(&site.schema)?);
    // A row counts no strings.
    if of_strings && name.ends_with("Items") {
        return None;
    }
    let of_leaf =
        ["minimum", "maximum"].contains(&name) || (of_strings && name.ends_with("Length"));
    Some((if of_leaf { site.leaf(document) } else { site.schema.clone() }, of_leaf))
}

fn keyword_lost(name: &str, site: &Site, document: &mut Value) -> Option<Expected> {
    let (at, _) = home(name, site, document)?;
    let schema = document.pointer_mut(&at)?;
    let old = schema.as_object_mut()?.shift_remove(name)?;
    if list(schema).is_some() && name.ends_with("Length") {
        return Some(Expected::Nothing(LIST));
    }
    one(format!("#{at}: gone from page: {name} {old}"))
}

fn list_lost(site: &Site, document: &mut Value) -> Option<Expected> {
    let at = site.leaf(document);
    let schema = document.pointer_mut(&at)?;
    let (name, values) = list(schema)?;
    schema.as_object_mut()?.shift_remove(name);
    one(format!("#{at}: gone from page: values {}", json!(values)))
}

fn keyword(name: &str, site: &Site, document: &mut Value) -> Option<Expected> {
    let (at, of_leaf) = home(name, site, document)?;
    let mut schema = document.pointer(&at)?.clone();
    // What refers to a schema of its own has no type beside that.
    if name == "nullable" && schema.get("$ref").is_some() {
        return None;
    }
    if name == "nullable" && schema["type"].is_null() {
        schema["type"] = json!("object");
    }
    if name == "default" && site.is_required(document) {
        return None;
    }
    let new = fitting(name, &schema)?;
    let old = document.pointer(&at)?.get(name).cloned();
    document.pointer_mut(&at)?[name] = new.clone();
    let is_length = name.ends_with("Length");
    let is_within = of_leaf && !is_length && old.is_none();
    if list(&schema).is_some() && (is_length || is_within) {
        return Some(Expected::Nothing(LIST));
    }
    match old {
        Some(old) => one(format!("#{at}: changed {name} {old} -> {new}")),
        None => one(format!("#{at}: added {name} {new}")),
    }
}

/// The list of values, by its keyword.
fn list(schema: &Value) -> Option<(&'static str, Vec<Value>)> {
    let names = ["enum", "x-extensible-enum"].into_iter();
    names.into_iter().find_map(|name| Some((name, schema.get(name)?.as_array()?.clone())))
}

fn value_added(site: &Site, document: &mut Value) -> Option<Expected> {
    let at = site.leaf(document);
    let schema = document.pointer_mut(&at)?;
    let further = match schema["type"].as_str()? {
        "string" if schema["format"] != "password" => json!("made-up"),
        "integer" | "number" => json!(987_654),
        _ => return None,
    };
    match list(schema) {
        Some((name, old)) => {
            let mut new = old.clone();
            new.push(further);
            schema[name] = json!(new);
            one(format!("#{at}: changed {name} {} -> {}", json!(old), json!(new)))
        }
        None if schema.get("default").is_some() => None,
        None => {
            // What is only received may have values that nobody knows yet.
            let name = if site.is_sent { "enum" } else { "x-extensible-enum" };
            schema[name] = json!([further]);
            one(format!("#{at}: added {name} {}", schema[name]))
        }
    }
}

fn value_lost(site: &Site, document: &mut Value) -> Option<Expected> {
    let at = site.leaf(document);
    let schema = document.pointer_mut(&at)?;
    let (name, mut values) = list(schema).filter(|(_, values)| values.len() > 1)?;
    let default = schema.get("default").cloned();
    let lost = values.iter().rposition(|value| Some(value) != default.as_ref())?;
    let lost = values.remove(lost);
    schema[name] = json!(values);
    one(format!("#{at}/{name}: gone from page: value {}", shown(&lost)))
}

fn row_added(site: &Site, document: &mut Value) -> Option<Expected> {
    let new = "made_up_row";
    if site.location.is_some() {
        let list = document.pointer_mut(&site.owner)?.as_array_mut()?;
        // Headers come last.
        let at = list.iter().rposition(|known| known["in"] != "header").map_or(0, |at| at + 1);
        list.insert(at, json!({"name": new, "in": "query", "schema": {"type": "string"}}));
        return one(format!("#{}/{at}: added parameter {new}", site.owner));
    }
    let properties = document.pointer_mut(&site.owner)?["properties"].as_object_mut()?;
    properties.insert(new.to_owned(), json!({"type": "string"}));
    one(format!("#{}/properties/{new}: added property {new}", site.owner))
}

fn row_lost(site: &Site, document: &mut Value) -> Option<Expected> {
    let name = &site.name;
    match site.location.as_deref() {
        // The path would still have that part.
        Some("path") => None,
        Some(_) => {
            let list = document.pointer_mut(&site.owner)?.as_array_mut()?;
            list.remove(site.index);
            one(format!("#{}: gone from page: parameter {name}", site.place))
        }
        None => {
            let owner = document.pointer_mut(&site.owner)?;
            let properties = owner["properties"].as_object_mut()?;
            // Without any row there is no table.
            if properties.len() < 2 {
                return None;
            }
            properties.shift_remove(name);
            one(format!("#{}: gone from page: property {name}", site.place))
        }
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| format!("`{text}`"))
}
