//! The words of the column of types.
//!
//! In: `Array of Tag objects`, `Map<String,Object>`, `Long`. Out: what they say, with the names of
//! tables left open; `links` finds these.

/// What a value is. `T` stands for a table: a name at first, its place on the page after `links`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<T> {
    String,
    /// A whole number of which the source does not say how wide it is.
    Whole,
    Int32,
    Int64,
    Double,
    Boolean,
    /// An object whose fields no table describes.
    Object,
    Binary,
    /// Items of a list of which nothing is said.
    Any,
    Array(Box<Kind<T>>),
    /// An object whose keys are data.
    Map(Box<Kind<T>>),
    Table(T),
}

/// Lists in lists deeper than this are nonsense.
const MAX_DEPTH: usize = 16;

/// Why the words of a type mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum TypeError {
    #[error("the type is missing")]
    Missing,
    #[error("`{0}` is not a known type")]
    Unknown(String),
    #[error("lists in lists without an end")]
    TooDeep,
    #[error("a link to nowhere, #{0}")]
    DeadLink(String),
}

/// Reads the words.
pub(super) fn parse(text: &str) -> Result<Kind<String>, TypeError> {
    let plain: String =
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { half_width(c) }).collect();
    let words = plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    read(&words, 0)
}

impl<T> Kind<T> {
    /// What stands inside of all lists and maps.
    pub(super) fn leaf(&self) -> &Self {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.leaf(),
            other => other,
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Whole | Self::Int32 | Self::Int64 | Self::Double)
    }

    /// As messages have it: `String`, `list`.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Whole | Self::Int32 => "Integer",
            Self::Int64 => "Long",
            Self::Double => "Number",
            Self::Boolean => "Boolean",
            Self::Object | Self::Table(_) => "Object",
            Self::Binary => "File",
            Self::Any => "Any",
            Self::Array(_) => "Array",
            Self::Map(_) => "Map",
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '＜' | '《' | '〈' => '<',
        '＞' | '》' | '〉' => '>',
        '，' => ',',
        other => other,
    }
}

fn read(text: &str, depth: usize) -> Result<Kind<String>, TypeError> {
    if depth > MAX_DEPTH {
        return Err(TypeError::TooDeep);
    }
    let lower = text.to_lowercase();
    // Some forget the blank: `Array ofTag objects`.
    if let Some(rest) = tail(text, &lower, "array of").or_else(|| tail(text, &lower, "list of")) {
        return Ok(Kind::Array(Box::new(read(rest.trim_start(), depth + 1)?)));
    }
    for suffix in [" objects", " object"] {
        if lower.ends_with(suffix) {
            let name = text.get(..text.len() - suffix.len()).unwrap_or_default().trim();
            return match read(name, depth + 1) {
                // `Map<String,String> objects` and `Object object` say it twice.
                Ok(kind @ (Kind::Map(_) | Kind::Array(_) | Kind::Object)) => Ok(kind),
                _ => named(name),
            };
        }
    }
    if let Some(kind) = generic(text, depth) {
        return kind;
    }
    match lower.as_str() {
        "array" | "list" | "arrays" => Ok(Kind::Array(Box::new(Kind::Any))),
        "map" | "object" | "objects" | "json" => Ok(Kind::Object),
        "string" | "strings" => Ok(Kind::String),
        "whole" => Ok(Kind::Whole),
        "integer" | "integers" | "int" | "int32" | "short" => Ok(Kind::Int32),
        "long" | "longs" | "int64" => Ok(Kind::Int64),
        "float" | "floats" | "double" | "doubles" | "number" | "numbers" | "bigdecimal" => {
            Ok(Kind::Double)
        }
        "boolean" | "booleans" | "bool" => Ok(Kind::Boolean),
        "file" | "files" | "binary" => Ok(Kind::Binary),
        _ => named(text),
    }
}

/// `Array<X>` and `Map<K,V>`.
fn generic(text: &str, depth: usize) -> Option<Result<Kind<String>, TypeError>> {
    let (word, rest) = text.split_once('<')?;
    let arguments = split(rest.trim_end().strip_suffix('>')?);
    let kind = |text: &str| read(text.trim(), depth + 1);
    Some(match (word.trim().to_lowercase().as_str(), arguments.as_slice()) {
        ("array" | "list" | "set", [item]) => kind(item).map(|item| Kind::Array(Box::new(item))),
        // Keys of JSON are strings, whatever the page calls them.
        ("map", [_, value]) => kind(value).map(|value| Kind::Map(Box::new(value))),
        _ => Err(TypeError::Unknown(text.to_owned())),
    })
}

/// At the commas that stand in no further brackets.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c| {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

/// The rest of a text after words in whatever case.
fn tail<'t>(text: &'t str, lower: &str, words: &str) -> Option<&'t str> {
    lower.starts_with(words).then(|| text.get(words.len()..)).flatten()
}

fn named(text: &str) -> Result<Kind<String>, TypeError> {
    let is_name = !text.is_empty() && !text.contains([' ', '<', '>', ',']);
    if is_name {
        return Ok(Kind::Table(text.to_owned()));
    }
    Err(if text.is_empty() { TypeError::Missing } else { TypeError::Unknown(text.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::{Kind, TypeError, parse};

    fn array(item: Kind<String>) -> Kind<String> {
        Kind::Array(Box::new(item))
    }

    #[test]
    fn all_words_of_the_pages_are_known() {
        let table = |name: &str| Kind::Table(name.to_owned());
        let cases = [
            ("String", Kind::String),
            ("Integer", Kind::Int32),
            ("Long", Kind::Int64),
            ("Whole", Kind::Whole),
            ("Float", Kind::Double),
            ("Double", Kind::Double),
            ("Number", Kind::Double),
            ("boolean", Kind::Boolean),
            ("Object", Kind::Object),
            ("File", Kind::Binary),
            ("Array", array(Kind::Any)),
            ("Array of strings", array(Kind::String)),
            ("Array of integers", array(Kind::Int32)),
            ("Array of objects", array(Kind::Object)),
            ("Array of Tag objects", array(table("Tag"))),
            ("Array ofTag objects", array(table("Tag"))),
            ("Tag object", table("Tag")),
            ("Array<String>", array(Kind::String)),
            ("Array<Object>", array(Kind::Object)),
            ("Array<Array<Tag>>", array(array(table("Tag")))),
            ("Array of Array<String>", array(array(Kind::String))),
            ("Map<String,String>", Kind::Map(Box::new(Kind::String))),
            ("Map<String, Array<Long>>", Kind::Map(Box::new(array(Kind::Int64)))),
            ("Array of Map<String,Object> objects", array(Kind::Map(Box::new(Kind::Object)))),
            ("Map<String,Tag>  object", Kind::Map(Box::new(table("Tag")))),
            ("Tag", table("Tag")),
        ];
        for (text, kind) in cases {
            assert_eq!(parse(text), Ok(kind), "{text}");
        }
    }

    #[test]
    fn nonsense_has_a_reason() {
        let cases = [
            ("", "the type is missing"),
            ("Map<String>", "`Map<String>` is not a known type"),
            ("some words", "`some words` is not a known type"),
            ("Array<String", "`Array<String` is not a known type"),
        ];
        for (text, why) in cases {
            assert_eq!(parse(text).unwrap_err().to_string(), why, "{text}");
        }
        let deep = "Array<".repeat(10_000) + &">".repeat(10_000);
        assert_eq!(parse(&deep), Err(TypeError::TooDeep));
    }
}
