//! The labelled constraints of a row in terms of its type.
//!
//! In: words such as `最大长度` with their values, as `facts::Constraints`, and the type. Out: keywords
//! of the whole value and of its items, and whatever does not fit the type.

use serde_json::{Value, json};

use super::{
    coerce,
    keyword::{Keyword, Keywords},
    kind::Kind,
    report::Claim,
};
use crate::facts::Constraints;

/// What the labels say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Formal {
    pub(super) whole: Keywords,
    /// Of what stands inside of all lists and maps.
    pub(super) items: Keywords,
    pub(super) claims: Vec<Claim>,
    /// Labels that mean nothing for the type, for people.
    pub(super) rest: Vec<String>,
    /// Values that are no values, and what became of them.
    pub(super) refused: Vec<String>,
}

pub(super) fn read<T>(constraints: &Constraints, kind: &Kind<T>) -> Formal {
    let mut formal = Formal::default();
    let lengths = [
        (&constraints.min_length, Keyword::MinLength, Keyword::MinItems),
        (&constraints.max_length, Keyword::MaxLength, Keyword::MaxItems),
    ];
    for (text, of_string, of_list) in lengths {
        if let Some(text) = text {
            formal.length(text, kind, of_string, of_list);
        }
    }
    let bounds =
        [(&constraints.minimum, Keyword::Minimum), (&constraints.maximum, Keyword::Maximum)];
    for (text, keyword) in bounds {
        if let Some(text) = text {
            formal.bound(text, kind, keyword);
        }
    }
    if !constraints.values.is_empty() {
        formal.values(&constraints.values, kind);
    }
    if let Some(text) = &constraints.default {
        formal.of_default(text, kind);
    }
    formal
}

impl Formal {
    fn of_leaf<T>(&mut self, kind: &Kind<T>) -> &mut Keywords {
        match kind {
            Kind::Array(_) | Kind::Map(_) => &mut self.items,
            _ => &mut self.whole,
        }
    }

    fn length<T>(&mut self, text: &str, kind: &Kind<T>, of_string: Keyword, of_list: Keyword) {
        let keyword = match kind {
            Kind::String => of_string,
            // A list has as many items as it has, but a string has a length.
            Kind::Array(_) if is_of_strings(kind) => of_string,
            Kind::Array(_) => of_list,
            other => {
                let kind = other.word();
                return self.rest.push(format!("{}: {text} ({kind})", of_string.phrase()));
            }
        };
        match text.trim().parse::<u64>() {
            Ok(length) => {
                let keywords =
                    if keyword == of_list { &mut self.whole } else { self.of_leaf(kind) };
                keywords.insert(keyword, json!(length));
            }
            Err(_) => self.refuse(keyword, text, "no length"),
        }
    }

    fn bound<T>(&mut self, text: &str, kind: &Kind<T>, keyword: Keyword) {
        if !kind.leaf().is_number() {
            let kind = kind.leaf().word();
            return self.rest.push(format!("{}: {text} ({kind})", keyword.phrase()));
        }
        match coerce::value(kind.leaf(), text) {
            Some(bound) => {
                self.of_leaf(kind).insert(keyword, bound);
            }
            None => self.refuse(keyword, text, "no number of this type"),
        }
    }

    fn values<T>(&mut self, texts: &[String], kind: &Kind<T>) {
        let leaf = kind.leaf();
        if matches!(leaf, Kind::Boolean) {
            // A boolean is true or false anyway; a list of both says nothing.
            let others = texts.iter().any(|text| coerce::value(leaf, text).is_none());
            if others {
                self.rest.push(format!("values: {} (Boolean)", texts.join(", ")));
            }
            return;
        }
        if !leaf.is_number() && !matches!(leaf, Kind::String) {
            return self.rest.push(format!("values: {} ({})", texts.join(", "), leaf.word()));
        }
        let mut values: Vec<Value> = Vec::new();
        for text in texts {
            match coerce::value(leaf, text) {
                Some(value) if !values.contains(&value) => values.push(value),
                Some(_) => {}
                None => self.refuse(Keyword::Values, text, "no value of this type"),
            }
        }
        if !values.is_empty() {
            self.of_leaf(kind).insert(Keyword::Values, Value::Array(values));
        }
    }

