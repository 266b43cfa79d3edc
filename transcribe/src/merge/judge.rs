//! What becomes of each difference. In: the statements of a source, and the rows of the document. Out:
//! findings: applied, left by a row, or open.
//!
//! All statements about one place are judged together, so that their order does not matter: where they
//! differ among themselves, nothing is applied.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::{
    about::{Rows, Ruling},
    compared::{Absence, Clash},
    fact::Fact,
    finding::{Finding, Outcome, Problem, Waiting},
    fix::Fix,
    pairing::{Pairing, targets},
    place::{DocPlace, Edited, PagePlace, Stated, Tree},
    provenance,
    source::{self, Source},
    statement::{Says, Statement, bare},
    subject::Subject,
};

/// A finding, and what a row that waits for a decision about it has to say.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) finding: Finding,
    pub(super) subject: Subject,
    pub(super) word: String,
    pub(super) values: Vec<Value>,
    pub(super) source: Source,
    /// A row that decides the same fact for other values.
    pub(super) outdated: Option<String>,
    /// Where it comes in the order of the source.
    pub(super) order: usize,
}

/// A fact about which kinds of sources differ.
struct Dispute {
    /// Whether the statement takes the place of what the document says.
    is_won: bool,
    problem: Problem,
    /// The kind of source that the document's value is from, and that value.
    loser: Source,
    lost: Value,
}

pub(super) struct Judge<'v> {
    pub(super) page: Tree<'v, Stated>,
    pub(super) doc: Tree<'v, Edited>,
    pub(super) rows: Rows,
    pub(super) judged: Vec<Judged>,
}

