//! Sets of characters: what a class of a pattern means.

use regex_syntax::{
    ast::{
        ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, HexLiteralKind, Literal,
        LiteralKind, SpecialLiteralKind,
    },
    hir::{ClassUnicode, ClassUnicodeRange},
};

use super::PatternError;

const DIGIT: &[(char, char)] = &[('0', '9')];
const SPACE: &[(char, char)] = &[('\t', '\r'), (' ', ' ')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// Ranges of characters: sorted, and neither overlapping nor adjacent.
pub(super) type Ranges = Vec<(char, char)>;

/// `.`: any character but a line feed.
pub(super) fn dot() -> Ranges {
    negated(&[('\n', '\n')])
}

/// Every character.
pub(super) fn any() -> Ranges {
    vec![('\0', char::MAX)]
}

/// `\d`, `\w`, `\s` and their opposites.
pub(super) fn perl(class: &ClassPerl) -> Ranges {
    let ranges = match class.kind {
        ClassPerlKind::Digit => DIGIT,
        ClassPerlKind::Space => SPACE,
        ClassPerlKind::Word => WORD,
    };
    if class.negated { negated(ranges) } else { ranges.to_vec() }
}

/// `[…]`.
pub(super) fn bracketed(class: &ClassBracketed) -> Result<Ranges, PatternError> {
    let ClassSet::Item(item) = &class.kind else {
        return refuse("an operator of sets (`&&`, `--`, `~~`) in a class; list the characters");
    };
    let mut ranges = Vec::new();
    gather(item, &mut ranges)?;
    Ok(if class.negated { negated(&ranges) } else { canonical(&ranges) })
}

/// The character that a literal stands for.
pub(super) fn literal(literal: &Literal) -> Result<char, PatternError> {
    match &literal.kind {
        LiteralKind::Special(SpecialLiteralKind::Bell) => refuse(r"`\a`; write `\x07`"),
        LiteralKind::HexBrace(HexLiteralKind::X) => refuse(r"`\x{…}`; write `\u{…}`"),
        LiteralKind::HexFixed(HexLiteralKind::UnicodeLong)
        | LiteralKind::HexBrace(HexLiteralKind::UnicodeLong) => refuse(r"`\U`; write `\u{…}`"),
        _ => Ok(literal.c),
    }
}

pub(super) fn refuse<T>(what: &str) -> Result<T, PatternError> {
    let (what, advice) = what.split_once("; ").unwrap_or((what, "write the pattern without it"));
    Err(PatternError::Unsupported(format!("{what} is not supported; {advice}")))
}

fn gather(item: &ClassSetItem, ranges: &mut Ranges) -> Result<(), PatternError> {
    match item {
        ClassSetItem::Empty(_) => {}
        // ECMA-262 ends the class there, where others take the bracket for a member.
        ClassSetItem::Literal(c) if c.c == ']' && c.kind == LiteralKind::Verbatim => {
            return refuse(r"`]` as the first character of a class; write `\]`");
        }
        ClassSetItem::Literal(c) => {
            let c = literal(c)?;
            ranges.push((c, c));
        }
        ClassSetItem::Range(range) => ranges.push((literal(&range.start)?, literal(&range.end)?)),
        ClassSetItem::Perl(class) => ranges.extend(perl(class)),
        ClassSetItem::Union(union) => {
            for item in &union.items {
                gather(item, ranges)?;
            }
        }
        ClassSetItem::Ascii(_) => {
            return refuse("a named class such as `[:alpha:]`; write its ranges");
        }
        ClassSetItem::Unicode(_) => return refuse(r"`\p`; write ranges of characters"),
        ClassSetItem::Bracketed(_) => {
            return refuse(r"a class within a class; write `\[` for the bracket itself");
        }
    }
    Ok(())
}

fn canonical(ranges: &[(char, char)]) -> Ranges {
    unicode(ranges).ranges().iter().map(|r| (r.start(), r.end())).collect()
}

fn negated(ranges: &[(char, char)]) -> Ranges {
    let mut class = unicode(ranges);
    class.negate();
    class.ranges().iter().map(|r| (r.start(), r.end())).collect()
}

fn unicode(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(ranges.iter().map(|&(a, z)| ClassUnicodeRange::new(a, z)))
}
