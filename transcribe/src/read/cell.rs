//! Pieces of text as they come, cells with normal spaces out.

/// A cell of a table of either kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) pieces: Vec<Piece>,
    /// The target of the first link to a place of the page, without `#`.
    pub(super) anchor: Option<String>,
}

impl Cell {
    /// All of its text on one line.
    pub(super) fn text(&self) -> String {
        let pieces: Vec<_> = self.pieces.iter().map(Piece::text).collect();
        pieces.join(" ")
    }
}

/// A paragraph, line or list item of a cell; never empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub(super) runs: Vec<Run>,
    pub(super) item: bool,
}

impl Piece {
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Text of one weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) strong: bool,
}

/// Makes a cell of text that comes in parts.
#[derive(Default)]
pub(super) struct CellBuilder {
    cell: Cell,
    piece: Piece,
    /// Whether a space stands before the next text of the piece.
    space: bool,
    /// Whether the next text starts a run of its own, as in `<b>1</b><b>2</b>`.
    split: bool,
}

impl CellBuilder {
    /// Adds text; any run of white space is one space.
    pub(super) fn push(&mut self, text: &str, strong: bool) {
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            self.space |= at > 0;
            if word.is_empty() {
                continue;
            }
            let space = std::mem::take(&mut self.space) && !self.piece.runs.is_empty();
            let fresh = std::mem::take(&mut self.split);
            match self.piece.runs.last_mut() {
                Some(run) if run.strong == strong && !fresh => {
                    run.text.extend(space.then_some(' '));
                    run.text.push_str(word);
                }
                last => {
                    // A space between two runs belongs to the first, so that a bold value has none.
                    if let (Some(run), true) = (last, space) {
                        run.text.push(' ');
                    }
                    self.piece.runs.push(Run { text: word.to_owned(), strong });
                }
            }
        }
    }

    /// The next text is a run of its own.
    pub(super) fn split(&mut self) {
        self.split = true;
    }

    /// Ends the piece.
    pub(super) fn end(&mut self, item: bool) {
        let piece = std::mem::take(&mut self.piece);
        self.space = false;
        self.split = false;
        if !piece.runs.is_empty() {
            self.cell.pieces.push(Piece { item, ..piece });
        }
    }

    /// Takes the target of a link; only the first one to a place of the page counts.
    pub(super) fn link(&mut self, target: &str) {
        let anchor = target.strip_prefix('#').filter(|anchor| !anchor.is_empty());
        if let (None, Some(anchor)) = (&self.cell.anchor, anchor) {
            self.cell.anchor = Some(anchor.to_owned());
        }
    }

    pub(super) fn finish(mut self, item: bool) -> Cell {
        self.end(item);
        self.cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_single_and_runs_split_by_weight() {
        let mut cell = CellBuilder::default();
        cell.push("  Size \n of ", false);
        cell.push(" it: ", true);
        cell.split();
        cell.push("9 ", true);
        cell.end(false);
        cell.end(false);
        cell.link("page.md");
        cell.link("#first");
        cell.link("#second");
        cell.push("\u{a0}last", false);
        let cell = cell.finish(true);
        assert_eq!(cell.text(), "Size of it: 9 last");
        let runs: Vec<_> =
            cell.pieces[0].runs.iter().map(|run| (run.text.as_str(), run.strong)).collect();
        assert_eq!(runs, [("Size of ", false), ("it: ", true), ("9", true)]);
        assert!(cell.pieces[1].item);
        assert_eq!(cell.anchor.as_deref(), Some("first"));
    }
}
