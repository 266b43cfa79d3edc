//! Functions: `size`, the tests of texts, and `matches`, whose pattern is compiled here.

use cel::{IdedExpr, common::ast::CallExpr};

use super::{
    checker::Checker,
    comprehensions,
    problem::{Problem, Result, hint},
    scope::Scope,
};
use crate::{
    model::{Expr, ExprKind, Pattern, TextTest, ValueType},
    pattern::Dfa,
};

const FUNCTIONS: &[&str] = &["has", "size", "startsWith", "endsWith", "contains", "matches"];

impl Checker<'_> {
    pub(super) fn function(&self, id: u64, call: &CallExpr, scope: &Scope) -> Result<Expr> {
        let name = call.func_name.as_str();
        let target = call.target.as_deref();
        match (name, target, &call.args[..]) {
            ("size", Some(of), []) | ("size", None, [of]) => self.size(of, scope),
            ("matches", Some(of), [pattern]) | ("matches", None, [of, pattern]) => {
                self.matches(of, pattern, scope)
            }
            ("startsWith", Some(of), [with]) => self.test(TextTest::StartsWith, of, with, scope),
            ("endsWith", Some(of), [with]) => self.test(TextTest::EndsWith, of, with, scope),
            ("contains", Some(of), [with]) => self.test(TextTest::Contains, of, with, scope),
            _ => Err(unknown(id, name)),
        }
    }

    fn size(&self, of: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let expr = self.check(of, scope)?.expr;
        if !matches!(expr.ty, ValueType::Text | ValueType::List(_) | ValueType::Map(..)) {
            let message =
                format!("`{expr}` is of type {}; size is of a string, list or map", expr.ty);
            return Err(Problem::bad(of.id, message));
        }
        Ok(Expr { kind: ExprKind::Size(Box::new(expr)), ty: ValueType::Int })
    }

    fn test(&self, test: TextTest, of: &IdedExpr, with: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let of = Box::new(self.expect(of, scope, &ValueType::Text)?);
        let with = Box::new(self.expect(with, scope, &ValueType::Text)?);
        Ok(Expr { kind: ExprKind::Test(test, of, with), ty: ValueType::Bool })
    }

    fn matches(&self, of: &IdedExpr, pattern: &IdedExpr, scope: &Scope) -> Result<Expr> {
        let of = Box::new(self.expect(of, scope, &ValueType::Text)?);
        let ExprKind::Text(text) = self.expect(pattern, scope, &ValueType::Text)?.kind else {
            let advice = "write the pattern out";
            return Err(Problem::unsupported(pattern.id, "a pattern that varies", advice));
        };
        if let Some(class) = unicode_class(&text) {
            let what = format!("`{class}`, which CEL and JSON schema read differently,");
            let advice = "write the characters out, such as `[0-9]`";
            return Err(Problem::unsupported(pattern.id, &what, advice));
        }
        let dfa = Dfa::compile(&text)
            .map_err(|error| Problem::new("bad-pattern", pattern.id, error.to_string()))?;
        let kind = ExprKind::Matches(of, Pattern { text, dfa, name: String::new() });
        Ok(Expr { kind, ty: ValueType::Bool })
    }
}

fn unknown(id: u64, name: &str) -> Problem {
    let known = FUNCTIONS.iter().chain(comprehensions::NAMES);
    let message = if known.clone().any(|known| *known == name) {
        format!("`{name}` is called otherwise, such as `text.startsWith(\"a\")`, `size(list)`")
    } else {
        format!("`{name}` is not supported in a rule; {}", hint(name, known.copied()))
    };
    Problem::new("unknown-function", id, message)
}

/// A class that stands for more characters in CEL than in the patterns of JSON schema.
fn unicode_class(pattern: &str) -> Option<&'static str> {
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            continue;
        }
        match characters.next() {
            Some('d') => return Some(r"\d"),
            Some('D') => return Some(r"\D"),
            Some('w') => return Some(r"\w"),
            Some('W') => return Some(r"\W"),
            Some('s') => return Some(r"\s"),
            Some('S') => return Some(r"\S"),
            _ => {}
        }
    }
    None
}
