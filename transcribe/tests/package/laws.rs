//! Laws: what is written as a package is read back, and no text of a module makes the reader panic.

use proptest::prelude::*;
use transcribe::read::package::Selection;

use super::render::{Field, Model, Package, model, operation, read_modules, shown};

/// A type, and how a page says it.
fn types() -> impl Strategy<Value = (String, String)> {
    let leaf = prop_oneof![
        Just(("str".to_owned(), "String".to_owned())),
        Just(("int".to_owned(), "Whole".to_owned())),
        Just(("bool".to_owned(), "Boolean".to_owned())),
        Just(("float".to_owned(), "Double".to_owned())),
        Just(("object".to_owned(), "Object".to_owned())),
    ];
    leaf.prop_recursive(3, 8, 1, |inner| {
        prop_oneof![
            inner.clone().prop_map(|(python, page)| {
                (format!("list[{python}]"), format!("Array<{page}>"))
            }),
            inner.prop_map(|(python, page)| {
                (format!("dict(str, {python})"), format!("Map<String,{page}>"))
            }),
        ]
    })
}

/// Fields with the lines that they must be read as.
fn fields() -> impl Strategy<Value = Vec<(Field, String)>> {
    let one = ("[a-z][a-zA-Z0-9_]{0,8}", types(), any::<bool>());
    proptest::collection::btree_map("a_[a-z]{1,6}", one, 1..6).prop_map(|fields| {
        fields
            .into_iter()
            .enumerate()
            .map(|(i, (attribute, (name, (python, page), required)))| {
                let name = format!("{name}{i}");
                let mark = if required { "!" } else { "" };
                let line = format!("answer ShowBookResponse: {name}{mark} {page}");
                (Field { attribute, name, type_text: python, required, text: String::new() }, line)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn fields_are_read_back_as_they_were_written(fields in fields()) {
        let (fields, lines): (Vec<Field>, Vec<String>) = fields.into_iter().unzip();
        let models = vec![model("ShowBookRequest", vec![]), model("ShowBookResponse", fields)];
        let operations = vec![operation("ShowBook", "GET /v1/books", &[])];
        let reading = Package { operations, models }.read();
        prop_assert_eq!(&reading.refused, &[]);
        prop_assert_eq!(shown(&reading.pages[0]), lines);
    }

    #[test]
    fn damaged_modules_never_panic(cut in any::<prop::sample::Index>(), junk in "[ ():='\"\\[\\]{}a-z\n]{0,12}") {
        let models: Vec<Model> = ["ShowBookRequest", "ShowBookResponse"]
            .map(|name| model(name, vec![super::render::field("a!", "list[str]", "text")]))
            .into();
        let operations = vec![operation("ShowBook", "GET /v1/{id}", &["path:a", "body"])];
        let mut modules = Package { operations, models }.modules();
        for (path, text) in &mut modules {
            if path.ends_with(".py") && !text.is_empty() {
                let at = cut.index(text.len());
                if text.is_char_boundary(at) {
                    text.insert_str(at, &junk);
                }
            }
        }
        let reading = read_modules(&modules, &Selection::default());
        prop_assert!(reading.pages.len() <= 1);
    }
}
