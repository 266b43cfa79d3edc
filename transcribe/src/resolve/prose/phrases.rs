//! The phrases that bound a value in one way only.
//!
//! A table: what the phrase looks like in plain signs, for which types it counts, and which keyword
//! each of its groups gives. A phrase that could be read in two ways does not belong here.

use std::sync::LazyLock;

use regex::Regex;

use super::{super::keyword::Keyword, compiled};

/// For which types a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    String,
    Number,
    /// A string, number or boolean.
    Scalar,
    Anything,
}

/// One phrase.
pub(super) struct Phrase {
    pub(super) of: Of,
    pub(super) form: Regex,
    /// Groups of the form, and what they give.
    pub(super) gives: &'static [(&'static str, Keyword)],
    /// Whether it also counts under a condition.
    pub(super) always: bool,
}

const NUMBER: &str = r"-?\d+(?:\.\d+)?";
/// After a comparison stands nothing: a unit could be that of something else.
const STOP: &str = r"\s*(?:$|[,;)])";
/// A word of ASCII, as defaults are.
const WORD: &str = r#""?(?P<default>[A-Za-z0-9][A-Za-z0-9_.+:/-]*|-\d+)"?\s*(?:$|[,;)\s。])"#;
const TO: &str = r"\s*(?:-|~|到|至)\s*";
/// Bytes are no characters; a form with this group in it is not taken.
const UNIT: &str = r"\s*(?P<bytes>个?(?:字节|[Bb]yte))?";

