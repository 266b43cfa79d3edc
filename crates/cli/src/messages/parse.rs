//! Words of a command line that cannot be parsed, and help that the parser itself words. In: the values that a message names.
//! Out: the message.

use super::messages;

messages! {
    option_unknown(word, hint) { "{word}: there is no such option{hint}" "{word}：没有该选项{hint}" }
    option_twice(name) { "{name}: is given twice; give it once" "{name}：指定了两次；请只指定一次" }
    option_empty(name) { "{name}: has no value; write one after it" "{name}：没有值；请在其后写上值" }
    option_equals(name) { "{name}: write the value as {name}=VALUE" "{name}：请写成 {name}=值" }
    option_plain(name) { "{name}: takes no value; leave out what follows the =" "{name}：不带值；请去掉 = 后面的内容" }
    option_value(name, value, known, hint) {
        "{name}: \"{value}\" is not one of {known}{hint}"
        "{name}：\"{value}\" 不在可选值 {known} 之中{hint}"
    }
    arguments_missing(names) { "{names} must be given" "必须指定 {names}" }
    command_missing(known) { "a command must follow, one of {known}" "后面须写一个命令：{known}" }
    command_unknown(word, known, hint) {
        "there is no command \"{word}\"; known are {known}{hint}"
        "没有命令 \"{word}\"；已知的有 {known}{hint}"
    }
    hint_no_word() {
        "; write each value after the name of its parameter, with a = where --help shows [=…]"
        "；请把值写在参数名之后；--help 中显示 [=…] 的，须用 = 连接"
    }
    line_unclear() { "the command line is not understood" "无法理解该命令行" }
    more_help(command) { "see `{command} --help`" "见 `{command} --help`" }
    usage_options() { "[OPTIONS]" "[选项]" }
    usage_command() { "COMMAND" "命令" }
    dropin_page(service, about, call, rows) {
        "Service:\n  {service}\n\nDescription:\n  {about}\n\nMethod:\n  {call}\n\nParams:\n{rows}"
        "服务：\n  {service}\n\n说明：\n  {about}\n\n方法：\n  {call}\n\n参数：\n{rows}"
    }
    help_shell() { "Shell to write the script for." "脚本所用的 shell。" }
    heading_commands() { "Commands" "命令" }
    known_values(values) { " [possible values: {values}]" " [可选值：{values}]" }
}
