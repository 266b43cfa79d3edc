//! HTML in, the few kinds of tokens that tables need out, each with its offset.

use html5gum::{
    Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};

/// A token; offsets count from the start of the text.
#[derive(Debug, PartialEq)]
pub(super) enum Token {
    Open { tag: String, at: usize, name: Option<String>, href: Option<String> },
    Close { tag: String, at: usize, end: usize },
    Text(String),
}

/// The tokens of a text, made as they are asked for. Comments and the like are left out.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut open = Opening::default();
    let emitter = CallbackEmitter::new(move |event: CallbackEvent<'_>, span: Span<usize>| {
        open.token(event, span)
    });
    // Reading from memory never fails.
    Tokenizer::new_with_emitter(text, emitter).map_while(Result::ok)
}

/// The names of the places that links can point to.
pub(super) fn anchors(text: &str) -> Vec<String> {
    tokens(text)
        .filter_map(|token| match token {
            Token::Open { tag, name, .. } if tag == "a" => name,
            _ => None,
        })
        .collect()
}

/// A start tag that is still being read.
#[derive(Default)]
struct Opening {
    tag: String,
    at: usize,
    name: Option<String>,
    href: Option<String>,
    attribute: Attribute,
}

#[derive(Clone, Copy, Default)]
enum Attribute {
    Name,
    Href,
    #[default]
    Other,
}

impl Opening {
    fn token(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                *self = Self { tag: text(name), at: span.start, ..Self::default() };
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = match name {
                    b"name" => Attribute::Name,
                    b"href" => Attribute::Href,
                    _ => Attribute::Other,
                };
                None
            }
            CallbackEvent::AttributeValue { value } => {
                match self.attribute {
                    Attribute::Name => self.name.get_or_insert_with(|| text(value)),
                    Attribute::Href => self.href.get_or_insert_with(|| text(value)),
                    Attribute::Other => return None,
                };
                None
            }
            CallbackEvent::CloseStartTag { .. } => {
                let Self { tag, at, name, href, .. } = std::mem::take(self);
                Some(Token::Open { tag, at, name, href })
            }
            CallbackEvent::EndTag { name } => {
                Some(Token::Close { tag: text(name), at: span.start, end: span.end })
            }
            CallbackEvent::String { value } => Some(Token::Text(text(value))),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => None,
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_offsets_and_unescaped_text() {
        let html = "<!-- c -->\n<A class=x Name=\"n&amp;m\" href='#t'>a &lt; b</a\n>";
        let tokens: Vec<_> = tokens(html).collect();
        let open = Token::Open {
            tag: "a".to_owned(),
            at: 11,
            name: Some("n&m".to_owned()),
            href: Some("#t".to_owned()),
        };
        let close = Token::Close { tag: "a".to_owned(), at: 55, end: 60 };
        let expected = [Token::Text("\n".to_owned()), open, Token::Text("a < b".to_owned()), close];
        assert_eq!(tokens, expected);
        assert_eq!(&html[11..13], "<A");
        assert_eq!(&html[55..], "</a\n>");
    }
}
