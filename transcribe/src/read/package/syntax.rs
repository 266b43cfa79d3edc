//! The text of a Python module in; its classes as statements and expressions out.
//!
//! Only what the vendor's packages use has a form of its own; everything else is [`Expr::Other`] or
//! [`Statement::Other`], and whoever needs it says that it is missing.

use tree_sitter::{Node, Parser};

/// A class at the top of a module.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) bases: Vec<Expr>,
    pub(super) body: Vec<Statement>,
    pub(super) methods: Vec<Method>,
    pub(super) line: usize,
}

/// A function of a class.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Method {
    pub(super) name: String,
    /// The text of documentation, as written.
    pub(super) doc: Option<Doc>,
    pub(super) body: Vec<Statement>,
    pub(super) line: usize,
}

/// A text of documentation, and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doc {
    pub(super) text: String,
    pub(super) line: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Statement {
    Assign { target: Expr, value: Expr },
    If { condition: Expr, then: Vec<Statement> },
    Expression(Expr),
    Other,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Text(String),
    None,
    Name(String),
    /// `a.b`
    Attribute(Box<Expr>, String),
    /// `a[b]`
    Index(Box<Expr>, Box<Expr>),
    Call(Box<Expr>, Vec<Expr>),
    /// `[a, b]` or `(a, b)`
    List(Vec<Expr>),
    Dict(Vec<(Expr, Expr)>),
    /// `a in b`, `a is not b`
    Compare(Box<Expr>, String, Box<Expr>),
    Other,
}

/// Why a module cannot be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Expressions in expressions deeper than this are nonsense.
const MAX_DEPTH: usize = 64;

impl Expr {
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn list(&self) -> Option<&[Expr]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The pairs of a dictionary of texts; nothing where anything else stands in it.
    pub(super) fn texts(&self) -> Option<Vec<(&str, &str)>> {
        let Self::Dict(entries) = self else { return None };
        entries.iter().map(|(key, value)| Some((key.text()?, value.text()?))).collect()
    }

    /// `object['text']` → the text.
    pub(super) fn index_of(&self, object: &str) -> Option<&str> {
        match self {
            Self::Index(base, index) if base.name() == Some(object) => index.text(),
            _ => None,
        }
    }
}

/// The classes of a module.
pub(super) fn classes(source: &str) -> Result<Vec<Class>, SyntaxError> {
    let mut parser = Parser::new();
    let unusable = |line: usize, message: &str| SyntaxError { line, message: message.to_owned() };
    if parser.set_language(&tree_sitter_python::LANGUAGE.into()).is_err() {
        return Err(unusable(1, "the grammar of Python does not fit its parser"));
    }
    let tree = parser.parse(source, None).ok_or_else(|| unusable(1, "cannot be parsed"))?;
    let root = tree.root_node();
    if root.has_error() {
        let line = first_error(root).map_or(1, line);
        return Err(unusable(line, "is not valid Python here"));
    }
    let mut cursor = root.walk();
    let read = Reader { source };
    Ok(root.named_children(&mut cursor).filter_map(|node| read.class(undecorated(node))).collect())
}

