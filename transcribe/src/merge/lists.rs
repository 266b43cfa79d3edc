//! Lists of values, closed or open: the page's against the document's.

use serde_json::Value;

use super::{
    facts::is_same,
    place::Place,
    report::{Change, ChangeKind, Decided},
    schema,
    state::{Field, Source, State, Verdict, shown},
    words,
};

impl State<'_> {
    /// A list of a page is satisfied by a list with the same values, closed or open; an open one may have
    /// more, and so may any list when the page's stands in prose.
    pub(super) fn list_of_values(
        &mut self,
        page: &Place,
        doc: &Place,
        parts: &[Place],
        field: &Field,
    ) {
        let own = [page.clone()];
        let Some((name, values)) = schema::values(self.page, &own) else { return };
        let (values, value) = (values.to_vec(), Value::Array(values.to_vec()));
        let source = self.source(field, page, "enum");
        let Some((found_name, found)) = schema::values(&self.doc, parts) else {
            let has_form = ["pattern", "format"]
                .iter()
                .any(|form| schema::holder(&self.doc, parts, form).is_some());
            self.state(field, doc, "enum", &value);
            if !(source == Source::Text && has_form)
                && self.judge(field, doc, "enum", &value, source) == Verdict::Apply
            {
                self.new_list(page, doc, parts, name, value);
            }
            return;
        };
        let found = found.to_vec();
        let lacks = |list: &[Value], value: &Value| !list.iter().any(|known| is_same(known, value));
        let missing: Vec<&Value> = values.iter().filter(|value| lacks(&found, value)).collect();
        let more: Vec<&Value> = found.iter().filter(|value| lacks(&values, value)).collect();
        if !missing.is_empty() && self.judge(field, doc, "enum", &value, source) == Verdict::Apply {
            let at = self.holder_or_own(doc, parts, found_name);
            let merged = merged(&found, &values);
            schema::set(&mut self.doc, &at, found_name, Value::Array(merged.clone()));
            self.changed(at, found_name, Value::Array(found.clone()), Value::Array(merged));
        }
        if found_name == "enum" && source == Source::Table && !more.is_empty() {
            self.values_gone(doc, parts, field, &more);
        }
    }

    /// A list where the document has none: with the name of the type that it becomes.
    fn new_list(&mut self, page: &Place, doc: &Place, parts: &[Place], name: &str, value: Value) {
        let title = page.key(self.page, "title").cloned();
        if let Some(title) = title.filter(|_| schema::holder(&self.doc, parts, "title").is_none()) {
            let at = self.holder_or_own(doc, parts, "title");
            schema::set(&mut self.doc, &at, "title", title);
        }
        self.write(doc, parts, name, value);
    }

    fn values_gone(&mut self, doc: &Place, parts: &[Place], field: &Field, more: &[&Value]) {
        let place = self.holder_or_own(doc, parts, "enum").child("enum");
        for value in more {
            let fact = words::of_fact("value", value);
            let (place, subject) = (place.clone(), format!("value {}", shown(value)));
            match self.rows.deciding(field, Some("table"), fact.as_deref()) {
                Some(row) => {
                    let (field, is_contradiction) = (field.name.clone(), false);
                    self.decided.insert(Decided { place, subject, field, row, is_contradiction });
                }
                None => self.changes.push(Change { place, subject, kind: ChangeKind::Gone }),
            }
        }
    }
}

/// The document's values, with the page's further ones behind those that precede them there.
fn merged(found: &[Value], stated: &[Value]) -> Vec<Value> {
    let mut merged = found.to_vec();
    for (i, value) in stated.iter().enumerate() {
        if merged.iter().any(|known| is_same(known, value)) {
            continue;
        }
        let before = stated.iter().take(i).rev();
        let at = before
            .filter_map(|before| merged.iter().position(|known| is_same(known, before)))
            .next();
        merged.insert(at.map_or(merged.len(), |at| at + 1), value.clone());
    }
    merged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merged;

    #[test]
    fn new_values_follow_the_one_in_front_of_them() {
        let list = |value: serde_json::Value| value.as_array().unwrap().clone();
        assert_eq!(
            merged(&list(json!(["b", "z", "a"])), &list(json!(["a", "new", "b", "c"]))),
            list(json!(["b", "c", "z", "a", "new"]))
        );
        assert_eq!(merged(&list(json!(["a"])), &list(json!(["x", "a"]))), list(json!(["a", "x"])));
    }
}
