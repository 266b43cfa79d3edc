//! The pieces of a description in, its prose and its formal constraints out.
//!
//! Formal constraints stand at the end: a known label, a colon, and a bold value, in paragraphs of their
//! own or glued to the text in front of them. Values of a list may be items below the label.

use crate::facts::{Constraints, Prose};

use super::{
    cell::{Piece, Run},
    layout::{LABELS, Label},
};

pub(super) fn split(mut pieces: Vec<Piece>) -> (Vec<Prose>, Constraints) {
    let mut constraints = Constraints::default();
    while let Some(last) = pieces.last() {
        let items = pieces.iter().rev().take_while(|piece| is_value(piece)).count();
        let values: Vec<_> = pieces[pieces.len() - items..].iter().map(value).collect();
        let Some(piece) = pieces.len().checked_sub(items + 1).and_then(|at| pieces.get(at)) else {
            break;
        };
        if piece.item || (last.item && values.is_empty()) {
            break;
        }
        let kept = take(&piece.runs, values, &mut constraints);
        if kept.as_ref() == Some(&piece.runs) {
            break;
        }
        pieces.truncate(pieces.len() - items - 1);
        if let Some(runs) = kept {
            pieces.push(Piece { runs, item: false });
            break;
        }
    }
    let prose = pieces.iter().map(|piece| Prose { text: piece.text(), item: piece.item });
    (prose.collect(), constraints)
}

/// Whether it is an item that is nothing but a bold value.
fn is_value(piece: &Piece) -> bool {
    piece.item && piece.runs.iter().all(|run| run.strong)
}

fn value(piece: &Piece) -> String {
    piece.text().trim().to_owned()
}

/// Takes the constraints from the end of a piece; `values` are the items below it. What is left comes
/// back, nothing if the whole piece was formal.
fn take(runs: &[Run], mut values: Vec<String>, constraints: &mut Constraints) -> Option<Vec<Run>> {
    let mut left = runs;
    loop {
        let plain = left.iter().rposition(|run| !run.strong).map_or(0, |at| at + 1);
        let strong = &left[plain..];
        if strong.is_empty() == values.is_empty() {
            break;
        }
        values.extend(strong.iter().map(|run| run.text.trim().to_owned()));
        let Some((label, before)) = plain.checked_sub(1).and_then(|at| labelled(&left[at].text))
        else {
            break;
        };
        if !set(constraints, label, std::mem::take(&mut values)) {
            break;
        }
        left = &left[..plain - 1];
        if !before.is_empty() {
            let mut kept = left.to_vec();
            kept.push(Run { text: before.to_owned(), strong: false });
            return Some(kept);
        }
        if left.is_empty() {
            return None;
        }
    }
    let mut kept = left.to_vec();
    if let (Some(run), true) = (kept.last_mut(), left.len() < runs.len()) {
        run.text.truncate(run.text.trim_end().len());
    }
    Some(kept)
}

/// The label at the end of a text, and the text in front of it.
fn labelled(text: &str) -> Option<(Label, &str)> {
    let text = text.trim_end().strip_suffix(['：', ':'])?.trim_end();
    LABELS.iter().find_map(|(word, label)| Some((*label, text.strip_suffix(word)?.trim_end())))
}

/// Takes a constraint over; not a second one of its kind, nor several values where one is meant.
fn set(constraints: &mut Constraints, label: Label, mut values: Vec<String>) -> bool {
    let slot = match label {
        Label::Values if constraints.values.is_empty() => {
            constraints.values = values;
            return true;
        }
        Label::Values => return false,
        Label::MinLength => &mut constraints.min_length,
        Label::MaxLength => &mut constraints.max_length,
        Label::Minimum => &mut constraints.minimum,
        Label::Maximum => &mut constraints.maximum,
        Label::Default => &mut constraints.default,
    };
    let single = slot.is_none() && values.len() == 1;
    if single {
        *slot = values.pop();
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `**` is bold; a leading `- ` makes an item.
    fn pieces(texts: &[&str]) -> Vec<Piece> {
        let piece = |text: &&str| {
            let item = text.starts_with("- ");
            let parts = text.trim_start_matches("- ").split("**").enumerate();
            let runs = parts.map(|(at, text)| Run { text: text.to_owned(), strong: at % 2 == 1 });
            Piece { runs: runs.filter(|run| !run.text.is_empty()).collect(), item }
        };
        texts.iter().map(piece).collect()
    }

    fn prose(texts: &[&str]) -> Vec<String> {
        split(pieces(texts)).0.into_iter().map(|prose| prose.text).collect()
    }

    #[test]
    fn paragraphs_at_the_end() {
        let (prose, constraints) =
            split(pieces(&["Text.", "最小长度：**1**", "最大长度: **36**", "缺省值：**a b**"]));
        assert_eq!(prose, [Prose { text: "Text.".to_owned(), item: false }]);
        assert_eq!(constraints.min_length.as_deref(), Some("1"));
        assert_eq!(constraints.max_length.as_deref(), Some("36"));
        assert_eq!(constraints.default.as_deref(), Some("a b"));
    }

    #[test]
    fn glued_to_the_text() {
        let (prose, constraints) = split(pieces(&["Text.最大值：**9**枚举值：**A****B**"]));
        assert_eq!(prose, [Prose { text: "Text.".to_owned(), item: false }]);
        assert_eq!(constraints.maximum.as_deref(), Some("9"));
        assert_eq!(constraints.values, ["A", "B"]);
    }

    #[test]
    fn a_list_below_its_label() {
        let (prose, constraints) = split(pieces(&[
            "Kinds:",
            "- a: first",
            "枚举值：",
            "- **a**",
            "- **b**",
            "缺省值：**a**",
        ]));
        assert_eq!(prose.len(), 2);
        assert_eq!(constraints.values, ["a", "b"]);
        assert_eq!(constraints.default.as_deref(), Some("a"));
    }

    #[test]
    fn what_is_no_constraint_stays_prose() {
        assert_eq!(prose(&["取值范围：**1-9**"]), ["取值范围：1-9"]);
        assert_eq!(prose(&["枚举值：", "- **a**", "- plain"]), ["枚举值：", "a", "plain"]);
        assert_eq!(prose(&["- **a**"]), ["a"]);
        assert_eq!(prose(&["最大值：**9**", "more"]), ["最大值：9", "more"]);
        assert_eq!(prose(&["最大值：9"]), ["最大值：9"]);
        assert_eq!(prose(&["最大值：**8**", "最大值：**9**"]), ["最大值：8"]);
        assert_eq!(prose(&["see **note** 最大值：**9**"]), ["see note"]);
    }
}
