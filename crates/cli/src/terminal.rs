//! What only a terminal gets: colours, and long texts page by page. In: texts. Out: the same texts, with marks for the terminal
//! where the stream is one and the user has not turned colours off; through a pager where one is there.

use std::{
    env,
    io::{self, IsTerminal, Write as _},
    process::{Command, Stdio},
};

use clap::builder::styling::{AnsiColor, Style};

use crate::{messages, problem::Problem, run::print};

/// The head of a table.
pub(crate) const HEAD: Style = Style::new().bold();

/// Whether a stream gets colours.
pub(crate) fn is_coloured(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| env::var(name).ok();
    stream.is_terminal() && wants_colours(set("NO_COLOR").as_deref(), set("TERM").as_deref())
}

fn wants_colours(off: Option<&str>, terminal: Option<&str>) -> bool {
    off.is_none_or(str::is_empty) && terminal != Some("dumb")
}

/// A text in a style.
pub(crate) fn painted(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// A message with a coloured beginning, if it begins as errors, warnings and notes do.
pub(crate) fn marked(text: &str) -> String {
    let kinds = [
        (messages::error(""), AnsiColor::Red),
        (messages::warning(""), AnsiColor::Yellow),
        (messages::note(""), AnsiColor::Cyan),
    ];
    let found = kinds.iter().find_map(|(begin, colour)| {
        let rest = text.strip_prefix(begin.as_str())?;
        Some(painted(begin, colour.on_default().bold()) + rest)
    });
    found.unwrap_or_else(|| text.to_owned())
}

/// Shows a text by the user's pager; without a terminal or a pager, it is written as it is.
pub(crate) fn page(text: &str) -> Result<(), Problem> {
    let words = pager(env::var("PAGER").ok().as_deref());
    match io::stdout().is_terminal() && paged(text, &words) {
        true => Ok(()),
        false => print(text),
    }
}

/// The words of the pager: `$PAGER`, or `less`; none if the variable is set and empty.
fn pager(set: Option<&str>) -> Vec<String> {
    set.unwrap_or("less").split_whitespace().map(str::to_owned).collect()
}

/// Whether the pager was there to show a text.
fn paged(text: &str, words: &[String]) -> bool {
    let [program, arguments @ ..] = words else { return false };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        // A short text is shown at once and stays; colours are shown.
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut stdin) = child.stdin.take() {
        // Whoever quits early has read enough.
        let _ = writeln!(stdin, "{text}");
    }
    child.wait().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_can_be_turned_off() {
        assert!(wants_colours(None, Some("xterm")) && wants_colours(Some(""), None));
        assert!(!wants_colours(Some("1"), Some("xterm")) && !wants_colours(None, Some("dumb")));
    }

    #[test]
    fn the_kind_of_a_message_is_coloured() {
        assert_eq!(
            marked("error: a: b\nwhy: c"),
            "\u{1b}[1m\u{1b}[31merror: \u{1b}[0ma: b\nwhy: c"
        );
        assert_eq!(marked("note: a"), "\u{1b}[1m\u{1b}[36mnote: \u{1b}[0ma");
        assert_eq!(marked("an error: a"), "an error: a");
    }

    #[cfg(unix)]
    #[test]
    fn the_pager_gets_the_whole_text() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shown");
        let words = |text: &str| pager(Some(text));
        assert!(paged("one\ntwo", &words(&format!("cp /dev/stdin {}", file.display()))));
        assert_eq!(std::fs::read_to_string(file).unwrap(), "one\ntwo\n");
        assert!(!paged("one", &words("no-such-pager")) && !paged("one", &words("")));
        assert_eq!(pager(None), ["less"]);
    }
}
