//! One operation: its body and its answers.

use serde_json::{Value, json};

use crate::merge::{
    later::{Entry, Later, Next},
    place::Place,
    report::MergeError,
    state::{Field, Source, State, Verdict},
};

impl State<'_> {
    /// Compares an operation that both have.
    pub(in crate::merge) fn operation(
        &mut self,
        page: &Place,
        doc: &Place,
    ) -> Result<(), MergeError> {
        let field = self.operation_field(page, doc);
        self.is_at(&field);
        for keyword in ["summary", "description"] {
            let value = page.key(self.page, keyword).cloned();
            if let Some(value) = value.filter(|_| doc.key(&self.doc, keyword).is_none()) {
                if let Some(map) = doc.object_mut(&mut self.doc) {
                    let behind = ["summary", "operationId"];
                    crate::merge::place::insert_behind(map, behind, keyword, value.clone());
                }
                self.added(doc.clone(), keyword, Some(value));
            }
        }
        self.parameters(page, doc)?;
        self.body(page, doc)?;
        self.responses(page, doc)
    }

    /// Compares request bodies.
    pub(in crate::merge) fn body(&mut self, page: &Place, doc: &Place) -> Result<(), MergeError> {
        let (page_body, doc_body) = (page.child("requestBody"), doc.child("requestBody"));
        let field = self.part(page, doc, "body");
        match (page_body.get(self.page).is_some(), doc_body.get(&self.doc).is_some()) {
            (true, true) => {
                let (page_body, doc_body) =
                    (self.page_target(&page_body), self.doc_target(&doc_body)?);
                self.contents(&page_body, &doc_body, &field)?;
                self.examples_of(&page_body, &doc_body);
                Ok(())
            }
            (true, false) => {
                if self.judge(&field, doc, "requestBody", &json!(true), Source::Table)
                    == Verdict::Apply
                {
                    let entry = Entry {
                        page: page.clone(),
                        doc: doc.clone(),
                        key: "requestBody".to_owned(),
                        subject: "request body".to_owned(),
                    };
                    let next = Next::Body { page: page.clone(), doc: doc.clone() };
                    self.later.push_back(Later::Entry { entry, next });
                }
                Ok(())
            }
            (false, true) => {
                self.is_gone(doc_body, "request body".to_owned(), &field);
                Ok(())
            }
            (false, false) => Ok(()),
        }
    }

    fn responses(&mut self, page: &Place, doc: &Place) -> Result<(), MergeError> {
        let statuses: Vec<String> =
            page.child("responses").object(self.page).keys().cloned().collect();
        for status in &statuses {
            self.response(page, doc, status)?;
        }
        let known: Vec<String> = doc.child("responses").object(&self.doc).keys().cloned().collect();
        for status in known {
            let is_status = status.bytes().all(|byte| byte.is_ascii_digit());
            if is_status && !statuses.contains(&status) {
                let field = self.part(page, doc, &status);
                self.is_gone(
                    doc.child("responses").child(&status),
                    format!("status {status}"),
                    &field,
                );
            }
        }
        Ok(())
    }

    /// Compares the answers of one status.
    pub(in crate::merge) fn response(
        &mut self,
        page: &Place,
        doc: &Place,
        status: &str,
    ) -> Result<(), MergeError> {
        let (page_answer, doc_answer) =
            (page.child("responses").child(status), doc.child("responses").child(status));
        let field = self.part(page, doc, status);
        if doc_answer.get(&self.doc).is_none() {
            let subject = format!("status {status}");
            if self.judge(&field, doc, &subject, &json!(true), Source::Table) == Verdict::Apply {
                let (page, doc) = (page.clone(), doc.clone());
                let entry = Entry {
                    page: page.child("responses"),
                    doc: doc.child("responses"),
                    key: status.to_owned(),
                    subject,
                };
                let next = Next::Response { page, doc, status: status.to_owned() };
                self.later.push_back(Later::Entry { entry, next });
            }
            return Ok(());
        }
        let (page_target, doc_target) =
            (self.page_target(&page_answer), self.doc_target(&doc_answer)?);
        self.headers(&page_target, &doc_target, doc)?;
        // An answer that all operations share need not have a table on this page.
        let is_shared = page_answer != page_target || doc_answer != doc_target;
        let has_content = !doc_target.child("content").object(&self.doc).is_empty();
        if is_shared && !has_content {
            return Ok(());
        }
        self.contents(&page_target, &doc_target, &field)?;
        if !is_shared {
            self.examples_of(&page_target, &doc_target);
        }
        Ok(())
    }

    /// Compares bodies that are counterparts.
    pub(in crate::merge) fn contents(
        &mut self,
        page: &Place,
        doc: &Place,
        field: &Field,
    ) -> Result<(), MergeError> {
        let pairs = self.counterparts(page, doc);
        for media in page.child("content").object(self.page).keys() {
            let page_media = page.child("content").child(media);
            if !pairs.iter().any(|(paired, _)| *paired == page_media) {
                self.new_content(page, doc, media, field);
            }
        }
        pairs.iter().try_for_each(|(page, doc)| self.media(page, doc, field))
    }

    fn new_content(&mut self, page: &Place, doc: &Place, media: &str, field: &Field) {
        let subject = format!("content {media}");
        if self.judge(field, doc, &subject, &json!(true), Source::Table) == Verdict::Apply {
            let entry = Entry {
                page: page.child("content"),
                doc: doc.child("content"),
                key: media.to_owned(),
                subject,
            };
            let next =
                Next::Contents { page: page.clone(), doc: doc.clone(), field: field.clone() };
            self.later.push_back(Later::Entry { entry, next });
        }
    }

    fn media(&mut self, page: &Place, doc: &Place, field: &Field) -> Result<(), MergeError> {
        if page.key(self.page, "schema").is_some() {
            if doc.key(&self.doc, "schema").is_some() {
                self.schema(&page.child("schema"), &doc.child("schema"), field)?;
            } else if self.judge(field, doc, "schema", &json!(true), Source::Table)
                == Verdict::Apply
            {
                let (page, doc) = (page.clone(), doc.clone());
                let field = field.clone();
                self.later.push_back(Later::Inside { page, doc, name: "schema".to_owned(), field });
            }
        }
        Ok(())
    }

    /// Takes examples over where people have written none.
    fn examples_of(&mut self, page: &Place, doc: &Place) {
        let has_any = |root: &Value, at: &Place| {
            ["example", "examples"].into_iter().find(|name| at.key(root, name).is_some())
        };
        for (page, doc) in self.counterparts(page, doc) {
            if let (Some(name), None) = (has_any(self.page, &page), has_any(&self.doc, &doc)) {
                let examples = page.key(self.page, name).cloned().unwrap_or_default();
                if let Some(map) = doc.object_mut(&mut self.doc) {
                    map.insert(name.to_owned(), examples);
                    self.added(doc, name, None);
                }
            }
        }
    }

    /// Bodies that are counterparts: of one media type, or the only ones.
    fn counterparts(&self, page: &Place, doc: &Place) -> Vec<(Place, Place)> {
        let (page, doc) = (page.child("content"), doc.child("content"));
        let (stated, found) = (page.object(self.page), doc.object(&self.doc));
        let only = found.keys().next().filter(|_| stated.len() == 1 && found.len() == 1);
        let pairs = stated.keys().filter_map(|media| {
            let counterpart = found.get_key_value(media).map(|(media, _)| media).or(only)?;
            Some((page.child(media), doc.child(counterpart)))
        });
        pairs.collect()
    }

    /// Something of an operation that is named by a word of its own: `body`, or a status.
    fn part(&self, page: &Place, doc: &Place, name: &str) -> Field {
        Field {
            name: name.to_owned(),
            page: page.clone(),
            own: Vec::new(),
            owners: vec![doc.clone()],
            ..Field::default()
        }
    }
}
