//! The types of a package in; those of pages out, with the models that they lead to.
//!
//! `list[Tag]` is `Array<Tag object>`, `dict(str, int)` is `Map<String,Integer>`.

/// A type in the words of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// What a page would have in its column of types.
    pub(super) text: String,
    /// The model that stands inside of all lists and maps.
    pub(super) model: Option<String>,
}

/// Types in types deeper than this are nonsense.
const MAX_DEPTH: usize = 16;

/// A type that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a known type")]
pub(super) struct UnknownType(String);

/// Reads a type.
pub(super) fn read(text: &str) -> Result<Type, UnknownType> {
    let mut model = None;
    let text = words(text.trim(), &mut model, 0).ok_or_else(|| UnknownType(text.to_owned()))?;
    Ok(Type { text, model })
}

/// How a page would name an object: without the second word, a class called `File` would be a file.
pub(super) fn object(model: &str) -> String {
    format!("{model} object")
}

fn words(text: &str, model: &mut Option<String>, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(inner) = text.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')) {
        return Some(format!("Array<{}>", words(inner.trim(), model, depth + 1)?));
    }
    if let Some(inner) = text.strip_prefix("dict(").and_then(|rest| rest.strip_suffix(')')) {
        let (_, value) = inner.split_once(',')?;
        return Some(format!("Map<String,{}>", words(value.trim(), model, depth + 1)?));
    }
    let word = match text {
        "str" => "String",
        // A package does not say how wide its whole numbers are.
        "int" => "Whole",
        "float" | "decimal.Decimal" => "Double",
        "bool" => "Boolean",
        "object" => "Object",
        "list" => "Array",
        "dict" => "Object",
        "datetime" | "date" | "datetime.datetime" | "datetime.date" => "String",
        "file" | "FormFile" | "bytearray" => "File",
        name => {
            let is_class = name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_class {
                return None;
            }
            *model = Some(name.to_owned());
            return Some(object(name));
        }
    };
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Type, UnknownType, read};

    #[test]
    fn types_in_the_words_of_pages() {
        let cases = [
            ("str", "String", None),
            ("int", "Whole", None),
            ("float", "Double", None),
            ("decimal.Decimal", "Double", None),
            ("bool", "Boolean", None),
            ("object", "Object", None),
            ("datetime", "String", None),
            ("list[str]", "Array<String>", None),
            ("list[Tag]", "Array<Tag object>", Some("Tag")),
            ("list[list[Tag]]", "Array<Array<Tag object>>", Some("Tag")),
            ("dict(str, str)", "Map<String,String>", None),
            ("dict(str, list[Tag])", "Map<String,Array<Tag object>>", Some("Tag")),
            ("list[dict(str, object)]", "Array<Map<String,Object>>", None),
            ("dict(str, dict(str, int))", "Map<String,Map<String,Whole>>", None),
            ("FormFile", "File", None),
            ("Tag", "Tag object", Some("Tag")),
            ("list[Files]", "Array<Files object>", Some("Files")),
        ];
        for (python, text, model) in cases {
            let expected = Type { text: text.to_owned(), model: model.map(str::to_owned) };
            assert_eq!(read(python), Ok(expected), "{python}");
        }
    }

    #[test]
    fn nonsense_has_a_reason() {
        for text in ["", "list[", "tuple", "dict(str)", "some words", "list[]"] {
            assert_eq!(read(text), Err(UnknownType(text.to_owned())));
        }
        assert!(read(&("list[".repeat(10_000) + &"]".repeat(10_000))).is_err());
    }
}
