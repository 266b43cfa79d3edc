//! Operations of both sides, by method and path: parameters, bodies and answers.
//!
//! An operation is its method and path. One whose id the document has for another call, or whose call it
//! has under another operation's id, is not compared at all.

use std::collections::{BTreeMap, BTreeSet};

use conventions::paths;
use serde_json::{Value, json};

use super::{
    compared::Clash,
    error::MergeError,
    finding::Part,
    fix::Fix,
    paths::all,
    place::{DocPlace, PagePlace, Place, Tree},
    schema,
    subject::Subject,
    walk::{Walk, preceding},
};

fn id<S>(tree: Tree<'_, S>, at: &Place<S>) -> String {
    tree.text(at, "operationId").unwrap_or_default().to_owned()
}

/// Method and path, for messages.
fn call<S>(at: &Place<S>) -> String {
    let path = at.parent().map(|path| path.last().to_owned()).unwrap_or_default();
    format!("{} {path}", at.last().to_uppercase())
}

/// A call without the names of its parameters: to a server they mean nothing.
fn shape(call: &str) -> String {
    let mut shape = String::with_capacity(call.len());
    let mut is_inside = false;
    for c in call.chars() {
        is_inside = (is_inside || c == '{') && c != '}';
        if !is_inside {
            shape.push(c);
        }
    }
    shape
}

impl Walk<'_> {
    /// Compares every operation of the source.
    pub(super) fn operations(&mut self) -> Result<(), MergeError> {
        let pages: Vec<PagePlace> = all(self.page).collect();
        let stated: BTreeSet<String> = pages.iter().map(|at| id(self.page, at)).collect();
        let known: Vec<DocPlace> = all(self.doc).collect();
        let by_id: BTreeMap<String, &DocPlace> =
            known.iter().map(|at| (id(self.doc, at), at)).collect();
        let by_shape: BTreeMap<String, &DocPlace> =
            known.iter().map(|at| (shape(&call(at)), at)).collect();
        for page in pages {
            let name = id(self.page, &page);
            let doc = DocPlace::from(page.pointer().clone());
            let elsewhere = by_id.get(&name).copied().filter(|at| **at != doc);
            let here = by_shape.get(&shape(&call(&page))).copied();
            let is_other = here.is_some_and(|at| {
                let there = id(self.doc, at);
                *at != doc || (there != name && stated.contains(&there))
            });
            match here {
                _ if elsewhere.is_some() || is_other => {
                    for at in elsewhere.into_iter().chain(here) {
                        self.clash(&name, &page, at);
                    }
                }
                Some(_) => self.operation(&page, &doc)?,
                None => self.new_operation(&page, &doc)?,
            }
        }
        Ok(())
    }

    fn clash(&mut self, name: &str, page: &PagePlace, doc: &DocPlace) {
        let stated = format!("the page of `{name}` has `{}`", call(page));
        let document = format!("`{}` is `{}`", id(self.doc, doc), call(doc));
        if document == format!("`{name}` is `{}`", call(page)) {
            return;
        }
        self.found.matched.insert(doc.clone());
        self.found.clashes.push(Clash {
            operation: name.to_owned(),
            at: doc.clone(),
            stated,
            document,
        });
    }

    fn new_operation(&mut self, page: &PagePlace, doc: &DocPlace) -> Result<(), MergeError> {
        let mut operation = self.page.get(page).cloned().unwrap_or_default();
        let parameters = page.child("parameters");
        let mut adopted = Vec::new();
        for i in 0..self.page.list(&parameters).len() {
            adopted.push(self.shared_parameter(&self.page_target(&parameters.child(i)))?);
        }
        if let Some(list) = operation.get_mut("parameters") {
            *list = Value::Array(adopted);
        }
        let name = id(self.page, page);
        if let (Some(tags), Some(known)) = (operation.get_mut("tags"), self.tags_of_resource(page))
        {
            tags.clone_from(known);
        }
        let tags: Vec<Value> =
            operation.get("tags").and_then(Value::as_array).cloned().unwrap_or_default();
        let subject = Subject { name: name.clone(), own: vec![doc.clone()], owners: Vec::new() };
        let (paths, item) = (PagePlace::of(["paths"]), page.parent().unwrap_or_default());
        let (path, method) = (item.last().to_owned(), page.last().to_owned());
        let fixes = vec![
            Fix::Insert {
                into: DocPlace::of(["paths"]),
                key: path.clone(),
                value: json!({}),
                behind: preceding(self.page.keys(&paths), &path),
                at_front: false,
            },
            Fix::Insert {
                into: DocPlace::from(item.pointer().clone()),
                key: method.clone(),
                value: operation,
                behind: preceding(self.page.keys(&item), &method),
                at_front: false,
            },
        ];
        self.will_be_at(page, doc.clone());
        self.found.matched.insert(doc.clone());
        self.has(&subject, page, doc.clone(), Part::Operation(name), fixes);
        tags.iter().for_each(|tag| self.tag(page, tag));
        Ok(())
    }

    /// The tags that the document has for the resource which the tag of a source names in its path.
    fn tags_of_resource(&self, page: &PagePlace) -> Option<&Value> {
        let tag = self.page.list(&page.child("tags")).first()?.as_str()?;
        let path = page.parent()?;
        let at = paths::split(path.last()).0.split('/').position(|part| part == tag)?;
        let resource = |path: &str| {
            let parts = paths::split(path).0.split('/').take(at + 1);
            parts.map(shape).collect::<Vec<_>>()
        };
        let is_same = |at: &DocPlace| {
            at.parent().is_some_and(|at| resource(at.last()) == resource(path.last()))
        };
        all(self.doc).find(is_same).and_then(|at| self.doc.key(&at, "tags"))
    }

    /// Declares a tag that the document lacks.
    fn tag(&mut self, page: &PagePlace, tag: &Value) {
        let Some(name) = tag.as_str() else { return };
        let is_it = |known: &&Value| known.get("name") == Some(tag);
        let (list, doc) = (PagePlace::of(["tags"]), DocPlace::of(["tags"]));
        let known = self.doc.list(&doc);
        if known.iter().any(|known| is_it(&known)) {
            return;
        }
        let value = self.page.list(&list).iter().find(is_it).cloned();
        let value = value.unwrap_or_else(|| json!({"name": tag}));
        let (at, before) = (doc.child(name), known.len());
        let fix = Fix::InsertItem { list: doc, before, value };
        self.has(&Subject::default(), page, at, Part::Tag(name.to_owned()), vec![fix]);
    }

    /// Compares an operation that both have.
    fn operation(&mut self, page: &PagePlace, doc: &DocPlace) -> Result<(), MergeError> {
        let name = id(self.page, page);
        let subject = Subject { name, own: vec![doc.clone()], owners: Vec::new() };
        self.is_at(page, &subject);
        self.found.matched.insert(doc.clone());
        for keyword in ["summary", "description"] {
            if let (Some(value), None) = (self.page.key(page, keyword), self.doc.key(doc, keyword))
            {
                self.words(page, doc.clone(), keyword, value);
            }
        }
        self.parameters(page, doc)?;
        self.body(page, doc)?;
        self.responses(page, doc)
    }

    /// The target of a reference of the document, or the place itself.
    pub(super) fn doc_target(&self, at: &DocPlace) -> Result<DocPlace, MergeError> {
        schema::resolved(self.doc, at)
    }

    /// The same of the source, which is whole by itself.
    pub(super) fn page_target(&self, at: &PagePlace) -> PagePlace {
        schema::resolved(self.page, at).unwrap_or_else(|_| at.clone())
    }
}
