//! Words of a page in, what they mean in the vendor's layout out.
//!
//! All words of the layout stand here; nothing else on a page is fixed.

use crate::facts::Place;

/// What stands below a heading of the second level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Introduction,
    Uri,
    Request,
    Response,
    RequestExamples,
    ResponseExamples,
    Statuses,
    /// Explanations without tables of parameters.
    Explanation,
    /// Of the vendor's English pages.
    English,
    Unknown,
}

pub(super) fn section(heading: &str) -> Section {
    match heading {
        "功能介绍" | "功能描述" => Section::Introduction,
        "URI" => Section::Uri,
        "请求参数" => Section::Request,
        "响应参数" | "返回参数" => Section::Response,
        "请求示例" => Section::RequestExamples,
        "响应示例" | "返回示例" => Section::ResponseExamples,
        "状态码" | "返回值" | "返回码" => Section::Statuses,
        "调试" | "错误码" | "接口约束" | "约束" | "约束限制" | "前提条件" | "授权信息"
        | "SDK代码示例" => Section::Explanation,
        _ if ENGLISH.iter().any(|word| word.eq_ignore_ascii_case(heading)) => Section::English,
        _ => Section::Unknown,
    }
}

/// What stands below a heading that only the pages have which the vendor wrote by hand.
pub(super) fn older(heading: &str) -> Option<Section> {
    match heading {
        "请求消息" | "请求" => Some(Section::Request),
        "响应消息" | "响应" => Some(Section::Response),
        "样例" => Some(Section::Explanation),
        _ => None,
    }
}

/// A part of a section of the older pages, by the item or paragraph that it starts with.
pub(super) fn part(text: &str) -> Option<Section> {
    match text.trim_end_matches(['：', ':', '。']) {
        "请求参数" | "请求消息体" => Some(Section::Request),
        "响应参数" | "返回参数" | "响应消息体" => Some(Section::Response),
        text if ["请求样例", "请求示例"].iter().any(|word| text.starts_with(word)) => {
            Some(Section::RequestExamples)
        }
        text if ["响应样例", "响应示例"].iter().any(|word| text.starts_with(word)) => {
            Some(Section::ResponseExamples)
        }
        _ => None,
    }
}

const ENGLISH: [&str; 14] = [
    "Function",
    "Functions",
    "Debugging",
    "Request",
    "Response",
    "Request Parameters",
    "Response Parameters",
    "Example Request",
    "Example Requests",
    "Example Response",
    "Example Responses",
    "Status Code",
    "Status Codes",
    "Error Codes",
];

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Required,
    Type,
    Description,
    Status,
}

pub(super) fn column(heading: &str) -> Option<Column> {
    let words: String = heading.split_whitespace().collect();
    match words.as_str() {
        "参数" | "名称" | "参数名" | "参数名称" | "属性" => Some(Column::Name),
        "是否必选" | "是否为必选" | "是否必须" | "必选" => Some(Column::Required),
        "参数类型" | "类型" => Some(Column::Type),
        "描述" | "说明" | "参数说明" => Some(Column::Description),
        "状态码" | "返回值" | "返回码" => Some(Column::Status),
        _ => None,
    }
}

/// The usual heading of a column.
pub(super) fn word(column: Column) -> &'static str {
    match column {
        Column::Name => "参数",
        Column::Required => "是否必选",
        Column::Type => "参数类型",
        Column::Description => "描述",
        Column::Status => "状态码",
    }
}

/// Whether a cell of the column of mandatory parameters says yes, and whether it says more.
pub(super) fn required(text: &str) -> Option<(bool, bool)> {
    let words = [("是", true), ("否", false), ("必选", true), ("可选", false)];
    let (word, required) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
    Some((required, text.len() > word.len()))
}

/// The number and the words of a caption.
pub(super) fn caption(text: &str) -> Option<(u32, String)> {
    let rest = text.strip_prefix('表')?.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[..digits].parse().ok()?;
    Some((number, rest[digits..].trim().to_owned()))
}