type Row = (Of, &'static str, &'static [(&'static str, Keyword)], bool);

use Keyword::{
    Default, ExclusiveMaximum, ExclusiveMinimum, MaxLength, Maximum, MinLength, Minimum, Nullable,
};

const LENGTHS: &[(&str, Keyword)] = &[("min", MinLength), ("max", MaxLength)];
const BOUNDS: &[(&str, Keyword)] = &[("min", Minimum), ("max", Maximum)];

const ROWS: &[Row] = &[
    // Lengths.
    (
        Of::String,
        r"长度(?:范围)?(?:必须|应|须|限制|取值)?(?:为|是|在|:)*\s*\[?(?P<min>\d+)(?:{TO}|,)(?P<max>\d+)\]?{UNIT}",
        LENGTHS,
        false,
    ),
    (Of::String, r"(?P<min>\d+){TO}(?P<max>\d+)\s*(?:个|位)(?:英文|unicode)?字符", LENGTHS, false),
    (
        Of::String,
        r"长度(?:不(?:能|可|得)?(?:超过|大于|多于)|(?:最大|最长|小于等于|上限)(?:为|是|:)?)\s*(?P<max>\d+){UNIT}",
        LENGTHS,
        false,
    ),
    (Of::String, r"最大(?:字符)?长度(?:限制)?(?:为|是|:)?\s*(?P<max>\d+){UNIT}", LENGTHS, false),
    (Of::String, r"最小长度(?:为|是|:)?\s*(?P<min>\d+){UNIT}", LENGTHS, false),
    (Of::String, r"长度不(?:能|可|得)?(?:少于|小于|低于)\s*(?P<min>\d+){UNIT}", LENGTHS, false),
    (
        Of::String,
        r"(?:不(?:能|可|得)?超过|最多|最大|最长|至多)(?:为|支持|允许|输入|可输入)?\s*(?P<max>\d+)\s*(?:个|位)?(?:英文|unicode)?字符",
        LENGTHS,
        false,
    ),
    (
        Of::String,
        r"(?:^|[^小大短])长度(?:固定|必须)?(?:为|是|:)\s*(?P<both>\d+)\s*(?:个字符|位|字符)",
        &[("both", MinLength), ("both", MaxLength)],
        false,
    ),
    (Of::String, r"长度限制(?:为|是|:)\s*(?P<max>\d+){UNIT}", LENGTHS, false),
    (Of::String, r"^长度:\s*(?P<both>\d+)$", &[("both", MinLength), ("both", MaxLength)], false),
    // Bounds.
    (
        Of::Number,
        r"(?:取值范围|取值|有效值|范围)(?:为|是|在|:)*\s*(?P<min>{N}){TO}\+?(?P<max>{N})",
        BOUNDS,
        false,
    ),
    (
        Of::Number,
        r"(?:取值范围|取值|有效值|范围)(?:为|是|在|:)*\s*\[(?P<min>{N})(?:{TO}|\s*,\s*)(?P<max>{N})\]?",
        BOUNDS,
        false,
    ),
    (Of::Number, r"(?:^|,\s*)最大支持(?P<min>\d+){TO}(?P<max>\d+)", BOUNDS, false),
    (Of::Number, r"最小值(?:为|是|:)+\s*(?P<min>{N})", BOUNDS, false),
    (Of::Number, r"最大值(?:为|是|:)+\s*(?P<max>{N})", BOUNDS, false),
    (
        Of::Number,
        r"{SUBJECT}(?:大于或?等于|不小于|不低于|>=|≥)\s*(?P<min>{N}){STOP}",
        BOUNDS,
        false,
    ),
    (
        Of::Number,
        r"{SUBJECT}(?:小于或?等于|不大于|不超过|<=|≤)\s*(?P<max>{N}){STOP}",
        BOUNDS,
        false,
    ),
    (Of::Number, r"{SUBJECT}大于\s*(?P<min>{N}){STOP}", &[("min", ExclusiveMinimum)], false),
    (Of::Number, r"{SUBJECT}小于\s*(?P<max>{N}){STOP}", &[("max", ExclusiveMaximum)], false),
    // Defaults.
    (
        Of::Scalar,
        r"(?:默认值|缺省值|默认取值|默认)(?:为|是|:)+\s*{WORD}",
        &[("default", Default)],
        false,
    ),
    (Of::Scalar, r"¤(?:默认)?(?:值|取值)?(?:为|是)\s*{WORD}", &[("default", Default)], false),
    (
        Of::Number,
        r"(?:^|[,:(¤])\s*默认(?P<default>-?\d+)\s*(?:$|[,)])",
        &[("default", Default)],
        false,
    ),
    // An item that is marked as the default.
    (
        Of::Scalar,
        r#"^"?(?P<default>[A-Za-z0-9][A-Za-z0-9_.-]*)"?\s*[:,][^():]*\(默认(?:值|取值)?[,)]"#,
        &[("default", Default)],
        false,
    ),
    (
        Of::String,
        r"系统分配一个默认\p{Han}*(?P<default>[0-9][0-9:.]*)$",
        &[("default", Default)],
        false,
    ),
    // That a value is null at times is said by telling when.
    (Of::Anything, r"值(?:为|是)\s*(?P<null>null)", &[("null", Nullable)], true),
];

/// What is compared: the value itself, and no part of it. A name must be that of the field.
const SUBJECT: &str = r"(?:^|[,:(]\s*)(?P<of>[A-Za-z_]*)(?:该|此)?(?:参数|字段)?的?(?:取?值|数值)?(?:必须|应|需要?|须)?为?\s*";

/// All phrases, ready to be looked for.
pub(super) static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let compile = |(of, form, gives, always): &Row| {
        let form = form
            .replace("{SUBJECT}", SUBJECT)
            .replace("{UNIT}", UNIT)
            .replace("{WORD}", WORD)
            .replace("{STOP}", STOP)
            .replace("{TO}", TO)
            .replace("{N}", NUMBER);
        Phrase { of: *of, form: compiled(&form), gives, always: *always }
    };
    ROWS.iter().map(compile).collect()
});

#[cfg(test)]
mod tests {
    use super::PHRASES;

    #[test]
    fn every_row_is_a_pattern_with_its_groups() {
        for phrase in PHRASES.iter() {
            let form = &phrase.form;
            for (group, _) in phrase.gives {
                let has = form.capture_names().flatten().any(|name| name == *group);
                let other = phrase
                    .gives
                    .iter()
                    .any(|(name, _)| form.capture_names().flatten().any(|known| known == *name));
                assert!(has || other, "{form} has no {group}");
            }
        }
    }
}
