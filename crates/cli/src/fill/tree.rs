//! Assignments as a tree. In: paths and their values. Out: a node with branches or one value; a place that is given twice, or
//! both as a whole and in parts, is refused.

use super::Given;
use crate::messages;

/// A place, and the places below it, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    given: Option<Given>,
    branches: Vec<(String, Node)>,
}

impl Node {
    /// Puts a value at a path.
    ///
    /// # Errors
    ///
    /// The place has a value already.
    pub fn insert(&mut self, path: &[String], given: Given) -> Result<(), String> {
        match path {
            [] if self.given.is_some() => Err(messages::given_twice()),
            [] if !self.branches.is_empty() => Err(messages::whole_and_parts()),
            [] => {
                self.given = Some(given);
                Ok(())
            }
            [first, rest @ ..] => {
                if self.given.is_some() {
                    return Err(messages::whole_and_parts());
                }
                self.branch(first).insert(rest, given)
            }
        }
    }

    fn branch(&mut self, name: &str) -> &mut Node {
        let at = match self.branches.iter().position(|(known, _)| known == name) {
            Some(at) => at,
            None => {
                self.branches.push((name.to_owned(), Self::default()));
                self.branches.len() - 1
            }
        };
        &mut self.branches[at].1
    }

    /// Adds a branch that is not there yet.
    pub(super) fn put(&mut self, name: String, node: Node) {
        self.branches.push((name, node));
    }

    /// Whether there is a place of a name below.
    pub(super) fn has(&self, name: &str) -> bool {
        self.branches.iter().any(|(known, _)| known == name)
    }

    /// Whether nothing was given here or below.
    pub fn is_empty(&self) -> bool {
        self.given.is_none() && self.branches.is_empty()
    }

    /// The value that was given here as JSON.
    pub(super) fn as_json(&self) -> Option<&serde_json::Value> {
        match &self.given {
            Some(Given::Json(value)) => Some(value),
            _ => None,
        }
    }

    /// What was given here, or else the places below.
    pub(super) fn into_parts(self) -> (Option<Given>, Vec<(String, Node)>) {
        (self.given, self.branches)
    }

    /// The places below.
    pub fn into_branches(self) -> Vec<(String, Node)> {
        self.branches
    }

    /// A node of a value.
    pub(super) fn of(given: Given) -> Self {
        Self { given: Some(given), branches: Vec::new() }
    }
}
