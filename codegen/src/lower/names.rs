//! Names in code, from names on the wire. The one place that makes identifiers.
//!
//! In: any text of the document. Out: a legal identifier in the case of its kind. A [`Scope`]
//! keeps the names of one place apart.

use std::collections::BTreeMap;

use heck::{ToKebabCase as _, ToPascalCase as _, ToSnakeCase as _};
use unicode_normalization::UnicodeNormalization as _;

/// Words that are no identifiers, strict and reserved, of all editions.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that methods of types have: a setter of that name would hide them, and `into` of everything hides
/// a method of that name.
const METHODS: &[&str] = &["new", "check", "validate", "violations", "clone", "into", "try_into"];

/// Names that a call has beside its parameters, and those that progenitor uses while it sends one.
const OF_CALLS: &[&str] = &[
    "allow",
    "allowed",
    "body",
    "checked",
    "client",
    "context",
    "dry_run",
    "header_map",
    "info",
    "request",
    "response",
    "result",
    "send",
    "setup",
    "skip_validation",
    "stream",
    "url",
    "value",
];

/// Names of the standard prelude that a generated type would hide, and one that the emitter of types uses.
const PRELUDE: &[&str] = &[
    "AnyJsonValue",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "From",
    "Future",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "ToString",
    "Vec",
];

/// A parameter: as a value, and nothing that a call has already.
pub fn parameter(wire: &str) -> String {
    let name = value(wire);
    if OF_CALLS.contains(&name.as_str()) { format!("{name}_value") } else { name }
}

/// A field or method: `maxSize` → `max_size`.
pub fn value(wire: &str) -> String {
    let snake = settle(&spell(wire), |s| s.to_snake_case());
    let snake = lead(snake, "n", "field");
    if KEYWORDS.contains(&snake.as_str()) {
        return format!("{snake}_");
    }
    if METHODS.contains(&snake.as_str()) { format!("{snake}_value") } else { snake }
}

/// A type: `bss_param` → `BssParam`.
pub fn type_name(wire: &str) -> String {
    let pascal = lead(settle(&spell(wire), |s| s.to_pascal_case()), "N", "Type");
    if PRELUDE.contains(&pascal.as_str()) { format!("{pascal}Value") } else { pascal }
}

/// A variant: `3.0` → `V3_0`, `prePaid` → `PrePaid`.
pub fn variant(wire: &str) -> String {
    let mut out = String::new();
    for word in spell(wire).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let between_digits = out.ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit());
        if between_digits {
            out.push('_');
        }
        out.push_str(&word.to_pascal_case());
    }
    let name = lead(out, "V", "Empty");
    match name.as_str() {
        "Self" => "SelfValue".to_owned(),
        // Every enumeration has a variant `Unknown` that keeps values nobody knew of.
        "Unknown" => "UnknownValue".to_owned(),
        _ => name,
    }
}

/// A file or anchor: `CreateInstance` → `create-instance`.
pub fn slug(wire: &str) -> String {
    let slug = plural_acronyms(wire).to_kebab_case();
    if slug.is_empty() { "unnamed".to_owned() } else { slug }
}

/// Signs that stand for words get them, so that `+1` and `-1` stay two names.
fn spell(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    // `ﬁ` is `fi`: Rust warns of letters that stand for others.
    let wire: String = wire.nfkc().collect();
    for (i, c) in plural_acronyms(&wire).chars().enumerate() {
        match c {
            '+' => out.push_str(" plus "),
            '-' if i == 0 => out.push_str("minus "),
            '*' => out.push_str(" star "),
            '%' => out.push_str(" percent "),
            '<' => out.push_str(" less "),
            '>' => out.push_str(" greater "),
            '=' => out.push_str(" equal "),
            '!' => out.push_str(" not "),
            '&' => out.push_str(" and "),
            '$' => out.push_str(" dollar "),
            '#' => out.push_str(" hash "),
            c if c.is_alphanumeric() && is_ident(c) => out.push(c),
            _ => out.push('-'),
        }
    }
    out
}

/// Several of what capitals stand for are one word, not two: `VPCs` is spelled `VPCS`.
fn plural_acronyms(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_plural = |i: usize| {
        let is_acronym = i >= 2 && chars[i - 2..i].iter().all(|c| c.is_uppercase());
        is_acronym && !chars.get(i + 1).is_some_and(|next| next.is_lowercase())
    };
    let spelled = |(i, c): (usize, &char)| if *c == 's' && is_plural(i) { 'S' } else { *c };
    chars.iter().enumerate().map(spelled).collect()
}

/// Whether a character may stand inside an identifier.
fn is_ident(c: char) -> bool {
    c.is_ascii_alphanumeric() || syn::parse_str::<syn::Ident>(&format!("x{c}")).is_ok()
}

/// Whether an identifier may begin with a character.
fn starts_ident(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || syn::parse_str::<syn::Ident>(&format!("{c}x")).is_ok()
}

/// Applies a case until nothing changes: `a b c` → `ABC` → `Abc`.
fn settle(text: &str, case: impl Fn(&str) -> String) -> String {
    let mut now = case(text);
    for _ in 0..4 {
        let next = case(&now);
        if next == now {
            break;
        }
        now = next;
    }
    now
}

