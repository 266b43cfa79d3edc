//! Pages of a document, merged into it, are nothing new.

use proptest::{prelude::*, test_runner::Config};

use crate::{
    arbitrary,
    pages::{NULL, pages},
    service,
    transcription::{left, lines, merged},
};

#[test]
fn the_service_is_what_its_pages_say() {
    let document = service::document();
    let pages = pages(&document);
    assert_eq!(pages.len(), 61);
    let merge = merged(&pages, &document);
    assert_eq!(lines(&merge.changes), [] as [&str; 0]);
    assert_eq!(merge.pending, []);
    assert_eq!(merge.document, document);
    assert_eq!(left(&merge), [] as [&str; 0], "differences that rows keep");
    // The one contradiction that the document keeps: a required field with a default.
    let rows: Vec<_> = merge.decided.iter().map(|decided| decided.row.as_str()).collect();
    assert_eq!(rows, ["charging-mode-required-with-default"]);
}

/// The service's examples show nulls. Rows decide about those that no sentence announces, but for one of
/// which the row only names the sentence.
#[test]
fn nulls_without_a_word_are_on_record() {
    let document = service::document();
    let mut pages = pages(&document);
    let rows = pages.iter_mut().flat_map(|page| &mut page.tables).flat_map(|table| &mut table.rows);
    rows.for_each(|row| row.prose.retain(|prose| prose.text != NULL));
    let merge = merged(&pages, &document);
    assert_eq!(lines(&merge.changes), [] as [&str; 0]);
    let nulls = merge.decided.iter().filter(|decided| decided.subject == "example-null");
    assert_eq!(nulls.count(), 18);
    assert_eq!(merge.decided.len(), 19);
    let pending: Vec<_> = merge.pending.iter().map(|pending| pending.row.as_str()).collect();
    assert_eq!(pending, ["error-response-error-ext-msg-example-null"]);
}

proptest! {
    #![proptest_config(Config::with_cases(96))]

    #[test]
    fn a_document_is_what_its_pages_say(document in arbitrary::document()) {
        let merge = merged(&pages(&document), &document);
        prop_assert_eq!(lines(&merge.changes), Vec::<String>::new());
        prop_assert_eq!(&merge.pending, &Vec::new());
        prop_assert!(merge.decided.is_empty(), "{:?}", merge.decided);
        prop_assert_eq!(&merge.document, &document);
    }
}
