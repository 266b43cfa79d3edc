//! Syntax tree → nondeterministic automaton, built backwards: each piece is given the node that
//! follows it.

use regex_syntax::ast::{Ast, GroupKind, Repetition, RepetitionKind, RepetitionRange};

use super::{
    PatternError,
    class::{self, Ranges},
    syntax::{self, End},
};

/// Most nodes, so that nested repetitions cannot fill the memory.
const MAX_NODES: usize = 4096;

/// A nondeterministic automaton.
pub(super) struct Nfa {
    pub(super) nodes: Vec<Node>,
    pub(super) start: usize,
}

/// One node of it.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// The text matches.
    Accept,
    /// Goes on with one character of these.
    Chars(Ranges, usize),
    /// Goes on in any of these ways without reading.
    Split(Vec<usize>),
    /// Goes on at one end of the text only.
    At(End, usize),
}

/// The automaton of a pattern that may begin and end anywhere in a text.
pub(super) fn build(ast: &Ast) -> Result<Nfa, PatternError> {
    let mut builder = Builder { nodes: Vec::new() };
    let accept = builder.add(Node::Accept)?;
    let after = builder.any_text(accept)?;
    let pattern = builder.ast(ast, after)?;
    let start = builder.any_text(pattern)?;
    Ok(Nfa { nodes: builder.nodes, start })
}

struct Builder {
    nodes: Vec<Node>,
}

impl Builder {
    fn add(&mut self, node: Node) -> Result<usize, PatternError> {
        if self.nodes.len() >= MAX_NODES {
            return Err(PatternError::TooLarge);
        }
        self.nodes.push(node);
        Ok(self.nodes.len() - 1)
    }

    /// Any characters, or none, and then `next`.
    fn any_text(&mut self, next: usize) -> Result<usize, PatternError> {
        let entry = self.add(Node::Split(vec![next]))?;
        let again = self.add(Node::Chars(class::any(), entry))?;
        self.also(entry, again);
        Ok(entry)
    }

    /// Adds one more way out of a split.
    fn also(&mut self, split: usize, target: usize) {
        if let Some(Node::Split(targets)) = self.nodes.get_mut(split) {
            targets.push(target);
        }
    }

    fn ast(&mut self, ast: &Ast, next: usize) -> Result<usize, PatternError> {
        match ast {
            Ast::Empty(_) => Ok(next),
            Ast::Literal(literal) => {
                let c = class::literal(literal)?;
                self.add(Node::Chars(vec![(c, c)], next))
            }
            Ast::Dot(_) => self.add(Node::Chars(class::dot(), next)),
            Ast::ClassPerl(class) => self.add(Node::Chars(class::perl(class), next)),
            Ast::ClassBracketed(class) => self.add(Node::Chars(class::bracketed(class)?, next)),
            Ast::ClassUnicode(_) => class::refuse(r"`\p`; write ranges of characters"),
            Ast::Assertion(assertion) => self.add(Node::At(syntax::end(assertion)?, next)),
            Ast::Flags(_) => class::refuse("a flag such as `(?i)`; write both cases"),
            Ast::Group(group) => match &group.kind {
                GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                    class::refuse("a flag such as `(?i:…)`; write both cases")
                }
                GroupKind::CaptureName { starts_with_p: true, .. } => {
                    class::refuse("`(?P<…>`; write a plain group")
                }
                _ => self.ast(&group.ast, next),
            },
            Ast::Concat(concat) => {
                concat.asts.iter().rev().try_fold(next, |next, ast| self.ast(ast, next))
            }
            Ast::Alternation(alternation) => {
                let ways: Result<Vec<usize>, _> =
                    alternation.asts.iter().map(|ast| self.ast(ast, next)).collect();
                let ways = ways?;
                self.add(Node::Split(ways))
            }
            Ast::Repetition(repetition) => self.repetition(repetition, next),
        }
    }

    fn repetition(&mut self, repetition: &Repetition, next: usize) -> Result<usize, PatternError> {
        let (min, max) = match &repetition.op.kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(n)) => (*n, Some(*n)),
            RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (*n, None),
            RepetitionKind::Range(RepetitionRange::Bounded(n, m)) => (*n, Some(*m)),
        };
        let mut entry = match max {
            None => {
                let entry = self.add(Node::Split(vec![next]))?;
                let again = self.ast(&repetition.ast, entry)?;
                self.also(entry, again);
                entry
            }
            Some(max) => {
                let mut entry = next;
                for _ in min..max {
                    let once = self.ast(&repetition.ast, entry)?;
                    entry = self.add(Node::Split(vec![next, once]))?;
                }
                entry
            }
        };
        for _ in 0..min {
            // A node of its own, so that repeating nothing ends at the limit as well.
            let once = self.ast(&repetition.ast, entry)?;
            entry = self.add(Node::Split(vec![once]))?;
        }
        Ok(entry)
    }
}
