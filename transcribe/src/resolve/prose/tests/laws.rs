//! What holds for any number in any wording: it is read whole, or not at all.

use proptest::{prelude::*, sample::select};
use serde_json::Value;

use super::{Kind, promoted};

/// In front of a range, between its ends, and behind it; some of what stands behind changes what it means.
const LABELS: &[&str] =
    &["取值范围：", "取值范围", "范围为", "有效值是", "取值在", "Value range: ", "甲，取值"];
const DASHES: &[&str] = &["-", "~", "～", "–", "—", "——", " - ", "至", "到", " to "];
const TAILS: &[&str] = &[
    "",
    "。",
    "，甲",
    "之间",
    "的整数",
    "个",
    "（含）",
    "KB",
    " GB",
    "天",
    "万",
    "亿",
    "千",
    "，5",
    "、5",
    "-5",
    ",000",
    " 000",
    "000",
    ".5",
    "^2",
    "以外",
    "除外",
    "%",
    "倍",
    "或5",
    "和5",
    "等",
    "左右",
    "+",
    "x",
    "，0表示甲",
    "。-1表示甲",
    "（5除外）",
    "e3",
];

/// A number as people write it.
fn spelled(number: i64, how: usize) -> String {
    let grouped = |separator: char| {
        let digits = number.to_string();
        let mut out = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(c);
        }
        out
    };
    match how {
        0 => grouped(','),
        1 => grouped('，'),
        2 => grouped(' '),
        3 => grouped('\u{2009}'),
        4 if number % 10_000 == 0 => format!("{}万", number / 10_000),
        5 => number
            .to_string()
            .chars()
            .filter_map(|c| char::from_u32(u32::from(c) + 0xfee0))
            .collect(),
        _ => number.to_string(),
    }
}

fn bound(found: &[(&'static str, Value)], keyword: &str) -> Option<i64> {
    found.iter().find(|(name, _)| *name == keyword).and_then(|(_, value)| value.as_i64())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_range_is_read_whole_or_not_at_all(
        min in 1_i64..5000,
        length in 1_i64..2_000_000,
        is_round in any::<bool>(),
        how in (0_usize..7, 0_usize..7),
        label in select(LABELS),
        dash in select(DASHES),
        tail in select(TAILS),
    ) {
        let max = if is_round { ((min + length) / 10_000 + 1) * 10_000 } else { min + length };
        let text = format!("{label}{}{dash}{}{tail}", spelled(min, how.0), spelled(max, how.1));
        let found = promoted(&Kind::Int64, &text);
        let ends = (bound(&found, "minimum"), bound(&found, "maximum"));
        // Behind a number, these go on with it; then it is another one, and still whole.
        let (max, is_plain) = match tail {
            "万" => (max * 10_000, false),
            "亿" => (max * 100_000_000, false),
            "千" => (max * 1000, false),
            "000" | ",000" | " 000" => (max * 1000, false),
            "" | "。" | "，甲" | "之间" | "的整数" | "个" | "（含）" => (max, true),
            _ => (max, false),
        };
        let is_whole = ends == (Some(min), Some(max));
        prop_assert!(is_whole || (!is_plain && ends == (None, None)), "{text}: {ends:?}");
        let is_changed = !is_plain && !["万", "亿", "千", "000", ",000", " 000"].contains(&tail);
        prop_assert!(!is_changed || ends == (None, None), "{text}: {ends:?}");
    }
}
