//! What merging knows while it goes along, and how it judges a difference.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::{
    later::Later,
    operation,
    place::Place,
    report::{Change, ChangeKind, Decided, MergeError, Pending},
    rows::Rows,
    words,
};
use crate::transcript::Transcript;

/// Something of the document that rows of `x-errata` can be about, together with its counterpart.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// As the page spells it.
    pub(super) name: String,
    /// Other words for it: a text that has all words of one of these names it.
    pub(super) aliases: Vec<Vec<String>>,
    /// Its object in the transcript.
    pub(super) page: Place,
    /// Objects whose rows are about nothing else.
    pub(super) own: Vec<Place>,
    /// Objects whose rows are about it when they name it: its schema, and the operations that use that.
    pub(super) owners: Vec<Place>,
}

/// Whether a difference is to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Apply,
    Leave,
}

/// Where a fact stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Table,
    Text,
}

pub(super) struct State<'t> {
    pub(super) page: &'t Value,
    pub(super) doc: Value,
    /// Keywords that come from prose, by their object in the transcript.
    promoted: BTreeMap<Place, BTreeSet<&'t str>>,
    /// The pages that were given, by their operation.
    pub(super) pages: BTreeSet<String>,
    /// Schemas of the transcript that requests are made of: only there is requiredness stated.
    pub(super) asked: BTreeSet<Place>,
    /// The operations that use a schema of the document.
    users: BTreeMap<Place, Vec<Place>>,
    /// Components of the transcript, and what stands for them in the document.
    pub(super) pairs: BTreeMap<Place, Vec<Place>>,
    /// Objects of the transcript, and what they are in the document.
    pub(super) places: BTreeMap<Place, Vec<Field>>,
    /// Objects of the document, with the names of all properties that pages give them.
    pub(super) stated_properties: BTreeMap<Place, BTreeSet<String>>,
    /// Parts of the document that some page speaks of.
    pub(super) touched: BTreeSet<Place>,
    /// The first statement about each keyword of a place, and the page that made it.
    stated: BTreeMap<(Place, String), (Value, String)>,
    seen: BTreeSet<(Place, Place)>,
    /// Values that got another shape.
    pub(super) shaped: BTreeSet<(Place, Place)>,
    open: VecDeque<(Place, Place)>,
    pub(super) later: VecDeque<Later>,
    pub(super) rows: Rows,
    pub(super) changes: Vec<Change>,
    pub(super) decided: BTreeSet<Decided>,
    pub(super) pending: BTreeSet<Pending>,
}

impl<'t> State<'t> {
    pub(super) fn new(doc: Value, transcript: &'t Transcript) -> Self {
        let page = &transcript.document;
        let mut promoted: BTreeMap<Place, BTreeSet<&str>> = BTreeMap::new();
        for promotion in &transcript.promotions {
            let keywords = promoted.entry(Place::new(&promotion.pointer)).or_default();
            keywords.insert(&promotion.keyword);
        }
        let pages = operation::all(page).filter_map(|at| operation::page(page, &at)).collect();
        let users = operation::users(&doc);
        let rows = Rows::of(&doc);
        Self {
            page,
            doc,
            promoted,
            pages,
            asked: operation::asked(page),
            users,
            pairs: BTreeMap::new(),
            places: BTreeMap::new(),
            stated_properties: BTreeMap::new(),
            touched: BTreeSet::new(),
            stated: BTreeMap::new(),
            seen: BTreeSet::new(),
            shaped: BTreeSet::new(),
            open: VecDeque::new(),
            later: VecDeque::new(),
            rows,
            changes: Vec::new(),
            decided: BTreeSet::new(),
            pending: BTreeSet::new(),
        }
    }

    /// Compares schemas that turned up, and adds what was found missing, until nothing is left.
    pub(super) fn finish_open(&mut self) -> Result<(), MergeError> {
        loop {
            while let Some((page, doc)) = self.open.pop_front() {
                self.component(&page, &doc)?;
            }
            let Some(later) = self.later.pop_front() else { return Ok(()) };
            self.add(later)?;
        }
    }

    /// Makes two schemas counterparts.
    pub(super) fn pair(&mut self, page: &Place, doc: &Place) {
        let pairs = self.pairs.entry(page.clone()).or_default();
        if !pairs.contains(doc) {
            pairs.push(doc.clone());
            self.open.push_back((page.clone(), doc.clone()));
        }
    }

