//! Each type in each form that it accepts, and in those that it refuses.

use serde::Deserialize;
use serde_json::{Value, from_str, json};

use super::*;
use crate::Secret;

/// A field of an answer, as generated code has it.
#[derive(Deserialize)]
struct Field<T: Lenient> {
    #[serde(bound = "T: Lenient", deserialize_with = "super::field")]
    value: T,
}

fn read<T: Lenient>(json: &str) -> Result<T, String> {
    let object = format!(r#"{{"value":{json}}}"#);
    let text = from_str::<Field<T>>(&object).map(|field| field.value);
    text.map_err(|error| error.to_string().split(" at line").next().unwrap_or_default().to_owned())
}

#[test]
fn texts() {
    let cases = [
        (r#""a\u00e9""#, "aé"),
        (r#""""#, ""),
        ("3.0", "3.0"),
        ("0.125", "0.125"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("true", "true"),
        (r#"{"$serde_json::private::Number":"3.00"}"#, "3.00"),
    ];
    for (json, text) in cases {
        assert_eq!(read::<String>(json), Ok(text.to_owned()), "{json}");
        assert_eq!(read::<Secret>(json).unwrap().expose(), text, "{json}");
    }
    let needed = "expected a string, a number or a boolean";
    assert_eq!(read::<String>("null"), Err(format!("invalid type: null, {needed}")));
    assert_eq!(read::<String>("[]"), Err(format!("invalid type: sequence, {needed}")));
    assert_eq!(read::<String>(r#"{"a":1}"#), Err(format!("invalid type: map, {needed}")));
    assert_eq!(read::<Option<String>>("null"), Ok(None));
    assert_eq!(read::<Option<String>>(r#""""#), Ok(Some(String::new())));
    assert_eq!(read::<Option<String>>("4.0"), Ok(Some("4.0".to_owned())));
}

#[test]
fn integers() {
    for json in ["16", "16.0", "1.6e1", r#""16""#, r#"" 16 ""#, r#""16.0""#] {
        assert_eq!(read::<i32>(json), Ok(16), "{json}");
        assert_eq!(read::<u32>(json), Ok(16), "{json}");
        assert_eq!(read::<i64>(json), Ok(16), "{json}");
        assert_eq!(read::<Option<u64>>(json), Ok(Some(16)), "{json}");
    }
    assert_eq!(read::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>(r#""-9223372036854775808""#), Ok(i64::MIN));
    assert_eq!(read::<i64>(r#"{"$serde_json::private::Number":"5"}"#), Ok(5));
    assert_eq!(read::<Option<i32>>("null"), Ok(None));
    assert_eq!(read::<Option<i32>>(r#"" ""#), Ok(None));
}

#[test]
fn no_integers() {
    let refused = |json| read::<i32>(json).unwrap_err();
    let needed = "expected a whole number of 32 bits";
    assert_eq!(refused("0.5"), format!("invalid value: floating point `0.5`, {needed}"));
    assert_eq!(refused("2147483648"), format!("invalid value: integer `2147483648`, {needed}"));
    assert_eq!(refused("1e300"), format!("invalid value: floating point `1e+300`, {needed}"));
    assert_eq!(refused(r#""hunter2""#), format!("invalid value: another text, {needed}"));
    assert_eq!(refused("true"), format!("invalid value: boolean `true`, {needed}"));
    assert_eq!(refused("{}"), format!("invalid type: map, {needed}"));
    assert_eq!(refused("null"), "nothing where a whole number of 32 bits is needed");
    assert_eq!(refused(r#""""#), "nothing where a whole number of 32 bits is needed");
    assert_eq!(
        read::<u64>("-1"),
        Err("invalid value: integer `-1`, expected a whole number of 64 bits, not below 0"
            .to_owned())
    );
    assert_eq!(
        read::<i32>("18446744073709551615"),
        Err(format!("invalid value: a large integer, {needed}"))
    );
}

#[test]
fn floats() {
    for json in ["0.5", r#""0.5""#, r#""5e-1""#] {
        assert_eq!(read::<f64>(json), Ok(0.5), "{json}");
        assert_eq!(read::<f32>(json), Ok(0.5), "{json}");
    }
    assert_eq!(read::<f64>("16"), Ok(16.0));
    assert_eq!(read::<Option<f64>>(r#""""#), Ok(None));
    let refused = "invalid value: another text, expected a number";
    for json in [r#""NaN""#, r#""inf""#, r#""much""#] {
        assert_eq!(read::<f64>(json), Err(refused.to_owned()), "{json}");
    }
}

#[test]
fn booleans() {
    for json in ["true", r#""true""#, r#""TRUE""#, "1", r#""1""#] {
        assert_eq!(read::<bool>(json), Ok(true), "{json}");
    }
    for json in ["false", r#""False""#, "0"] {
        assert_eq!(read::<Option<bool>>(json), Ok(Some(false)), "{json}");
    }
    assert_eq!(read::<Option<bool>>("null"), Ok(None));
    assert_eq!(read::<Option<bool>>(r#""""#), Ok(None));
    let two = "invalid value: integer `2`, expected true or false";
    assert_eq!(read::<bool>("2"), Err(two.to_owned()));
    let yes = "invalid value: another text, expected true or false";
    assert_eq!(read::<bool>(r#""yes""#), Err(yes.to_owned()));
}

#[test]
fn containers() {
    assert_eq!(read::<Vec<i64>>(r#"[1,"2",3.0]"#), Ok(vec![1, 2, 3]));
    assert_eq!(read::<Vec<i64>>("null"), Ok(vec![]));
    assert_eq!(read::<Option<Vec<String>>>("null"), Ok(None));
    assert_eq!(read::<Option<Vec<String>>>("[1]"), Ok(Some(vec!["1".to_owned()])));
    assert_eq!(read::<Vec<Option<bool>>>(r#"[null,"true",""]"#), Ok(vec![None, Some(true), None]));
    let map = BTreeMap::from([("a".to_owned(), "1".to_owned())]);
    assert_eq!(read::<BTreeMap<String, String>>(r#"{"a":1}"#), Ok(map));
    assert_eq!(read::<BTreeMap<String, String>>("null"), Ok(BTreeMap::new()));
    assert_eq!(read::<Box<i64>>(r#""5""#), Ok(Box::new(5)));
    assert_eq!(read::<Option<Box<i64>>>(r#""""#), Ok(None));
    assert_eq!(read::<Value>(r#"{"a":[1]}"#), Ok(json!({"a": [1]})));
    let list = "invalid type: integer `1`, expected a list";
    assert_eq!(whole::<Vec<i64>>("1"), Err(list.to_owned()));
    let object = "invalid type: integer `1`, expected an object";
    assert_eq!(whole::<BTreeMap<String, i64>>("1"), Err(object.to_owned()));
}

/// A value that is no field.
fn whole<T: Lenient>(json: &str) -> Result<T, String> {
    let value = T::lenient(&mut serde_json::Deserializer::from_str(json));
    value.map_err(|error| error.to_string().split(" at line").next().unwrap_or_default().to_owned())
}

#[test]
fn a_field_that_cannot_be_meant_is_absent() {
    for json in ["0.5", "99999999999999999999", r#""x""#, "true", "[1]", r#"{"a":1}"#] {
        assert_eq!(read::<Option<i64>>(json), Ok(None), "{json}");
        assert!(whole::<Option<i64>>(json).is_err(), "{json}");
    }
    assert_eq!(read::<Option<i32>>("2147483648"), Ok(None));
    assert_eq!(read::<Option<bool>>("2"), Ok(None));
    assert_eq!(read::<Option<f64>>("{}"), Ok(None));
    assert_eq!(read::<Vec<i64>>("1"), Ok(vec![]));
    assert_eq!(read::<Vec<i64>>(r#"{"a":1}"#), Ok(vec![]));
    assert_eq!(read::<Option<Vec<i64>>>(r#""x""#), Ok(None));
    assert_eq!(read::<BTreeMap<String, i64>>("[1]"), Ok(BTreeMap::new()));
    assert_eq!(read::<Option<Tag>>(r#"["k","v"]"#), Ok(None));
    assert_eq!(read::<Option<Box<Tag>>>(r#""hunter2""#), Ok(None));
    // So is an item of a list or a map, but for one that is to be a structure.
    assert_eq!(read::<Vec<i64>>(r#"[1,"x",{},2]"#), Ok(vec![1, 2]));
    assert_eq!(read::<Vec<String>>(r#"["a",{},["b"]]"#), Ok(vec!["a".into(), r#"["b"]"#.into()]));
    // What is inside of a value of the right kind is read as ever.
    assert_eq!(read::<Option<Tag>>("{}"), Err("missing field `key`".to_owned()));
    assert_eq!(read::<Option<String>>(r#"{"a":1,"b":2}"#), Ok(Some(r#"{"a":1,"b":2}"#.into())));
    assert_eq!(read::<Option<String>>("{}"), Ok(None));
    assert_eq!(read::<Option<Kind>>("[1]"), Ok(Some(Kind("[1]".to_owned()))));
    assert_eq!(read::<Option<Secret>>("[]"), Ok(None));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Tag {
    #[serde(deserialize_with = "super::field")]
    key: String,
    #[serde(default, deserialize_with = "super::field")]
    value: Option<String>,
}

lenient_struct!(Tag);

#[derive(Debug, PartialEq)]
struct Kind(String);

impl Kind {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Kind {
    fn from(value: String) -> Self {
        Self(value)
    }
}

crate::open_enum_impls!(Kind);

fn tag(key: &str, value: Option<&str>) -> Tag {
    Tag { key: key.into(), value: value.map(Into::into) }
}

#[test]
fn structures_ignore_what_they_do_not_know() {
    let read = read::<Vec<Tag>>(r#"[{"key":1,"value":2,"new":3},{"key":"k"}]"#).unwrap();
    assert_eq!(read, [tag("1", Some("2")), tag("k", None)]);
}

#[test]
fn structures_are_read_from_objects_alone() {
    let list = "invalid type: sequence, expected an object";
    assert_eq!(read::<Tag>(r#"["k","v"]"#), Err(list.to_owned()));
    assert_eq!(whole::<Option<Tag>>(r#"["k","v"]"#), Err(list.to_owned()));
    assert_eq!(read::<Box<Tag>>(r#"["k","v"]"#), Err(list.to_owned()));
    assert_eq!(read::<Vec<Tag>>(r#"[["k","v"]]"#), Err(list.to_owned()));
    assert_eq!(read::<BTreeMap<String, Tag>>(r#"{"a":["k"]}"#), Err(list.to_owned()));
    assert_eq!(read::<Tag>("null"), Err("invalid type: null, expected an object".to_owned()));
    assert_eq!(read::<Tag>("1"), Err("invalid type: integer `1`, expected an object".to_owned()));
    assert_eq!(read::<Tag>("{}"), Err("missing field `key`".to_owned()));
}

/// As `serde_json` hands numbers over with `arbitrary_precision`.
#[test]
fn numbers_are_no_objects() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Page {
        #[serde(default, deserialize_with = "super::field")]
        count: Option<i64>,
    }
    lenient_struct!(Page);
    let number = r#"{"$serde_json::private::Number":"5"}"#;
    let error = "invalid type: number, expected an object";
    assert_eq!(read::<Page>(number), Err(error.to_owned()));
    assert_eq!(read::<Option<Page>>(number), Err(error.to_owned()));
    assert_eq!(read::<BTreeMap<String, String>>(number), Err(error.to_owned()));
    assert_eq!(read::<Page>(r#"{"count":5,"new":1}"#), Ok(Page { count: Some(5) }));
    assert_eq!(read::<Page>(r#"{"new":1,"count":"5"}"#), Ok(Page { count: Some(5) }));
    assert_eq!(read::<Page>("{}"), Ok(Page { count: None }));
}

#[test]
fn texts_in_the_place_of_others_are_not_repeated() {
    let object = "invalid type: string, expected an object";
    assert_eq!(read::<Tag>(r#""hunter2""#), Err(object.to_owned()));
    assert_eq!(whole::<Option<Tag>>(r#""hunter2""#), Err(object.to_owned()));
    assert_eq!(whole::<BTreeMap<String, Tag>>(r#""hunter2""#), Err(object.to_owned()));
    let list = "invalid type: string, expected a list";
    assert_eq!(whole::<Vec<Tag>>(r#""hunter2""#), Err(list.to_owned()));
}

#[test]
fn blank_structures_are_none_and_blank_enumerations_are_kept() {
    for json in ["null", r#""""#, r#"" ""#] {
        assert_eq!(read::<Option<Tag>>(json), Ok(None), "{json}");
        assert_eq!(read::<Option<Box<Tag>>>(json), Ok(None), "{json}");
    }
    assert_eq!(read::<Option<Tag>>(r#"{"key":"k"}"#), Ok(Some(tag("k", None))));
    let blank = read::<Tag>(r#""""#);
    assert_eq!(blank, Err("invalid type: string, expected an object".to_owned()));
    assert_eq!(read::<Kind>(r#""""#), Ok(Kind(String::new())));
    assert_eq!(read::<Option<Kind>>(r#""""#), Ok(Some(Kind(String::new()))));
    assert_eq!(read::<Option<Kind>>("null"), Ok(None));
}

#[test]
fn items_that_are_nothing_are_left_out() {
    assert_eq!(read::<Vec<Tag>>(r#"[null,{"key":"k"},null,""]"#), Ok(vec![tag("k", None)]));
    assert_eq!(read::<Vec<Box<Tag>>>(r#"[null,{"key":"k"}]"#), Ok(vec![Box::new(tag("k", None))]));
    let kinds = vec![Kind("a".to_owned()), Kind(String::new())];
    assert_eq!(read::<Vec<Kind>>(r#"["a",null,""]"#), Ok(kinds));
    assert_eq!(read::<Vec<i64>>("[1,null]"), Ok(vec![1]));
    let tags = BTreeMap::from([("b".to_owned(), tag("k", None))]);
    assert_eq!(read::<BTreeMap<String, Tag>>(r#"{"a":null,"b":{"key":"k"}}"#), Ok(tags));
    // These have a value for it.
    assert_eq!(read::<Vec<Option<Tag>>>("[null]"), Ok(vec![None]));
    assert_eq!(read::<Vec<Box<Option<i64>>>>("[null]"), Ok(vec![Box::new(None)]));
    assert_eq!(read::<Vec<Vec<i64>>>("[null,[1]]"), Ok(vec![vec![], vec![1]]));
    assert_eq!(read::<Vec<Value>>("[null]"), Ok(vec![Value::Null]));
}

#[test]
fn nothing_is_read_from_anything() {
    for json in ["null", "1", r#"{"a":[1]}"#, r#""a""#] {
        assert_eq!(read::<()>(json), Ok(()), "{json}");
    }
}
