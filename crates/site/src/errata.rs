//! Where sources contradict each other. In: rows of the model. Out: a view a row, and which rows concern an operation.

use std::collections::BTreeMap;

use codegen::{
    model::{Api, Erratum, Operation, TypeName},
    pointer::JsonPointer,
};
use serde::Serialize;

use crate::{
    markdown::{self, Links},
    words::Words,
};

/// One contradiction.
#[derive(Serialize)]
pub(crate) struct View {
    id: String,
    subject: String,
    says: Vec<Says>,
    decision: String,
    reason: String,
}

/// What one of the sources says.
#[derive(Serialize)]
struct Says {
    who: String,
    what: String,
}

/// The rows of an API by what they stand inside of.
pub(crate) struct Errata<'a> {
    all: &'a [Erratum],
    of_types: BTreeMap<&'a TypeName, Vec<usize>>,
    of_operations: Vec<Vec<usize>>,
}

impl<'a> Errata<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        let below = |place: &JsonPointer| -> Vec<usize> {
            let inside =
                |erratum: &Erratum| erratum.pointer.segments().starts_with(place.segments());
            let rows = api.errata.iter().enumerate();
            rows.filter(|(_, erratum)| inside(erratum)).map(|(i, _)| i).collect()
        };
        let types =
            api.types.values().map(|definition| (&definition.name, below(&definition.pointer)));
        let of_operation = |operation: &Operation| {
            let path = JsonPointer::root().join(["paths", &operation.path_key()]);
            let method = operation.method.as_str().to_lowercase();
            let mut rows = below(&path.child(method));
            rows.extend(below(&path.child("parameters")));
            rows
        };
        Self {
            all: &api.errata,
            of_types: types.collect(),
            of_operations: api.operations.iter().map(of_operation).collect(),
        }
    }

    /// The rows about an operation (by its index) or a type of its own, in document order.
    pub(crate) fn of(
        &self,
        api: &Api,
        index: usize,
        words: &Words,
        links: &Links<'_>,
    ) -> Vec<View> {
        let own = self.of_operations.get(index).into_iter().flatten().copied();
        let operation = api.operations.get(index);
        let types = api.reach(operation.into_iter().flat_map(Operation::schemas));
        let of_types =
            types.into_iter().filter_map(|name| self.of_types.get(name)).flatten().copied();
        let mut rows: Vec<usize> = own.chain(of_types).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter()
            .filter_map(|i| self.all.get(i))
            .map(|row| view(row, words, links))
            .collect()
    }
}

fn view(erratum: &Erratum, words: &Words, links: &Links<'_>) -> View {
    let says = [
        ("errata_table", &erratum.table),
        ("errata_text", &erratum.text),
        ("errata_example", &erratum.example),
        ("errata_other", &erratum.other),
    ];
    let says = says.into_iter().filter_map(|(who, what)| {
        let what = markdown::inline(what.as_deref()?, links);
        Some(Says { who: words.get(who).to_owned(), what })
    });
    View {
        id: erratum.id.clone(),
        subject: erratum.subject.clone(),
        says: says.collect(),
        decision: markdown::inline(&erratum.decision, links),
        reason: markdown::inline(&erratum.reason, links),
    }
}
