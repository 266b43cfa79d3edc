//! One page changes, and another one that states the same schema does not: that is no news about the schema
//! but a contradiction between pages, and never passes in silence.

use std::collections::BTreeSet;

use transcribe::facts::{Constraints, Page, Table};

use crate::{
    pages::tables_of,
    service,
    sites::{operations, part},
    transcription::{merged, open},
};

#[test]
fn a_page_that_alone_changes_a_shared_schema_is_noticed() {
    let document = service::document();
    let all: BTreeSet<String> = operations(&document)
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    let pages = tables_of(&document, &all);
    let mut shared = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        for (t, table) in page.tables.iter().enumerate() {
            // All pages have the same errors; one schema of many is enough.
            let Some(name) = schema(table).filter(|name| !name.starts_with("ErrorResponse")) else {
                continue;
            };
            let states = |page: &&Page| page.tables.iter().any(|other| schema(other) == Some(name));
            let Some(other) = pages.iter().skip(at + 1).find(states) else { continue };
            let row = table.rows.iter().position(|row| row.type_text == "String");
            let Some(row) = row else { continue };
            let mut alone = page.clone();
            let row = &mut alone.tables[t].rows[row];
            (row.type_text, row.constraints) = ("Boolean".to_owned(), Constraints::default());
            let both = BTreeSet::from([page.operation.clone(), other.operation.clone()]);
            let merge = merged(&[alone, other.clone()], &part(&document, &both));
            let about = format!("{name} of {} and {}", page.operation, other.operation);
            assert!(!open(&merge).is_empty(), "{about}");
            shared.push(name.to_owned());
        }
    }
    shared.sort();
    shared.dedup();
    assert_eq!(shared.len(), 18, "{shared:?}");
}

/// The schema that a table states.
fn schema(table: &Table) -> Option<&str> {
    table.anchor.as_deref()?.split_once('_').map(|(_, name)| name)
}
