//! Whether the text says that a field is needed. In: a sentence in plain signs. Out: what it says.

use std::sync::LazyLock;

use regex::Regex;

use super::{Presence, compiled, conditions};

/// `必须` alone is about the value (`必须为…`), so that it needs a verb of filling in, and nothing or the
/// field itself behind that: what else must be filled in is another field.
static REQUIRED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?:^|[^非不])(?:必选|必填)(?:$|[^项])",
        r"|必须(?:填写|填|设置|配置|指定|传入|传|输入|携带|提供)",
        r"\s*(?:该|此|本)?(?P<a>[A-Za-z_]*)\s*(?:参数|字段)?(?:$|[,);])",
        r"|须包含\s*(?:该|此|本)?(?P<b>[A-Za-z_]*)\s*(?:参数|字段)",
        r"|(?:^|[^不无])需要(?:填写|配置|设置|指定)(?:该|此|本)?(?:参数|字段)?(?:$|[,);])",
    ))
});

/// Nothing beside the statement itself.
static ALWAYS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"^[^,]{0,2}(?:参数|字段)?(?:为|是|:)?(?:必选|必填)(?:参数|字段|项)?$|^(?:该|此|本)?(?:参数|字段)?必须",
    )
});

static OPTIONAL: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?:为|是|:|^|,)(?:可选|非必选|非必填|选填)(?:参数|字段|项)?(?:$|[,)\s])|可以?不填")
});

/// `当mode为auto时`.
static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?:当|如果|若)?\s*"?(?P<field>[A-Za-z][A-Za-z0-9_.]*)"?(?:参数|字段)?的?值?\s*(?:配置为|设置为|取值为|等于|为|是|=)\s*"?(?P<value>[A-Za-z0-9][A-Za-z0-9_.-]*)"?(?:场景)?时"#,
    )
});

/// What a sentence says about the field of that name.
pub(super) fn find(name: &str, without_self: &str) -> Option<Presence> {
    let is = |pattern: &LazyLock<Regex>| pattern.is_match(without_self);
    let of_this = |found: regex::Captures<'_>| {
        let other = |group| found.name(group).is_some_and(|of| !["", name].contains(&of.as_str()));
        !other("a") && !other("b")
    };
    let conditional = conditions::is_conditional(without_self) || without_self.contains('时');
    if REQUIRED.captures_iter(without_self).any(of_this) {
        let one_of = ["其一", "必填一个", "必选一个", "二者必", "至少"].iter();
        return Some(if one_of.into_iter().any(|words| without_self.contains(words)) {
            Presence::OneOf
        } else if !conditional && is(&ALWAYS) {
            Presence::Required
        } else {
            Presence::RequiredWhen(when(without_self))
        });
    }
    (is(&OPTIONAL) && !conditional).then_some(Presence::Optional)
}

/// The condition, if there is one and it is plain.
fn when(text: &str) -> Option<(String, String)> {
    let mut all = WHEN.captures_iter(text);
    let (first, second) = (all.next()?, all.next());
    let joined = text.contains(['且', '或']) || second.is_some();
    let group = |name: &str| Some(first.name(name)?.as_str().to_owned());
    if joined { None } else { Some((group("field")?, group("value")?)) }
}

#[cfg(test)]
mod tests {
    use super::{Presence, find};

    #[test]
    fn what_is_needed_is_told_from_what_a_value_must_be() {
        let when = |field: &str, value: &str| {
            Some(Presence::RequiredWhen(Some((field.to_owned(), value.to_owned()))))
        };
        let cases = [
            ("该参数为必选", Some(Presence::Required)),
            ("必填", Some(Presence::Required)),
            ("甲信息中必须填写", Some(Presence::RequiredWhen(None))),
            ("甲帐号必填", Some(Presence::RequiredWhen(None))),
            ("甲时,请求中须包含name参数", Some(Presence::RequiredWhen(None))),
            ("甲时,请求中须包含other参数", None),
            ("mode为甲,必须填写scene参数", None),
            ("则必须配置乙", None),
            ("甲时,则不需要设置,乙", None),
            ("甲时必选,一次一个乙", Some(Presence::RequiredWhen(None))),
            ("mode必须指定为b", None),
            ("name、other二者必选其一", Some(Presence::OneOf)),
            ("当mode设置为auto时,该参数为必填", when("mode", "auto")),
            ("mode为auto时必选", when("mode", "auto")),
            ("当选择甲时,该字段为必选", Some(Presence::RequiredWhen(None))),
            ("当a为x且b为y时,该参数为必选", Some(Presence::RequiredWhen(None))),
            ("开始时间必须为指定的时间段", None),
            ("甲该字段非必选", None),
            ("该参数为可选", Some(Presence::Optional)),
            ("当甲时,该字段为可选", None),
        ];
        for (text, expected) in cases {
            assert_eq!(find("name", text), expected, "{text}");
        }
    }
}
