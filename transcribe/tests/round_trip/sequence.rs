//! Pages that are merged one after the other give what all together give, whatever their order is.

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::Config,
};
use serde_json::Value;

use crate::{
    arbitrary,
    edits::{self, Edit},
    pages::tables_of,
    sites,
    transcription::merged,
};

fn edit() -> impl Strategy<Value = Edit> {
    select(edits::all().collect::<Vec<_>>())
}

/// The one exception: whether a list that is new is closed depends on all uses of its value, and a page alone does
/// not know those on other pages. So lists count the same here, closed or open.
fn with_open_lists(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let name = |key: &String| match key.as_str() {
                "enum" => "x-extensible-enum".to_owned(),
                _ => key.clone(),
            };
            map.iter().map(|(key, value)| (name(key), with_open_lists(value))).collect()
        }
        Value::Array(list) => list.iter().map(with_open_lists).collect(),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(Config::with_cases(64))]

    #[test]
    fn one_page_after_the_other_gives_what_all_together_give(
        document in arbitrary::document(),
        at in any::<Index>(),
        edit in edit(),
    ) {
        let sites = sites::sites(&document);
        let site = at.get(&sites);
        let mut changed = document.clone();
        edits::apply(edit, site, &mut changed);
        let mut pages = tables_of(&changed, &site.operations);
        let compared = |document: Value| match edit {
            Edit::ValueAdded => with_open_lists(&document),
            _ => document,
        };
        let together = compared(merged(&pages, &document).document);
        let one_by_one = |pages: &[_]| -> Value {
            compared(pages.iter().fold(document.clone(), |document, page| {
                merged(std::slice::from_ref(page), &document).document
            }))
        };
        prop_assert_eq!(one_by_one(&pages), together.clone(), "{:?} of {}", edit, site.place);
        pages.reverse();
        prop_assert_eq!(one_by_one(&pages), together, "{:?} of {}", edit, site.place);
    }
}
