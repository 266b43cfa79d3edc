//! Facts about which sources disagree. In: rows of `x-errata` with the values that sources state. Out: a problem
//! for each fact of the document that refuses what one of these values takes.
//!
//! A row is about the object that it stands on, or about a field that it names: one of the object, one beside it,
//! `Schema.name`, or `Schema`.

use serde_json::{Map, Value};

use super::{
    index::{Index, Place},
    report::{Report, shown},
};
use crate::{pattern::Dfa, pointer::JsonPointer};

const LEAST: &[&str] = &["minLength", "minimum", "minItems"];
const MOST: &[&str] = &["maxLength", "maximum", "maxItems"];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for place in &index.places {
        for entry in place.list("x-errata").iter().flat_map(|row| items(row, "about")) {
            let Some(fact) = entry.get("fact").and_then(Value::as_str) else { continue };
            let stated: Vec<&Value> =
                ["page", "sdk"].into_iter().flat_map(|source| items(entry, source)).collect();
            let field = entry.get("field").and_then(Value::as_str);
            for subject in subjects(index, place, field) {
                subject.check(fact, &stated, report);
            }
        }
    }
}

/// The values of a key: a list of them, or one alone.
fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    let (list, one) = match value.get(key) {
        Some(Value::Array(list)) => (list.as_slice(), None),
        one => (&[][..], one),
    };
    list.iter().chain(one)
}

/// What a row is about.
struct Subject<'d> {
    /// Its schema, and where that stands.
    map: &'d Map<String, Value>,
    at: JsonPointer,
    /// Where it says that it is required, if it does.
    required: Option<JsonPointer>,
}

/// The objects that an entry of a row is about; none when the document does not have them.
fn subjects<'d>(
    index: &Index<'d>,
    place: &Place<'d>,
    field: Option<&str>,
) -> impl Iterator<Item = Subject<'d>> {
    let Some(field) = field else {
        return Subject::at(index, &place.at).into_iter().chain(None).chain(None);
    };
    let schemas = JsonPointer::root().child("components").child("schemas");
    let beside = place.at.parent().and_then(|list| match list.last() {
        Some("properties" | "parameters") => list.parent(),
        _ => None,
    });
    let component = match field.split_once('.') {
        Some((owner, name)) => Subject::of(index, &schemas.child(owner), name),
        None => Subject::at(index, &schemas.child(field)),
    };
    let own = Subject::of(index, &place.at, field);
    let beside = beside.and_then(|owner| Subject::of(index, &owner, field));
    own.into_iter().chain(beside).chain(component)
}

impl<'d> Subject<'d> {
    /// A property or a parameter of an object, by its name.
    fn of(index: &Index<'d>, owner: &JsonPointer, name: &str) -> Option<Self> {
        let property = owner.child("properties").child(name);
        if property.get(index.root).is_some() {
            return Self::at(index, &property);
        }
        let list = owner.child("parameters");
        let parameters = list.get(index.root)?.as_array()?;
        let is_it = |parameter: &Value, at: &JsonPointer| {
            let (map, _) = index.resolve(parameter, at)?;
            (map.get("name")? == name).then_some(())
        };
        let found = parameters.iter().enumerate().map(|(i, parameter)| (parameter, list.child(i)));
        let (_, at) = found.into_iter().find(|(it, at)| is_it(it, at).is_some())?;
        Self::at(index, &at)
    }

    /// The schema, parameter or property at a place.
    fn at(index: &Index<'d>, at: &JsonPointer) -> Option<Self> {
        let (mut map, mut place) = index.resolve(at.get(index.root)?, at)?;
        let mut required = None;
        if let Some(schema) = map.get("schema").filter(|_| map.contains_key("in")) {
            let is_required = map.get("required") == Some(&Value::Bool(true));
            required = is_required.then(|| place.child("required"));
            (map, place) = index.resolve(schema, &place.child("schema"))?;
        } else if let Some(owner) = owner(at) {
            let list = owner.child("required");
            let names = list.get(index.root).and_then(Value::as_array);
            let i = names.into_iter().flatten().position(|name| name.as_str() == at.last());
            required = i.map(|i| list.child(i));
        }
        Some(Self { map, at: place, required })
    }

    fn check(&self, fact: &str, stated: &[&Value], report: &mut Report) {
        match fact {
            "required" => self.required(stated, report),
            "values" => self.values(stated, report),
            "pattern" => self.pattern(stated, report),
            bound => self.bound(bound, stated, report),
        }
    }

    /// Nothing is demanded that a source leaves out.
    fn required(&self, stated: &[&Value], report: &mut Report) {
        if let Some(at) = &self.required
            && stated.contains(&&Value::Bool(false))
        {
            let message = "is required, and a source states that it is optional; take it out, and make the rest a \
                           warning";
            report.add(at, "disputed-required", message);
        }
    }

    /// No bound is narrower than what a source states.
    fn bound(&self, fact: &str, stated: &[&Value], report: &mut Report) {
        let Some(own) = self.map.get(fact).and_then(Value::as_f64) else { return };
        let mut numbers = stated.iter().filter_map(|value| value.as_f64());
        let wider = numbers.find(|stated| {
            MOST.contains(&fact) && *stated > own || LEAST.contains(&fact) && *stated < own
        });
        if let Some(stated) = wider {
            let message = format!(
                "is narrower than {stated}, which a source states; widen it, and make the rest a warning"
            );
            report.add(&self.at.child(fact), "disputed-bound", message);
        }
    }

    /// No list is closed while a source states a value that it lacks.
    fn values(&self, stated: &[&Value], report: &mut Report) {
        let Some(closed) = self.map.get("enum").and_then(Value::as_array) else { return };
        if let Some(value) = stated.iter().find(|value| !closed.contains(value)) {
            let message = format!(
                "is closed, and a source states {value} besides; make it `x-extensible-enum`, or add the value"
            );
            report.add(&self.at.child("enum"), "disputed-list", message);
        }
    }

    /// A pattern takes every text that a stated one takes.
    fn pattern(&self, stated: &[&Value], report: &mut Report) {
        let Some(own) = self.map.get("pattern").and_then(Value::as_str) else { return };
        // What is no pattern is reported as that.
        let Ok(compiled) = Dfa::compile(own) else { return };
        let takes_all = |other: &str| {
            other == own || Dfa::compile(other).is_ok_and(|other| compiled.includes(&other))
        };
        let mut patterns = stated.iter().filter_map(|value| value.as_str());
        if let Some(other) = patterns.find(|other| !takes_all(other)) {
            let message = format!(
                "does not take all that {} takes, which a source states; widen it, and make the rest a warning",
                shown(other)
            );
            report.add(&self.at.child("pattern"), "disputed-pattern", message);
        }
    }
}

/// The object that has this property.
fn owner(at: &JsonPointer) -> Option<JsonPointer> {
    let list = at.parent().filter(|list| list.last() == Some("properties"))?;
    list.parent()
}
