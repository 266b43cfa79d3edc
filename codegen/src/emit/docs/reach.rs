//! Which types and contradictions belong to what, found once for the whole reference.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use crate::{
    model::{Api, Erratum, Operation, Schema, TypeName},
    pointer::JsonPointer,
};

/// The references between operations, types and contradictions.
pub(super) struct Reach<'a> {
    api: &'a Api,
    /// What refers to a type, operations first.
    users: BTreeMap<&'a TypeName, Vec<User<'a>>>,
    /// The contradictions inside of a type, by their index.
    of_types: BTreeMap<&'a TypeName, Vec<usize>>,
    /// The contradictions inside of an operation, both by their index.
    of_operations: BTreeMap<usize, Vec<usize>>,
}

/// What refers to a type.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum User<'a> {
    /// An operation, by its index.
    Operation(usize),
    Type(&'a TypeName),
}

impl<'a> Reach<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut users: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut add = |used, user| {
            let users = users.entry(used).or_default();
            if users.last() != Some(&user) {
                users.push(user);
            }
        };
        for (i, operation) in api.operations.iter().enumerate() {
            let named = operation.schemas().filter_map(Schema::named);
            named.for_each(|used| add(used, User::Operation(i)));
        }
        for definition in api.types.values() {
            definition.named().for_each(|used| add(used, User::Type(&definition.name)));
        }
        let types = api.types.values().map(|def| (def.pointer.clone(), &def.name));
        let operations = api.operations.iter().enumerate();
        let operations = operations.flat_map(|(i, operation)| {
            let path = JsonPointer::root().join(["paths", &operation.path_key()]);
            let method = operation.method.as_str().to_lowercase();
            [(path.child(method), i), (path.child("parameters"), i)]
        });
        Self {
            api,
            users,
            of_types: below(&api.errata, types),
            of_operations: below(&api.errata, operations),
        }
    }

    /// What refers to a type.
    pub(super) fn users(&self, name: &TypeName) -> &[User<'a>] {
        self.users.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The contradictions that concern an operation (by its index) or one of its types, in
    /// document order.
    pub(super) fn errata_of_operation(&self, index: usize) -> Vec<&'a Erratum> {
        let mut found: BTreeSet<usize> =
            self.of_operations.get(&index).into_iter().flatten().copied().collect();
        let operation = self.api.operations.get(index);
        for name in self.api.reach(operation.into_iter().flat_map(Operation::schemas)) {
            found.extend(self.of_types.get(name).into_iter().flatten());
        }
        self.listed(found)
    }

    /// The types that the request of an operation (by its index) is made of, the outermost first.
    pub(super) fn requested(&self, index: usize) -> IndexSet<&'a TypeName> {
        let operation = self.api.operations.get(index);
        self.api.reach(operation.into_iter().flat_map(Operation::request_schemas))
    }

    /// The contradictions that stand inside of a type.
    pub(super) fn errata_of_type(&self, name: &TypeName) -> Vec<&'a Erratum> {
        self.listed(self.of_types.get(name).into_iter().flatten().copied())
    }

    fn listed(&self, indices: impl IntoIterator<Item = usize>) -> Vec<&'a Erratum> {
        indices.into_iter().filter_map(|i| self.api.errata.get(i)).collect()
    }
}

/// The contradictions at or below each of some places, by who owns the place.
fn below<K: Copy + Ord>(
    errata: &[Erratum],
    places: impl Iterator<Item = (JsonPointer, K)>,
) -> BTreeMap<K, Vec<usize>> {
    let mut owners: BTreeMap<JsonPointer, Vec<K>> = BTreeMap::new();
    for (place, owner) in places {
        owners.entry(place).or_default().push(owner);
    }
    let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (i, erratum) in errata.iter().enumerate() {
        let mut place = JsonPointer::root();
        for segment in erratum.pointer.segments() {
            place = place.child(segment);
            for owner in owners.get(&place).into_iter().flatten() {
                found.entry(*owner).or_default().push(i);
            }
        }
    }
    found
}
