//! Structures read by the shared loop: what fits, what does not, and where it is.

use serde::Deserialize as _;
use serde_json::json;

use super::*;

#[derive(Debug, Default, PartialEq)]
struct Node {
    id: Option<i64>,
    name: String,
    children: Vec<Node>,
    next: Option<Box<Node>>,
}

impl Structure for Node {
    const NAMES: &'static [&'static str] = &["nodeId", "name", "children", "next"];

    fn empty() -> Self {
        Self { name: "none".to_owned(), ..Self::default() }
    }

    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        field: usize,
        entries: &mut A,
    ) -> Result<(), A::Error> {
        match field {
            0 => read_field(entries, &mut self.id),
            1 => read_field_or_absent(entries, &mut self.name),
            2 => read_field(entries, &mut self.children),
            _ => read_field(entries, &mut self.next),
        }
    }
}

lenient_fields!(Node);

fn node(id: i64) -> Node {
    Node { id: Some(id), ..Node::empty() }
}

fn read(json: &str) -> Result<Node, String> {
    let text = serde_json::from_str(json).map_err(|error| error.to_string());
    text.map_err(|error| error.split(" at line").next().unwrap_or_default().to_owned())
}

#[test]
fn fields_are_read_leniently() {
    assert_eq!(read("{}"), Ok(Node::empty()));
    assert_eq!(read(r#"{"nodeId":"7","new":[{"nodeId":1}],"id":2}"#), Ok(node(7)));
    let empty = Node { name: String::new(), ..Node::empty() };
    assert_eq!(read(r#"{"nodeId":null,"name":null,"children":null}"#), Ok(empty));
    assert_eq!(read(r#"{"name":5}"#).map(|node| node.name), Ok("5".to_owned()));
    let family =
        Node { children: vec![node(2), node(3)], next: Some(Box::new(node(4))), ..Node::empty() };
    let json = r#"{"children":[{"nodeId":2},null,{"nodeId":3}],"next":{"nodeId":4}}"#;
    assert_eq!(read(json), Ok(family));
    assert_eq!(read(r#"{"next":""}"#), Ok(Node::empty()));
    // A tree that was read already gives names as they are kept.
    assert_eq!(Node::deserialize(json!({ "nodeId": 7, "new": 1 })).ok(), Some(node(7)));
}

#[test]
fn what_does_not_fit_is_an_error() {
    let twice = read(r#"{"nodeId":1,"name":"a","nodeId":null}"#);
    assert_eq!(twice, Err("duplicate field `nodeId`".to_owned()));
    assert_eq!(read(r#"{"new":1,"new":2}"#), Ok(Node::empty()));
    let object = |found: &str| Err(format!("invalid type: {found}, expected an object"));
    assert_eq!(read(r#"[1,"a"]"#), object("sequence"));
    assert_eq!(read(r#"{"children":[[1]]}"#), object("sequence"));
    assert_eq!(read("null"), object("null"));
    assert_eq!(read(r#""hunter2""#), object("string"));
    assert_eq!(read(r#"{"children":["hunter2"]}"#), object("string"));
    let number = r#"{"$serde_json::private::Number":"5"}"#;
    assert_eq!(read(number), object("number"));
    assert_eq!(read(&format!(r#"{{"next":{number}}}"#)), object("number"));
}

#[test]
fn a_field_of_another_kind_is_absent_and_loses_no_other() {
    for id in ["99999999999999999999", "0.5", "1e300", r#""x""#, "true", "[7]", r#"{"id":{}}"#] {
        let json = format!(r#"{{"nodeId":{id},"children":[{{"nodeId":{id}}},{{"nodeId":3}}]}}"#);
        let expected = Node { children: vec![Node::empty(), node(3)], ..Node::empty() };
        assert_eq!(read(&json), Ok(expected), "{id}");
    }
    for other in ["1", "true", r#""x""#, "0.5"] {
        let json = format!(r#"{{"children":{other},"next":{other},"nodeId":7}}"#);
        assert_eq!(read(&json), Ok(node(7)), "{other}");
    }
    assert_eq!(read(r#"{"children":{"a":[]},"next":[[{}]],"nodeId":7}"#), Ok(node(7)));
    let kept = |json| read(json).map(|node| node.name);
    assert_eq!(
        kept(r#"{"name":{"a":[1,{}],"b":null}}"#),
        Ok(r#"{"a":[1,{}],"b":null}"#.to_owned())
    );
    assert_eq!(kept(r#"{"name":["a"]}"#), Ok(r#"["a"]"#.to_owned()));
    assert_eq!(kept(r#"{"name":{}}"#), Ok(String::new()));
    assert_eq!(kept(r#"{"name":[]}"#), Ok(String::new()));
}

#[cfg(feature = "http")]
#[test]
fn errors_name_the_place() {
    let json = r#"{"next":{"children":[{"nodeId":1},{"children":[7]}]}}"#;
    let reader = &mut serde_json::Deserializer::from_str(json);
    let error = serde_path_to_error::deserialize::<_, Node>(reader).unwrap_err();
    assert_eq!(error.path().to_string(), "next.children[1].children[0]");
}
