//! The phrases in English, in plain signs.

use super::{
    super::super::keyword::Keyword::Default, BOUNDS, FEWEST_ITEMS, LENGTHS, LONGEST, LOWER,
    MOST_ITEMS, Of, PhraseRow, SHORTEST, UPPER,
};

/// What may stand in front of a bound: words that speak of the value and nothing else. A word that is not among
/// them, such as `not`, `outside`, `each` or the name of something, makes it another phrase.
pub(super) const CLAUSE: &str = concat!(
    r"(?:^|[,:(]\s*)(?i:(?:the|this|an?|its|value|values|parameter|field|name|string|list|number|length|integer",
    r"|ranges?|must|can|may|should|have|has|be|is|of|from|in|contains?|consists?|supports?|supported|with)\s+",
    r"|range\s*:\s*)*",
);

/// What bounds from above.
pub(super) const MOST: &str = concat!(
    r"(?i:up\s+to|at\s+most|not?\s+more\s+than|(?:cannot|can\s+not|must\s+not|may\s+not|does\s+not)\s+exceed",
    r"|less\s+than\s+or\s+equal\s+to|maximum(?:\s+value|\s+length)?\s*(?:\s+of|\s+is|:))\s*",
);

/// What bounds from below.
pub(super) const LEAST: &str = concat!(
    r"(?i:at\s+least|not?\s+(?:less|fewer)\s+than|greater\s+than\s+or\s+equal\s+to",
    r"|minimum(?:\s+value|\s+length)?\s*(?:\s+of|\s+is|:))\s*",
);

const DEFAULT: &[(&str, super::Keyword)] = &[("default", Default)];

pub(super) const ROWS: &[PhraseRow] = &[
    (
        Of::String,
        r"{CLAUSE}(?P<min>\d+){TO}(?P<max>\d+)\s*(?:[Uu]nicode )?characters(?-u:\b)",
        LENGTHS,
        false,
    ),
    (
        Of::String,
        r"{CLAUSE}{MOST}(?P<max>\d+)\s*(?:[Uu]nicode )?characters(?-u:\b)",
        LONGEST,
        false,
    ),
    (
        Of::String,
        r"{CLAUSE}{LEAST}(?P<min>\d+)\s*(?:[Uu]nicode )?characters(?-u:\b)",
        SHORTEST,
        false,
    ),
    (
        Of::String,
        r"(?i:^length(?: range)?\s*(?:is|:)?)\s*(?P<min>\d+){TO}(?P<max>\d+)",
        LENGTHS,
        false,
    ),
    (Of::String, r"(?i:maximum\s+length\s*(?:of|is|:))\s*(?P<max>\d+)", LONGEST, false),
    (Of::String, r"(?i:minimum\s+length\s*(?:of|is|:))\s*(?P<min>\d+)", SHORTEST, false),
    (Of::List, r"{CLAUSE}{MOST}(?P<max>\d+)\s*(?:items|elements)(?-u:\b)", MOST_ITEMS, false),
    (Of::List, r"{CLAUSE}{LEAST}(?P<min>\d+)\s*(?:items|elements)(?-u:\b)", FEWEST_ITEMS, false),
    // A range in digits and a dash alone could be anything; with a word it is one.
    (Of::Number, r"{CLAUSE}(?P<min>{N})\s+(?:to|through)\s+(?P<max>{N})", BOUNDS, false),
    (Of::Number, r"{CLAUSE}[Bb]etween\s+(?P<min>{N})\s+and\s+(?P<max>{N})", BOUNDS, false),
    (Of::Number, r"(?i:range\s*(?:is|:))\s*(?P<min>{N}){TO}(?P<max>{N})", BOUNDS, false),
    (
        Of::Number,
        r"(?i:range\s*(?:is|:))\s*\[\s*(?P<min>{N})(?:{TO}|\s*,\s*)(?P<max>{N})\s*(?:\]|$)",
        BOUNDS,
        false,
    ),
    (Of::Number, r"{CLAUSE}{MOST}(?P<max>{N}){STOP}", UPPER, false),
    (Of::Number, r"{CLAUSE}{LEAST}(?P<min>{N}){STOP}", LOWER, false),
    (
        Of::Scalar,
        r"(?i:(?-u:\b)default(?:\s+value)?\s*(?:\s+is|:)|(?-u:\b)defaults\s+to)\s*{WORD}",
        DEFAULT,
        false,
    ),
];
