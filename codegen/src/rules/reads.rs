//! What a rule reads. In: the texts of a rule and of its message. Out: the fields whose values decide the one or stand in the
//! other, in the notation of paths of violations, with `[]` for each item of a list: `engine`, `tags[].key`. Whether a field is
//! there is no value.

use std::collections::BTreeSet;

use cel::{
    IdedExpr,
    common::ast::{Expr as Syntax, operators},
};

use super::{
    comprehensions,
    message::{Piece, pieces},
    parse,
};

/// The fields; none of a rule or a message that cannot be read, which is reported elsewhere.
pub(crate) fn reads(rule: &str, message: &str) -> Vec<String> {
    let mut found = decides(rule);
    found.extend(pieces(message).into_iter().flatten().filter_map(|piece| match piece {
        Piece::Field(names) => Some(names.join(".")),
        Piece::Text(_) => None,
    }));
    found.into_iter().collect()
}

fn decides(rule: &str) -> BTreeSet<String> {
    let Ok((syntax, _)) = parse::parse(rule) else { return BTreeSet::new() };
    let mut walk =
        Walk { variables: vec![("self".to_owned(), String::new())], found: BTreeSet::new() };
    walk.visit(&syntax);
    walk.found
}

struct Walk {
    /// Names, and the places that they stand for.
    variables: Vec<(String, String)>,
    found: BTreeSet<String>,
}

impl Walk {
    /// Notes what an expression reads. Out: the place that it stands for, if it is one.
    fn visit(&mut self, syntax: &IdedExpr) -> Option<String> {
        match &syntax.expr {
            Syntax::Ident(name) => {
                let known = self.variables.iter().rfind(|(known, _)| known == name);
                known.map(|(_, place)| place.clone())
            }
            Syntax::Select(select) => {
                let of = self.visit(&select.operand)?;
                let dot = if of.is_empty() { "" } else { "." };
                let place = format!("{of}{dot}{}", select.field);
                self.found.insert(place.clone());
                Some(place)
            }
            Syntax::Call(call) => match (&call.target, call.args.as_slice()) {
                (None, [_]) if call.func_name == "has" => None,
                (None, [of, key]) if call.func_name == operators::INDEX => {
                    let of = self.visit(of);
                    self.visit(key);
                    Some(format!("{}[]", of?))
                }
                (Some(over), [variable, body]) if comprehensions::kind(call).is_some() => {
                    self.comprehension(over, variable, body)
                }
                (target, arguments) => {
                    target.iter().for_each(|target| drop(self.visit(target)));
                    arguments.iter().for_each(|argument| drop(self.visit(argument)));
                    None
                }
            },
            Syntax::List(list) => {
                list.elements.iter().for_each(|item| drop(self.visit(item)));
                None
            }
            _ => None,
        }
    }

    /// What is kept of a list stands for the list.
    fn comprehension(
        &mut self,
        over: &IdedExpr,
        variable: &IdedExpr,
        body: &IdedExpr,
    ) -> Option<String> {
        let place = self.visit(over);
        let (Syntax::Ident(name), Some(of)) = (&variable.expr, &place) else {
            self.visit(body);
            return None;
        };
        let item = format!("{of}[]");
        self.found.insert(item.clone());
        self.variables.push((name.clone(), item));
        self.visit(body);
        self.variables.pop();
        place
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_message_quotes_is_read() {
        let rule = "has(self.begin) || !has(self.end)";
        assert_eq!(super::reads(rule, "ends at {end} of {plan.day}"), ["end", "plan.day"]);
        assert_eq!(super::reads(rule, "{"), Vec::<String>::new());
    }

    fn reads(rule: &str) -> Vec<String> {
        super::reads(rule, "is {{so}}")
    }

    #[test]
    fn values_are_read_and_presence_is_not() {
        assert_eq!(reads("!has(self.port) || self.engine == \"Redis\""), ["engine"]);
        assert_eq!(reads("has(self.a.b) && self.a.b.startsWith(self.c)"), ["a", "a.b", "c"]);
        let keys = "self.tags.all(t, self.tags.exists_one(u, u.key == t.key))";
        assert_eq!(reads(keys), ["tags", "tags[]", "tags[].key"]);
        assert_eq!(reads("size(self.list) > 0 && self.list[0] in [\"a\", self.b]"), ["b", "list"]);
        let chain = "self.tags.filter(t, has(t.value)).all(t, t.value != \"\")";
        assert_eq!(reads(chain), ["tags", "tags[]", "tags[].value"]);
        assert_eq!(reads("self.x +"), Vec::<String>::new());
    }
}
