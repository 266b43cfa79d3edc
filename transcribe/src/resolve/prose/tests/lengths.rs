//! Lengths of strings and lists, and lists of values, in many wordings.

use serde_json::{Value, json};

use super::{Kind, promoted};

type Found = Vec<(&'static str, Value)>;

fn check(kind: &Kind<()>, cases: &[(&str, Found)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let (mut found, mut expected) = (promoted(kind, text), expected.clone());
        found.sort_by_key(|(keyword, _)| *keyword);
        expected.sort_by_key(|(keyword, _)| *keyword);
        (found != expected).then(|| format!("{text}: {found:?}, not {expected:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_nothing(kind: &Kind<()>, texts: &[&str]) {
    check(kind, &texts.iter().map(|text| (*text, Vec::new())).collect::<Vec<_>>());
}

#[test]
fn lengths_that_are_plain() {
    let most = |max: u32| vec![("maxLength", json!(max))];
    let least = |min: u32| vec![("minLength", json!(min))];
    let both = |min: u32, max: u32| vec![("minLength", json!(min)), ("maxLength", json!(max))];
    check(
        &Kind::String,
        &[
            ("长度不超过1,024个字符", most(1024)),
            ("最大支持64个字符", most(64)),
            ("长度限制为255", most(255)),
            ("长度：36", both(36, 36)),
            ("长度为36", both(36, 36)),
            ("长度固定为36", both(36, 36)),
            ("最长64个字符", most(64)),
            ("最长为64", most(64)),
            ("最长不超过64个字符", most(64)),
            ("最多64个字符", most(64)),
            ("最多可输入64个字符", most(64)),
            ("不能超过64个字符", most(64)),
            ("长度不能超过64", most(64)),
            ("长度不得超过64位", most(64)),
            ("字符长度不大于64", most(64)),
            ("长度小于等于64", most(64)),
            ("长度上限为64", most(64)),
            ("64个字符以内", most(64)),
            ("长度在64个字符以内", most(64)),
            ("至多64个字符", most(64)),
            ("长度：1～64", both(1, 64)),
            ("长度为1—64个字符", both(1, 64)),
            ("长度范围为1至64", both(1, 64)),
            ("长度范围：[1,64]", both(1, 64)),
            ("长度：1-1,024", both(1, 1024)),
            ("长度在1到1万之间", both(1, 10_000)),
            ("1~64个字符", both(1, 64)),
            ("最小长度：1，最大长度：64", both(1, 64)),
            ("至少8个字符", least(8)),
            ("不少于8个字符", least(8)),
            ("长度至少为8", least(8)),
            ("长度不少于8位", least(8)),
            ("up to 64 characters", most(64)),
            ("The name can contain up to 64 characters.", most(64)),
            ("at most 1,000 characters", most(1000)),
            ("no more than 64 characters", most(64)),
            ("a maximum of 64 characters", most(64)),
            ("cannot exceed 64 characters", most(64)),
            ("1 to 64 characters", both(1, 64)),
            ("The value contains 4 to 64 characters.", both(4, 64)),
            ("at least 8 characters", least(8)),
            ("Length: 1-64", both(1, 64)),
            ("Maximum length: 64", most(64)),
            ("Instance name, 4 to 64 characters", both(4, 64)),
        ],
    );
}

#[test]
fn lengths_with_two_readings() {
    check_nothing(
        &Kind::String,
        &[
            "长度不超过1KB",
            "长度不超过1 MB",
            "长度不超过64字节",
            "长度为1-64字节",
            "长度为8或16",
            "长度为8、16或32",
            "长度为1-8或16",
            "长度不超过30个汉字或60个字符",
            "长度不超过64个中文",
            "最多包含64种字符",
            "每个标签最长64个字符",
            "前缀长度不超过8个字符",
            "文件名长度不超过8个字符，路径长度不超过64个字符",
            "长度1-9之外",
            "长度不是36",
            "长度超过64个字符时截断",
            "当类型为a时，长度不超过64个字符",
            "长度约为64",
            "长度一般为36",
            "建议长度不超过64个字符",
            "至少包含3种字符",
            "至少包含8个特殊字符",
            "长度：36、64",
            "长度范围：[1,64)",
            "最大长度：64（字节）",
            "Maximum length: 64 bytes",
            "Length: 1-64 KB",
            "up to 64 bytes",
            "up to 64 characters or 32 Chinese characters",
            "Each key is up to 64 characters.",
            "When mode is a, up to 64 characters",
            "8 or 16 characters",
        ],
    );
}

#[test]
fn lengths_of_lists_of_strings_are_those_of_the_strings() {
    let list = Kind::Array(Box::new(Kind::String));
    let items = |min: Option<u32>, max: u32| {
        let min = min.map(|min| ("minItems", json!(min)));
        min.into_iter().chain([("maxItems", json!(max))]).collect::<Found>()
    };
    check(
        &list,
        &[
            ("数组长度：1-10", items(Some(1), 10)),
            ("列表长度不超过20", items(None, 20)),
            ("数组长度限制为100", items(None, 100)),
            ("最多20个元素", items(None, 20)),
            ("元素个数不超过1,000", items(None, 1000)),
            ("元素数量范围：1~10", items(Some(1), 10)),
        ],
    );
    check_nothing(
        &list,
        &[
            "数组长度为1-10，20",
            "长度不超过20",
            "数组长度不超过20KB",
            "最多20个元素或1MB",
            "当mode为a时，数组长度不超过20",
            "取值范围：1-9",
        ],
    );
    check_nothing(&Kind::String, &["数组长度：1-10", "最多20个元素"]);
}

#[test]
fn lists_of_today_stay_open() {
    let open = |values: Value| vec![("x-extensible-enum", values)];
    let closed = |values: Value| vec![("enum", values)];
    check(
        &Kind::String,
        &[
            ("目前只支持weekly", open(json!(["weekly"]))),
            ("当前只支持weekly", open(json!(["weekly"]))),
            ("目前仅支持weekly和daily", open(json!(["weekly", "daily"]))),
            ("目前支持weekly、daily", open(json!(["weekly", "daily"]))),
            ("暂只支持weekly", open(json!(["weekly"]))),
            ("暂时仅支持weekly", open(json!(["weekly"]))),
            ("现阶段只支持weekly", open(json!(["weekly"]))),
            ("取值目前为weekly或daily", open(json!(["weekly", "daily"]))),
            ("取值为weekly或daily", closed(json!(["weekly", "daily"]))),
            ("取值为weekly、daily", closed(json!(["weekly", "daily"]))),
            ("取值范围：PER，WHOLE", closed(json!(["PER", "WHOLE"]))),
            ("此参数不携带或携带值为null时，不作为筛选条件", vec![("nullable", json!(true))]),
        ],
    );
    check_nothing(
        &Kind::String,
        &[
            "取值为weekly、daily等",
            "取值为weekly、daily等类型",
            "包括weekly、daily等值",
            "取值为weekly、daily等等",
            "取值为weekly、daily、…",
            "取值为weekly、daily...",
            "取值为weekly、daily或其他",
            "取值为weekly、daily之外的值",
            "取值不能为weekly或daily",
            "例如weekly、daily",
            "取值为a-z",
        ],
    );
}