/// Gives a name a letter to begin with, or a name at all.
fn lead(name: String, prefix: &str, empty: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some(c) if starts_ident(c) => name,
        // A digit, of whatever script, or a mark that only goes on with a word.
        Some(_) => format!("{prefix}{name}"),
    }
}

/// The names of several things of one place, in their order. One that is written as in code
/// already keeps its name: what is added later in another spelling cannot take it.
pub fn distinct<'w>(wires: impl Iterator<Item = &'w str>, name: fn(&str) -> String) -> Vec<String> {
    let wires: Vec<&str> = wires.collect();
    let mut scope = Scope::default();
    let mut names = vec![String::new(); wires.len()];
    for is_exact in [true, false] {
        for (wire, out) in wires.iter().zip(&mut names) {
            let wanted = name(wire);
            if (wanted == *wire) == is_exact {
                *out = scope.claim(wanted, wire);
            }
        }
    }
    names
}

/// The names of one place, each with what it was given to.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeMap<String, String>,
}

impl Scope {
    /// Takes `wanted`, or the next free name with a number (`id_2`, `Id2`), for `owner`.
    pub fn claim(&mut self, wanted: String, owner: &str) -> String {
        let mut name = wanted.clone();
        // Two underlines are one where the name is made again.
        let stem = wanted.trim_end_matches('_');
        let mut n = 2;
        while self.taken.contains_key(&name) {
            let is_type = wanted.starts_with(char::is_uppercase);
            name = if is_type { format!("{stem}{n}") } else { format!("{stem}_{n}") };
            n += 1;
        }
        self.taken.insert(name.clone(), owner.to_owned());
        name
    }

    /// Who has a name.
    pub fn owner(&self, name: &str) -> Option<&str> {
        self.taken.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_snake_case_and_never_keywords() {
        let cases = [
            ("name", "name"),
            ("maxSize", "max_size"),
            ("X-Request-Id", "x_request_id"),
            ("type", "type_"),
            ("self", "self_"),
            ("new", "new_value"),
            ("2fa", "n2fa"),
            ("\u{116c0}", "n\u{116c0}"),
            ("٣x", "n٣x"),
            ("", "field"),
            ("ﬁle", "file"),
            ("ｆｕｌｌ", "full"),
            ("ª", "a"),
            ("no_password_access", "no_password_access"),
            ("VPCs", "vpcs"),
            ("Elastic IPs", "elastic_ips"),
            ("instanceIDs", "instance_ids"),
            ("IDsOfVPCs", "ids_of_vpcs"),
        ];
        for (wire, code) in cases {
            assert_eq!(value(wire), code, "{wire}");
        }
    }

    #[test]
    fn types_are_pascal_case_and_hide_nothing() {
        let cases = [
            ("BssParam", "BssParam"),
            ("future", "FutureValue"),
            ("IntoIterator", "IntoIteratorValue"),
            ("bss_param", "BssParam"),
            ("DCSInstance", "DcsInstance"),
            ("a b c", "Abc"),
            ("option", "OptionValue"),
            ("SubnetIDs", "SubnetIds"),
            ("3D", "N3d"),
            ("\u{116c0}", "N\u{116c0}"),
            ("", "Type"),
        ];
        for (wire, code) in cases {
            assert_eq!(type_name(wire), code, "{wire}");
            assert_eq!(type_name(code), code, "{code} is stable");
        }
    }

    #[test]
    fn variants_keep_versions_and_signs_apart() {
        let cases = [
            ("3.0", "V3_0"),
            ("30", "V30"),
            ("\u{116c0}", "V\u{116c0}"),
            ("02:00:00", "V02_00_00"),
            ("prePaid", "PrePaid"),
            ("CREATE_FAILED", "CreateFailed"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("", "Empty"),
            ("*", "Star"),
            ("Unknown", "UnknownValue"),
            ("self", "SelfValue"),
            ("单机", "单机"),
        ];
        for (wire, code) in cases {
            assert_eq!(variant(wire), code, "{wire}");
        }
    }

    #[test]
    fn what_is_spelled_as_in_code_keeps_its_name() {
        let names = distinct(["saveDays", "save_days", "SaveDays"].into_iter(), value);
        assert_eq!(names, ["save_days_2", "save_days", "save_days_3"]);
    }

    #[test]
    fn parameters_leave_a_call_its_own_names() {
        assert_eq!(parameter("client"), "client_value");
        assert_eq!(parameter("X-Body"), "x_body");
        assert_eq!(value("client"), "client");
    }

    #[test]
    fn a_scope_keeps_names_apart() {
        let mut scope = Scope::default();
        assert_eq!(scope.claim("id".into(), "id"), "id");
        assert_eq!(scope.claim("id".into(), "ID"), "id_2");
        assert_eq!(scope.claim("id".into(), "Id"), "id_3");
        assert_eq!(scope.claim("Id".into(), "#/a"), "Id");
        assert_eq!(scope.claim("Id".into(), "#/b"), "Id2");
        assert_eq!(scope.owner("id_2"), Some("ID"));
    }
}
