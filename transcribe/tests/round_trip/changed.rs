//! Pages of a document with one fact changed, merged into the document as it was: the law is that every
//! single change is reported, at its place and alone. Not reported are, by design,
//!
//! - lengths and bounds beside a list of values, which says more;
//! - what a row of `x-errata` decides: it is listed as left, with that row.

use std::collections::BTreeSet;

use proptest::{
    prelude::*,
    sample::{Index, select, subsequence},
    test_runner::{Config, TestCaseError},
};
use serde_json::Value;

use crate::{
    arbitrary,
    edits::{self, Edit, Expected},
    pages::{pages, tables_of},
    rows, service,
    sites::{self, Site},
    transcription::{left, lines, merged, open, row},
};

/// What became of a change that was made to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Reported,
    /// A row of the document decides about it.
    Left,
    /// A row waits for a decision about it.
    Open,
    ByDesign,
}

/// Makes a change, and checks that what is reported is it; nothing when there can be no such change.
fn outcome(document: &Value, site: &Site, edit: Edit) -> Result<Option<Outcome>, TestCaseError> {
    let document = sites::part(document, &site.operations);
    let mut changed = document.clone();
    let Some(expected) = edits::apply(edit, site, &mut changed) else { return Ok(None) };
    let merge = merged(&tables_of(&changed, &site.operations), &document);
    let about = format!("{edit:?} of {}", site.place);
    let mut found = lines(&merge);
    found.sort();
    let mut wanted = match &expected {
        Expected::Changes(lines) => lines.clone(),
        Expected::Nothing(_) => Vec::new(),
    };
    wanted.extend(schemas_gone(&document, &changed));
    wanted.sort();
    let (left, open) = (left(&merge), open(&merge));
    if found != wanted && !(left.is_empty() && open.is_empty()) {
        // Then nothing was done about it, and the row says that it decides just this.
        let rows =
            left.iter().chain(&open).map(|finding| (row(finding), finding.word().to_owned()));
        for (row, subject) in rows {
            let words = rows::words(&merge.document, row);
            prop_assert!(words.contains(&subject), "{}: {} of {:?}", about, subject, words);
        }
        let is_left = open.is_empty();
        prop_assert!(!is_left || merge.document == document, "{}", about);
        return Ok(Some(if is_left { Outcome::Left } else { Outcome::Open }));
    }
    prop_assert_eq!(found, wanted, "{}, left: {:?}, open: {:?}", about, left, open);
    // What is gone stays in the document.
    let is_taken_over = !matches!(
        edit,
        Edit::Type(_) | Edit::RowLost | Edit::ValueLost | Edit::ListLost | Edit::KeywordLost(_)
    );
    if let (Expected::Changes(_), true) = (&expected, is_taken_over) {
        prop_assert_eq!(pages(&merge.document), pages(&changed), "{}", about);
    }
    let by_design = matches!(expected, Expected::Nothing(_));
    Ok(Some(if by_design { Outcome::ByDesign } else { Outcome::Reported }))
}

/// The schemas that only the old row led to.
fn schemas_gone(document: &Value, changed: &Value) -> Vec<String> {
    let reached =
        |document: &Value| -> BTreeSet<String> { sites::reached(document, &document["paths"]) };
    let (before, after) = (reached(document), reached(changed));
    let gone = before.difference(&after);
    gone.map(|name| format!("#/components/schemas/{name}: gone from page: schema {name}")).collect()
}

fn edit() -> impl Strategy<Value = Edit> {
    select(edits::all().collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(Config::with_cases(128))]

    #[test]
    fn every_change_of_a_document_is_reported(
        document in arbitrary::document(),
        at in any::<Index>(),
        edit in edit(),
    ) {
        let sites = sites::sites(&document);
        let outcome = outcome(&document, at.get(&sites), edit)?;
        prop_assert!(!matches!(outcome, Some(Outcome::Left | Outcome::Open)), "there are no rows");
    }

    /// Whatever rows say in prose: only what their `about` names is theirs to decide.
    #[test]
    fn no_change_is_hidden_by_what_a_row_says_in_prose(
        document in arbitrary::document(),
        at in any::<Index>(),
        edit in edit(),
    ) {
        let document = rows::everywhere(&document, &["meaning"]);
        let sites = sites::sites(&document);
        let outcome = outcome(&document, at.get(&sites), edit)?;
        prop_assert!(!matches!(outcome, Some(Outcome::Left | Outcome::Open)), "no row decides");
    }

    #[test]
    fn a_change_is_left_only_by_a_row_whose_about_names_it(
        document in arbitrary::document(),
        at in any::<Index>(),
        edit in edit(),
        words in subsequence(rows::WORDS, 1..4),
    ) {
        let document = rows::everywhere(&document, &words);
        let sites = sites::sites(&document);
        outcome(&document, at.get(&sites), edit)?;
    }
}

/// Each field of the service gets one change, of the kind whose turn it is or the next that it can have.
#[test]
fn every_change_of_the_service_is_reported_or_decided() {
    let document = service::document();
    let edits: Vec<Edit> = edits::all().collect();
    let sites = sites::sites(&document);
    let outcomes = sites.iter().enumerate().map(|(at, site)| {
        let mut edits = edits.iter().cycle().skip(at % edits.len()).take(edits.len());
        edits.find_map(|edit| outcome(&document, site, *edit).unwrap()).unwrap()
    });
    let outcomes: Vec<Outcome> = outcomes.collect();
    let count = |wanted: Outcome| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let [reported, left, open, by_design] =
        [Outcome::Reported, Outcome::Left, Outcome::Open, Outcome::ByDesign].map(count);
    assert_eq!(reported + left + open + by_design, sites.len());
    // Rows and lists are exceptions.
    let others = left + open + by_design;
    assert!(others * 10 < reported, "{reported}, {left} left, {open} open, {by_design} by design");
}
