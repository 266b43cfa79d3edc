//! Numbers at the edges of what text, JSON and Rust can hold. In: one number at one place of a document. Out: a
//! diagnostic, or a client that has the same number; never a panic, and never another one.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use codegen::{config::Service, diagnostic::Diagnostic, load, payload, validate::validate};

/// A document with one property, and an example of it.
fn document(schema: &str, example: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: v1, description: Numbers. }}\n\
         servers: [{{ url: https://a.example.com }}]\npaths:\n  /a:\n    post:\n      operationId: SetIt\n\
         \x20     description: Sets it.\n      responses: {{ \"200\": {{ description: Done. }} }}\n\
         \x20     requestBody:\n        required: true\n        content:\n          application/json:\n\
         \x20           schema: {{ type: object, properties: {{ p: {{ description: P., {schema} }} }} }}\n\
         \x20           example: {{ p: {example} }}\n"
    )
}

/// What is wrong, or the generated text that has the number.
fn outcome(schema: &str, example: &str) -> Result<codegen::output::FileSet, String> {
    let lines = |problems: Vec<Diagnostic>| {
        let lines: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
        lines.join("\n")
    };
    let document = load::parse("a.yaml", &document(schema, example)).map_err(|p| lines(vec![p]))?;
    let problems = validate(&document);
    if !problems.is_empty() {
        return Err(lines(problems));
    }
    let service = Service {
        document: "a.yaml".to_owned(),
        package: "a".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    };
    Ok(codegen::generate(&document, &service).unwrap())
}

/// A generated file without the blanks that a printer sets.
fn text(files: &codegen::output::FileSet, path: &str) -> String {
    files.get(path).unwrap().split_whitespace().collect()
}

#[test]
fn refused() {
    let integer = "has a point or an exponent; write a whole number with its digits alone";
    let double = "a number with a fraction has no more than 53 bits";
    for (schema, example, why) in [
        ("type: integer", "1e400", "is a string; must be an integer"),
        ("type: number", "-1e400", "is a string; must be a number"),
        ("type: number", ".inf", "`.inf` is no JSON number"),
        ("type: number", ".nan", "`.nan` is no JSON number"),
        ("type: number, minimum: 1e400", "1", "`minimum` must be a number, not a string"),
        ("type: integer", "1.0", integer),
        ("type: integer", "1e3", integer),
        ("type: integer", "-0.0", integer),
        ("type: integer, default: 1.0", "1", integer),
        ("type: integer, enum: [1.0, 2]", "2", integer),
        ("type: integer, x-extensible-enum: [1e3]", "2", integer),
        ("type: integer", "1.5", "is a number; must be an integer"),
        ("type: integer", "1_000", "is a string; must be an integer"),
        ("type: integer, minimum: 1.0", "1", "must be one too, not 1.0; round it"),
        ("type: integer, maximum: 1e300", "1", "must be one too, not 1e+300; round it"),
        ("type: integer, maximum: 9223372036854775808", "1", "is above 9223372036854775807"),
        (
            "type: integer, format: uint64, enum: [18446744073709551615]",
            "1",
            "is above 9223372036854775807",
        ),
        ("type: integer", "9223372036854775808", "must be at most 9223372036854775807"),
        ("type: integer, format: uint64", "-1", "must be at least 0"),
        (
            "type: integer",
            "99999999999999999999",
            "`99999999999999999999` in line 15 has more than 64 bits",
        ),
        ("type: number", "-99999999999999999999", "in line 15 has more than 64 bits"),
        ("type: number", "9007199254740993", double),
        ("type: number, maximum: 9007199254740993", "1", double),
        ("type: number, enum: [9007199254740993]", "1", double),
        ("type: number, default: 18446744073709551615", "1", double),
        ("type: string, minLength: 1.0", "a", "must be a whole number from 0 upwards, not 1.0"),
        ("type: string, maxLength: 1e3", "a", "must be a whole number from 0 upwards, not 1000.0"),
        (
            "type: array, items: {}, maxItems: -1",
            "[]",
            "must be a whole number from 0 upwards, not -1",
        ),
        ("type: number, multipleOf: 0", "1", "`multipleOf` must be above 0"),
        ("type: number, multipleOf: -0.0", "1", "`multipleOf` must be above 0"),
    ] {
        match outcome(schema, example) {
            Err(lines) => assert!(lines.contains(why), "{schema} | {example}: {lines}"),
            Ok(_) => panic!("{schema} | {example} is generated"),
        }
    }
}

#[test]
fn the_same_in_code() {
    for (schema, example, code) in [
        ("type: integer", "-0", "p(0)"),
        ("type: integer", "-9223372036854775808", "p(-9223372036854775808)"),
        ("type: integer", "0x10", "p(16)"),
        ("type: integer, format: uint64", "18446744073709551615", "p(18446744073709551615)"),
        ("type: number", "-0.0", "p(-0.0)"),
        ("type: number", "0", "p(0.0)"),
        ("type: number", "9007199254740992", "p(9007199254740992.0)"),
        ("type: number", "5e-324", "p(0.00"),
        ("", "9007199254740993", "9007199254740993asi64"),
        ("", "-0.0", "json!(-0.0)"),
        ("", "18446744073709551615", "18446744073709551615u64"),
        ("type: string, maxLength: 18446744073709551615", "a", "p(\"a\")"),
    ] {
        let files =
            outcome(schema, example).unwrap_or_else(|why| panic!("{schema} | {example}: {why}"));
        let line = text(&files, "client/examples/set_it_example.rs");
        assert!(line.contains(code), "{schema} | {example}: {line}");
    }
    let files = outcome("type: number", "1e300").unwrap();
    assert!(text(&files, "openapi.yaml").contains("p:1.0e+300"));
}

#[test]
fn the_same_in_checks() {
    for (schema, check) in [
        ("type: number, maximum: 9.223372036854775808e18", "*value,9223372036854776000.0"),
        ("type: number, minimum: -0.0", "*value,0.0"),
        ("type: number, maximum: 1e300", "*value,10000000000000000"),
        ("type: integer, minimum: -9223372036854775808", "*value,-9223372036854775808"),
        (
            "type: integer, format: uint64, maximum: 9223372036854775807",
            "*value,9223372036854775807",
        ),
    ] {
        let files = outcome(schema, "1").unwrap_or_else(|why| panic!("{schema}: {why}"));
        let line = text(&files, "client/src/shared/checks.rs");
        assert!(line.contains(check), "{schema}: {line}");
    }
    // A factor so small that the quotient has no end bounds nothing.
    outcome("type: number, multipleOf: 1e-320", "1").unwrap();
}

#[test]
fn payloads() {
    let message = |text: &str| payload::read(text).unwrap_err().to_string();
    assert_eq!(message("[1e400]"), "number out of range at line 1 column 6");
    for text in ["-", "01", "1.", "+1", "NaN", "Infinity", "1e", "0x10"] {
        assert!(payload::read(text).is_err(), "{text}");
    }
    let document = load::parse("a.yaml", &document("type: integer, maximum: 5", "1")).unwrap();
    let check = |text: &str| {
        let (value, _) = payload::read(text).unwrap();
        let found = payload::check(&document, "SetIt", &value).unwrap();
        found.iter().map(|violation| violation.message.to_string()).collect::<Vec<_>>()
    };
    // As in JSON schema, a payload's `1.0` is a whole number.
    for fine in ["1.0", "-0", "-0.0", "5e0", "-9223372036854775808", "50e-1"] {
        assert!(check(&format!("{{\"p\": {fine}}}")).is_empty(), "{fine}");
    }
    for (text, why) in [
        ("5.5", "is a number; must be an integer"),
        ("6", "is 6; must be at most 5"),
        ("1e300", "must be at most 5"),
        ("18446744073709551616", "must be at most 5"),
        ("-9223372036854775809", "must be greater than"),
    ] {
        let found = check(&format!("{{\"p\": {text}}}"));
        assert!(found.iter().any(|message| message.contains(why)), "{text}: {found:?}");
    }
}
