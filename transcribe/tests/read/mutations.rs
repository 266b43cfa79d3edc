//! Damaged pages in: no panic, no hang, and nothing lost in silence that a damage report would not name.

use std::time::{Duration, Instant};

use proptest::{collection::vec, prelude::*, sample::Index};
use transcribe::read::{self, Reading};

use crate::{arbitrary, render::render};

/// Far more than any page of these sizes takes, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(2);

const PIECES: [&str; 24] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<ul><li>",
    "</li>",
    "<strong>",
    "<!--",
    "<a href=\"#",
    "&#x",
    "**",
    "**表 1**  ",
    "**状态码： ",
    "## ",
    "# ",
    "## 响应参数\n\n",
    "枚举值：**",
    "|--|--|\n",
    "|",
    "```\n",
    "\n\n",
    "\u{0}\u{fffd}",
];

fn fixtures() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/read");
    let mut pages = Vec::new();
    for kind in ["pages", "refused"] {
        for entry in std::fs::read_dir(format!("{folder}/{kind}")).unwrap() {
            pages.push(std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
    pages.sort();
    pages
}

#[derive(Clone, Debug)]
enum Edit {
    Byte(Index, u8),
    Insert(Index, &'static str),
    Cut(Index, Index),
    DropLine(Index),
    RepeatLine(Index, usize),
    /// The rest of the page again, from a line on.
    Splice(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        (at(), prop::sample::select(PIECES.to_vec())).prop_map(|(at, text)| Edit::Insert(at, text)),
        (at(), at()).prop_map(|(from, to)| Edit::Cut(from, to)),
        at().prop_map(Edit::DropLine),
        (at(), 1..20_usize).prop_map(|(at, times)| Edit::RepeatLine(at, times)),
        at().prop_map(Edit::Splice),
    ]
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    if bytes.is_empty() {
        return;
    }
    let len = bytes.len();
    match edit {
        Edit::Byte(at, byte) => bytes[at.index(len)] = *byte,
        Edit::Insert(at, text) => {
            let at = at.index(len);
            bytes.splice(at..at, text.bytes());
        }
        Edit::Cut(from, to) => {
            let from = from.index(len);
            let most = (len - from).min(200);
            bytes.drain(from..from + to.index(most));
        }
        Edit::DropLine(at) => drop(bytes.drain(line(bytes, at.index(len)))),
        Edit::RepeatLine(at, times) => {
            let line = line(bytes, at.index(len));
            let text = bytes[line.clone()].repeat(*times);
            bytes.splice(line.start..line.start, text);
        }
        Edit::Splice(at) => {
            let start = line(bytes, at.index(len)).start;
            bytes.extend_from_within(start..);
        }
    }
}

/// The line around a byte.
fn line(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n');
    start..end.map_or(bytes.len(), |end| at + end + 1)
}

/// Reads, and checks what holds for any page.
fn check(bytes: &[u8]) -> Result<Reading, TestCaseError> {
    let start = Instant::now();
    let reading = read::page("page.md", bytes);
    prop_assert!(start.elapsed() < LIMIT, "{} bytes took {:?}", bytes.len(), start.elapsed());
    let lines = String::from_utf8_lossy(bytes).matches(['\n', '\r']).count() + 1;
    prop_assert!(reading.page.is_some() || !reading.refused.is_empty());
    for refused in &reading.refused {
        prop_assert!((1..=lines).contains(&refused.line), "{refused:?}");
    }
    for table in reading.page.iter().flat_map(|page| &page.tables) {
        prop_assert!(
            table.rows.iter().all(|row| !row.name.is_empty() && !row.type_text.is_empty())
        );
        prop_assert!(table.rows.iter().all(|row| (table.line..=lines).contains(&row.line)));
    }
    Ok(reading)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_fixtures(at in any::<Index>(), edits in vec(edit(), 1..12)) {
        let mut bytes = at.get(&fixtures()).clone();
        for edit in &edits {
            apply(&mut bytes, edit);
        }
        check(&bytes)?;
    }

    #[test]
    fn damaged_pages(page in arbitrary::page(), edits in vec(edit(), 1..12)) {
        let mut bytes = render(&page).0.into_bytes();
        for edit in &edits {
            apply(&mut bytes, edit);
        }
        check(&bytes)?;
    }

    #[test]
    fn a_row_that_loses_one_tag_is_named_and_the_rest_is_read(
        tag in prop::sample::select(vec!["</td>", "</tr>", "<td>", "<tr>"]),
        row in 0..5_usize,
    ) {
        let text = five_rows();
        let start = text.match_indices("<tr><td").nth(row).unwrap().0;
        let at = start + text[start..].find(tag.trim_end_matches('>')).unwrap();
        let end = at + text[at..].find('>').unwrap() + 1;
        let damaged = format!("{}{}", &text[..at], &text[end..]);
        let reading = check(damaged.as_bytes())?;
        prop_assert!(!reading.refused.is_empty());
        let names: Vec<_> =
            reading.page.unwrap().tables[0].rows.iter().map(|row| row.name.clone()).collect();
        let expected: Vec<_> =
            (0..5).filter(|other| *other != row).map(|other| format!("row_{other}")).collect();
        prop_assert_eq!(names, expected);
    }
}

/// A page with a table of five rows.
fn five_rows() -> String {
    let row = |at| {
        let cells: String = [format!("row_{at}"), "String".to_owned(), "Text.".to_owned()]
            .iter()
            .map(|text| format!("<td class=\"cell\"><p>{text}</p>\n</td>\n"))
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = (0..5).map(row).collect();
    format!(
        "# T<a name=\"Op\"></a>\n\n## URI\n\nGET /v1/x\n\n## 请求参数\n\n<table><thead><tr><th>参数</th><th>参数类型</th>\
         <th>描述</th></tr>\n</thead>\n<tbody>{rows}</tbody>\n</table>\n"
    )
}

/// Text that is hard for parsers that go back and forth.
#[test]
fn a_page_of_one_mark_ends_quickly() {
    let head = "# T<a name=\"Op\"></a>\n\n## URI\n\nGET /v1/x\n\n## 请求参数\n\n";
    let pipes = "|参数|参数类型|描述|\n|--|--|--|\n|a|b|";
    for start in [head.to_owned(), format!("{head}{pipes}")] {
        for piece in
            PIECES.iter().chain(&["[", "*", "`", "<", "> ", "- ", "![", "_a", "枚举值：**A**x"])
        {
            let bytes = format!("{start}{}", piece.repeat(100_000 / piece.len()));
            let begun = Instant::now();
            read::page("page.md", bytes.as_bytes());
            // Unoptimised, each takes a fraction of a second; going back and forth would take minutes.
            assert!(begun.elapsed() < 5 * LIMIT, "{piece:?}: {:?}", begun.elapsed());
        }
    }
}