    /// Whether these two have not been compared yet; from now on they have.
    pub(super) fn is_first(&mut self, page: &Place, doc: &Place) -> bool {
        self.seen.insert((page.clone(), doc.clone()))
    }

    /// Lets two be compared again.
    pub(super) fn forget(&mut self, page: &Place, doc: &Place) {
        self.seen.remove(&(page.clone(), doc.clone()));
    }

    /// Operations stand elsewhere now, with their rows.
    pub(super) fn places_changed(&mut self) {
        self.users = operation::users(&self.doc);
        self.rows = Rows::of(&self.doc);
    }

    /// The operations that use a schema, together with the schema.
    pub(super) fn owners(&self, schema: &Place) -> Vec<Place> {
        let users = self.users.get(schema).into_iter().flatten();
        [schema].into_iter().chain(users).cloned().collect()
    }

    /// Notes what an object of the transcript is in the document.
    pub(super) fn is_at(&mut self, field: &Field) {
        let fields = self.places.entry(field.page.clone()).or_default();
        if !fields.iter().any(|known| known.own == field.own) {
            fields.push(field.clone());
        }
    }

    /// Whether a keyword of a field comes from prose.
    pub(super) fn source(&self, field: &Field, at: &Place, keyword: &str) -> Source {
        let is_promoted = [&field.page, at].into_iter().any(|place| {
            self.promoted.get(place).is_some_and(|keywords| keywords.contains(keyword))
        });
        if is_promoted { Source::Text } else { Source::Table }
    }

    /// Notes what a page says about a place of the document; the first word counts. Gives back whether this
    /// is that word.
    pub(super) fn state(
        &mut self,
        field: &Field,
        at: &Place,
        subject: &str,
        value: &Value,
    ) -> bool {
        let page = self.page_of(&field.page);
        let key = (at.clone(), subject.to_owned());
        let (first, _) = self.stated.entry(key).or_insert_with(|| (value.clone(), page));
        first == value
    }

    /// What becomes of a difference: nothing when a row decides it or another page says otherwise.
    pub(super) fn judge(
        &mut self,
        field: &Field,
        at: &Place,
        subject: &str,
        value: &Value,
        source: Source,
    ) -> Verdict {
        self.state(field, at, subject, value);
        let key = if source == Source::Text { "text" } else { "table" };
        let fact = words::of_fact(subject, value);
        if let Some(row) = self.rows.deciding(field, Some(key), fact.as_deref()) {
            let (place, subject, field) = (at.clone(), subject.to_owned(), field.name.clone());
            let is_contradiction = false;
            self.decided.insert(Decided { place, subject, field, row, is_contradiction });
            return Verdict::Leave;
        }
        let first = self.stated.get(&(at.clone(), subject.to_owned()));
        let other = first.filter(|(first, _)| first != value).cloned();
        match other {
            Some((first, page)) => {
                let mut says = [
                    format!("{page}: {}", shown(&first)),
                    format!("{}: {}", self.page_of(&field.page), shown(value)),
                ];
                says.sort();
                self.conflict(at, subject, &says.join("; "));
                Verdict::Leave
            }
            None if self.has_conflict(at, subject) => Verdict::Leave,
            None => Verdict::Apply,
        }
    }

    pub(super) fn added(&mut self, place: Place, subject: impl Into<String>, value: Option<Value>) {
        let kind = ChangeKind::Added { value };
        self.changes.push(Change { place, subject: subject.into(), kind });
    }

    pub(super) fn changed(
        &mut self,
        place: Place,
        subject: impl Into<String>,
        old: Value,
        new: Value,
    ) {
        let kind = ChangeKind::Changed { old, new };
        self.changes.push(Change { place, subject: subject.into(), kind });
    }

    /// The page that an object of the transcript comes from.
    fn page_of(&self, at: &Place) -> String {
        let mut at = Some(at.clone());
        while let Some(place) = at {
            if let Some(page) = place.child("x-source").text(self.page, "page") {
                return page.to_owned();
            }
            at = place.parent();
        }
        "a page".to_owned()
    }
}

/// A value in a sentence.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}
