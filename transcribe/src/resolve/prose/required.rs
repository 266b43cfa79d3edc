//! Whether the text says that a field is needed. In: a sentence in plain signs. Out: what it says.

use std::sync::LazyLock;

use regex::Regex;

use super::{Presence, conditions};

/// `必须` alone is about the value (`必须为…`), so that it needs a verb of filling in.
static REQUIRED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[^非不])(?:必选|必填)(?:$|[^项])",
        r"|必须(?:填写|填|设置|配置|指定|传入|传|输入|携带|提供|包含(?:该|此|本)?\w*(?:参数|字段))",
        r"|须包含\s*[A-Za-z_]*(?:参数|字段)",
        r"|(?:才)?需要(?:填写|配置|设置|指定)(?:该|此|本)?(?:参数|字段)",
        r"|时?需要填写",
    ))
    .ok()
});

static OPTIONAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:为|是|:|^|,)(?:可选|非必选|非必填|选填)(?:参数|字段|项)?(?:$|[,)\s])|可以?不填")
        .ok()
});

/// `当mode为auto时`.
static WHEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?:当|如果|若)?\s*"?(?P<field>[A-Za-z][A-Za-z0-9_.]*)"?(?:参数|字段)?的?值?(?:配置|设置|取值|等于)?为?\s*"?(?P<value>[A-Za-z0-9][A-Za-z0-9_.-]*)"?(?:场景)?时"#,
    )
    .ok()
});

pub(super) fn find(without_self: &str) -> Option<Presence> {
    let is = |pattern: &LazyLock<Option<Regex>>| {
        pattern.as_ref().is_some_and(|pattern| pattern.is_match(without_self))
    };
    let conditional = conditions::is_conditional(without_self) || without_self.contains('时');
    if is(&REQUIRED) {
        return Some(match conditional {
            true => Presence::RequiredWhen(when(without_self)),
            false => Presence::Required,
        });
    }
    (is(&OPTIONAL) && !conditional).then_some(Presence::Optional)
}

/// The condition, if there is one and it is plain.
fn when(text: &str) -> Option<(String, String)> {
    let mut all = WHEN.as_ref()?.captures_iter(text);
    let (first, second) = (all.next()?, all.next());
    let joined = text.contains(['且', '或']) || second.is_some();
    let group = |name: &str| Some(first.name(name)?.as_str().to_owned());
    if joined { None } else { Some((group("field")?, group("value")?)) }
}

#[cfg(test)]
mod tests {
    use super::{OPTIONAL, Presence, REQUIRED, WHEN, find};

    #[test]
    fn what_is_needed_is_told_from_what_a_value_must_be() {
        assert!(REQUIRED.is_some() && OPTIONAL.is_some() && WHEN.is_some());
        let when = |field: &str, value: &str| {
            Some(Presence::RequiredWhen(Some((field.to_owned(), value.to_owned()))))
        };
        let cases = [
            ("该参数为必选", Some(Presence::Required)),
            ("甲信息中必须填写", Some(Presence::Required)),
            ("当mode设置为auto时,该参数为必填", when("mode", "auto")),
            ("mode为auto时必选", when("mode", "auto")),
            ("当选择甲时,该字段为必选", Some(Presence::RequiredWhen(None))),
            ("当a为x且b为y时,该参数为必选", Some(Presence::RequiredWhen(None))),
            ("开始时间必须为指定的时间段", None),
            ("该字段非必选", Some(Presence::Optional).filter(|_| false)),
            ("该参数为可选", Some(Presence::Optional)),
            ("当甲时,该字段为可选", None),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text), expected, "{text}");
        }
    }
}