/// What a table describes by its caption. The status of an answer is the caller's to fill in.
pub(super) fn place(caption: &str, section: Section) -> Option<Place> {
    let words: String = caption.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let words = words.to_lowercase();
    let words = words.strip_suffix("说明").unwrap_or(&words);
    match words {
        "路径参数" | "path参数" | "uri参数" => Some(Place::PathParameters),
        "query参数" | "查询参数" | "请求query参数" => Some(Place::QueryParameters),
        "请求header参数" | "请求头参数" | "请求消息头参数" => {
            Some(Place::HeaderParameters)
        }
        "header参数" if section != Section::Response => Some(Place::HeaderParameters),
        "formdata参数" | "请求formdata参数" | "form参数" | "请求form参数" | "表单参数" => {
            Some(Place::FormParameters)
        }
        "请求body参数" | "请求body体参数" | "请求消息体参数" => {
            Some(Place::RequestBody)
        }
        "请求参数" | "body参数" | "body体参数" if section == Section::Request => {
            Some(Place::RequestBody)
        }
        "响应header参数" | "响应头参数" | "响应消息头参数" => {
            Some(Place::ResponseHeaders { status: 0 })
        }
        "header参数" => Some(Place::ResponseHeaders { status: 0 }),
        "响应body参数" | "响应body体参数" | "响应消息体参数" => {
            Some(Place::ResponseBody { status: 0 })
        }
        "响应参数" | "body参数" | "body体参数" if section == Section::Response => {
            Some(Place::ResponseBody { status: 0 })
        }
        _ => None,
    }
}

/// The status of a paragraph that is a marker, `状态码： 200`; an error holds what stands there instead.
pub(super) fn marker(text: &str) -> Option<Result<u16, &str>> {
    let rest = text.strip_prefix("状态码")?;
    let rest = rest.strip_prefix(['：', ':', '为'])?.trim();
    let code = rest.trim_end_matches(['：', ':', '时', '。', ' ']);
    Some(status(code).filter(|_| code.len() == 3).ok_or(rest))
}

/// The status that a text starts with.
pub(super) fn status(text: &str) -> Option<u16> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    text[..digits].parse().ok().filter(|code| (100..600).contains(code))
}

/// Whether a section says that it has nothing.
pub(super) fn nothing(text: &str) -> bool {
    matches!(text, "无" | "无。")
}

/// The upper case method that a text starts with, and the rest.
pub(super) fn method(text: &str) -> Option<(&'static str, &str)> {
    METHODS.iter().find_map(|method| {
        let start = text.get(..method.len())?;
        let rest = text.get(method.len()..)?;
        let ends = rest.starts_with(|c: char| c.is_whitespace() || c == '/');
        (start.eq_ignore_ascii_case(method) && ends).then_some((*method, rest))
    })
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// A formal constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    MinLength,
    MaxLength,
    Minimum,
    Maximum,
    Default,
    Values,
}

/// The words in front of formal constraints.
pub(super) const LABELS: [(&str, Label); 6] = [
    ("最小长度", Label::MinLength),
    ("最大长度", Label::MaxLength),
    ("最小值", Label::Minimum),
    ("最大值", Label::Maximum),
    ("缺省值", Label::Default),
    ("枚举值", Label::Values),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_markers_in_any_spacing() {
        assert_eq!(caption("表 1  路径参数"), Some((1, "路径参数".to_owned())));
        assert_eq!(caption("表12Tag"), Some((12, "Tag".to_owned())));
        assert_eq!(caption("表 格"), None);
        assert_eq!(marker("状态码： 200"), Some(Ok(200)));
        assert_eq!(marker("状态码:404"), Some(Ok(404)));
        assert_eq!(marker("状态码为 400 时:"), Some(Ok(400)));
        assert_eq!(marker("状态码： 2000"), Some(Err("2000")));
        assert_eq!(marker("状态码请参见下表"), None);
    }

    #[test]
    fn methods_need_a_path_or_a_space() {
        assert_eq!(method("get /v2/x"), Some(("GET", " /v2/x")));
        assert_eq!(method("PUT/v2"), Some(("PUT", "/v2")));
        assert_eq!(method("GETTING /v2"), None);
        assert_eq!(method("数据"), None);
    }
}
