//! Pages of a document with one fact changed, merged into the document as it was: the law is that every
//! single change is reported, at its place and alone. Not reported are, by design,
//!
//! - facts that a page no longer states, such as a bound that is gone: what people wrote stays;
//! - values that an open list has and the page has not, and lengths and bounds beside a list;
//! - what a row of `x-errata` decides: it is listed as left, with that row.

use std::collections::BTreeSet;

use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestCaseError},
};
use serde_json::Value;

use crate::{
    arbitrary,
    edits::{self, Edit, Expected},
    pages::{pages, tables_of},
    service,
    sites::{self, Site},
    transcription::{left, lines, merged},
};

/// What became of a change that was made to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Reported,
    /// A row of the document decides about it.
    Left,
    ByDesign,
}

/// Makes a change, and checks that what is reported is it; nothing when there can be no such change.
fn outcome(document: &Value, site: &Site, edit: Edit) -> Result<Option<Outcome>, TestCaseError> {
    let document = sites::part(document, &site.operations);
    let mut changed = document.clone();
    let Some(expected) = edits::apply(edit, site, &mut changed) else { return Ok(None) };
    let merge = merged(&tables_of(&changed, &site.operations), &document);
    let about = format!("{edit:?} of {}", site.place);
    prop_assert_eq!(&merge.pending, &Vec::new(), "{}", about);
    let mut found = lines(&merge.changes);
    found.sort();
    let mut wanted = match &expected {
        Expected::Changes(lines) => lines.clone(),
        Expected::Nothing(_) => Vec::new(),
    };
    wanted.extend(schemas_gone(&document, &changed));
    wanted.sort();
    let left = left(&merge);
    if found != wanted && !left.is_empty() {
        // Then nothing was done about it.
        prop_assert_eq!(&merge.document, &document, "{}", about);
        prop_assert!(
            left.iter().all(|line| line.starts_with(&format!("#{}", site.owner))),
            "{left:?}"
        );
        return Ok(Some(Outcome::Left));
    }
    prop_assert_eq!(found, wanted, "{}, left: {:?}", about, left);
    let is_taken_over = !matches!(edit, Edit::Type(_) | Edit::RowLost | Edit::ValueLost);
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
    gone.map(|name| format!("#/components/schemas/{name}: gone schema {name}")).collect()
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
        prop_assert!(outcome != Some(Outcome::Left), "there are no rows");
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
    let [reported, left, by_design] =
        [Outcome::Reported, Outcome::Left, Outcome::ByDesign].map(count);
    assert_eq!(reported + left + by_design, sites.len());
    // Rows and lists are exceptions.
    assert!((left + by_design) * 10 < reported, "{reported}, {left} left, {by_design} by design");
}
