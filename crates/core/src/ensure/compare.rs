//! Does an existing instance match the order? In: what an order states, and what a list says. Out: the
//! differences.

use std::fmt::{self, Display};

use super::Listed;

/// How two texts are compared that speak of one thing.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// By their letters, small or capital.
    Text,
    /// As numbers. A zero says nothing: lists round small sizes down.
    Number,
    /// By their parts between dots, as many as both have: `5.0` is `5.0.14`.
    Version,
}

/// What an order states of a thing; nothing if the text is empty.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Stated {
    field: &'static str,
    compare: Compare,
    value: String,
}

impl Stated {
    #[inline]
    pub fn new(field: &'static str, compare: Compare, value: String) -> Self {
        Self { field, compare, value }
    }
}

/// A field as text; the empty text if it is absent.
#[doc(hidden)]
#[inline]
pub fn said<T: Display>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Something that was ordered one way and is there another way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The field of the order.
    pub field: &'static str,
    /// What the order states.
    pub ordered: String,
    /// What is there.
    pub found: String,
}

impl Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} was ordered, {} is there", self.field, self.ordered, self.found)
    }
}

/// All that differs. Only what the order states is compared, and what the list does not say proves no
/// difference; of several fields of a list that speak of one thing, one that agrees is enough.
#[doc(hidden)]
pub fn differences(stated: &[Stated], listed: &Listed) -> Vec<Difference> {
    let one = |(Stated { field, compare, value }, said): (&Stated, &Vec<String>)| {
        let ordered = value.trim();
        if !speaks(*compare, ordered) {
            return None;
        }
        let mut found = said.iter().map(|said| said.trim()).filter(|said| speaks(*compare, said));
        let first = found.clone().next()?;
        let is_same = found.any(|said| is_same(*compare, ordered, said));
        (!is_same).then(|| Difference {
            field,
            ordered: ordered.to_owned(),
            found: first.to_owned(),
        })
    };
    stated.iter().zip(&listed.said).filter_map(one).collect()
}

/// Whether a text says anything.
fn speaks(compare: Compare, text: &str) -> bool {
    match compare {
        Compare::Text | Compare::Version => !text.is_empty(),
        Compare::Number => number(text).is_some_and(|number| number != 0.0),
    }
}

fn is_same(compare: Compare, a: &str, b: &str) -> bool {
    match compare {
        Compare::Text => a.eq_ignore_ascii_case(b),
        Compare::Number => match (number(a), number(b)) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
            _ => false,
        },
        Compare::Version => a.split('.').zip(b.split('.')).all(|(a, b)| a.eq_ignore_ascii_case(b)),
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The differences between one stated field and what the fields of a list say of it.
    fn differs(compare: Compare, ordered: &str, said: &[&str]) -> Option<String> {
        let stated = [Stated::new("field", compare, ordered.to_owned())];
        let said = said.iter().map(|said| (*said).to_owned()).collect();
        let listed = Listed { said: vec![said], ..Listed::default() };
        let found = differences(&stated, &listed);
        found.first().map(ToString::to_string)
    }

    #[test]
    fn texts_are_compared_without_case() {
        assert_eq!(differs(Compare::Text, "Redis", &["redis "]), None);
        let said = "field: Redis was ordered, Memcached is there";
        assert_eq!(differs(Compare::Text, "Redis", &["Memcached"]).as_deref(), Some(said));
        assert!(differs(Compare::Text, "r2", &["r2.2"]).is_some());
    }

    #[test]
    fn what_is_not_said_proves_nothing() {
        for compare in [Compare::Text, Compare::Number, Compare::Version] {
            assert_eq!(differs(compare, "2", &[]), None);
            assert_eq!(differs(compare, "2", &["", " "]), None);
            assert_eq!(differs(compare, "", &["2"]), None);
        }
        assert_eq!(differs(Compare::Number, "2", &["two GB"]), None);
    }

    #[test]
    fn numbers_are_compared_by_value() {
        for (ordered, said) in [("2", "2.0"), ("0.125", ".125"), ("64", "6.4e1")] {
            assert_eq!(differs(Compare::Number, ordered, &[said]), None, "{ordered} {said}");
        }
        for (ordered, said) in [("2", "64"), ("0.125", "0.25"), ("2", "2.001"), ("2", "-2")] {
            assert!(differs(Compare::Number, ordered, &[said]).is_some(), "{ordered} {said}");
        }
    }

    #[test]
    fn one_field_that_agrees_is_enough() {
        // A size that a whole number cannot hold stands in another field.
        assert_eq!(differs(Compare::Number, "0.125", &["0.125", "0"]), None);
        assert_eq!(differs(Compare::Number, "0.125", &["0"]), None);
        assert_eq!(differs(Compare::Number, "4", &["", "4"]), None);
        let said = differs(Compare::Number, "4", &["0.125", "0"]);
        assert_eq!(said.as_deref(), Some("field: 4 was ordered, 0.125 is there"));
    }

    #[test]
    fn versions_agree_as_far_as_both_go() {
        for (ordered, said) in [("5.0", "5.0"), ("5.0", "5.0.14"), ("5", "5.0"), ("3.0.7", "3.0")] {
            assert_eq!(differs(Compare::Version, ordered, &[said]), None, "{ordered} {said}");
        }
        for (ordered, said) in [("5.0", "6.0"), ("5.0", "5.1"), ("5.0", "50"), ("5.1", "5.10")] {
            assert!(differs(Compare::Version, ordered, &[said]).is_some(), "{ordered} {said}");
        }
    }
}
