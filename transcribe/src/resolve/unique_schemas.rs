//! Which tables are copies of one schema.
//!
//! In: typed pages. Out: schemas; the tables of one have the same name, the same fields, types and
//! labels, and lead to tables of the same schemas. Requests must also agree on what is required; an
//! answer, whose tables have no such column, is the request's schema then. What prose says may differ.

use std::collections::BTreeMap;

use super::{
    keyword::Labels,
    kind::Kind,
    names,
    typed_page::{Form, TypedPage, TypedTable},
};
use crate::facts::Place;

/// A typed page, and a table of it.
pub(super) type TableId = (usize, usize);

/// All schemas, and the schema of each table.
pub(super) struct UniqueSchemas {
    pub(super) all: Vec<UniqueSchema>,
    of: BTreeMap<TableId, usize>,
}

/// Copies of one schema.
pub(super) struct UniqueSchema {
    /// The name on the page.
    pub(super) base: String,
    /// In the order of pages and tables.
    pub(super) members: Vec<TableId>,
    /// Whose facts count where copies differ in what is no fact: the first request, or the first.
    pub(super) first: TableId,
    /// Whether it is sent.
    pub(super) is_request: bool,
}

impl UniqueSchemas {
    pub(super) fn of(&self, member: TableId) -> Option<(usize, &UniqueSchema)> {
        let unique = *self.of.get(&member)?;
        Some((unique, self.all.get(unique)?))
    }
}

/// A table as a node of the graph that references make.
struct Node {
    member: TableId,
    base: String,
    is_answer: bool,
    /// Whether the table tells what is required.
    has_column: bool,
    content: Content,
    /// What is required of each field, as only requests tell.
    detail: Vec<Option<bool>>,
    refs: Vec<usize>,
}

/// What columns and labels say, without the places of tables.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Content {
    base: String,
    form: Form,
    /// Name, type and labels of each field.
    fields: Vec<(String, String, Labels)>,
}

