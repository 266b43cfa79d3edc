//! Text → syntax tree, by the parser of `cel`.
//!
//! The environment has no macros, so that `has`, `all` and the like stay calls; they mean what the
//! standard macros make of them.

use cel::{
    Env, IdedExpr,
    common::ast::SourceInfo,
    parser::{ParseErrors, Parser},
};

use super::problem::{Place, Problem, Result};

/// Longer rules are refused unread.
const MAX_LENGTH: usize = 4_000;

/// Brackets within brackets, and choices; the parser takes a lot of stack for each.
const MAX_NESTING: usize = 24;

/// Bytes of stack for the parser.
const STACK: usize = 64 << 20;

/// Operators of one rule; a chain of them is a tree as deep.
const MAX_OPERATORS: usize = 300;

/// Parses a rule.
pub(super) fn parse(text: &str) -> Result<(IdedExpr, SourceInfo)> {
    bounded(text)?;
    let parse = || {
        let parser: Parser = Env::default().with_optional_support(false).parser();
        parser.parse_with_source_info(text).map_err(|errors| first(&errors))
    };
    on_large_stack(parse).unwrap_or_else(|| {
        let message = "could not be parsed; write a simpler rule".to_owned();
        Err(Problem { code: "bad-rule", at: Place::Whole, message })
    })
}

/// Refuses what no parser should be given.
pub(super) fn bounded(text: &str) -> Result<()> {
    let too_much = if text.len() > MAX_LENGTH {
        Some(format!("is longer than {MAX_LENGTH} bytes"))
    } else if nesting(text) > MAX_NESTING {
        Some(format!("is nested more than {MAX_NESTING} deep"))
    } else if text
        .matches(['.', '+', '-', '*', '/', '%', '&', '|', '<', '>', '=', '!', '['])
        .count()
        > MAX_OPERATORS
    {
        Some(format!("has more than {MAX_OPERATORS} operators"))
    } else {
        None
    };
    if let Some(what) = too_much {
        let message = format!("{what}; split it into several rules");
        return Err(Problem { code: "bad-rule", at: Place::Whole, message });
    }
    Ok(())
}

/// Runs the parser, which takes a lot of stack; nothing when it gave up by a panic.
pub(super) fn on_large_stack<T: Send>(parse: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse);
        thread.ok()?.join().ok()
    })
}

/// How deep it goes at most; quotes are not looked at, so that some texts count as deeper.
fn nesting(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + text.matches('?').count()
}

fn first(errors: &ParseErrors) -> Problem {
    let Some(error) = errors.errors.first() else {
        return Problem { code: "bad-rule", at: Place::Whole, message: "is no CEL".to_owned() };
    };
    let from_one = |n: isize| usize::try_from(n).unwrap_or_default().max(1);
    // What the parser expected would be a long list of its own names.
    let line = error.msg.lines().next().unwrap_or_default();
    let line: String =
        line.split(" expecting").next().unwrap_or_default().chars().take(120).collect();
    Problem {
        code: "bad-rule",
        at: Place::Position(from_one(error.pos.0), from_one(error.pos.1)),
        message: format!("is no CEL: {line}"),
    }
}

/// `column 7: `, or with the line when there are several.
pub(super) fn position(text: &str, info: Option<&SourceInfo>, at: Place) -> String {
    let (line, column) = match at {
        Place::Whole => return String::new(),
        Place::Position(line, column) => (line, column),
        Place::Node(id) => {
            let Some((start, _)) = info.and_then(|info| info.offset_for(id)) else {
                return String::new();
            };
            let start = usize::try_from(start).unwrap_or_default();
            let before: Vec<char> = text.chars().take(start).collect();
            let line = before.iter().filter(|c| **c == '\n').count() + 1;
            let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
            (line, column)
        }
    };
    if text.trim_end().contains('\n') {
        format!("line {line}, column {column}: ")
    } else {
        format!("column {column}: ")
    }
}
