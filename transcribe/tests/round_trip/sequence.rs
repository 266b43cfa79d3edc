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

/// Where a value has a list for the first time, it depends on all its uses whether the list is closed.
fn edit() -> impl Strategy<Value = Edit> {
    select(edits::all().filter(|edit| *edit != Edit::ValueAdded).collect::<Vec<_>>())
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
        let together = merged(&pages, &document).document;
        let one_by_one = |pages: &[_]| -> Value {
            pages.iter().fold(document.clone(), |document, page| {
                merged(std::slice::from_ref(page), &document).document
            })
        };
        prop_assert_eq!(one_by_one(&pages), together.clone(), "{:?} of {}", edit, site.place);
        pages.reverse();
        prop_assert_eq!(one_by_one(&pages), together, "{:?} of {}", edit, site.place);
    }
}