impl Judge<'_> {
    /// Judges everything that the source states.
    pub(super) fn statements(&mut self, statements: Vec<Statement>, pairing: &Pairing) {
        let mut groups: BTreeMap<(DocPlace, String), Vec<Statement>> = BTreeMap::new();
        let mut order = BTreeMap::new();
        for (number, statement) in statements.into_iter().enumerate() {
            let key = (statement.at.clone(), statement.key());
            order.entry(key.clone()).or_insert(number);
            groups.entry(key).or_default().push(statement);
        }
        let (components, parts): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, group)| group.iter().any(Statement::is_component));
        let mut open: VecDeque<PagePlace> = VecDeque::new();
        for (key, group) in parts {
            let number = order.get(&key).copied().unwrap_or_default();
            open.extend(self.group(group, pairing, number));
        }
        let last = order.len() + components.len();
        // Components come with what refers to them.
        let mut components: BTreeMap<PagePlace, Vec<Statement>> = components
            .into_iter()
            .filter_map(|(_, group)| Some((group.first()?.page.clone(), group)))
            .collect();
        let mut added = Vec::new();
        while let Some(page) = open.pop_front() {
            if let Some(group) = components.remove(&page) {
                open.extend(group.iter().flat_map(|statement| targets(&statement.fixes)));
                added.push((page, group));
            }
        }
        // In the order of the source, for what is put behind what.
        let places: Vec<PagePlace> = ["responses", "parameters", "headers", "schemas"]
            .into_iter()
            .flat_map(|kind| {
                let at = PagePlace::of(["components", kind]);
                self.page.keys(&at).map(move |name| at.child(name)).collect::<Vec<_>>()
            })
            .collect();
        added.sort_by_key(|(page, _)| places.iter().position(|known| known == page));
        for (number, (_, group)) in added.into_iter().enumerate() {
            self.group(group, pairing, last + number);
        }
    }

    /// Judges all statements about one fact of one place; gives back what is referred to if it is applied.
    fn group(
        &mut self,
        mut group: Vec<Statement>,
        pairing: &Pairing,
        order: usize,
    ) -> Vec<PagePlace> {
        group.sort_by(|a, b| a.page.cmp(&b.page));
        let Some(one) = group.iter().find(|statement| !statement.holds) else {
            return Vec::new();
        };
        let one = one.clone();
        let is_agreed =
            matches!(one.says, Says::Words(..)) || group.iter().all(|other| other.agrees(&one));
        let word = one.says.about().0;
        let values = values_of(&group, &one, is_agreed);
        let problem = match (&one.says, is_agreed) {
            (_, false) => Problem::Disagreement { word: word.to_owned(), says: self.says(&group) },
            (Says::Fact(stated), true) => {
                Problem::Differs { stated: stated.clone(), found: one.found.clone() }
            }
            (Says::Has(part), true) => Problem::Missing(part.clone()),
            (Says::Words(keyword, value), true) => {
                Problem::Unwritten { keyword, value: value.clone() }
            }
        };
        let fixes: Vec<Fix> =
            one.fixes.iter().cloned().map(|fix| pairing.adopted_fix(fix)).collect();
        let is_insert = |fix: &&Fix| matches!(fix, Fix::Insert { .. });
        let main = fixes.iter().rfind(is_insert).or(fixes.first());
        let is_required = matches!(one.says, Says::Fact(Fact::Required(_)));
        let main = main.filter(|_| is_agreed && !is_required);
        let place = main.map_or_else(|| one.at.clone(), Fix::place);
        let applied = is_agreed.then_some(fixes);
        let source = source::of(self.page, &one.page);
        // What a row has decided is no dispute any more.
        let ruling = self.rows.ruling(&one.subject, one.says.about().0, &values, source);
        let is_decided = matches!(ruling, Ruling::Decided(_));
        let dispute = if is_agreed && !is_decided { self.dispute(&one) } else { None };
        let is_applied = match &dispute {
            Some(Dispute { is_won: false, problem, .. }) => self.finding(
                place.clone(),
                one.subject.clone(),
                source,
                values,
                problem.clone(),
                None,
            ),
            _ => self.finding(place.clone(), one.subject.clone(), source, values, problem, applied),
        };
        if let Some(judged) = self.judged.last_mut() {
            judged.order = order;
        }
        if let Some(Dispute { is_won: true, problem, loser, lost }) = dispute
            && is_applied
        {
            self.finding(place, one.subject.clone(), loser, vec![lost], problem, None);
        }
        if is_applied { targets(&one.fixes) } else { Vec::new() }
    }

    /// Whether a fact differs from what another kind of source has put into the document. Of both, the document
    /// has that of the pages, in whatever order they came, and a row waits about the other.
    fn dispute(&self, one: &Statement) -> Option<Dispute> {
        let (Says::Fact(fact), Some(lost)) = (&one.says, &one.found) else { return None };
        // A list takes the values of both.
        if matches!(fact, Fact::Values { .. }) {
            return None;
        }
        let entry = source::entry(self.page, &one.page)?;
        let named = provenance::named(self.doc, &one.at);
        let other = provenance::first_other(&named, &entry)?;
        let name = |source: &Value| source::label(source).unwrap_or_default();
        let mut says = vec![(name(&entry), fact.value()), (name(other), lost.clone())];
        says.sort_by(|a, b| a.0.cmp(&b.0));
        Some(Dispute {
            is_won: provenance::precedes(&entry, &named),
            problem: Problem::Disagreement { word: fact.word().to_owned(), says },
            loser: source::name_of(other)?.0,
            lost: lost.clone(),
        })
    }

    /// What each page says, by its name.
    fn says(&self, group: &[Statement]) -> Vec<(String, Value)> {
        let mut says: Vec<(String, Value)> = group
            .iter()
            .map(|statement| {
                let value = match statement.says.about().1 {
                    Some(value) => value,
                    None => {
                        statement.fixes.iter().find_map(Fix::value).map(bare).unwrap_or_default()
                    }
                };
                (source::name(self.page, &statement.page), value)
            })
            .collect();
        says.sort_by(|a, b| (&a.0, a.1.to_string()).cmp(&(&b.0, b.1.to_string())));
        says.dedup();
        says
    }

    /// What the source lacks is listed and stays.
    pub(super) fn absence(&mut self, absence: Absence, source: Source) {
        let Absence { subject, at, part, values } = absence;
        self.finding(at, subject, source, values, Problem::Gone(part), None);
    }

    pub(super) fn clash(&mut self, clash: Clash) {
        let Clash { operation, at, stated, document } = clash;
        let subject = Subject { name: operation.clone(), ..Subject::default() };
        let finding = Finding {
            place: at,
            field: operation,
            problem: Problem::Clash { stated, document },
            outcome: Outcome::Open(None),
        };
        let word = String::new();
        self.judged.push(Judged {
            finding,
            subject,
            word,
            values: Vec::new(),
            source: Source::Page,
            outdated: None,
            order: 0,
        });
    }

    /// Looks up whether a row decides, and notes what becomes of a problem; gives back whether the fixes
    /// are applied.
    pub(super) fn finding(
        &mut self,
        place: DocPlace,
        subject: Subject,
        source: Source,
        values: Vec<Value>,
        problem: Problem,
        fixes: Option<Vec<Fix>>,
    ) -> bool {
        let word = problem.word().to_owned();
        let mut outdated = None;
        let is_gone = matches!(problem, Problem::Gone(_));
        let outcome = match self.rows.ruling(&subject, &word, &values, source) {
            Ruling::Decided(row) => Outcome::Left { row: row.to_owned() },
            Ruling::Waits(row, at) => {
                let (row, place) = (row.to_owned(), at.clone());
                Outcome::Open(Some(Waiting { row, place, is_new: false }))
            }
            Ruling::Outdated(row) if !is_gone => {
                outdated = Some(row.to_owned());
                Outcome::Open(None)
            }
            _ => fixes.map_or(Outcome::Open(None), Outcome::Applied),
        };
        let is_applied = matches!(outcome, Outcome::Applied(_));
        let field = subject.name.clone();
        let finding = Finding { place, field, problem, outcome };
        let order = usize::MAX;
        self.judged.push(Judged { finding, subject, word, values, source, outdated, order });
        is_applied
    }
}

impl Judged {
    /// Whether a row has to be added, so that somebody decides.
    pub(super) fn needs_row(&self) -> bool {
        let is_listed = matches!(self.finding.problem, Problem::Gone(_) | Problem::Clash { .. });
        self.finding.outcome == Outcome::Open(None) && !is_listed
    }
}

/// The values that statements about one fact state, for the rows that may know them.
fn values_of(group: &[Statement], one: &Statement, is_agreed: bool) -> Vec<Value> {
    let value = one.says.about().1;
    let mut values: Vec<Value> = Vec::new();
    match (&one.says, is_agreed) {
        // Of a list, only what the document lacks is in question.
        (Says::Fact(Fact::Values { values: stated, .. }), true) => {
            let found = one.found.as_ref().and_then(Value::as_array);
            values = super::fact::lacking(stated, found.map_or(&[], Vec::as_slice));
        }
        _ => {
            for statement in group {
                let value = if is_agreed { value.clone() } else { statement.says.about().1 };
                values.extend(value.filter(|value| !values.contains(value)));
            }
        }
    }
    values
}

/// A value in a sentence.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

/// `values` of a row, which are one value or several.
pub(super) fn known(values: &[Value]) -> Value {
    match values {
        [one] if !one.is_array() => one.clone(),
        several => json!(several),
    }
}
