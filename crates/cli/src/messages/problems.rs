//! What went wrong, and what to do. In: the values that a message names. Out: the message.

use super::messages;

messages! {
    listen_failed(address, error) {
        "cannot listen on {address}: {error}; choose another --port"
        "无法监听 {address}：{error}；请用 --port 选择其他端口"
    }
    calls_go_to(place) { "calls go to {place}; press Ctrl-C to stop" "调用发往 {place}；按 Ctrl-C 结束" }
    no_region_yet() { "(no region: restart with --region)" "（未设置区域：请加 --region 重新启动）" }
    bad_port() { "--port: must be 0 to 65535" "--port：必须为 0 到 65535" }
    no_random(error) { "the system provides no random bytes: {error}" "系统无法提供随机数：{error}" }
    key_missing() {
        "the key is missing; open the complete address that `hwc explorer` printed"
        "缺少密钥；请打开 `hwc explorer` 输出的完整地址"
    }
    no_page() { "there is no such page" "页面不存在" }
    wait_needs_ids(line) { "the state needs these IDs: {line}" "该状态需要以下 ID：{line}" }
    nothing_to_wait_for(service) { "{service} has no state that can be waited for" "{service} 没有可等待的状态" }
    no_such_state(state, known, hint) {
        "--until \"{state}\": no such state; known are {known}{hint}"
        "--until \"{state}\"：没有该状态；已知的有 {known}{hint}"
    }
    no_waiter(operation) {
        "{operation} starts nothing that can be waited for; remove --wait"
        "{operation} 没有可等待的结果；请去掉 --wait"
    }
    answer_names_nothing(name) {
        "the call was accepted, but its answer has no {name}, so there is nothing to wait for; look at the resource"
        "调用已被接受，但响应中没有 {name}，无法等待；请查看资源"
    }
    order_names_nothing() {
        "the call was accepted, but its answer names no resource to wait for; look at the order"
        "调用已被接受，但响应中没有可等待的资源；请查看订单"
    }
    waiting_for(subject, command) { "waiting for {subject}; to resume later: {command}" "正在等待 {subject}；之后可继续：{command}" }
    asking_again() { "service unavailable, retrying" "服务不可用，正在重试" }
    not_there(subject) { "{subject} does not exist" "{subject} 不存在" }
    not_reached(waiter, limit, command) {
        "{waiter} was not reached within {limit} s; to resume: {command}"
        "{waiter} 在 {limit} 秒内未达到；可继续等待：{command}"
    }

    diff_unknown(operation) {
        "{operation} orders nothing that can be looked up by its ID"
        "{operation} 订购的资源无法按 ID 查询"
    }
    diff_operation_form(word) {
        "--operation {word}: write SERVICE.OPERATION, such as dcs.create-instance"
        "--operation {word}：请写成“服务.接口”，例如 dcs.create-instance"
    }
    diff_which(names) { "the file may be for several operations; add --operation with one of {names}" "文件可能对应多个接口；请用 --operation 指定其一：{names}" }
    diff_not_shown(names) { "not compared, because the service does not show them: {names}" "未比较（服务不返回这些字段）：{names}" }
    diff_count(count) { "fields that differ: {count}" "不一致的字段数：{count}" }
    no_object() { "the answer is no object" "响应不是对象" }

    choices_need(name) { "{name} must be known first" "须先确定 {name}" }
    choices_late() { "the service did not answer in time" "服务未及时响应" }
    ask_number() { "a number or a value" "编号或值" }
    ask_commas() { "separate several with commas" "多个值用逗号分隔" }
    ask_optional() { "Enter to skip" "回车跳过" }
    ask_range(count) { "choose 1 to {count}, or write a value\n" "请选择 1 到 {count}，或直接输入值\n" }
    ask_no_choices(why) { "  (existing values cannot be listed: {why})\n" "  （无法列出现有的值：{why}）\n" }
    ask_priced() { "The price depends on:" "影响价格的选项：" }
    ask_money() { "This costs money." "此操作会产生费用。" }
    ask_send() { "Send it? [y/N] " "是否发送？[y/N] " }
    nothing_sent() { "nothing was sent" "未发送" }
    answers_end() { "input ended; nothing was sent" "输入已结束；未发送" }
    no_terminal(error) { "the terminal cannot be used: {error}" "终端不可用：{error}" }

    no_shell(name) { "{name}: there is no completion for this shell" "{name}：不支持该 shell 的补全" }

    no_command(word, instead) { "{word} is not supported; {instead}" "不支持 {word}；{instead}" }
    instead_completion() { "use `hwc completion SHELL`" "请使用 `hwc completion SHELL`" }
    instead_debug() { "use --debug on a call" "请在调用时使用 --debug" }
    instead_meta() { "the program contains all its data; nothing is downloaded" "程序自带全部数据，无需下载" }
    instead_obs() { "use a client of object storage" "请使用对象存储客户端" }
    instead_skeleton() { "use --skeleton of an operation" "请使用接口的 --skeleton" }
    instead_update() { "install the new version as you installed this one" "请用原安装方式安装新版本" }

    bound_broken(meaning, words) { "{meaning} ({words})" "{meaning}（英文：{words}）" }
}
