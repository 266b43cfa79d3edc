//! What merging found, as data: problems between a source and the document, and what becomes of each.
//!
//! `compare` and `judge` make these lists, `apply` carries the fixes out, and people read them.

use std::fmt;

use serde_json::Value;

use super::{fact::Fact, fix::Fix, place::DocPlace};
use crate::transcript::{At, Note, Promotion};

/// The outcome of merging.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The document with everything that was applied.
    pub document: Value,
    /// Every difference and contradiction, by place: applied, left or open.
    pub findings: Vec<Finding>,
    /// What rows of `x-errata` decide, although nothing of it was found. Only when every operation that
    /// the document has from sources of these kinds was compared.
    pub idle: Vec<Idle>,
    /// Constraints that come from prose, at their places in the merged document.
    pub promotions: Vec<Promotion>,
    /// Prose that was left to people, at its places in the merged document.
    pub notes: Vec<FieldNote>,
}

/// One difference between a source and the document, or contradiction of sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where it is in the merged document.
    pub place: DocPlace,
    /// The field as the source spells it.
    pub field: String,
    pub problem: Problem,
    pub outcome: Outcome,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The document says otherwise about a value, or nothing.
    Differs { stated: Fact, found: Option<Value> },
    /// The document lacks something that the source has.
    Missing(Part),
    /// Words or examples that the source has and nobody has written.
    Unwritten { keyword: &'static str, value: Value },
    /// The document has something from a page that no longer has it.
    Gone(Part),
    /// Pages of one source say different things about one place.
    Disagreement { word: String, says: Vec<(String, Value)> },
    /// A page contradicts itself.
    Contradiction { kind: String, sources: Vec<(String, String)>, at: At },
    /// The page's operation, or its call, is another one in the document; nothing of the page is merged.
    Clash { stated: String, document: String },
}

/// Something that a source or a document has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Operation(String),
    Parameter(String),
    RequestBody,
    Status(String),
    Content(String),
    Header(String),
    Property(String),
    /// `items`, `additionalProperties`, or the `schema` of a body.
    Inside(&'static str),
    /// A component: its kind, such as `schema`, and its name.
    Component(String, String),
    Tag(String),
    /// A value of a list, as people read it.
    Value(String),
    /// What a keyword says of a value: its word, and the value as JSON.
    Keyword(String, String),
}

/// What becomes of a problem.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The document gets what the source says.
    Applied(Vec<Fix>),
    /// The row of `x-errata` of this id has decided to leave it.
    Left { row: String },
    /// Somebody has to decide; the row that says so, where the document has an object that can hold one.
    Open(Option<Waiting>),
}

/// A row that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub row: String,
    pub place: DocPlace,
    /// Whether the row was added now.
    pub is_new: bool,
}

/// What a row decides in vain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Idle {
    pub place: DocPlace,
    pub row: String,
    pub word: String,
    pub field: Option<String>,
}

/// Prose about one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldNote {
    pub note: Note,
    /// Whether the document describes the field in words.
    pub is_described: bool,
}

impl Merge {
    /// Whether the document would have to change, or a row of it, to agree with the source.
    pub fn has_drift(&self) -> bool {
        let is_settled = |finding: &Finding| match &finding.outcome {
            Outcome::Applied(_) | Outcome::Open(None) => false,
            Outcome::Open(Some(waiting)) => !waiting.is_new,
            Outcome::Left { .. } => true,
        };
        !self.findings.iter().all(is_settled) || !self.idle.is_empty()
    }
}

impl Problem {
    /// The word that the `about` of a row has for it; empty for what no row can decide.
    pub fn word(&self) -> &str {
        match self {
            Self::Differs { stated, .. } => stated.word(),
            Self::Missing(_) => "presence",
            Self::Gone(Part::Value(_)) => "absent-values",
            Self::Gone(Part::Keyword(..)) => "absent-keywords",
            Self::Gone(_) => "absence",
            Self::Disagreement { word, .. } => word,
            Self::Contradiction { kind, .. } => kind,
            Self::Unwritten { .. } | Self::Clash { .. } => "",
        }
    }
}

