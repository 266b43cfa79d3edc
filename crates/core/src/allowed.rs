//! Single rules that are turned off. In: their IDs. Out: the violations that are left.
//!
//! The ID of a rule between fields is the one that violations name, such as `capacity-redis-4-cluster`. The bound
//! of a single value has an ID made of its keyword and the path of the value, without list positions,
//! such as `maxLength@tags.key`. A keyword alone is not an ID: it would turn off the bounds of every field.

use std::borrow::Cow;

use crate::{Violation, Violations, check::nearest};

/// The keywords that bounds are reported by.
const KEYWORDS: &[&str] = &[
    "additionalProperties",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// The ids of rules that do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Cow<'static, str>>);

impl Allowed {
    /// Every rule counts.
    pub const NONE: Self = Self(Vec::new());

    /// One more rule that does not count.
    pub fn add(&mut self, rule: impl Into<Cow<'static, str>>) {
        self.0.push(rule.into());
    }

    /// Whether every rule counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a violation does not count.
    #[must_use]
    pub fn covers(&self, violation: &Violation) -> bool {
        !self.is_empty() && self.0.iter().any(|id| *id == violation.id())
    }

    /// The violations that count.
    #[must_use]
    pub fn left_of(&self, violations: Violations) -> Violations {
        violations.into_iter().filter(|violation| !self.covers(violation)).collect()
    }

    /// What is wrong with the ids, given those of all rules between fields.
    #[must_use]
    pub fn problems(&self, rules: &[&str]) -> Vec<String> {
        self.0.iter().filter_map(|id| problem(id, rules)).collect()
    }
}

fn problem(id: &str, rules: &[&str]) -> Option<String> {
    if rules.contains(&id) {
        return None;
    }
    if let Some((keyword, place)) = id.split_once('@') {
        let hint = nearest(keyword, KEYWORDS);
        return match (KEYWORDS.contains(&keyword), place) {
            (true, "") => Some(format!("{id:?} names no field; write such as {keyword}@tags.key")),
            (true, _) => None,
            (false, _) => Some(format!("{id:?} has no keyword of a bound{}", did_you_mean(hint))),
        };
    }
    if KEYWORDS.contains(&id) {
        return Some(format!("{id:?} is a bound of many fields; name one, such as {id}@tags.key"));
    }
    Some(format!("no rule is called {id:?}{}", did_you_mean(nearest(id, rules))))
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default()
}

impl Violation {
    /// The id by which the rule can be allowed: its own, or for a bound the keyword and the place of the value
    /// without positions in lists, such as `maxLength@tags.key`.
    #[must_use]
    pub fn id(&self) -> Cow<'_, str> {
        if !KEYWORDS.contains(&&*self.rule) {
            return Cow::Borrowed(&*self.rule);
        }
        Cow::Owned(format!("{}@{}", self.rule, without_positions(&self.path)))
    }
}

/// `tags[1].key` → `tags.key`; what stands in quotes stays as it is.
fn without_positions(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('[') {
        let (before, inside) = rest.split_at(at);
        plain.push_str(before);
        let digits = inside.bytes().skip(1).take_while(u8::is_ascii_digit).count();
        // A position, or the key of a map in quotes.
        let (kept, length) = match inside.get(digits + 1..=digits + 1) {
            Some("]") => (false, digits + 2),
            _ => (true, inside.find("\"]").map_or(inside.len(), |end| end + 2)),
        };
        let (piece, after) = inside.split_at(length);
        if kept {
            plain.push_str(piece);
        }
        rest = after;
    }
    plain.push_str(rest);
    plain.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(ids: &[&'static str]) -> Allowed {
        let mut allowed = Allowed::default();
        ids.iter().for_each(|id| allowed.add(*id));
        allowed
    }

    #[test]
    fn one_rule_is_taken_out_and_nothing_else() {
        let all = || {
            Violations::from(vec![
                Violation::error("capacity", "size-of-cluster", "is 5"),
                Violation::error("tags[10].key", "maxLength", "has 130 characters"),
                Violation::error("tags[0].value", "maxLength", "has 300 characters"),
                Violation::warning("name", "odd", "is odd"),
            ])
        };
        let left = |ids: &[&'static str]| -> Vec<String> {
            allowed(ids).left_of(all()).iter().map(|v| v.id().into_owned()).collect()
        };
        assert_eq!(
            left(&[]),
            ["size-of-cluster", "maxLength@tags.key", "maxLength@tags.value", "odd"]
        );
        assert_eq!(
            left(&["maxLength@tags.key", "odd"]),
            ["size-of-cluster", "maxLength@tags.value"]
        );
        assert_eq!(left(&["maxLength"]).len(), 4);
        assert!(!allowed(&[]).covers(&Violation::error("a", "b", "c")));
    }

    #[test]
    fn places_have_no_positions() {
        let of = |path: &str| Violation::error(path, "type", "is a number").id().into_owned();
        assert_eq!(of("[3]"), "type@");
        assert_eq!(of("[3].a[0][12].b"), "type@a.b");
        assert_eq!(of(r#"map["a b"].c"#), r#"type@map["a b"].c"#);
        assert_eq!(of(r#"map["a[0]"]"#), r#"type@map["a[0]"]"#);
    }

    #[test]
    fn unknown_ids_are_told() {
        let problems =
            |id: &'static str| allowed(&[id]).problems(&["size-of-cluster", "odd"]).concat();
        assert_eq!(problems("odd"), "");
        assert_eq!(problems("maxLength@tags.key"), "");
        assert_eq!(
            problems("size-of-clusters"),
            r#"no rule is called "size-of-clusters"; did you mean "size-of-cluster"?"#
        );
        assert_eq!(problems("something-else"), r#"no rule is called "something-else""#);
        assert_eq!(
            problems("maxLength"),
            r#""maxLength" is a bound of many fields; name one, such as maxLength@tags.key"#
        );
        assert_eq!(
            problems("maxlenght@a"),
            r#""maxlenght@a" has no keyword of a bound; did you mean "maxLength"?"#
        );
        assert_eq!(problems("enum@"), r#""enum@" names no field; write such as enum@tags.key"#);
    }
}
