//! Bounds of numbers in many wordings: what has one reading is promoted, and what has not is left to people.

use serde_json::{Value, json};

use super::{Kind, promoted};

type Found = Vec<(&'static str, Value)>;

fn range(min: i64, max: i64) -> Found {
    vec![("minimum", json!(min)), ("maximum", json!(max))]
}

fn least(min: i64) -> Found {
    vec![("minimum", json!(min))]
}

fn most(max: i64) -> Found {
    vec![("maximum", json!(max))]
}

fn check(cases: &[(&str, Found)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let (mut found, mut expected) = (promoted(&Kind::Int64, text), expected.clone());
        found.sort_by_key(|(keyword, _)| *keyword);
        expected.sort_by_key(|(keyword, _)| *keyword);
        (found != expected).then(|| format!("{text}: {found:?}, not {expected:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_nothing(texts: &[&str]) {
    check(&texts.iter().map(|text| (*text, Vec::new())).collect::<Vec<_>>());
}

#[test]
fn separators_of_thousands() {
    check(&[
        ("取值范围：1-65,535", range(1, 65_535)),
        ("取值范围：1-65，535", range(1, 65_535)),
        ("取值范围：1-65 535", range(1, 65_535)),
        ("取值范围：1-65\u{2009}535", range(1, 65_535)),
        ("取值范围：1-65\u{202f}535", range(1, 65_535)),
        ("取值范围：1-65\u{a0}535", range(1, 65_535)),
        ("取值范围：1-65\u{3000}535", range(1, 65_535)),
        ("取值范围：１-６５，５３５", range(1, 65_535)),
        ("取值范围：1~10,000", range(1, 10_000)),
        ("取值范围：1,000-2,000,000", range(1000, 2_000_000)),
        ("取值范围：1 000 至 2 000 000", range(1000, 2_000_000)),
        ("取值范围：[1,100]", range(1, 100)),
        ("取值范围：[0,65,535]", range(0, 65_535)),
        ("最大值为1,000", most(1000)),
        ("不超过1,000", most(1000)),
        ("默认值：1,000", vec![("default", json!(1000))]),
        ("默认值：1，000，000", vec![("default", json!(1_000_000))]),
        ("缺省值为10\u{2009}000", vec![("default", json!(10_000))]),
    ]);
    check_nothing(&[
        "取值范围：1-65'535",
        "取值范围：1-65_535",
        "取值范围：1-65·535",
        "取值范围：1-65.535",
        "取值范围：1-65,5355",
        "取值范围：1-65,53",
        "取值范围：1-1e6",
        "取值范围：1-0x7F",
        "取值范围：1-99999999999999999999",
        "默认值：1,00",
        "默认值：1.000.000",
    ]);
}

#[test]
fn powers_and_ten_thousands() {
    check(&[
        ("取值范围：1-2^31-1", range(1, 2_147_483_647)),
        ("取值范围：1 ~ 2^31 - 1", range(1, 2_147_483_647)),
        ("取值范围：-2^31~2^31-1", range(-2_147_483_648, 2_147_483_647)),
        ("取值范围：1-2³¹-1", range(1, 2_147_483_647)),
        ("取值范围：1-2的31次方-1", range(1, 2_147_483_647)),
        ("取值范围：1到2的31次方减1", range(1, 2_147_483_647)),
        ("取值范围：0-2**16", range(0, 65_536)),
        ("取值范围：2^10~2^20", range(1024, 1_048_576)),
        ("取值范围：2^10-2^20", range(1024, 1_048_576)),
        ("取值范围：1-1万", range(1, 10_000)),
        ("取值范围：1万-10万", range(10_000, 100_000)),
        ("取值范围：1~1.5万", range(1, 15_000)),
        ("取值范围：1-1千", range(1, 1000)),
        ("取值范围：1-5千万", range(1, 50_000_000)),
        ("取值范围：0-2亿", range(0, 200_000_000)),
        ("最大值为2^15", most(32_768)),
        ("默认值：2^10", vec![("default", json!(1024))]),
    ]);
    check_nothing(&[
        "取值范围：1-2^64",
        "取值范围：1-2^31-1-1",
        "取值范围：1-10*2^10",
        "取值范围：1-2^x",
        "取值范围：1-10多万",
        "取值范围：1-几万",
        "取值范围：1-5百万",
        "取值范围：1-1万多",
    ]);
}

#[test]
fn marks_and_words_of_ranges() {
    let dashes =
        ["-", "~", "～", "〜", "—", "–", "－", "−", "——", "至", "到", " - ", " ~ ", " 至 "];
    for dash in dashes {
        check(&[(&format!("取值范围：1{dash}168"), range(1, 168))]);
    }
    check(&[
        ("取值范围1~168", range(1, 168)),
        ("取值范围为1~168", range(1, 168)),
        ("取值范围是1至168", range(1, 168)),
        ("取值范围在1到168之间", range(1, 168)),
        ("有效值为1~168的整数", range(1, 168)),
        ("取值为1~168之间的整数", range(1, 168)),
        ("取值范围：[1, 168]", range(1, 168)),
        ("取值范围：【1，168】", range(1, 168)),
        ("取值范围：[1-168]", range(1, 168)),
        ("取值范围：-1~168", range(-1, 168)),
        ("取值范围：-10~-1", range(-10, -1)),
        ("取值范围：1≤x≤168", range(1, 168)),
        ("取值范围：1<=offset<=168", range(1, 168)),
        ("介于1和168之间", range(1, 168)),
        ("大于等于1，小于等于168", range(1, 168)),
        ("大于等于1且小于等于168", range(1, 168)),
        ("大于0小于169", range(1, 168)),
        ("不小于1，不大于168", range(1, 168)),
        ("最小值：1，最大值：168", range(1, 168)),
        ("最小值1，最大值168", range(1, 168)),
        ("最小1，最大168", range(1, 168)),
        ("下限为1，上限为168", range(1, 168)),
        ("取值范围：>=1，<=168", range(1, 168)),
        ("取值范围：>0，<169", range(1, 168)),
        ("取值范围：1-168之间任意一个整数", range(1, 168)),
        ("取值范围为1~168之间的正整数（含）", range(1, 168)),
    ]);
}

#[test]
fn one_sided_bounds() {
    check(&[
        ("不少于5", least(5)),
        ("不小于5", least(5)),
        ("不低于5", least(5)),
        ("不能小于5", least(5)),
        ("大于5", least(6)),
        ("必须大于0", least(1)),
        ("大于或等于5", least(5)),
        ("≥5", least(5)),
        ("该值至少为5", least(5)),
        ("至少5", least(5)),
        ("5以上", least(5)),
        ("小于5", most(4)),
        ("不大于5", most(5)),
        ("不能超过5", most(5)),
        ("不可超过5", most(5)),
        ("不得超过5", most(5)),
        ("不能大于5", most(5)),
        ("至多为5", most(5)),
        ("至多5", most(5)),
        ("≤1,000", most(1000)),
        ("1,000以内", most(1000)),
        ("100以内的整数", most(100)),
    ]);
    check_nothing(&[
        "不超过5倍",
        "不能超过配额的80",
        "超过100",
        "不大于5或等于9",
        "至少5个实例",
        "5以外",
        "大于size",
        "大于5的倍数",
    ]);
}

#[test]
fn what_is_left_over_is_not_overlooked() {
    check_nothing(&[
        "取值范围：1-9,11",
        "取值范围：1-9、11-20",
        "取值范围：1~9，11~20",
        "取值范围：1-9和11-20",
        "取值范围：1-9 11-20",
        "取值范围：1-9/11-20",
        "取值范围：1-9；11-20",
        "取值范围：1-9之外",
        "取值范围：1-9以外",
        "取值范围：1-9除外",
        "取值范围：除1-9以外的整数",
        "取值范围：1-9外",
        "取值范围：1-9，5除外",
        "取值范围：1-9（不包括5）",
        "取值范围：1-9（不包括边界）",
        "取值范围：1-9（不含两端）",
        "取值范围：(1,9)",
        "取值范围：[1,9)",
        "取值范围：（1，9]",
        "取值范围：]1,9[",
        "取值范围：非1-9",
        "取值范围：1-9的偶数",
        "取值范围：1-9，步长为2",
        "取值范围：1-9或-1",
        "取值范围：-1或1-9",
        "取值范围：-1，1-9",
        "取值范围：0、1-9",
        "取值范围：1-9，0表示不限制",
        "取值范围：1-9。-1表示不限制",
        "取值范围：1-9。0：关闭",
        "取值范围：1-9。也可以为0",
        "取值范围：1-9。当mode为a时，取值范围：1-20",
        "取值范围：1-9左右",
        "取值范围：大约1-9",
        "取值范围：1-9（或更大）",
        "取值范围：1-9以上",
        "取值范围：1-9+",
        "取值范围：1-9…",
        "取值范围：1-9等",
        "目前取值范围：1-9",
        "取值范围：1-9，可扩展",
    ]);
}

#[test]
fn units_are_not_left_out() {
    let units = [
        "KB", "MB", "GB", "TB", "天", "秒", "s", "分钟", "小时", "ms", "%", "倍", "次", "M", "K",
        "G",
    ];
    for unit in units {
        check_nothing(&[
            &format!("取值范围：1-10{unit}"),
            &format!("取值范围：1{unit}-10{unit}"),
            &format!("取值范围：1-10 {unit}"),
            &format!("最大值为10{unit}"),
            &format!("不超过10{unit}"),
            &format!("默认值：10{unit}"),
            &format!("默认值：10 {unit}"),
        ]);
    }
    check(&[
        ("取值范围：1-10，单位：GB", range(1, 10)),
        ("取值范围：1-10个", range(1, 10)),
        ("默认值：10，单位：天", vec![("default", json!(10))]),
        ("默认值10", vec![("default", json!(10))]),
    ]);
}

#[test]
fn english_wordings() {
    check(&[
        ("1 to 168", range(1, 168)),
        ("The value ranges from 1 to 65,535.", range(1, 65_535)),
        ("Value range: 1 to 168", range(1, 168)),
        ("Value range: 1–168", range(1, 168)),
        ("between 1 and 168", range(1, 168)),
        ("at most 1,000", most(1000)),
        ("no more than 1,000", most(1000)),
        ("up to 1,000", most(1000)),
        ("The value cannot exceed 1,000.", most(1000)),
        ("at least 5", least(5)),
        ("no less than 5", least(5)),
        ("The maximum value is 1,000.", most(1000)),
        ("The minimum value is 5.", least(5)),
        ("Default value: 1,000", vec![("default", json!(1000))]),
        ("The default value is 10.", vec![("default", json!(10))]),
        ("Defaults to 10.", vec![("default", json!(10))]),
        ("Range: [1, 100]", range(1, 100)),
        ("The value is an integer from 1 to 168.", range(1, 168)),
    ]);
    check_nothing(&[
        "1 to 168, excluding 5",
        "1 to 168 GB",
        "1 to 168 or 200",
        "Value range: 1 to 9, 11 to 20",
        "up to 1,000 or more",
        "at most 1,000 when mode is a",
        "If mode is a, at most 1,000",
        "Value range: 1 to 168, 0 means unlimited",
        "up to 5 times",
        "outside 1 to 168",
        "Range: [1, 100)",
        "Range: [1-100)",
        "1 to 168 (excluding both ends)",
        "not between 1 and 168",
        "no more than 5 per instance",
        "usually 1 to 168",
        "more than 1,000,0",
    ]);
}
