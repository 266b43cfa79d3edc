//! Bodies and answers of an operation: statuses, headers, media types, examples.

use serde_json::Value;

use super::{
    error::MergeError,
    finding::Part,
    fix::Fix,
    place::{DocPlace, PagePlace},
    source::{self, Source},
    subject::Subject,
    walk::{Walk, preceding},
};

impl Walk<'_> {
    pub(super) fn body(&mut self, page: &PagePlace, doc: &DocPlace) -> Result<(), MergeError> {
        let (page_body, doc_body) = (page.child("requestBody"), doc.child("requestBody"));
        let subject = part_of(doc, "body");
        match (self.page.get(&page_body), self.doc.get(&doc_body)) {
            (Some(_), Some(_)) => {
                let (page, doc) = (self.page_target(&page_body), self.doc_target(&doc_body)?);
                self.contents(&page, &doc, &subject)?;
                self.examples(&page, &doc);
            }
            (Some(value), None) => {
                let fix = self.insert(doc, "requestBody", value, Vec::new());
                self.will_be_at(&page_body, doc_body);
                self.has(&subject, &page_body, doc.clone(), Part::RequestBody, vec![fix]);
            }
            (None, Some(_)) => self.lacks(subject, doc_body, Part::RequestBody),
            (None, None) => {}
        }
        Ok(())
    }

    pub(super) fn responses(&mut self, page: &PagePlace, doc: &DocPlace) -> Result<(), MergeError> {
        let (page_list, doc_list) = (page.child("responses"), doc.child("responses"));
        // A package speaks of the success alone, and knows no number for it.
        let is_package = source::of(self.page, page) == Source::Sdk;
        let success = self.doc.keys(&doc_list).find(|status| status.starts_with('2'));
        for (status, value) in self.page.object(&page_list) {
            let known =
                success.filter(|known| is_package && self.has_body(&doc_list.child(known), value));
            let page_answer = page_list.child(status);
            let doc_answer = doc_list.child(known.unwrap_or(status));
            if self.doc.get(&doc_answer).is_some() {
                self.response(&page_answer, &doc_answer, doc, status)?;
                continue;
            }
            let behind = preceding(self.page.keys(&page_list), status);
            let fix = self.insert(&doc_list, status, value, behind);
            self.will_be_at(&page_answer, doc_answer);
            let part = Part::Status(status.clone());
            self.has(&part_of(doc, status), &page_answer, doc.clone(), part, vec![fix]);
        }
        for status in self.doc.keys(&doc_list).filter(|_| !is_package) {
            let is_status = status.bytes().all(|byte| byte.is_ascii_digit());
            if is_status && self.page.key(&page_list, status).is_none() {
                let at = doc_list.child(status);
                self.lacks(part_of(doc, status), at, Part::Status(status.clone()));
            }
        }
        Ok(())
    }

    /// Whether an answer of the document has a body if the stated one has.
    fn has_body(&self, doc: &DocPlace, stated: &Value) -> bool {
        let has_content =
            |value: Option<&Value>| value.is_some_and(|value| value.get("content").is_some());
        let target = self.doc_target(doc).ok();
        !has_content(Some(stated)) || has_content(target.and_then(|at| self.doc.get(&at)))
    }

    fn response(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        operation: &DocPlace,
        status: &str,
    ) -> Result<(), MergeError> {
        let (page_target, doc_target) = (self.page_target(page), self.doc_target(doc)?);
        self.headers(&page_target, &doc_target, operation)?;
        // An answer that all operations share need not have a table on this page.
        let is_shared = *page != page_target || *doc != doc_target;
        if is_shared && self.doc.object(&doc_target.child("content")).is_empty() {
            return Ok(());
        }
        self.contents(&page_target, &doc_target, &part_of(operation, status))?;
        let pairs = self.counterparts(&page_target, &doc_target);
        let content = doc_target.child("content");
        for media in self.doc.keys(&content) {
            let at = content.child(media);
            if !pairs.iter().any(|(_, known)| *known == at) {
                self.lacks(part_of(operation, status), at, Part::Content(media.clone()));
            }
        }
        if !is_shared {
            self.examples(&page_target, &doc_target);
        }
        Ok(())
    }

    /// Compares headers of an answer by name.
    fn headers(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        operation: &DocPlace,
    ) -> Result<(), MergeError> {
        let (page_list, doc_list) = (page.child("headers"), doc.child("headers"));
        for name in self.doc.keys(&doc_list) {
            if self.page.key(&page_list, name).is_none() {
                let at = doc_list.child(name);
                self.lacks(part_of(operation, name), at, Part::Header(name.clone()));
            }
        }
        for (name, value) in self.page.object(&page_list) {
            let page_header = self.page_target(&page_list.child(name));
            let doc_header = doc_list.child(name);
            let mut subject = part_of(operation, name);
            if self.doc.get(&doc_header).is_none() {
                let behind = preceding(self.page.keys(&page_list), name);
                let fix = self.insert(&doc_list, name, value, behind);
                self.will_be_at(&page_list.child(name), doc_header);
                let part = Part::Header(name.clone());
                self.has(&subject, &page_header, doc.clone(), part, vec![fix]);
                continue;
            }
            let doc_header = self.doc_target(&doc_header)?;
            subject.own = vec![doc_header.clone(), doc_header.child("schema")];
            self.is_at(&page_header, &subject);
            self.fill(&page_header, &doc_header, std::slice::from_ref(&doc_header), "description");
            self.schema_of(&page_header, &doc_header, &subject)?;
        }
        Ok(())
    }

    /// Compares bodies that are counterparts: of one media type, or the only ones.
    pub(super) fn contents(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        subject: &Subject,
    ) -> Result<(), MergeError> {
        let pairs = self.counterparts(page, doc);
        let (page_list, doc_list) = (page.child("content"), doc.child("content"));
        for (media, value) in self.page.object(&page_list) {
            let page_media = page_list.child(media);
            if pairs.iter().any(|(paired, _)| *paired == page_media) {
                continue;
            }
            let behind = preceding(self.page.keys(&page_list), media);
            let fix = self.insert(&doc_list, media, value, behind);
            self.will_be_at(&page_media, doc_list.child(media));
            let part = Part::Content(media.clone());
            self.has(subject, &page_media, doc.clone(), part, vec![fix]);
        }
        pairs.iter().try_for_each(|(page, doc)| self.schema_of(page, doc, subject))
    }

    /// Compares the schema of a body, parameter or header.
    pub(super) fn schema_of(
        &mut self,
        page: &PagePlace,
        doc: &DocPlace,
        subject: &Subject,
    ) -> Result<(), MergeError> {
        let (page_schema, doc_schema) = (page.child("schema"), doc.child("schema"));
        match (self.page.get(&page_schema), self.doc.get(&doc_schema)) {
            (Some(_), Some(_)) => self.schema(&page_schema, &doc_schema, subject),
            (Some(value), None) => {
                let (at, keyword) = (doc.clone(), "schema".to_owned());
                let fix = Fix::Set { at, keyword, value: value.clone() };
                self.will_be_at(&page_schema, doc_schema);
                self.has(subject, &page_schema, doc.clone(), Part::Inside("schema"), vec![fix]);
                Ok(())
            }
            (None, _) => Ok(()),
        }
    }

    /// Takes examples over where people have written none.
    fn examples(&mut self, page: &PagePlace, doc: &DocPlace) {
        for (page, doc) in self.counterparts(page, doc) {
            let names = ["example", "examples"];
            if names.iter().any(|name| self.doc.key(&doc, name).is_some()) {
                continue;
            }
            let found =
                names.into_iter().find_map(|name| Some((name, self.page.key(&page, name)?)));
            if let Some((name, value)) = found {
                self.words(&page, doc, name, value);
            }
        }
    }

    fn counterparts(&self, page: &PagePlace, doc: &DocPlace) -> Vec<(PagePlace, DocPlace)> {
        let (page, doc) = (page.child("content"), doc.child("content"));
        let (stated, found) = (self.page.object(&page), self.doc.object(&doc));
        let only = found.keys().next().filter(|_| stated.len() == 1 && found.len() == 1);
        let pairs = stated.keys().filter_map(|media| {
            let counterpart = found.get_key_value(media).map(|(media, _)| media).or(only)?;
            Some((page.child(media), doc.child(counterpart)))
        });
        pairs.collect()
    }

    fn insert(&self, into: &DocPlace, key: &str, value: &Value, behind: Vec<String>) -> Fix {
        Fix::Insert {
            into: into.clone(),
            key: key.to_owned(),
            value: value.clone(),
            at_front: key != "requestBody",
            behind,
        }
    }
}

/// Something of an operation that is named by a word of its own: `body`, a status, or a header.
fn part_of(operation: &DocPlace, name: &str) -> Subject {
    Subject { name: name.to_owned(), own: Vec::new(), owners: vec![operation.clone()] }
}
