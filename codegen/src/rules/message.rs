//! Messages: text with `{field}`s → pieces. `{{` and `}}` stand for braces.

/// A piece of a message as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece<'m> {
    Text(String),
    /// The names of fields, from the structure on.
    Field(Vec<&'m str>),
}

/// Why a message has no pieces.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MessageError {
    #[error("has a single `{0}`; write `{0}{0}` for the character")]
    SingleBrace(String),
    #[error("has `{{{0}}}`, which is not a field; write `{{field}}`")]
    NoField(String),
}

/// The pieces of a message.
pub(crate) fn pieces(message: &str) -> Result<Vec<Piece<'_>>, MessageError> {
    let mut found = Vec::new();
    let mut text = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = after;
            continue;
        }
        let end = rest.find('}').filter(|_| brace == "{");
        let Some((inside, after)) = end.map(|end| (&rest[..end], &rest[end + 1..])) else {
            return Err(MessageError::SingleBrace(brace.to_owned()));
        };
        let names: Vec<&str> = inside.split('.').collect();
        if names.iter().any(|name| name.is_empty() || name.contains([' ', '{'])) {
            return Err(MessageError::NoField(inside.to_owned()));
        }
        if !text.is_empty() {
            found.push(Piece::Text(std::mem::take(&mut text)));
        }
        found.push(Piece::Field(names));
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        found.push(Piece::Text(text));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_in_braces() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            pieces("is {a.b} {{x}}"),
            Ok(vec![text("is "), Piece::Field(vec!["a", "b"]), text(" {x}")])
        );
        assert_eq!(pieces("{a}{b}"), Ok(vec![Piece::Field(vec!["a"]), Piece::Field(vec!["b"])]));
        assert_eq!(pieces("plain"), Ok(vec![text("plain")]));
        for (wrong, brace) in [("{", "{"), ("a } b", "}"), ("{a", "{")] {
            assert_eq!(pieces(wrong), Err(MessageError::SingleBrace(brace.to_owned())), "{wrong}");
        }
        for (wrong, name) in [("{}", ""), ("{a b}", "a b"), ("{a..b}", "a..b")] {
            assert_eq!(pieces(wrong), Err(MessageError::NoField(name.to_owned())), "{wrong}");
        }
        let text = MessageError::NoField("a b".to_owned()).to_string();
        assert_eq!(text, "has `{a b}`, which is not a field; write `{field}`");
    }
}
