//! What can be waited for by asking an operation again and again (`x-waiters`).

use serde::Serialize;

use super::{Expr, Message, Name, TypeName};

/// A state that is waited for, or the end of a thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiter {
    /// `wire` is the id; `code` the method of the client.
    pub name: Name,
    pub description: String,
    /// What is asked about, in a word: `instance`.
    pub subject: String,
    /// The type of what is judged: the answer, or an item of it.
    pub answer: TypeName,
    /// The field of an item that holds its id, where the operation lists; a method then takes that id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Name>,
    pub until: Until,
    /// Answers that say that it will not get there, in the order in which they are tried.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailureCondition>,
    /// Error codes that say that the thing is not there; status 404 always does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gone_codes: Vec<String>,
    /// The ids of operations that begin what is waited for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub started_by: Vec<String>,
    /// Seconds before the first question, between questions, and for all of it.
    pub first: u64,
    pub every: u64,
    pub limit: u64,
}

/// When waiting is over.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Until {
    /// So many answers in a row meet the condition.
    Reached {
        times: u32,
        text: String,
        when: Expr,
    },
    Gone,
}

/// What an answer may say instead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FailureCondition {
    pub id: String,
    pub text: String,
    pub when: Expr,
    /// What is wrong and what to do.
    pub message: Message,
    /// Seconds that it may stay so; at once if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

impl Waiter {
    /// What it asks of answers.
    pub fn conditions(&self) -> impl Iterator<Item = &Expr> {
        let until = match &self.until {
            Until::Reached { when, .. } => Some(when),
            Until::Gone => None,
        };
        until.into_iter().chain(self.failed.iter().map(|failed| &failed.when))
    }
}
