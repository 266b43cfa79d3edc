//! What happens to a request. In: a random number generator. Out: which part of it is carried out, and how
//! the response fails.

use fastrand::Rng;

/// What is carried out of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    All,
    /// Of a batch, all but the last.
    Part,
    Nothing,
    /// All of it, but what is made ends in this state, in which it is no instance to work with.
    Fails(&'static str),
}

/// How the answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Whole,
    /// A success that does not name what was ordered.
    Mute,
    /// A success for something else.
    Wrong(Wrong),
    /// The connection is reset.
    Reset,
    /// The connection ends in the middle of the answer.
    Cut,
    /// The connection ends where its body was to begin.
    Bare,
    /// An error with this status, with or without a code of the service.
    Status(u16, bool),
    /// A date of the signature that is refused.
    Expired,
    /// None comes within the time that the client gives an attempt.
    Late,
    /// A success that is no list.
    NoList(&'static str),
    /// A success without a body.
    NoContent,
    /// A list with an item that cannot be told.
    Unidentified,
    /// A list in which pages overlap: an item comes twice.
    Overlap,
    /// A list that changes while it is read: an item is skipped.
    Skip,
    /// A list that ends before all that it counts: a page behind the first one is empty.
    Short,
}

/// What is wrong with the answer to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    OtherName,
    NoName,
    EmptyId,
    OneId,
    Fewer,
    More,
}

/// The errors of a service that has trouble, and of gateways before it; also what leads elsewhere.
const TROUBLE: [u16; 14] = [301, 302, 303, 307, 308, 408, 409, 425, 429, 499, 500, 502, 503, 504];

/// Refusals; of a batch, part may have been carried out all the same.
const REFUSALS: [u16; 6] = [400, 401, 403, 404, 413, 422];

/// Answers to a list that say nothing of what is there.
const NO_LISTS: [&str; 8] = [
    r#"{"error_code":"DCS.5000","error_msg":"trouble"}"#,
    "{}",
    "",
    r#"{"instances":null}"#,
    r#"{"instance_num":1}"#,
    r#"{"instance_num":1,"instances":[]}"#,
    r#"{"data":{"instances":[],"instance_num":0}}"#,
    r#"{"instance_num":101,"instances":[]}"#,
];

/// States of what is there and does not count as there.
const FAILED: [&str; 3] = ["CREATEFAILED", "ERROR", "DELETING"];

const WRONG: [Wrong; 6] =
    [Wrong::OtherName, Wrong::NoName, Wrong::EmptyId, Wrong::OneId, Wrong::Fewer, Wrong::More];

/// What comes of a list.
pub(crate) fn look(random: &mut Rng) -> Answer {
    match random.u8(0..48) {
        0..=1 => Answer::Reset,
        2..=3 => Answer::Cut,
        4..=6 => trouble(random),
        7 if random.bool() => Answer::Late,
        8..=10 => Answer::NoList(NO_LISTS[random.usize(0..NO_LISTS.len())]),
        11 => Answer::Unidentified,
        12..=13 => Answer::Overlap,
        14..=15 => Answer::Skip,
        16 => Answer::Expired,
        17 => Answer::NoContent,
        18 => Answer::Bare,
        19..=20 => Answer::Short,
        _ => Answer::Whole,
    }
}

/// What comes of an order, of one instance or of several.
pub(crate) fn order(is_batch: bool, random: &mut Rng) -> (Work, Answer) {
    let answer = match random.u8(0..20) {
        0..=3 => return (Work::All, Answer::Whole),
        4 => return (Work::All, Answer::Mute),
        5 => return (Work::All, Answer::Cut),
        6 => return (Work::Nothing, Answer::Status(refusal(random), true)),
        7..=8 if is_batch => {
            let work = if random.bool() { Work::Part } else { Work::All };
            return (work, Answer::Status(refusal(random), true));
        }
        9 if is_batch => return (Work::Part, trouble(random)),
        10..=11 => return (Work::All, Answer::Wrong(WRONG[random.usize(0..WRONG.len())])),
        12 => return (Work::Fails(FAILED[random.usize(0..FAILED.len())]), Answer::Whole),
        13 => Answer::Expired,
        14..=15 => Answer::Reset,
        16 => Answer::Late,
        _ => trouble(random),
    };
    (if random.bool() { Work::All } else { Work::Nothing }, answer)
}

fn trouble(random: &mut Rng) -> Answer {
    Answer::Status(TROUBLE[random.usize(0..TROUBLE.len())], random.bool())
}

fn refusal(random: &mut Rng) -> u16 {
    REFUSALS[random.usize(0..REFUSALS.len())]
}

impl Answer {
    /// What it is counted as.
    pub(crate) fn label(self) -> String {
        match self {
            Self::Status(status, _) => status.to_string(),
            Self::NoList(_) => "no list".to_owned(),
            Self::Wrong(what) => format!("wrong: {what:?}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

impl Work {
    pub(crate) fn label(self) -> String {
        match self {
            Self::All => "carried out".to_owned(),
            Self::Part => "half carried out".to_owned(),
            Self::Nothing => "not carried out".to_owned(),
            Self::Fails(status) => format!("ends as {status}"),
        }
    }
}