impl Finding {
    /// Whether sources contradict themselves or each other, and not the document.
    pub fn is_contradiction(&self) -> bool {
        matches!(self.problem, Problem::Contradiction { .. } | Problem::Disagreement { .. })
    }

    /// The word that the `about` of a row has for it.
    pub fn word(&self) -> &str {
        self.problem.word()
    }

    /// The word or the part that it is about.
    pub fn subject(&self) -> String {
        match &self.problem {
            Problem::Differs { stated, .. } => stated.word().to_owned(),
            Problem::Missing(part) | Problem::Gone(part) => part.to_string(),
            Problem::Unwritten { keyword, .. } => (*keyword).to_owned(),
            Problem::Disagreement { word, .. } => word.clone(),
            Problem::Contradiction { kind, .. } => kind.clone(),
            Problem::Clash { .. } => "clash".to_owned(),
        }
    }

    /// The keyword that is set, and its value.
    fn set(&self) -> Option<(&str, &Value)> {
        let Outcome::Applied(fixes) = &self.outcome else { return None };
        fixes.iter().find_map(|fix| match fix {
            Fix::Set { keyword, value, .. } => Some((keyword.as_str(), value)),
            _ => None,
        })
    }
}

/// The line that people read, without the place.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let applied = |f: &mut fmt::Formatter<'_>, found: Option<&Value>, stated: &Fact| {
            let stated_value = stated.value();
            let (keyword, value) = self.set().unwrap_or((stated.keyword(), &stated_value));
            match found {
                Some(found) => write!(f, "changed {keyword} {found} -> {value}"),
                None => write!(f, "added {keyword} {value}"),
            }
        };
        match (&self.problem, &self.outcome) {
            (Problem::Differs { stated, found }, Outcome::Applied(_)) => {
                applied(f, found.as_ref(), stated)?;
            }
            (Problem::Differs { stated, found }, _) => {
                write!(f, "{} {}", stated.keyword(), stated.value())?;
                if let Some(found) = found {
                    write!(f, ", not {found},")?;
                }
                write!(f, " of `{}`", self.field)?;
            }
            (Problem::Missing(part), Outcome::Applied(_)) => write!(f, "added {part}")?,
            (Problem::Missing(part), _) => write!(f, "not here: {part}")?,
            (Problem::Unwritten { keyword, value }, _) => match value {
                Value::Object(_) | Value::Array(_) => write!(f, "added {keyword}")?,
                Value::Null => write!(f, "removed {keyword}")?,
                value => write!(f, "added {keyword} {value}")?,
            },
            (Problem::Gone(part), _) => write!(f, "gone from page: {part}")?,
            (Problem::Disagreement { word, says }, _) => {
                write!(f, "pages differ: {word} of `{}`", self.field)?;
                says.iter().try_for_each(|(page, value)| write!(f, "; {page}: {value}"))?;
            }
            (Problem::Contradiction { kind, sources, .. }, _) => {
                write!(f, "{kind} of `{}`", self.field)?;
                if !matches!(self.outcome, Outcome::Left { .. }) {
                    sources.iter().try_for_each(|(key, text)| write!(f, "; {key}: {text}"))?;
                }
            }
            (Problem::Clash { stated, document }, _) => {
                write!(f, "{stated}; in the document, {document}: page refused")?;
            }
        }
        match &self.outcome {
            Outcome::Left { row } => write!(f, " [row {row}]"),
            Outcome::Open(Some(waiting)) => write!(f, " [row {}]", waiting.row),
            Outcome::Open(None) | Outcome::Applied(_) => Ok(()),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(name) => write!(f, "operation {name}"),
            Self::Parameter(name) => write!(f, "parameter {name}"),
            Self::RequestBody => f.write_str("request body"),
            Self::Status(code) => write!(f, "status {code}"),
            Self::Content(media) => write!(f, "content {media}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Property(name) => write!(f, "property {name}"),
            Self::Inside(keyword) => f.write_str(keyword),
            Self::Component(kind, name) => write!(f, "{kind} {name}"),
            Self::Tag(name) => write!(f, "tag {name}"),
            Self::Value(value) => write!(f, "value {value}"),
            Self::Keyword(word, value) => write!(f, "{word} {value}"),
        }
    }
}
