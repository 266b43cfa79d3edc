//! Pages of a document, merged into it, are nothing new.

use proptest::{prelude::*, test_runner::Config};
use serde_json::Value;
use transcribe::merge::Finding;

use crate::{
    arbitrary,
    pages::{NULL, pages},
    service,
    transcription::{left, lines, merged, open, row},
};

#[test]
fn the_service_is_what_its_pages_say() {
    let document = service::document();
    let pages = pages(&document);
    assert_eq!(pages.len(), 61);
    let merge = merged(&pages, &document);
    assert_eq!(lines(&merge), [] as [&str; 0]);
    assert_eq!(open(&merge), [] as [&Finding; 0]);
    assert_eq!(merge.document, document);
    assert_eq!(left(&merge), [] as [&Finding; 0], "differences that rows keep");
    // The document keeps no contradiction: a required field has no default.
    let rows: Vec<_> = merge.findings.iter().map(row).collect();
    assert_eq!(rows, [] as [&str; 0]);
}

/// The service's examples show nulls. Rows that name them decide about those that no sentence announces; the
/// others are open as soon as the sentence is gone.
#[test]
fn nulls_without_a_word_are_on_record() {
    let document = service::document();
    let mut pages = pages(&document);
    let rows = pages.iter_mut().flat_map(|page| &mut page.tables).flat_map(|table| &mut table.rows);
    rows.for_each(|row| row.prose.retain(|prose| prose.text != NULL));
    let merge = merged(&pages, &document);
    let gone = lines(&merge);
    assert!(gone.iter().all(|line| line.ends_with(": gone from page: nullable true")), "{gone:?}");
    assert_eq!(gone.len(), nullable(&document));
    let open: Vec<_> = open(&merge).into_iter().map(row).collect();
    assert_eq!(
        open,
        [
            "error-response-error-ext-msg-example-null",
            "instance-list-info-order-id-example-null",
            "instance-list-info-publicip-address-example-null",
            "instance-list-info-publicip-id-example-null",
            "query-instance-info-resp-publicip-address-example-null",
            "query-instance-info-resp-publicip-id-example-null",
            "resources-unit-example-null",
        ]
    );
    let nulls = merge.findings.iter().filter(|finding| finding.subject() == "example-null");
    assert_eq!(nulls.count(), 19);
}

/// How many values may be null.
fn nullable(value: &Value) -> usize {
    let inner: usize = match value {
        Value::Object(map) => map.values().map(nullable).sum(),
        Value::Array(list) => list.iter().map(nullable).sum(),
        _ => 0,
    };
    inner + usize::from(value.get("nullable") == Some(&Value::Bool(true)))
}

proptest! {
    #![proptest_config(Config::with_cases(96))]

    #[test]
    fn a_document_is_what_its_pages_say(document in arbitrary::document()) {
        let merge = merged(&pages(&document), &document);
        prop_assert_eq!(&merge.findings, &Vec::new());
        prop_assert_eq!(&merge.document, &document);
    }
}
