//! Texts of help: what commands and options do. In: nothing. Out: a sentence each.

use super::messages;

messages! {
    about_hwc() { "Huawei Cloud on the command line" "华为云命令行" }
    about_explain() { "Explains a rule or an error code, offline" "离线解释规则或错误码" }
    about_docs() { "Shows the help of an operation" "显示接口的帮助" }
    about_man() { "Writes a man page of an operation" "输出接口的 man 手册页" }
    about_validate() { "Checks a file of values and sends nothing" "检查参数文件，不发送请求" }
    about_diff() { "Shows how an order file differs from what exists" "比较订单文件与现有资源的差异" }
    about_explorer() { "Serves a web page with a form for every operation" "在本机提供网页，每个接口有一个表单" }
    about_whoami() { "Shows which credentials, region and project are used" "显示所用的凭证、区域和项目" }
    about_completion() { "Writes the completion script of a shell" "输出 shell 的补全脚本" }
    about_configure() { "Manages profiles: credentials, region, project" "管理配置：凭证、区域、项目" }
    about_wait() { "Waits until a resource reaches a state or is gone" "等待资源达到某状态或被删除" }

    heading_required() { "Required" "必填" }
    heading_optional() { "Optional" "可选" }
    heading_options() { "Common options" "通用选项" }
    costs_money() { " (costs money)" "（产生费用）" }

    help_region() { "Region, such as cn-north-4." "区域，例如 cn-north-4。" }
    help_profile() {
        "Profile of ~/.hcloud/config.json or ~/.huaweicloud/credentials."
        "~/.hcloud/config.json 或 ~/.huaweicloud/credentials 中的配置名。"
    }
    help_endpoint() { "Endpoint to use instead of the region's." "用于代替区域终端节点的地址。" }
    help_project_id() { "Project ID; looked up if not given." "项目 ID；不指定则自动查询。" }
    help_domain_id() { "Account (domain) ID; looked up if not given." "账号（domain）ID；不指定则自动查询。" }
    help_output() { "Output format." "输出格式。" }
    help_query() { "JMESPath expression that selects a part of the answer." "选取部分响应的 JMESPath 表达式。" }
    help_errors() { "Format of errors on standard error." "标准错误中错误信息的格式。" }
    help_lang() { "Language of help and messages." "帮助和消息的语言。" }
    help_connect_timeout() { "Timeout for connecting." "建立连接的超时时间。" }
    help_read_timeout() { "Timeout for an answer." "等待响应的超时时间。" }
    help_retry_count() { "How often a request is retried where that is safe." "在安全的情况下重试请求的次数。" }
    help_interval() { "Time between two polls." "两次查询之间的间隔。" }
    help_wait_limit() { "Maximum time to wait." "最长等待时间。" }
    help_from() {
        "Reads values from a JSON or YAML file, - for standard input; flags override them."
        "从 JSON 或 YAML 文件读取参数，- 表示标准输入；命令行参数优先。"
    }
    help_columns() { "Columns of the table." "表格的列。" }
    help_sort() { "Column to sort by; -NAME sorts in descending order." "按列排序；-NAME 为降序。" }
    help_numbers() { "Numbers the rows of the table." "为表格的行编号。" }
    help_dry_run() { "Shows the request with secrets masked and sends nothing." "显示请求（敏感信息已隐藏），不发送。" }
    help_validate() { "Checks the request and sends nothing." "检查请求，不发送。" }
    help_skeleton() { "Writes a file of values to fill in." "输出待填写的参数文件。" }
    help_show() { "Prints the call as a curl command or a Rust program." "以 curl 命令或 Rust 程序的形式输出该调用。" }
    help_allow() { "Sends the request even if it breaks this rule; repeatable." "即使违反此规则也发送请求；可重复指定。" }
    help_no_check() { "Skips all checks; the service decides." "跳过所有检查，由服务端判断。" }
    help_interactive() {
        "Asks for missing values, offers those that exist, and shows the request before sending it."
        "询问缺少的值，列出可选的资源，并在发送前显示完整请求。"
    }
    help_debug() { "Logs requests and answers with secrets masked." "输出请求和响应日志（敏感信息已隐藏）。" }
    help_limit() { "Maximum number of items; all if not given." "最多返回的条数；不指定则返回全部。" }
    help_ensure() { "Looks for the name first and orders only what does not exist." "先按名称查找，只订购不存在的资源。" }
    help_wait() { "Waits until the change is complete." "等待变更完成。" }
    help_secret_file() { "The same, read from a file; - for standard input." "同上，从文件读取；- 表示标准输入。" }
    help_secret_env() { "The same, read from an environment variable." "同上，从环境变量读取。" }
    help_until(states) { "State to wait for: {states}." "要等待的状态：{states}。" }
    help_port() { "Port to listen on; a free one if not given." "监听的端口；不指定则选用空闲端口。" }
    help_allow_host() { "Also answers to this host name; repeatable." "同时接受此主机名；可重复指定。" }
    help_diff_order() { "Order file, JSON or YAML; - for standard input." "订单文件（JSON 或 YAML）；- 表示标准输入。" }
    help_diff_id() { "ID of what exists." "现有资源的 ID。" }
    help_diff_operation() {
        "Operation that the file is for; needed only if several fit."
        "文件对应的接口；仅在有多个候选时需要。"
    }
    help_profile_name() { "Profile name; the default profile if not given." "配置名；不指定则为默认配置。" }
    help_from_env() { "Environment variable to read it from; asked for if not given." "读取该值的环境变量；不指定则提示输入。" }

    exit_done() { "success" "成功" }
    exit_other() { "a file or the terminal could not be used" "文件或终端不可用" }
    exit_usage() { "the command line is wrong" "命令行有误" }
    exit_invalid() { "the request breaks rules; nothing was sent" "请求违反规则；未发送" }
    exit_refused() { "the service refused the request" "服务拒绝了请求" }
    exit_not_found() { "the resource does not exist" "资源不存在" }
    exit_denied() { "no credentials, or they lack permission" "没有凭证，或凭证没有权限" }
    exit_unavailable() { "the service failed or could not be reached; try again later" "服务故障或无法访问；请稍后重试" }
    exit_unknown() { "unknown outcome: check before sending it again" "结果未知：再次发送前请先查看" }
    exit_timed_out() { "the state was not reached in time" "在规定时间内未达到所等待的状态" }
    exit_failed() { "the state will not be reached" "无法达到所等待的状态" }
    exit_differs() { "what exists differs from the order" "现有资源与订单不一致" }
    exit_interrupted() { "Ctrl-C, with no change under way" "按了 Ctrl-C，没有进行中的变更" }

    help_online() {
        "Also completes values that exist, such as instance IDs; this calls the service."
        "同时补全现有的值，例如实例 ID；会调用服务。"
    }

    about_configure_init() { "Asks for the values of a profile" "逐项询问配置的值" }
    about_configure_test() { "Calls the service with a profile, to see whether it works" "用配置调用服务，检查是否可用" }

    heading_arguments() { "Arguments" "位置参数" }
    help_help() { "Shows this help." "显示此帮助。" }
    help_ids() { "IDs in the order of the path, such as instance and backup." "按路径顺序的 ID，例如实例和备份。" }
    help_template() {
        "{{before-help}}{{about-with-newline}}\nUsage: {{usage}}\n\n{{all-args}}{{after-help}}"
        "{{before-help}}{{about-with-newline}}\n用法：{{usage}}\n\n{{all-args}}{{after-help}}"
    }
}
