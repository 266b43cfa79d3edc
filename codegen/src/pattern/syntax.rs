//! Text → syntax tree, in one notation: what is written here means the same in ECMA-262.

use regex_syntax::ast::{
    Assertion, AssertionKind, Ast,
    parse::{Parser, ParserBuilder},
};

use super::{PatternError, class::refuse};

/// Longer patterns are refused unread.
const MAX_LENGTH: usize = 4096;

/// Groups within groups.
const MAX_NESTING: u32 = 50;

/// Parses a pattern. What the tree may hold is decided where it is read.
pub(super) fn parse(pattern: &str) -> Result<Ast, PatternError> {
    if pattern.len() > MAX_LENGTH {
        return Err(PatternError::TooLarge);
    }
    let mut parser: Parser = ParserBuilder::new().nest_limit(MAX_NESTING).build();
    parser.parse(pattern).map_err(|error| {
        let at = pattern.get(..error.span().start.offset).unwrap_or(pattern).chars().count() + 1;
        PatternError::Syntax(format!("{} (at character {at})", error.kind()))
    })
}

/// The two ends of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Start,
    Stop,
}

/// The end that an assertion stands for.
pub(super) fn end(assertion: &Assertion) -> Result<End, PatternError> {
    match assertion.kind {
        AssertionKind::StartLine => Ok(End::Start),
        AssertionKind::EndLine => Ok(End::Stop),
        AssertionKind::StartText => refuse(r"`\A`; write `^`"),
        AssertionKind::EndText => refuse(r"`\z`; write `$`"),
        AssertionKind::WordBoundaryStartAngle => refuse(r"`\<`; write `<` for the character"),
        AssertionKind::WordBoundaryEndAngle => refuse(r"`\>`; write `>` for the character"),
        AssertionKind::NotWordBoundary => refuse(r"`\B`; word boundaries are not compiled"),
        AssertionKind::WordBoundary
        | AssertionKind::WordBoundaryStart
        | AssertionKind::WordBoundaryEnd
        | AssertionKind::WordBoundaryStartHalf
        | AssertionKind::WordBoundaryEndHalf => refuse(r"`\b`; word boundaries are not compiled"),
    }
}