    fn of_default<T>(&mut self, text: &str, kind: &Kind<T>) {
        // That nothing is the default is no default.
        if text.trim().eq_ignore_ascii_case("null") {
            return self.rest.push("default: null".to_owned());
        }
        if let Some(value) = coerce::value(kind, text) {
            self.whole.insert(Keyword::Default, value);
            return;
        }
        let table = format!("{}, with the default `{}`.", kind.word(), text.trim());
        let value = Some(Value::from(text.trim()));
        self.claims.push(Claim {
            kind: "default-type",
            table: Some(table),
            value,
            ..Claim::default()
        });
    }

    fn refuse(&mut self, keyword: Keyword, text: &str, why: &str) {
        self.refused.push(format!(
            "{} `{}`: {why}; it was left out",
            keyword.phrase(),
            text.trim()
        ));
    }
}

/// Whether strings stand inside of all lists.
fn is_of_strings<T>(kind: &Kind<T>) -> bool {
    match kind {
        Kind::Array(inner) => is_of_strings(inner),
        other => matches!(other, Kind::String),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Constraints, Keyword, Kind, read};

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn lengths_of_lists_count_items_and_bounds_belong_to_them() {
        let constraints = Constraints {
            min_length: text("1"),
            max_length: text("7"),
            minimum: text("1"),
            maximum: text("31"),
            ..Constraints::default()
        };
        let found = read(&constraints, &Kind::<()>::Array(Box::new(Kind::Int32)));
        assert_eq!(
            found.whole,
            [(Keyword::MinItems, json!(1)), (Keyword::MaxItems, json!(7))].into()
        );
        assert_eq!(
            found.items,
            [(Keyword::Minimum, json!(1)), (Keyword::Maximum, json!(31))].into()
        );
        assert!(found.refused.is_empty() && found.rest.is_empty());
    }

    #[test]
    fn lengths_of_lists_of_strings_are_those_of_the_strings() {
        let constraints =
            Constraints { min_length: text("1"), max_length: text("36"), ..Constraints::default() };
        let list = |kind| Kind::<()>::Array(Box::new(kind));
        let lengths = [(Keyword::MinLength, json!(1)), (Keyword::MaxLength, json!(36))].into();
        for kind in [list(Kind::String), list(list(Kind::String))] {
            let found = read(&constraints, &kind);
            assert_eq!((found.whole.len(), &found.items), (0, &lengths), "{kind:?}");
        }
        let items = [(Keyword::MinItems, json!(1)), (Keyword::MaxItems, json!(36))].into();
        let of_maps = list(Kind::Map(Box::new(Kind::String)));
        for kind in [list(Kind::Object), list(Kind::Any), list(list(Kind::Int64)), of_maps] {
            let found = read(&constraints, &kind);
            assert_eq!((&found.whole, found.items.len()), (&items, 0), "{kind:?}");
        }
    }

    #[test]
    fn values_are_of_the_type_and_each_stands_once() {
        let constraints = Constraints {
            values: ["1", "2", "1", "x"].map(str::to_owned).to_vec(),
            ..Constraints::default()
        };
        let found = read(&constraints, &Kind::<()>::Int32);
        assert_eq!(found.whole, [(Keyword::Values, json!([1, 2]))].into());
        assert_eq!(found.refused, ["values `x`: no value of this type; it was left out"]);
        let found = read(&constraints, &Kind::<()>::String);
        assert_eq!(found.whole, [(Keyword::Values, json!(["1", "2", "x"]))].into());
    }

    #[test]
    fn what_means_nothing_for_a_type_is_left_to_people() {
        let constraints =
            Constraints { minimum: text("1"), max_length: text("9"), ..Constraints::default() };
        assert_eq!(read(&constraints, &Kind::<()>::String).rest, ["minimum: 1 (String)"]);
        assert_eq!(read(&constraints, &Kind::<()>::Int32).rest, ["maximum length: 9 (Integer)"]);
    }

    #[test]
    fn a_default_of_another_type_is_a_contradiction() {
        let constraints = Constraints { default: text("none"), ..Constraints::default() };
        let found = read(&constraints, &Kind::<()>::Int32);
        assert!(found.whole.is_empty());
        assert_eq!(found.claims[0].kind, "default-type");
        assert_eq!(found.claims[0].table.as_deref(), Some("Integer, with the default `none`."));
    }
}
