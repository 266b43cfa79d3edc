//! What happens to an order. In: a random number generator. Out: which part of it is carried out, and what happens to the
//! response.

use fastrand::Rng;

/// What is carried out of an order, and what its answer is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    Done,
    /// A success that does not name what was ordered.
    DoneWithoutIds,
    /// One that names something else, has an empty id, or one id for all.
    DoneWrongly,
    /// All, part or nothing is carried out, and the answer is an error.
    Error(u16, Part),
    /// Its creation fails.
    Fails,
    /// The caller dies: before the service has it, or behind.
    Crash(Part),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    All,
    Some,
    None,
}

impl Fate {
    pub(super) const KINDS: &[&str] = &[
        "Done",
        "DoneWithoutIds",
        "DoneWrongly",
        "Error(400, None)",
        "Error(400, Some)",
        "Error(403, Some)",
        "Error(404, Some)",
        "Error(413, Some)",
        "Error(422, Some)",
        "Error(499, Some)",
        "Error(408, All)",
        "Error(408, None)",
        "Error(409, All)",
        "Error(425, All)",
        "Error(429, None)",
        "Error(504, All)",
        "Fails",
        "Crash(All)",
        "Crash(None)",
        "look: fails",
        "look: an item without an id",
        "look: an item twice",
        "look: an item is skipped",
    ];

    pub(super) fn draw(count: i64, random: &mut Rng) -> Self {
        match random.u8(0..20) {
            0..=2 => Self::Done,
            3 => Self::DoneWithoutIds,
            4..=5 => Self::DoneWrongly,
            6 => Self::Fails,
            7..=9 => Self::Crash(if random.bool() { Part::All } else { Part::None }),
            10..=11 => Self::Error(400, Part::None),
            // A refusal is believed of a single order alone.
            12..=15 if count > 1 => {
                let refusals = [400, 403, 404, 413, 422, 499];
                let part = [Part::All, Part::Some][random.usize(0..2)];
                Self::Error(refusals[random.usize(0..refusals.len())], part)
            }
            _ => {
                let unknown = [408, 409, 425, 429, 499, 500, 502, 503, 504];
                let part = if random.bool() { Part::All } else { Part::None };
                Self::Error(unknown[random.usize(0..unknown.len())], part)
            }
        }
    }
}