/// The first place that the parser could not make sense of.
fn first_error(root: Node<'_>) -> Option<Node<'_>> {
    let mut node = root;
    loop {
        if node.is_error() || node.is_missing() {
            return Some(node);
        }
        let mut cursor = node.walk();
        let next = node
            .children(&mut cursor)
            .find(|child| child.has_error() || child.is_error() || child.is_missing());
        node = next?;
    }
}

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

/// What stands behind decorators.
fn undecorated(node: Node<'_>) -> Node<'_> {
    if node.kind() == "decorated_definition" {
        node.child_by_field_name("definition").unwrap_or(node)
    } else {
        node
    }
}

struct Reader<'s> {
    source: &'s str,
}

impl Reader<'_> {
    fn slice(&self, node: Node<'_>) -> &str {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    fn field(&self, node: Node<'_>, name: &str) -> String {
        node.child_by_field_name(name).map(|child| self.slice(child).to_owned()).unwrap_or_default()
    }

    fn class(&self, node: Node<'_>) -> Option<Class> {
        if node.kind() != "class_definition" {
            return None;
        }
        let block = node.child_by_field_name("body")?;
        let bases = node.child_by_field_name("superclasses");
        let mut cursor = block.walk();
        let (mut body, mut methods) = (Vec::new(), Vec::new());
        for child in block.named_children(&mut cursor).map(undecorated) {
            if child.kind() == "function_definition" {
                methods.extend(self.method(child));
            } else {
                body.push(self.statement(child, 0));
            }
        }
        Some(Class {
            name: self.field(node, "name"),
            bases: bases.map(|bases| self.expressions(bases, 0)).unwrap_or_default(),
            body,
            methods,
            line: line(node),
        })
    }

    fn method(&self, node: Node<'_>) -> Option<Method> {
        let block = node.child_by_field_name("body")?;
        let mut cursor = block.walk();
        let mut body: Vec<Statement> = Vec::new();
        let mut doc = None;
        for (i, child) in block.named_children(&mut cursor).enumerate() {
            let statement = self.statement(child, 0);
            match statement {
                Statement::Expression(Expr::Text(text)) if i == 0 => {
                    doc = Some(Doc { text, line: line(child) });
                }
                statement => body.push(statement),
            }
        }
        Some(Method { name: self.field(node, "name"), doc, body, line: line(node) })
    }

    fn block(&self, node: Node<'_>, depth: usize) -> Vec<Statement> {
        let mut cursor = node.walk();
        node.named_children(&mut cursor).map(|child| self.statement(child, depth)).collect()
    }

    fn statement(&self, node: Node<'_>, depth: usize) -> Statement {
        if depth > MAX_DEPTH {
            return Statement::Other;
        }
        match node.kind() {
            "expression_statement" => match node.named_child(0) {
                Some(inner) if inner.kind() == "assignment" => {
                    let side = |name: &str| {
                        inner
                            .child_by_field_name(name)
                            .map_or(Expr::Other, |child| self.expression(child, depth + 1))
                    };
                    Statement::Assign { target: side("left"), value: side("right") }
                }
                Some(inner) => Statement::Expression(self.expression(inner, depth + 1)),
                None => Statement::Other,
            },
            "if_statement" => {
                let has_else = node.child_by_field_name("alternative").is_some();
                let parts = node
                    .child_by_field_name("condition")
                    .zip(node.child_by_field_name("consequence"));
                match parts {
                    Some((condition, then)) if !has_else => Statement::If {
                        condition: self.expression(condition, depth + 1),
                        then: self.block(then, depth + 1),
                    },
                    _ => Statement::Other,
                }
            }
            _ => Statement::Other,
        }
    }

    fn expressions(&self, node: Node<'_>, depth: usize) -> Vec<Expr> {
        let mut cursor = node.walk();
        let children = node.named_children(&mut cursor).filter(|child| child.kind() != "comment");
        children.map(|child| self.expression(child, depth)).collect()
    }

    fn expression(&self, node: Node<'_>, depth: usize) -> Expr {
        if depth > MAX_DEPTH {
            return Expr::Other;
        }
        let child = |name: &str| {
            let child = node.child_by_field_name(name);
            Box::new(child.map_or(Expr::Other, |child| self.expression(child, depth + 1)))
        };
        match node.kind() {
            "string" => self.string(node).map_or(Expr::Other, Expr::Text),
            "concatenated_string" => {
                let mut cursor = node.walk();
                let parts: Option<String> =
                    node.named_children(&mut cursor).map(|part| self.string(part)).collect();
                parts.map_or(Expr::Other, Expr::Text)
            }
            "identifier" => Expr::Name(self.slice(node).to_owned()),
            "none" => Expr::None,
            "attribute" => Expr::Attribute(child("object"), self.field(node, "attribute")),
            "subscript" => Expr::Index(child("value"), child("subscript")),
            "call" => {
                let arguments = node.child_by_field_name("arguments");
                let arguments = arguments.map(|list| self.expressions(list, depth + 1));
                Expr::Call(child("function"), arguments.unwrap_or_default())
            }
            "list" | "tuple" => Expr::List(self.expressions(node, depth + 1)),
            "parenthesized_expression" => {
                node.named_child(0).map_or(Expr::Other, |inner| self.expression(inner, depth + 1))
            }
            "dictionary" => self.dictionary(node, depth + 1),
            "comparison_operator" => self.comparison(node, depth + 1),
            _ => Expr::Other,
        }
    }

    fn dictionary(&self, node: Node<'_>, depth: usize) -> Expr {
        let mut cursor = node.walk();
        let pairs: Option<Vec<(Expr, Expr)>> = node
            .named_children(&mut cursor)
            .filter(|child| child.kind() != "comment")
            .map(|pair| {
                let side = |name| pair.child_by_field_name(name);
                let (key, value) = side("key").zip(side("value"))?;
                Some((self.expression(key, depth), self.expression(value, depth)))
            })
            .collect();
        pairs.map_or(Expr::Other, Expr::Dict)
    }

    fn comparison(&self, node: Node<'_>, depth: usize) -> Expr {
        let (Some(left), Some(right), 2) =
            (node.named_child(0), node.named_child(1), node.named_child_count())
        else {
            return Expr::Other;
        };
        let between = self.source.get(left.end_byte()..right.start_byte()).unwrap_or_default();
        let operator = between.split_whitespace().collect::<Vec<_>>().join(" ");
        let side = |node| Box::new(self.expression(node, depth));
        Expr::Compare(side(left), operator, side(right))
    }

    /// The text of a literal; nothing for those that are computed, or bytes.
    fn string(&self, node: Node<'_>) -> Option<String> {
        let literal = self.slice(node);
        let quote = literal.find(['"', '\''])?;
        let (prefix, rest) = literal.split_at(quote);
        let prefix = prefix.to_ascii_lowercase();
        if prefix.contains(['f', 'b', 't']) {
            return None;
        }
        let mark = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|mark| rest.starts_with(mark))?;
        let inner = rest.strip_prefix(mark)?.strip_suffix(mark)?;
        Some(if prefix.contains('r') { inner.to_owned() } else { unescaped(inner) })
    }
}

/// The escapes of ordinary literals; those that are not known stay as they are.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('\n') => {}
            Some(c @ ('\\' | '\'' | '"')) => out.push(c),
            Some(c @ ('u' | 'U' | 'x')) => {
                let length = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits: String = chars.clone().take(length).collect();
                let decoded = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                match decoded.filter(|_| digits.len() == length) {
                    Some(decoded) => {
                        out.push(decoded);
                        chars = chars.as_str().get(length..).unwrap_or_default().chars();
                    }
                    None => out.extend(['\\', c]),
                }
            }
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}
