//! What came of a call, and texts of help that name values. In: the values that a message names. Out: the message.

use super::messages;

messages! {
    kind_number() { "a number" "数字" }
    object_places(at) {
        "is an object; write --{at}.NAME=…, or --{at}='{{…}}'"
        "是对象；请写成 --{at}.NAME=…，或 --{at}='{{…}}'"
    }
    object_pairs() {
        "is an object; write NAME=VALUE,NAME=VALUE or JSON"
        "是对象；请写成 NAME=VALUE,NAME=VALUE 或 JSON"
    }
    single_value(at, names) {
        "is a single value and has no {names}; write --{at}=…"
        "是单个值，没有 {names}；请写成 --{at}=…"
    }
    no_such_parameter(hint) { "there is no such parameter{hint}" "没有该参数{hint}" }
    is_a_list(at, key) {
        "is a list; write --{at}.1… instead of --{at}.{key}…"
        "是列表；请写成 --{at}.1…，而不是 --{at}.{key}…"
    }
    from_zero(at) {
        "{at}: items are counted from 1; this list begins with 0, which is accepted too"
        "{at}：列表项从 1 开始编号；此列表从 0 开始，也可接受"
    }
    list_gap(number) {
        "has no item {number}; number the items without gaps"
        "缺少第 {number} 项；请连续编号"
    }
    broken_json(at) { "is not valid JSON ({at})" "不是有效的 JSON（{at}）" }
    line_column(line, column) { "line {line}, column {column}" "第 {line} 行第 {column} 列" }
    file_object(name) {
        "{name}: must be an object, as `--skeleton` writes it"
        "{name}：必须为对象，如 `--skeleton` 所输出"
    }
    text_of_option() { "the text of --cli-jsonInput" "--cli-jsonInput 的文本" }
    standard_input() { "standard input" "标准输入" }
    hint_dashes() { "; keep only what is above the dashed line" "；请只保留虚线以上的内容" }
    file_json(name, at, hint) {
        "{name}: not valid JSON at {at}{hint}"
        "{name}：{at} 处不是有效的 JSON{hint}"
    }
    file_neither(name) { "{name}: neither JSON nor YAML" "{name}：既不是 JSON 也不是 YAML" }
    file_neither_at(name, at) {
        "{name}: neither JSON nor YAML at {at}"
        "{name}：{at} 处既不是 JSON 也不是 YAML"
    }
    seconds_range(name) { "--{name}: must be 1 to 86400 seconds" "--{name}：必须为 1 到 86400 秒" }
    limit_range() { "--limit: must be at least 1" "--limit：至少为 1" }
    twice_unnamed(name) {
        "--{name}: is given twice, once without its name"
        "--{name}：指定了两次，其中一次未写参数名"
    }
    write_entries(name) {
        "--{name}: write KEY=VALUE,KEY=VALUE or JSON"
        "--{name}：请写成 KEY=VALUE,KEY=VALUE 或 JSON"
    }
    unreadable_file(name, path, error) {
        "--{name}: {path} cannot be read: {error}"
        "--{name}：无法读取 {path}：{error}"
    }
    two_ways(name) {
        "--{name}: is given in two ways; give it in one"
        "--{name}：用两种方式指定；请只用一种"
    }
    overview() {
        "  hwc dcs create-instance --name x --az-codes a,b …    an operation\n  hwc DCS CreateInstance --name=x --az_codes.1=a …     the same in the form of hcloud\n  hwc dcs --help                                       the operations of a service\n  hwc dcs create-instance --help                       the flags of an operation\n  hwc dcs wait ID --until deleted                      wait for a state"
        "  hwc dcs create-instance --name x --az-codes a,b …    调用接口\n  hwc DCS CreateInstance --name=x --az_codes.1=a …     同上，hcloud 的写法\n  hwc dcs --help                                       服务的接口列表\n  hwc dcs create-instance --help                       接口的参数\n  hwc dcs wait ID --until deleted                      等待某状态"
    }
    title_services() { "Services:" "服务：" }
    title_commands() { "Other commands:" "其他命令：" }
    title_exit_codes() { "Exit codes:" "退出码：" }
    title_others() { "Others:" "其他：" }
    operations_of(service, title, count) {
        "  {service:<5} {title} ({count} operations)"
        "  {service:<5} {title}（{count} 个接口）"
    }
    keys_from() {
        "Credentials: HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, ~/.huaweicloud/credentials or ~/.hcloud/config.json."
        "凭证：HUAWEICLOUD_SDK_AK 和 HUAWEICLOUD_SDK_SK、~/.huaweicloud/credentials 或 ~/.hcloud/config.json。"
    }
    deprecated_mark() { " (deprecated)" "（已弃用）" }
    need_required() { "required" "必填" }
    need_optional() { "optional" "可选" }
    span(least, most, what) { " [{least} to {most}{what}]" " [{least} 到 {most}{what}]" }
    at_least(least, what) { " [at least {least}{what}]" " [至少 {least}{what}]" }
    at_most(most, what) { " [at most {most}{what}]" " [至多 {most}{what}]" }
    unit_characters() { " characters" " 个字符" }
    unit_items() { " items" " 项" }
    instead_use_token() {
        "get temporary keys and pass the token with --cli-security-token"
        "请获取临时密钥，并用 --cli-security-token 传入令牌"
    }
    instead_use_profile() {
        "pass the profile itself with --cli-profile"
        "请直接用 --cli-profile 指定配置"
    }
    instead_use_query() {
        "use --cli-query, such as \"instances[].[name,status]\""
        "请使用 --cli-query，例如 \"instances[].[name,status]\""
    }
    instead_use_plain_query() { "use --cli-query" "请使用 --cli-query" }
    instead_use_value() { "pass the value itself" "请直接指定值" }
    instead_use_files() {
        "keys are read from the environment, or from files that only you can read"
        "密钥从环境变量或仅本人可读的文件中读取"
    }
    instead_leave_out() { "leave it out" "请去掉" }
    no_output(name, known, hint) {
        "there is no output format \"{name}\"; known are {known}{hint}"
        "没有输出格式 \"{name}\"；已知的有 {known}{hint}"
    }
    unsupported(name, instead) { "--{name}: is not supported; {instead}" "--{name}：不支持；{instead}" }
    not_known_value(name, value) {
        "--{name}: \"{value}\" is not known; leave it out"
        "--{name}：未知的值 \"{value}\"；请去掉"
    }
    signed_otherwise() { "requests are signed with AK and SK" "请求使用 AK/SK 签名" }
    always_verified() {
        "certificates are always verified; add your own authority to the trust store of the system instead"
        "始终校验证书；请将自己的证书颁发机构加入系统信任库"
    }
    no_option(name, hint) { "--{name}: there is no such option{hint}" "--{name}：没有该选项{hint}" }
    no_language(name) {
        "there is no language \"{name}\"; use en or zh"
        "没有语言 \"{name}\"；请使用 en 或 zh"
    }
    no_mode(mode) {
        "--cli-mode={mode} is not supported; use AKSK with keys, or ecsAgency on a cloud server"
        "不支持 --cli-mode={mode}；请使用 AKSK，或在云服务器上使用 ecsAgency"
    }
    count_range(name, most) { "--{name}: must be 0 to {most}" "--{name}：必须为 0 到 {most}" }
    flag_range(name) { "--{name}: must be true or false" "--{name}：必须为 true 或 false" }
    answer_no_list() { "the answer is no list" "响应不是列表" }
    no_jmespath(option, query, why) {
        "{option}: \"{query}\" is not valid JMESPath: {why}"
        "{option}：\"{query}\" 不是有效的 JMESPath：{why}"
    }
    output_broken(error) { "standard output cannot be written: {error}" "无法写入标准输出：{error}" }
    no_column(name, hint) { "there is no column \"{name}\"{hint}" "没有列 \"{name}\"{hint}" }
    page_no_list() { "a page is no list" "某一页不是列表" }
    page_circle() { "a page leads to itself" "某一页指向自身" }
    list_broken(why) {
        "the complete list cannot be read: {why}; try again"
        "无法读取完整列表：{why}；请重试"
    }
    file_wins(names) {
        "{names}: the value of the file is used, not that of the command line"
        "{names}：使用文件中的值，而不是命令行的值"
    }
    invalid_one() { "the request is not valid; nothing was sent:" "请求无效；未发送：" }
    invalid_many(count) {
        "the request is not valid in {count} places; nothing was sent:"
        "请求有 {count} 处无效；未发送："
    }
    why(command) { "why: {command}" "原因：{command}" }
    file_broken(path, at) {
        "{path}: not understood at {at}; correct it or move it away"
        "{path}：{at} 处无法理解；请更正或移走该文件"
    }
    file_no_profile(path, name, hint) { "{path}: has no profile \"{name}\"{hint}" "{path}：没有配置 \"{name}\"{hint}" }
    keys_encrypted(name) {
        "the keys of the profile \"{name}\" are encrypted, and only the program that wrote them can read them; set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or write ~/.huaweicloud/credentials"
        "配置 \"{name}\" 的密钥已加密，只有写入它的程序能够读取；请设置 HUAWEICLOUD_SDK_AK 和 HUAWEICLOUD_SDK_SK，或写入 ~/.huaweicloud/credentials"
    }
    profile_mode(name, mode) {
        "the profile \"{name}\" has the mode {mode}, which is not supported; use AKSK"
        "配置 \"{name}\" 的模式为 {mode}，不支持；请使用 AKSK"
    }
    path_missing() { "is missing; it is part of the path" "缺失；它是路径的一部分" }
    usage_of(line) { "usage: {line}" "用法：{line}" }
    no_credentials() { "(no credentials were found)" "（未找到凭证）" }
    success_no_json() {
        "the service reported success, but its answer is not JSON; check whether the call was carried out"
        "服务报告成功，但响应不是 JSON；请确认调用是否已执行"
    }
    no_service(name, known, hint) {
        "there is no service \"{name}\"; known are {known}{hint}"
        "没有服务 \"{name}\"；已知的有 {known}{hint}"
    }
    no_version(name, method, path, version) {
        "{name} is {method} {path}, which is not of version {version}; leave the version out"
        "{name} 为 {method} {path}，不属于版本 {version}；请去掉版本"
    }
    not_built(operation) {
        "{operation} is not known; rebuild the program"
        "{operation} 未知；请重新构建程序"
    }
    did_you_mean(name) { "; did you mean {name}?" "；是否指 {name}？" }
    did_you_mean_or(names, last) { "; did you mean {names} or {last}?" "；是否指 {names} 或 {last}？" }
    no_operation(service, name, hint) {
        "{service} has no operation \"{name}\"{hint}"
        "{service} 没有接口 \"{name}\"{hint}"
    }
    lists_all(command) { "`{command}` lists all" "`{command}` 可列出全部" }
    skeleton_required() { "required. " "必填。" }
    waiter_form(error, form) {
        "--cli-waiter: {error}; write {form}"
        "--cli-waiter：{error}；请写成 {form}"
    }
    waiter_range() {
        "--cli-waiter: timeout must be 1 to 86400 and interval 1 to 600 seconds"
        "--cli-waiter：timeout 必须为 1 到 86400 秒，interval 必须为 1 到 600 秒"
    }
    waiter_changes(operation) {
        "--cli-waiter: {operation} changes something and is not repeated; wait with a query"
        "--cli-waiter：{operation} 会更改资源，不会重复调用；请用查询接口等待"
    }
    waiter_failed(expression, value) { "{expression} is {value}" "{expression} 为 {value}" }
    waiter_timed_out(expression, value, limit) {
        "{expression} was not {value} within {limit} s"
        "{expression} 在 {limit} 秒内未变为 {value}"
    }
}