/// Sorts all tables that are schemas.
pub(super) fn sort(typed_pages: &[TypedPage<'_>]) -> UniqueSchemas {
    let nodes = nodes(typed_pages);
    let mut first = Interner::default();
    let contents = nodes.iter().map(|node| first.key(node.content.clone())).collect();
    let alone: Vec<usize> = (0..nodes.len()).collect();
    let equal = refine(contents, &nodes, &alone);
    let source = sources(&nodes, &equal);
    let mut details = Interner::default();
    let keys: Vec<usize> = nodes
        .iter()
        .zip(&equal)
        .map(|(node, key)| details.key((*key, node.detail.clone())))
        .collect();
    let keys: Vec<usize> = source.iter().map(|s| keys.get(*s).copied().unwrap_or(*s)).collect();
    group(&nodes, &refine(keys, &nodes, &source))
}

fn nodes(typed_pages: &[TypedPage<'_>]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut index: BTreeMap<TableId, usize> = BTreeMap::new();
    for (s, typed_page) in typed_pages.iter().enumerate() {
        let bases = names::bases(typed_page);
        for (t, (fields, base)) in typed_page.tables.iter().zip(bases).enumerate() {
            let Some(base) = base else { continue };
            index.insert((s, t), nodes.len());
            let is_answer = matches!(
                fields.table.place,
                Place::Schema { answer: true } | Place::ResponseBody { .. }
            );
            let content = content(&base, fields);
            nodes.push(Node {
                member: (s, t),
                base,
                is_answer,
                has_column: fields.table.rows.iter().any(|row| row.required.is_some()),
                content,
                detail: fields.fields.iter().map(|field| field.row.required).collect(),
                refs: Vec::new(),
            });
        }
    }
    for i in 0..nodes.len() {
        let Some((s, t)) = nodes.get(i).map(|node| node.member) else { continue };
        let fields = typed_pages.get(s).and_then(|typed_page| typed_page.tables.get(t));
        let targets = fields.into_iter().flat_map(|fields| &fields.fields);
        let targets = targets.filter_map(|field| match field.kind.leaf() {
            Kind::Table(target) => index.get(&(s, *target)).copied(),
            _ => None,
        });
        let targets: Vec<usize> = targets.collect();
        if let Some(node) = nodes.get_mut(i) {
            node.refs = targets;
        }
    }
    nodes
}

fn content(base: &str, table: &TypedTable<'_>) -> Content {
    let fields = table
        .fields
        .iter()
        .map(|field| (field.row.name.clone(), shape(&field.kind), field.labels.clone()));
    Content { base: base.to_owned(), form: table.form, fields: fields.collect() }
}

/// A type without the places of its tables.
pub(super) fn shape(kind: &Kind<usize>) -> String {
    match kind {
        Kind::Array(inner) => format!("Array<{}>", shape(inner)),
        Kind::Map(inner) => format!("Map<{}>", shape(inner)),
        Kind::Table(_) => "table".to_owned(),
        other => other.word().to_owned(),
    }
}

/// Whose facts a node has: its own, or for an answer those of a request with the same content, of its
/// own page if there is one.
fn sources(nodes: &[Node], equal: &[usize]) -> Vec<usize> {
    let mut of_page: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut of_any: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, (node, key)) in nodes.iter().zip(equal).enumerate().filter(|(_, (n, _))| !n.is_answer) {
        of_page.entry((*key, node.member.0)).or_insert(i);
        of_any.entry(*key).or_insert(i);
    }
    let source = |(i, (node, key)): (usize, (&Node, &usize))| {
        if !node.is_answer || node.has_column {
            return i;
        }
        let found = of_page.get(&(*key, node.member.0)).or_else(|| of_any.get(key));
        found.copied().unwrap_or(i)
    };
    nodes.iter().zip(equal).enumerate().map(source).collect()
}

/// Splits groups until the members of each lead to the same groups.
fn refine(mut keys: Vec<usize>, nodes: &[Node], source: &[usize]) -> Vec<usize> {
    let mut count = usize::MAX;
    loop {
        let mut interner = Interner::default();
        let mut next = Vec::with_capacity(keys.len());
        for i in 0..nodes.len() {
            let key = |i: usize| keys.get(source.get(i).copied().unwrap_or(i)).copied();
            let own = source.get(i).copied().unwrap_or(i);
            let refs = nodes.get(own).map(|node| node.refs.as_slice()).unwrap_or_default();
            let refs: Vec<Option<usize>> = refs.iter().map(|to| key(*to)).collect();
            next.push(interner.key((key(i), refs)));
        }
        keys = next;
        // Groups only ever split: as many as before are the same ones.
        if interner.known.len() == count {
            return keys;
        }
        count = interner.known.len();
    }
}

fn group(nodes: &[Node], keys: &[usize]) -> UniqueSchemas {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut all: Vec<UniqueSchema> = Vec::new();
    let mut of = BTreeMap::new();
    for (node, key) in nodes.iter().zip(keys) {
        let number = *numbers.entry(*key).or_insert(all.len());
        if number == all.len() {
            let (base, first) = (node.base.clone(), node.member);
            all.push(UniqueSchema {
                base,
                members: Vec::new(),
                first,
                is_request: !node.is_answer,
            });
        }
        if let Some(unique) = all.get_mut(number) {
            if !node.is_answer && !unique.is_request {
                (unique.first, unique.is_request) = (node.member, true);
            }
            unique.members.push(node.member);
            of.insert(node.member, number);
        }
    }
    UniqueSchemas { all, of }
}

/// Numbers for values, in the order in which they turn up.
struct Interner<K> {
    known: BTreeMap<K, usize>,
}

impl<K> Default for Interner<K> {
    fn default() -> Self {
        Self { known: BTreeMap::new() }
    }
}

impl<K: Ord> Interner<K> {
    fn key(&mut self, value: K) -> usize {
        let next = self.known.len();
        *self.known.entry(value).or_insert(next)
    }
}

/// In which fields two tables differ, in words; nothing if they only lead to different tables.
pub(super) fn differences(one: &TypedTable<'_>, other: &TypedTable<'_>) -> Vec<String> {
    let find = |fields: &TypedTable<'_>, name: &str| {
        let found = fields.fields.iter().find(|field| field.row.name == name);
        found.map(|field| (shape(&field.kind), field.labels.clone(), field.row.required))
    };
    let mut found = Vec::new();
    for field in &one.fields {
        let name = &field.row.name;
        let this = find(one, name);
        match (this, find(other, name)) {
            (Some(_), None) => found.push(format!("`{name}` is missing")),
            (Some((a, ..)), Some((b, ..))) if a != b => {
                found.push(format!("`{name}` is {} instead of {}", type_word(&b), type_word(&a)));
            }
            (Some((_, a, _)), Some((_, b, _))) if a != b => {
                found.push(format!("`{name}` has other constraints"));
            }
            (Some((.., Some(a))), Some((.., Some(b)))) if a != b => {
                let words = if b { "required" } else { "optional" };
                found.push(format!("`{name}` is {words}"));
            }
            _ => {}
        }
    }
    for field in other.fields.iter().filter(|field| find(one, &field.row.name).is_none()) {
        found.push(format!("`{}` is added", field.row.name));
    }
    if one.form != other.form {
        found.push(form_word(other.form).to_owned());
    }
    found
}

fn type_word(shape: &str) -> String {
    shape.replace("table", "Object with fields")
}

fn form_word(form: Form) -> &'static str {
    match form {
        Form::Object => "it is an object",
        Form::Array => "it is a list",
        Form::Map => "it is a map",
        Form::File => "it is a file",
        Form::Scalar => "it is a single value",
    }
}
