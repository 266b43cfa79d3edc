//! The phrases in Chinese, in plain signs.

use super::{
    super::super::keyword::Keyword::{Default, ExclusiveMaximum, ExclusiveMinimum, Nullable},
    BOTH, BOUNDS, ITEMS, LENGTHS, LONGEST, LOWER, MOST_ITEMS, Of, PhraseRow, SHORTEST, UPPER,
};

/// What is compared: the value itself, and no part of it. A name must be that of the field.
pub(super) const SUBJECT: &str = r"(?:^|[,:(]\s*|\d\s*|且|并且?|同时)(?P<of>[A-Za-z_]*)(?:该|此)?(?:参数|字段)?的?(?:取?值|数值)?(?:必须|应|需要?|须)?为?\s*";

pub(super) const LENGTHS_AND_ITEMS: &[PhraseRow] = &[
    // Lengths of strings.
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
        LONGEST,
        false,
    ),
    (Of::String, r"最大(?:字符)?长度(?:限制)?(?:为|是|:)?\s*(?P<max>\d+){UNIT}", LONGEST, false),
    (Of::String, r"最小长度(?:为|是|:)?\s*(?P<min>\d+){UNIT}", SHORTEST, false),
    (
        Of::String,
        r"长度(?:不(?:能|可|得)?(?:少于|小于|低于)|(?:至少|最短|大于等于|下限)(?:为|是|:)?)\s*(?P<min>\d+){UNIT}",
        SHORTEST,
        false,
    ),
    (
        Of::String,
        r"(?:不(?:能|可|得)?超过|最多|最大|最长|至多)(?:为|不超过|支持|允许|输入|可输入)?\s*(?P<max>\d+)\s*(?:个|位)?(?:英文|unicode)?字符",
        LONGEST,
        false,
    ),
    (
        Of::String,
        r"(?:至少|不(?:能|可|得)?(?:少于|小于|低于))(?:为|输入)?\s*(?P<min>\d+)\s*(?:个|位)?(?:英文|unicode)?字符",
        SHORTEST,
        false,
    ),
    (
        Of::String,
        r"(?:^|[,:(]\s*|长度在?\s*)(?P<max>\d+)\s*(?:个|位)?(?:英文|unicode)?字符(?:以|之)内",
        LONGEST,
        false,
    ),
    (Of::String, r"(?:^|[,(]\s*)最长(?:为|是|:|不超过)+\s*(?P<max>\d+)", LONGEST, false),
    (
        Of::String,
        r"(?:^|[^小大短])长度(?:固定|必须)?(?:为|是|:)\s*(?P<both>\d+)\s*(?:个字符|位|字符)",
        BOTH,
        false,
    ),
    (Of::String, r"长度限制(?:为|是|:)\s*(?P<max>\d+){UNIT}", LONGEST, false),
    (Of::String, r"^长度(?:固定)?(?:为|是|:)\s*(?P<both>\d+)$", BOTH, false),
    // Numbers of items.
    (
        Of::List,
        r"(?:(?:数组|列表)的?(?:长度|大小)|元素的?(?:个数|数量))(?:范围|限制)?(?:为|是|在|:)*\s*\[?(?P<min>\d+)(?:{TO}|,)(?P<max>\d+)\]?",
        ITEMS,
        false,
    ),
    (
        Of::List,
        r"(?:(?:数组|列表)的?(?:长度|大小)|元素的?(?:个数|数量))(?:限制(?:为|是|:)|不(?:能|可|得)?(?:超过|大于|多于)|(?:最大|最多|上限)(?:为|是|:)?)\s*(?P<max>\d+)",
        MOST_ITEMS,
        false,
    ),
    (
        Of::List,
        r"(?:不(?:能|可|得)?超过|最多|至多)(?:为|支持|允许|包含)?\s*(?P<max>\d+)\s*个元素",
        MOST_ITEMS,
        false,
    ),
];

pub(super) const BOUNDS_AND_DEFAULTS: &[PhraseRow] = &[
    (
        Of::Number,
        r"(?:取值范围|取值|有效值|范围)(?:为|是|在|:)*\s*(?P<min>{N}){TO}\+?(?P<max>{N})",
        BOUNDS,
        false,
    ),
    (
        Of::Number,
        r"(?:取值范围|取值|有效值|范围)(?:为|是|在|:)*\s*\[\s*(?P<min>{N})(?:{TO}|\s*,\s*)(?P<max>{N})\s*(?:\]|$)",
        BOUNDS,
        false,
    ),
    (
        Of::Number,
        r"(?:^|[,:(]\s*)(?:取?值)?介于\s*(?P<min>{N})\s*(?:和|与|{TO})\s*(?P<max>{N})\s*之间",
        BOUNDS,
        false,
    ),
    (
        Of::Number,
        r"(?P<min>{N})\s*(?:<=|≤)\s*(?:[xXnN]|(?P<of>[A-Za-z_]*))(?:取?值)?\s*(?:<=|≤)\s*(?P<max>{N})",
        BOUNDS,
        false,
    ),
    (Of::Number, r"(?:^|,\s*)最大支持(?P<min>\d+){TO}(?P<max>\d+)", BOUNDS, false),
    (Of::Number, r"最小值(?:为|是|:)*\s*(?P<min>{N})", LOWER, false),
    (Of::Number, r"最大值(?:为|是|:)*\s*(?P<max>{N})", UPPER, false),
    (
        Of::Number,
        r"{SUBJECT}(?:大于或?等于|不(?:能|可|得)?(?:小于|低于|少于)|至少为?|最小为?|下限(?:为|是|:)?|>=|≥)\s*(?P<min>{N}){STOP}",
        LOWER,
        false,
    ),
    (
        Of::Number,
        r"{SUBJECT}(?:小于或?等于|不(?:能|可|得)?(?:大于|超过|高于|多于)|至多为?|最多为|最大为?|上限(?:为|是|:)?|<=|≤)\s*(?P<max>{N}){STOP}",
        UPPER,
        false,
    ),
    (Of::Number, r"{SUBJECT}(?:大于|>)\s*(?P<min>{N}){STOP}", &[("min", ExclusiveMinimum)], false),
    (Of::Number, r"{SUBJECT}(?:小于|<)\s*(?P<max>{N}){STOP}", &[("max", ExclusiveMaximum)], false),
    // Both words take their number in, by law and by usage.
    (Of::Number, r"{SUBJECT}(?P<min>{N})及?以上(?:的(?:整数|数字|数值|数))?{STOP}", LOWER, false),
    (
        Of::Number,
        r"{SUBJECT}(?P<max>{N})(?:及?以下|以内)(?:的(?:整数|数字|数值|数))?{STOP}",
        UPPER,
        false,
    ),
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
        r"(?:^|[,:(¤])\s*默认(?:值|取值)?(?P<default>-?\d+)\s*(?:$|[,)])",
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
