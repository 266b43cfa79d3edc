//! Descriptions of fields, and what is taken from them.

mod bounds;
mod laws;
mod lengths;

use serde_json::json;

use super::{Kind, Reading, read};
use crate::facts::Prose;

fn reading(name: &str, kind: &Kind<()>, text: &str) -> Reading {
    read(name, &[Prose { text: text.to_owned(), item: false }], kind)
}

fn promoted(kind: &Kind<()>, text: &str) -> Vec<(&'static str, serde_json::Value)> {
    let found = reading("offset", kind, text).promoted;
    found.into_iter().map(|p| (p.keyword.name(), p.value)).collect()
}

#[test]
fn bounds_of_numbers() {
    let cases = [
        ("取值范围：2-90", vec![("minimum", json!(2)), ("maximum", json!(90))]),
        ("甲，取值1-7，1代表乙", vec![("minimum", json!(1)), ("maximum", json!(7))]),
        ("甲范围为5~50的任意数字", vec![("minimum", json!(5)), ("maximum", json!(50))]),
        ("取值范围：[1,9]", vec![("minimum", json!(1)), ("maximum", json!(9))]),
        ("甲，取值范围是0到50", vec![("minimum", json!(0)), ("maximum", json!(50))]),
        (
            "最小值为2，最大值为90，若不设置该参数，则为5。",
            vec![("minimum", json!(2)), ("maximum", json!(90)), ("default", json!(5))],
        ),
        ("甲， offset大于等于0。", vec![("minimum", json!(0))]),
        ("该值大于0", vec![("minimum", json!(1))]),
        ("最大支持0-9", vec![("minimum", json!(0)), ("maximum", json!(9))]),
        ("如果自定义甲，甲范围为1~9", vec![("minimum", json!(1)), ("maximum", json!(9))]),
    ];
    for (text, expected) in cases {
        assert_eq!(promoted(&Kind::Int32, text), expected, "{text}");
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_left_alone() {
    let cases = [
        "当甲为乙时，取值范围：1-9",
        "limit大于等于0",
        "小于等于30Mbit/s：甲",
        "取值范围：1-9，-1表示不限",
        "取值范围：1-9。取值范围：1-7。",
        "取值范围：1.5.2-3",
        "例如1-7",
        "最大为25(甲)",
        "必须在1分钟和9小时之内",
        "取值范围：9-1",
    ];
    for text in cases {
        assert_eq!(promoted(&Kind::Int32, text), [], "{text}");
    }
    // The text of a string says nothing about numbers.
    assert_eq!(promoted(&Kind::String, "取值范围：2-90"), []);
}

#[test]
fn lengths_of_strings() {
    let both = |min: u32, max: u32| vec![("minLength", json!(min)), ("maxLength", json!(max))];
    let cases = [
        ("长度不超过30个字符。", vec![("maxLength", json!(30))]),
        ("输入长度为6到30位的字符串。", both(6, 30)),
        ("长度为2~60的字符", both(2, 60)),
        ("甲，最大长度30个unicode字符。", vec![("maxLength", json!(30))]),
        ("2-60个字符", both(2, 60)),
        ("最大长度为50个字符", vec![("maxLength", json!(50))]),
        ("长度为12位", both(12, 12)),
        ("长度不超过30个字节", vec![]),
        ("每个标签的长度不超过30个字符", vec![]),
        ("创建甲时，名称长度为4到60位的字符串", vec![]),
        // The bits of a mask, and not how a block is written.
        ("掩码长度不能大于30", vec![]),
        ("约束：必须是cidr格式。子网掩码长度为16-30", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(promoted(&Kind::String, text), expected, "{text}");
    }
}

#[test]
fn defaults_are_of_the_type() {
    let cases = [
        (Kind::Int32, "默认值：1", Some(json!(1))),
        (Kind::Int32, "默认为全部", None),
        (Kind::Int32, "默认有效时间为9小时", None),
        (Kind::String, "支持a，b，默认为“a”", Some(json!("a"))),
        (Kind::String, "默认值为：false 约束： 如果甲", Some(json!("false"))),
        (Kind::String, "默认值是modeB", Some(json!("modeB"))),
        (Kind::String, "默认是“不甲”", None),
        (Kind::Boolean, "若未填写该参数则默认值为“false”。", Some(json!(false))),
        (Kind::String, "系统分配一个默认时间03:00:00。", Some(json!("03:00:00"))),
        (Kind::String, "off：否（默认值，甲乙）", Some(json!("off"))),
        (Kind::Boolean, "true：甲 false：乙（默认）", None),
        (Kind::String, "甲，默认为null", None),
        (Kind::String, "当甲时，默认值为1", None),
    ];
    for (kind, text, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|value| ("default", value)).collect();
        assert_eq!(promoted(&kind, text), expected, "{text}");
    }
}

#[test]
fn null_and_values() {
    assert_eq!(promoted(&Kind::String, "甲(乙，赋值为null)"), [("nullable", json!(true))]);
    assert_eq!(promoted(&Kind::String, "甲时该参数返回不为null"), []);
    let list = Kind::Array(Box::new(Kind::Int32));
    assert_eq!(promoted(&list, "取值1-7"), [("minimum", json!(1)), ("maximum", json!(7))]);
    assert_eq!(promoted(&Kind::String, "取值为A或B"), [("enum", json!(["A", "B"]))]);
    assert_eq!(promoted(&Kind::Boolean, "取值为true或false"), []);
}

#[test]
fn what_says_more_is_kept_for_people() {
    let rest = |text: &str| reading("offset", &Kind::Int32, text).rest;
    assert_eq!(rest("取值范围：2-90"), Vec::<String>::new());
    assert_eq!(rest("甲。取值范围：2-90。乙"), ["甲", "乙"]);
    assert_eq!(rest("甲，取值1-7"), ["甲，取值1-7"]);
    let prose = |text: &str, item| Prose { text: text.to_owned(), item };
    let pieces = [prose("取值范围：", false), prose("a", true), prose("b：乙", true)];
    let found = read("mode", &pieces, &Kind::<()>::String);
    assert_eq!(found.promoted[0].value, json!(["a", "b"]));
    assert_eq!(found.promoted[0].phrase, "取值范围： / a / b：乙");
    assert_eq!(found.rest, ["- b：乙"]);
}

#[test]
fn numbers_are_read_whole_or_not_at_all() {
    let both = |min: i64, max: i64| vec![("minimum", json!(min)), ("maximum", json!(max))];
    let cases = [
        ("取值范围：1-65,535", both(1, 65535)),
        ("取值范围：1-65，535", both(1, 65535)),
        ("取值范围：1-65 535", both(1, 65535)),
        ("取值范围：1~10,000", both(1, 10000)),
        ("取值范围：1-2^31-1", both(1, 2_147_483_647)),
        ("取值范围：1-1万", both(1, 10000)),
        ("取值范围1~168", both(1, 168)),
        ("最大值为1,000", vec![("maximum", json!(1000))]),
        ("该值不超过1,000", vec![("maximum", json!(1000))]),
        ("默认值：1,000", vec![("default", json!(1000))]),
        ("默认值：1万", vec![("default", json!(10000))]),
        ("取值范围：0-9，0表示不限", both(0, 9)),
        ("取值范围：1-100，默认10", {
            let mut all = both(1, 100);
            all.push(("default", json!(10)));
            all
        }),
    ];
    for (text, expected) in cases {
        assert_eq!(promoted(&Kind::Int64, text), expected, "{text}");
    }
}

#[test]
fn what_is_left_over_decides_against_a_bound() {
    let cases = [
        "取值范围：1-9,11",
        "取值范围：1-9、11-20",
        "取值范围：1-9或20",
        "取值范围：1-9之外",
        "取值范围：1-9以外的整数",
        "取值范围：1-9-20",
        "取值范围：1-10GB",
        "取值范围：1-10天",
        "取值范围：1-10百万",
        "取值范围：1-10%",
        "取值范围：1-2^99",
        "取值范围：1-1,0000",
        "不支持取值范围1-9",
        "默认值：1,2",
    ];
    for text in cases {
        assert_eq!(promoted(&Kind::Int64, text), [], "{text}");
    }
}

#[test]
fn lengths_are_read_whole_or_not_at_all() {
    let most = |max: u32| vec![("maxLength", json!(max))];
    let cases = [
        ("长度不超过1,024个字符", most(1024)),
        ("最大支持64个字符", most(64)),
        ("长度限制为255", most(255)),
        ("长度：36", vec![("minLength", json!(36)), ("maxLength", json!(36))]),
        ("长度不超过30个汉字或60个字符", vec![]),
        ("长度为2-9或12个字符", vec![]),
        ("长度不超过1KB", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(promoted(&Kind::String, text), expected, "{text}");
    }
}

#[test]
fn what_is_supported_at_present_closes_no_list() {
    let open = |values: serde_json::Value| vec![("x-extensible-enum", values)];
    for text in ["目前只支持weekly", "当前仅支持weekly", "目前支持“weekly”"] {
        assert_eq!(promoted(&Kind::String, text), open(json!(["weekly"])), "{text}");
    }
    assert_eq!(promoted(&Kind::String, "取值为A或B"), [("enum", json!(["A", "B"]))]);
    // Digits in groups of three could be one number.
    assert_eq!(promoted(&Kind::Int64, "取值为1,024和2,048"), []);
    assert_eq!(promoted(&Kind::Int64, "取值为100,200"), []);
    assert_eq!(promoted(&Kind::Int64, "取值为512,1024"), [("enum", json!([512, 1024]))]);
}

#[test]
fn four_labelled_parts_in_bold_are_read_as_the_plain_ones() {
    let of = |kind: &Kind<()>, pieces: &[&str]| {
        let pieces: Vec<Prose> =
            pieces.iter().map(|text| Prose { text: (*text).to_owned(), item: false }).collect();
        let found = read("甲", &pieces, kind);
        let promoted: Vec<(&str, serde_json::Value)> =
            found.promoted.into_iter().map(|one| (one.keyword.name(), one.value)).collect();
        (promoted, found.rest)
    };
    let parts = [
        "**参数解释**： 甲。",
        "**约束限制**： 不涉及。",
        "**取值范围**： 1-1000",
        "**默认取值**： 10",
    ];
    let (promoted, rest) = of(&Kind::Whole, &parts);
    let expected = [("minimum", json!(1)), ("maximum", json!(1000)), ("default", json!(10))];
    assert_eq!(promoted, expected);
    assert_eq!(rest, ["参数解释： 甲"]);
    let nothing = ["**取值范围**：不涉及", "**默认取值**： 无"];
    assert_eq!(of(&Kind::String, &nothing), (vec![], vec![]));
}
