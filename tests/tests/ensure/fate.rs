//! What happens to a request. In: a random number generator. Out: what is carried out of it, and how
//! the answer goes.

use fastrand::Rng;

/// What is carried out of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    All,
    /// Of a batch, all but the last.
    Part,
    Nothing,
}

/// How the answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Whole,
    /// A success that does not name what was bought.
    Mute,
    /// The connection is reset.
    Reset,
    /// The connection ends in the middle of the answer.
    Cut,
    /// An error with this status, with or without a code of the service.
    Status(u16, bool),
    /// None comes within the time that the client gives an attempt.
    Late,
}

/// The errors of a service that has trouble, and of gateways before it.
const TROUBLE: [u16; 4] = [429, 500, 502, 504];

/// What comes of a list.
pub(crate) fn look(random: &mut Rng) -> Answer {
    match random.u8(0..40) {
        0..=1 => Answer::Reset,
        2..=3 => Answer::Cut,
        4..=7 => trouble(random),
        8 => Answer::Late,
        _ => Answer::Whole,
    }
}

/// What comes of an order, of one instance or of several.
pub(crate) fn order(is_batch: bool, random: &mut Rng) -> (Work, Answer) {
    let answer = match random.u8(0..16) {
        0..=3 => return (Work::All, Answer::Whole),
        4 => return (Work::All, Answer::Mute),
        5 => return (Work::All, Answer::Cut),
        6 => return (Work::Nothing, Answer::Status(400, true)),
        7 if is_batch => return (Work::Part, trouble(random)),
        8..=9 => Answer::Reset,
        10 => Answer::Late,
        _ => trouble(random),
    };
    (if random.bool() { Work::All } else { Work::Nothing }, answer)
}

fn trouble(random: &mut Rng) -> Answer {
    Answer::Status(TROUBLE[random.usize(0..TROUBLE.len())], random.bool())
}

impl Answer {
    /// What it is counted as.
    pub(crate) fn label(self) -> String {
        match self {
            Self::Status(status, _) => status.to_string(),
            other => format!("{other:?}").to_lowercase(),
        }
    }
}

impl Work {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::All => "carried out",
            Self::Part => "half carried out",
            Self::Nothing => "not carried out",
        }
    }
}
