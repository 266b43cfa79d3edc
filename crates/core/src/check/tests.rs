//! The exact text of every message.

use super::*;

/// What a check says of a value at `at`.
fn said(check: impl FnOnce(&Path<'_>, &mut Report)) -> String {
    let mut report = Report::default();
    check(&Path::root().field("at"), &mut report);
    if report.is_empty() { "fits".to_owned() } else { report.into_violations().to_string() }
}

#[test]
fn lengths_count_characters() {
    let min = |value, min| said(|at, report| min_length(at, report, value, min));
    assert_eq!(min("日本", 2), "fits");
    assert_eq!(min("", 0), "fits");
    assert_eq!(min("abc", 4), "at: has 3 characters; must have at least 4 (minLength)");
    assert_eq!(min("é", 2), "at: has 1 character; must have at least 2 (minLength)");
    assert_eq!(min("", 1), "at: is empty; must have at least 1 character (minLength)");
    assert_eq!(min("", 4), "at: is empty; must have at least 4 characters (minLength)");
    let max = |value, max| said(|at, report| max_length(at, report, value, max));
    assert_eq!(max("日本", 2), "fits");
    assert_eq!(max("日本語", 2), "at: has 3 characters; must have at most 2 (maxLength)");
    assert_eq!(max("ab", 1), "at: has 2 characters; must have at most 1 (maxLength)");
    assert_eq!(max("a", 0), "at: has 1 character; must have at most 0 (maxLength)");
}

#[test]
fn patterns_show_values_but_no_secrets() {
    let check = |shown, ok| said(|at, report| pattern(at, report, shown, ok, "^[a-z]+$"));
    assert_eq!(check(Shown::Value("abc"), true), "fits");
    assert_eq!(
        check(Shown::Value("1\n"), false),
        r#"at: "1\n" does not match the pattern ^[a-z]+$ (pattern)"#
    );
    assert_eq!(check(Shown::Hidden, false), "at: does not match the pattern ^[a-z]+$ (pattern)");
    let long = "ü".repeat(61);
    let cut = format!("at: \"{}\"… does not match the pattern ^[a-z]+$ (pattern)", "ü".repeat(60));
    assert_eq!(check(Shown::Value(&long), false), cut);
}

#[test]
fn bounds() {
    assert_eq!(said(|at, r| minimum(at, r, 1, 1)), "fits");
    assert_eq!(said(|at, r| maximum(at, r, 100.0, 100.0)), "fits");
    let zero = "at: is 0; must be at least 1 (minimum)";
    assert_eq!(said(|at, r| minimum(at, r, 0_i64, 1)), zero);
    let many = "at: is 101; must be at most 100 (maximum)";
    assert_eq!(said(|at, r| maximum(at, r, 101_i32, 100)), many);
    let half = "at: is 0.1; must be at least 0.125 (minimum)";
    assert_eq!(said(|at, r| minimum(at, r, 0.1, 0.125)), half);
    let nan = "at: is NaN; must be at least 0 (minimum)";
    assert_eq!(said(|at, r| minimum(at, r, f64::NAN, 0.0)), nan);
    let above = "at: is 0; must be greater than 0 (exclusiveMinimum)";
    assert_eq!(said(|at, r| exclusive_minimum(at, r, 0, 0)), above);
    let below = "at: is 10; must be less than 10 (exclusiveMaximum)";
    assert_eq!(said(|at, r| exclusive_maximum(at, r, 10, 10)), below);
}

#[test]
fn numbers_that_json_cannot_carry() {
    let check = |value| said(|at, report| finite(at, report, value));
    assert_eq!(check(0.5), "fits");
    assert_eq!(check(f64::MAX), "fits");
    for (value, shown) in [(f64::INFINITY, "inf"), (-f64::INFINITY, "-inf"), (f64::NAN, "NaN")] {
        let text =
            format!("at: is not a number that JSON can carry ({shown}); give a finite one (type)");
        assert_eq!(check(value), text);
    }
}

#[test]
fn multiples() {
    assert_eq!(said(|at, r| multiple_of(at, r, 30, 10)), "fits");
    assert_eq!(said(|at, r| multiple_of(at, r, 7, 0)), "fits");
    assert_eq!(said(|at, r| multiple_of(at, r, i64::MIN, -1)), "fits");
    assert_eq!(said(|at, r| multiple_of(at, r, 0.3, 0.1)), "fits");
    assert_eq!(said(|at, r| multiple_of(at, r, 0.5_f32, 0.0)), "fits");
    let odd = "at: is 15; must be a multiple of 10 (multipleOf)";
    assert_eq!(said(|at, r| multiple_of(at, r, 15, 10)), odd);
    let part = "at: is 0.35; must be a multiple of 0.1 (multipleOf)";
    assert_eq!(said(|at, r| multiple_of(at, r, 0.35, 0.1)), part);
    let part = "at: is 0.35; must be a multiple of 0.1 (multipleOf)";
    assert_eq!(said(|at, r| multiple_of(at, r, 0.35_f32, 0.1)), part);
}

#[test]
fn enumerations() {
    let check = |value, allowed: &[&str]| said(|at, report| one_of(at, report, value, allowed));
    assert_eq!(check("weekly", &["weekly"]), "fits");
    assert_eq!(
        check("weekley", &["weekly"]),
        r#"at: "weekley" is not one of "weekly"; did you mean "weekly"? (enum)"#
    );
    assert_eq!(check("x", &["auto", "manual"]), r#"at: "x" is not one of "auto", "manual" (enum)"#);
    let words = ["ab"; 15];
    let twelve = [r#""ab""#; 12].join(", ");
    let long = format!(r#"at: "xyz" is not one of {twelve} and 3 more (enum)"#);
    assert_eq!(check("xyz", &words), long);
    assert_eq!(said(|at, r| one_of_numbers(at, r, 2, &[1, 2])), "fits");
    let number = "at: is 5; must be one of 1, 2.5 (enum)";
    assert_eq!(said(|at, r| one_of_numbers(at, r, 5.0, &[1.0, 2.5])), number);
}

#[test]
fn lists() {
    assert_eq!(said(|at, r| min_items(at, r, 1, 1)), "fits");
    assert_eq!(said(|at, r| max_items(at, r, 1, 1)), "fits");
    let none = "at: is empty; must have at least 1 item (minItems)";
    assert_eq!(said(|at, r| min_items(at, r, 0, 1)), none);
    let many = "at: has 21 items; must have at most 20 (maxItems)";
    assert_eq!(said(|at, r| max_items(at, r, 21, 20)), many);
    assert_eq!(said(|at, r| unique(at, r, &[1, 2, 3])), "fits");
    let twice = "at: items 1 and 3 are equal; each may occur only once (uniqueItems)";
    assert_eq!(said(|at, r| unique(at, r, &["a", "b", "c", "b", "a"])), twice);
}

#[test]
fn objects() {
    let none = "at: is empty; must have at least 2 entries (minProperties)";
    assert_eq!(said(|at, r| min_properties(at, r, 0, 2)), none);
    let many = "at: has 2 entries; must have at most 1 (maxProperties)";
    assert_eq!(said(|at, r| max_properties(at, r, 2, 1)), many);
    assert_eq!(said(required), "at: is missing; it is required (required)");
    let kind = "at: is a string; must be an integer (type)";
    assert_eq!(said(|at, r| wrong_type(at, r, "a string", "an integer")), kind);
}

#[test]
fn unknown_keys() {
    let check = |key, allowed: &[&str]| said(|at, report| keys(at, report, [key], allowed));
    assert_eq!(check("name", &["name"]), "fits");
    assert_eq!(
        check("nmae", &["name"]),
        r#"at.nmae: is unknown; did you mean "name"? (additionalProperties)"#
    );
    assert_eq!(
        check("other key", &["name", "engine"]),
        r#"at["other key"]: is unknown; known names are "name", "engine" (additionalProperties)"#
    );
    let none = "at.x: is unknown; remove it (additionalProperties)";
    assert_eq!(check("x", &[]), none);
}
