//! Whether a sentence holds always. In: a sentence in plain signs. Out: the same with `¤` in place of
//! "when this is not set", and whether some other condition is left, or a hedge.

use std::sync::LazyLock;

use regex::Regex;

use super::compiled;

/// Stands for the condition that the field itself is absent, or present.
pub(super) const SELF: char = '¤';

/// "If it is not set": what follows is the default. "If you set your own": what follows is a bound.
static ABSENT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"(?:若|如果|如)?(?:不|未|没有|没)(?:设置|配置|填写|填|传入|传递|传|指定|输入|发送|携带)",
        r"(?:该|此|本)?(?:参数|字段|值)?(?:或(?:该|此)?(?:参数|字段|值)?为空)?时?,?\s*(?:则|就|表示|将)?",
        r"|(?:若|如果)(?:该|此|本)?(?:参数|字段|值)?为空时?,?\s*(?:则|就|表示|将)?",
        r"|如果自定义[^,]{0,8},",
    ))
});

static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"当|此时|如果|若[^干]|假如|除非|只有|场景|情况下|条件|类型为|版本为",
        r"|时[,、]|时$|时(?:才|则|可|需|必|为|该|此|表示)|仅在|仅对|对于|[^A-Za-z]其他",
        r"|(?-u:\b)(?:[Ii]f|[Ww]hen(?:ever)?|[Uu]nless|[Oo]therwise|[Ee]xcept|only|per|for)(?-u:\b)",
    ))
});

/// What is only said by way of example, or may change.
static HEDGE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(concat!(
        r"例如|比如|譬如|如:|请以|为准|通常|一般|建议|推荐|可能|自定义|等$|等等|等[,)]|不同|变化|左右|约为",
        r"|(?i:(?-u:\b)(?:for example|such as|usually|typically|generally|recommended|about|approximately|etc)(?-u:\b))",
    ))
});

/// What is so at present, and need not stay so.
static TODAY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"目前|暂时|暂(?:仅|只|不|支持)|现阶段|(?i:(?-u:\b)(?:currently|at present|for now)(?-u:\b))",
    )
});

/// The sentence with [`SELF`] in place of conditions on the field itself.
pub(super) fn without_self(plain: &str) -> String {
    ABSENT.replace_all(plain, SELF.to_string()).into_owned()
}

/// Whether a sentence is bound to anything else, or is not meant to be exact.
pub(super) fn holds_always(without_self: &str) -> bool {
    !CONDITION.is_match(without_self) && !HEDGE.is_match(without_self)
}

/// Whether it only speaks of what is so at present.
pub(super) fn holds_today(text: &str) -> bool {
    TODAY.is_match(text)
}

/// Whether it is bound to something else.
pub(super) fn is_conditional(without_self: &str) -> bool {
    CONDITION.is_match(without_self)
}

#[cfg(test)]
mod tests {
    use super::{holds_always, without_self};

    #[test]
    fn the_absence_of_the_field_itself_is_no_condition() {
        assert_eq!(without_self("若不设置该参数,则为10"), "¤为10");
        assert_eq!(without_self("若该值为空,默认为5"), "¤默认为5");
        assert_eq!(without_self("如果自定义端口,范围为1~9"), "¤范围为1~9");
        assert!(holds_always(&without_self("若不设置该参数,则为10")));
    }

    #[test]
    fn everything_else_is() {
        for text in ["当甲为乙时,取值1-7", "如果甲,长度为3", "甲时必选", "取值1-7,例如3"]
        {
            assert!(!holds_always(&without_self(text)), "{text}");
        }
        assert!(holds_always("取值1-7"));
    }
}
