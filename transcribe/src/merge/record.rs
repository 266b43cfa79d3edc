//! Rows of `x-errata` for what somebody has to decide. In: open findings. Out: the document with a row for
//! each, and the findings with the ids of their rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    about::PENDING,
    apply::{Moves, object_mut},
    finding::{Outcome, Problem, Waiting},
    judge::{Judged, known, shown},
    place::{DocPlace, Edited, Tree},
};

/// Puts every open finding on record that no row waits for yet.
pub(super) fn rows(
    document: &mut Value,
    judged: &mut [Judged],
    mut ids: BTreeSet<String>,
    moves: &Moves,
) {
    let key = |one: &Judged| {
        let values: Vec<String> = one.values.iter().map(Value::to_string).collect();
        let field = one.subject.name.clone();
        (one.finding.place.clone(), one.word.clone(), field, values, sources(one))
    };
    judged.sort_by_cached_key(key);
    // One row for what several places of the source say alike.
    let mut added: BTreeMap<(DocPlace, String), String> = BTreeMap::new();
    for one in judged.iter_mut().filter(|one| one.needs_row()) {
        let tree = Tree::new(document);
        let Some((place, is_own)) = holder(tree, one, moves) else { continue };
        let about = about(one, is_own);
        let known = added.get(&(place.clone(), about.to_string()));
        let id = known.cloned().unwrap_or_else(|| free(&mut ids, &base(tree, one, &place)));
        if known.is_none() {
            let row = row(one, &id, about.clone(), is_own);
            let Some(object) = object_mut(document, &place) else { continue };
            let list = object.entry("x-errata").or_insert_with(|| json!([]));
            list.as_array_mut().into_iter().for_each(|list| list.push(row.clone()));
        }
        added.insert((place.clone(), about.to_string()), id.clone());
        one.finding.place = place.clone();
        one.finding.outcome = Outcome::Open(Some(Waiting { row: id, place, is_new: true }));
    }
}

/// What a row is about: a word, or a word with a field and values.
fn about(one: &Judged, is_own: bool) -> Value {
    let mut about = Map::new();
    about.insert("fact".to_owned(), json!(one.word));
    if !is_own {
        about.insert("field".to_owned(), json!(one.subject.name));
    }
    if !one.values.is_empty() {
        about.insert(one.source.key().to_owned(), known(&one.values));
    }
    if about.len() == 1 { json!(one.word) } else { Value::Object(about) }
}

fn row(one: &Judged, id: &str, about: Value, is_own: bool) -> Value {
    let field = Some(&one.subject.name).filter(|_| !is_own);
    let says =
        |text: &str| field.map_or_else(|| text.to_owned(), |field| format!("`{field}`: {text}"));
    let mut row = Map::new();
    row.insert("id".to_owned(), json!(id));
    row.insert("about".to_owned(), json!([about]));
    for (key, text) in sources(one) {
        row.insert(key, json!(says(&text)));
    }
    row.insert("decision".to_owned(), json!(PENDING));
    row.insert("reason".to_owned(), json!("Not decided yet."));
    Value::Object(row)
}

/// What each source says, by the keys of a row.
fn sources(one: &Judged) -> Vec<(String, String)> {
    match &one.finding.problem {
        Problem::Contradiction { sources, .. } => sources.clone(),
        Problem::Disagreement { word, says } => {
            let says = says.iter().map(|(page, value)| format!("{page}: {}", shown(value)));
            let says: Vec<String> = says.collect();
            vec![("table".to_owned(), format!("{word} differs: {}.", says.join("; ")))]
        }
        _ => {
            let values: Vec<String> = one.values.iter().map(shown).collect();
            let mut text = format!("{}: {}.", one.finding.subject(), values.join(", "));
            if let Some(row) = &one.outdated {
                text.push_str(&format!(" The row {row} decides about another value."));
            }
            vec![("table".to_owned(), text)]
        }
    }
}

/// The object that a row belongs to, and whether it is the field itself: what holds only a reference can
/// hold no row.
fn holder(document: Tree<'_, Edited>, one: &Judged, moves: &Moves) -> Option<(DocPlace, bool)> {
    let own = one.subject.own.iter().map(|at| (at, true));
    let owners = one.subject.owners.iter().map(|at| (at, false));
    let places = own.chain(owners).map(|(at, is_own)| (moves.place(at), is_own));
    places.into_iter().find(|(at, _)| {
        document.get(at).is_some_and(Value::is_object)
            && document.key(at, "$ref").is_none()
            && !matches!(at.last(), "items" | "additionalProperties" | "schema")
    })
}

fn base(document: Tree<'_, Edited>, one: &Judged, place: &DocPlace) -> String {
    let kind = match &one.finding.problem {
        Problem::Disagreement { word, .. } => format!("pages-{}", kebab(word)),
        _ => kebab(&one.word),
    };
    let mut parts = vec![kebab(&owner(document, place)), kebab(&one.subject.name), kind];
    parts.dedup();
    parts.retain(|part| !part.is_empty());
    parts.join("-")
}

/// The operation or schema that a place belongs to.
fn owner(document: Tree<'_, Edited>, place: &DocPlace) -> String {
    for at in place.upwards() {
        if let Some(id) = document.text(&at, "operationId") {
            return id.to_owned();
        }
        if at.is_component() {
            return at.last().to_owned();
        }
    }
    "document".to_owned()
}

/// An id that no row has.
fn free(ids: &mut BTreeSet<String>, base: &str) -> String {
    let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
    let mut all = std::iter::once(base.to_owned()).chain(numbered);
    let id = all.find(|id| !ids.contains(id)).unwrap_or_default();
    ids.insert(id.clone());
    id
}

/// Any name in kebab case.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && was_lower {
                out.push('-');
            }
            was_lower = !c.is_ascii_uppercase();
            out.push(c.to_ascii_lowercase());
        } else {
            if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
            was_lower = false;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::kebab;

    #[test]
    fn ids_are_in_kebab_case() {
        assert_eq!(kebab("CreateInstanceBody"), "create-instance-body");
        assert_eq!(kebab("az_codes"), "az-codes");
        assert_eq!(kebab("maxLength"), "max-length");
        assert_eq!(kebab("X-Auth-Token"), "x-auth-token");
        assert_eq!(kebab("Resp2xx_"), "resp2xx");
    }
}
