//! Contradictions that become rows of `x-errata`, which wait for a decision.

use serde_json::{Map, Value, json};

use super::{
    place::Place,
    report::Pending,
    rows::PENDING,
    state::{Field, State},
};
use crate::transcript::At;

impl State<'_> {
    /// Puts a contradiction on record, unless it is there already.
    pub(super) fn put_on_record(
        &mut self,
        field: &Field,
        kind: &str,
        sources: &[(String, String)],
        at: Option<At>,
    ) {
        let place = self.row_place(field);
        let is_own = field.own.contains(&place);
        let says =
            |text: &str| if is_own { text.to_owned() } else { format!("`{}`: {text}", field.name) };
        let sources: Vec<(String, String)> =
            sources.iter().map(|(key, text)| (key.clone(), says(text))).collect();
        let (id, is_known) = self.rows.id_for(&self.base_id(field, &place, kind), &sources);
        if !is_known {
            let mut row = Map::new();
            row.insert("id".to_owned(), json!(id));
            row.extend(sources.iter().map(|(key, text)| (key.clone(), json!(text))));
            row.insert("decision".to_owned(), json!(PENDING));
            row.insert("reason".to_owned(), json!("Not decided yet."));
            self.rows.add(&place, &row);
            let Some(object) = place.object_mut(&mut self.doc) else { return };
            let list = object.entry("x-errata").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(Value::Object(row));
            }
        }
        self.pending.insert(Pending {
            place,
            kind: kind.to_owned(),
            field: field.name.clone(),
            sources,
            row: id,
            is_new: !is_known,
            at,
        });
    }

    /// Two pages say different things about one place.
    pub(super) fn conflict(&mut self, at: &Place, subject: &str, says: &str) {
        let sources = vec![("table".to_owned(), format!("{subject} differs: {says}."))];
        let (field, kind) = (self.field_at(at), conflict_kind(subject));
        // What can hold a row changes with its shape, so a row that is there is found by its id.
        let row = self.base_id(&field, &self.row_place(&field), &kind);
        match self.rows.by_id.get(&row).cloned() {
            Some(_) if self.pending.iter().any(|known| known.row == row) => {}
            Some(place) => {
                let (field, is_new, at) = (field.name, false, None);
                self.pending.insert(Pending { place, kind, field, sources, row, is_new, at });
            }
            None => self.put_on_record(&field, &kind, &sources, None),
        }
    }

    /// Whether that is on record already.
    pub(super) fn has_conflict(&self, at: &Place, subject: &str) -> bool {
        let field = self.field_at(at);
        let row = self.base_id(&field, &self.row_place(&field), &conflict_kind(subject));
        self.rows.by_id.contains_key(&row)
    }

    /// The property, parameter, schema or operation that a place of the document lies in. However pages came
    /// to speak of the place, it is the same.
    fn field_at(&self, at: &Place) -> Field {
        let mut field = Field::default();
        let mut at = Some(at.clone());
        while let Some(place) = at {
            let above = place.parent();
            let name = match above.as_ref().map(Place::last).unwrap_or_default().as_str() {
                "properties" | "schemas" => Some(place.last()),
                _ => place
                    .text(&self.doc, "operationId")
                    .or_else(|| place.text(&self.doc, "name"))
                    .map(str::to_owned),
            };
            match name {
                Some(name) if field.own.is_empty() => {
                    field.name = name;
                    field.own.push(place);
                }
                Some(_) => field.owners.push(place),
                None => {}
            }
            at = above;
        }
        field
    }

    /// The object that a row about a field belongs to: what holds only a reference can hold no row.
    fn row_place(&self, field: &Field) -> Place {
        let candidates = field.own.iter().chain(&field.owners);
        let holds = |at: &&Place| {
            at.get(&self.doc).is_some_and(Value::is_object)
                && at.key(&self.doc, "$ref").is_none()
                && at.last() != "items"
        };
        candidates.into_iter().find(holds).cloned().unwrap_or_default()
    }

    fn base_id(&self, field: &Field, place: &Place, kind: &str) -> String {
        let names = [self.owner_name(place), field.name.clone(), kind.to_owned()];
        let mut parts: Vec<String> = names.iter().map(|name| kebab(name)).collect();
        parts.dedup();
        parts.retain(|part| !part.is_empty());
        parts.join("-")
    }

    /// The operation or schema that a place belongs to.
    fn owner_name(&self, place: &Place) -> String {
        let mut at = Some(place.clone());
        while let Some(place) = at {
            if let Some(id) = place.text(&self.doc, "operationId") {
                return id.to_owned();
            }
            let above = place.parent();
            let in_components = above.as_ref().and_then(Place::parent);
            if in_components.is_some_and(|at| at.as_str() == "/components") {
                return place.last();
            }
            at = above;
        }
        "document".to_owned()
    }
}

/// `required name` is about what is required.
fn conflict_kind(subject: &str) -> String {
    format!("pages-{}", kebab(subject.split(' ').next().unwrap_or(subject)))
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
