//! What is wrong with a command line, a file or a profile. In: the values that a message names. Out: the message.

use super::messages;

messages! {
    interrupted_in_flight() {
        "interrupted; the change that was sent may still be carried out: check before sending it again"
        "已中断；已发送的变更可能仍会执行：再次发送前请先查看"
    }
    interrupted() { "interrupted" "已中断" }
    note(text) { "note: {text}" "提示：{text}" }
    warning(text) { "warning: {text}" "警告：{text}" }
    error(text) { "error: {text}" "错误：{text}" }
    valid() { "valid" "有效" }
    row_credentials() { "credentials" "凭证" }
    row_region() { "region" "区域" }
    row_project() { "project" "项目" }
    row_domain() { "account" "账号" }
    row_endpoint() { "endpoint" "终端节点" }
    not_set() { "(not set)" "（未设置）" }
    looked_up() { "(looked up when needed)" "（需要时查询）" }
    of_region() { "(the region's)" "（区域默认）" }
    not_documented(hint) { "is not documented, and is sent{hint}" "文档中没有此字段，仍会发送{hint}" }
    about_configure_set() { "Sets values of a profile" "设置配置的值" }
    about_configure_list() { "Lists the profiles" "列出配置" }
    about_configure_show() { "Shows a profile with secrets masked" "显示配置（敏感信息已隐藏）" }
    about_configure_delete() { "Deletes a profile" "删除配置" }
    no_profile(section) { "there is no profile [{section}]" "没有配置 [{section}]" }
    no_profile_but(section, known) {
        "there is no profile [{section}]; there is {known}"
        "没有配置 [{section}]；已有 {known}"
    }
    profile_written(section, path) { "[{section}] in {path}" "[{section}] 已写入 {path}" }
    no_home() {
        "HOME is not set, so there is no place for profiles"
        "未设置 HOME，无法确定配置文件的位置"
    }
    unreadable(name, error) { "{name}: cannot be read: {error}" "{name}：无法读取：{error}" }
    unwritable(name, error) { "{name}: cannot be written: {error}" "{name}：无法写入：{error}" }
    no_variable(flag, name) {
        "--{flag}: the environment variable {name} is not set"
        "--{flag}：未设置环境变量 {name}"
    }
    terminal_unreadable(flag, error) {
        "--{flag}: the terminal cannot be read: {error}"
        "--{flag}：无法读取终端：{error}"
    }
    no_terminal_to_ask(flag, ways) {
        "--{flag}: there is no terminal to ask on; use {ways}"
        "--{flag}：没有可用于输入的终端；请使用 {ways}"
    }
    configure_nothing() {
        "nothing to set; see hwc configure set --help"
        "没有要设置的内容；见 hwc configure set --help"
    }
    must_be_a_line(flag) {
        "--{flag}: must be one line that is not empty"
        "--{flag}：必须为一行非空文本"
    }
    keys_of_line() { "given on the command line" "由命令行指定" }
    keys_of_profile(name) {
        "profile {name} of ~/.hcloud/config.json"
        "~/.hcloud/config.json 中的配置 {name}"
    }
    keys_of_token(variable) { "token of {variable}" "{variable} 中的令牌" }
    keys_of_environment() { "from the environment" "来自环境变量" }
    keys_of_machine() {
        "those of this cloud server, if it is one; no others were found"
        "本云服务器的凭证（如果是）；未找到其他凭证"
    }
    no_region() {
        "no region: give --cli-region (or --region) such as cn-north-4, set HW_REGION_NAME, or choose a profile"
        "未指定区域：请用 --cli-region（或 --region）指定，例如 cn-north-4，或设置 HW_REGION_NAME，或选择配置"
    }
    half_of_keys(given, missing) {
        "--{given} is given, but --{missing} is not"
        "指定了 --{given}，但未指定 --{missing}"
    }
    word_unknown(word, hint) { "{word} is not understood{hint}" "无法理解 {word}{hint}" }
    word_stray(hint) {
        "a word that belongs to no parameter is not understood{hint}"
        "有一个词不属于任何参数，无法理解{hint}"
    }
    hint_write(word) { "; write {word}" "；请写成 {word}" }
    hint_values() { "; values are written --name=value" "；值应写成 --name=value" }
    too_many_parts(name, most) { "--{name}: has more than {most} parts" "--{name}：超过 {most} 层" }
    empty_part(name) {
        "--{name}: has an empty part; remove a dot"
        "--{name}：有空的部分；请去掉一个点"
    }
    no_value(name) {
        "--{name}: has no value; write --{name}=…"
        "--{name}：没有值；请写成 --{name}=…"
    }
    dropin_interactive() {
        "--interactive is not supported in this form; use `hwc SERVICE OPERATION --interactive` with the operation in lower case"
        "此形式不支持 --interactive；请使用小写接口名：`hwc 服务 接口 --interactive`"
    }
    takes_no_value(name) { "--{name}: takes no value" "--{name}：不带值" }
    no_parameter_of(name, operation, hint) {
        "--{name}: {operation} has no such parameter{hint}"
        "--{name}：{operation} 没有该参数{hint}"
    }
    bound_additional_properties() { "the field has a name that is not documented" "字段名不在文档中" }
    bound_enum() {
        "the value is not one of the documented ones, and the list is closed"
        "取值不在文档列出的范围内，且该列表不可扩展"
    }
    bound_exclusive_maximum() { "the number must be less than the bound" "数值必须小于上限" }
    bound_exclusive_minimum() { "the number must be greater than the bound" "数值必须大于下限" }
    bound_max_items() { "the list has more items than documented" "列表项数超过文档规定" }
    bound_max_length() { "the text is longer than documented" "文本长度超过文档规定" }
    bound_max_properties() { "the map has more entries than documented" "键值个数超过文档规定" }
    bound_maximum() { "the number is greater than documented" "数值大于文档规定" }
    bound_min_items() { "the list has fewer items than documented" "列表项数少于文档规定" }
    bound_min_length() { "the text is shorter than documented" "文本长度小于文档规定" }
    bound_min_properties() { "the map has fewer entries than documented" "键值个数少于文档规定" }
    bound_minimum() { "the number is less than documented" "数值小于文档规定" }
    bound_multiple_of() {
        "the number is not a multiple of the documented one"
        "数值不是文档规定值的倍数"
    }
    bound_pattern() { "the text does not match the documented pattern" "文本不符合文档规定的格式" }
    bound_required() { "the field is required" "字段必填" }
    bound_unique_items() { "the list has an item twice" "列表中有重复项" }
    again_later() { "The same request may succeed later." "相同的请求稍后可能成功。" }
    status_of(status) { " (status {status})" "（状态码 {status}）" }
    nothing_called(word, hint) {
        "there is no rule or error code \"{word}\"{hint}"
        "没有规则或错误码 \"{word}\"{hint}"
    }
    way_out(flags) { "if the service accepts it anyway: {flags}" "如果服务仍然接受：{flags}" }
    bound_of(keyword, field, meaning) { "{keyword} of {field}: {meaning}" "{field} 的 {keyword}：{meaning}" }
    rule_error() { "a request that breaks it is not sent" "违反它的请求不会发送" }
    rule_warning() {
        "a request that breaks it is sent, with a warning"
        "违反它的请求会发送，并给出警告"
    }
    the_request() { "the request" "请求" }
    rule_of(operation, what) { "of {operation}; {what}" "属于 {operation}；{what}" }
    rule_must_hold(rule) { "must hold: {rule}" "必须成立：{rule}" }
    rule_source(source) { "source: {source}" "来源：{source}" }
    no_json(error) { "no JSON: {error}" "不是 JSON：{error}" }
    must_be_text(name) { "`{name}` must be given, as a text" "必须指定 `{name}`（文本）" }
    must_be_object(name) { "{name} must be an object" "{name} 必须为对象" }
    header_no_text() { "a header has bytes that are no text" "请求头中有非文本字节" }
    body_late() { "the body did not arrive in time" "请求体未及时到达" }
    body_broken() {
        "the body was cut off, or is larger than 1 MiB"
        "请求体不完整，或大于 1 MiB"
    }
    takes_no_such(operation, hint) { "{operation} takes no such value{hint}" "{operation} 没有该参数{hint}" }
    body_no_fields() {
        "the body is no object with fields; give it as --body"
        "请求体不是对象；请用 --body 指定"
    }
    given_twice() { "is given twice; give it once" "指定了两次；请只指定一次" }
    whole_and_parts() {
        "is given both as a whole and in parts; give one of the two"
        "既整体指定又分部分指定；请只用一种"
    }
    must_be(what) { "must be {what}" "必须为{what}" }
    kind_boolean() { "true or false" "true 或 false" }
    kind_integer() { "a whole number" "整数" }
    list_places(at) {
        "is a list; write --{at}.1=…, or --{at}='[…]'"
        "是列表；请写成 --{at}.1=…，或 --{at}='[…]'"
    }
}
