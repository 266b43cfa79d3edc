//! What the emulator does of operations, in Chinese. In: a sentence in English, as the coverage has it. Out: the same in
//! Chinese, in the terms of `spec/glossary.zh.md`.

/// The heading of the notes.
pub(crate) const TITLE: &str = "不用云";

/// Each sentence, and the same in Chinese.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    ("The emulator carries it out.", "模拟器会真正执行此操作。"),
    ("The emulator answers with the documented example.", "模拟器以文档中的示例作为响应。"),
    (
        "The emulator answers that it is done and changes nothing.",
        "模拟器返回成功，但不做任何更改。",
    ),
    (
        "Each node is a process of its own, and the instance runs once all of them answer.",
        "每个节点都是独立的进程；所有进程都能应答后，实例才进入运行状态。",
    ),
    ("The memory in use is what the process reports.", "已用内存取自进程的报告。"),
    ("The processes end, and their files are removed.", "进程随之结束，其文件也被删除。"),
    (
        "For another port or other renamed commands, the processes are restarted.",
        "修改端口或重命名命令时，进程会重启。",
    ),
    ("The processes are restarted with their data, or emptied.", "进程带着数据重启，或被清空。"),
    ("The numbers are those of the processes (`INFO`).", "各项数值取自进程（`INFO`）。"),
    (
        "The zones are the documented ones: a machine has none.",
        "可用区取自文档：单台机器没有可用区。",
    ),
    (
        "The windows are the documented ones; nothing is ever maintained.",
        "维护时间窗取自文档；实际上不会进行任何维护。",
    ),
    (
        "The document gives the request no body, so it does not say what to change.",
        "文档没有为此请求定义请求体，因此没有说明要修改什么。",
    ),
    (
        "The flavors are the documented ones, and orders may name others.",
        "规格取自文档；订单也可以使用其他规格。",
    ),
    (
        "The zones are stored and shown; the processes stay where they are.",
        "可用区会保存并显示；进程仍在原处。",
    ),
    ("The processes are restarted, and stay what they are.", "进程会重启，但版本不变。"),
    ("There is never a newer version.", "永远没有更新的版本。"),
    ("The check always succeeds.", "检查总是成功。"),
    (
        "While an instance runs, every operation is possible.",
        "实例处于运行状态时，所有操作都可以执行。",
    ),
    ("The file holds comma-separated values.", "文件内容为逗号分隔的值（CSV）。"),
    ("The order is carried out at once; nothing has to be paid.", "订单立即执行，无需支付。"),
    (
        "A cluster gets as many shards as keep their size, and slots move with their keys; the nodes of a shard stay.",
        "集群按分片大小不变来增减分片，槽连同其中的 key 一起迁移；每个分片的节点数不变。",
    ),
    ("The processes take the new password at once.", "进程立即使用新密码。"),
    ("Each shard saves an RDB file.", "每个分片保存一个 RDB 文件。"),
    ("The RDB files are removed.", "RDB 文件会被删除。"),
    ("The links lead to the RDB files.", "链接指向 RDB 文件。"),
    (
        "The processes start from the RDB files. A backup of a cluster is restored only while its shards have the slots \
         of that time.",
        "进程从 RDB 文件启动。对于集群，仅当各分片的槽与备份时相同时，才能恢复备份。",
    ),
    (
        "The processes take parameters at once (`CONFIG SET`); those that they cannot change wait for a restart.",
        "进程立即应用参数（`CONFIG SET`）；无法在运行时修改的参数要等到重启后才生效。",
    ),
    (
        "The log of a day is the log of the process as it is now.",
        "某一天的日志就是进程当前的日志。",
    ),
    ("The link leads to the log of the process.", "链接指向进程的日志。"),
    ("The commands are those of the process (`SLOWLOG GET`).", "命令取自进程（`SLOWLOG GET`）。"),
    (
        "The whitelist is stored and shown, not enforced: all clients come from this machine.",
        "白名单会保存并显示，但不生效：所有客户端都来自本机。",
    ),
    (
        "The report judges what the processes say (`INFO`).",
        "报告依据进程给出的信息（`INFO`）作出判断。",
    ),
    ("Data is copied from a Redis on this machine only.", "只能从本机上的 Redis 复制数据。"),
    (
        "The mode is stored and shown; a copy that failed is not resumed.",
        "模式会保存并显示；失败的复制不会续传。",
    ),
    (
        "Source and target exchange their ports: on one machine these are their addresses.",
        "源和目标互换端口：在同一台机器上，端口就是它们的地址。",
    ),
    (
        "The weight is stored and shown; it does not decide who takes over.",
        "权重会保存并显示，但不决定由谁接替主节点。",
    ),
    (
        "The address is shown as removed; there is no domain name.",
        "地址显示为已移除；实际上没有域名。",
    ),
    (
        "The standby process becomes the master and has all data.",
        "备节点的进程成为主节点，并拥有全部数据。",
    ),
    ("All keys of the processes are scanned.", "扫描进程中的所有 key。"),
    (
        "All keys are scanned, and the processes remove those that have expired.",
        "扫描所有 key，由进程删除其中已过期的 key。",
    ),
    (
        "The keys of the running processes are read, also where a backup is named.",
        "读取的是运行中进程的 key，即使指定了备份也是如此。",
    ),
    (
        "The plan is stored and shown; no scan starts by it.",
        "计划会保存并显示，但不会据此启动扫描。",
    ),
    ("The processes of the nodes are stopped or started.", "停止或启动节点的进程。"),
    (
        "The account is a user of the process (`ACL SETUSER`), which takes Redis 6 or later.",
        "账号就是进程的用户（`ACL SETUSER`），需要 Redis 6 或更高版本。",
    ),
    (
        "Orders that name the template start with its parameters.",
        "指定此模板的订单以模板中的参数启动。",
    ),
    (
        "The policy is stored and shown; no bandwidth changes by it.",
        "策略会保存并显示，但不会据此调整带宽。",
    ),
    ("The bandwidth is stored and shown, not enforced.", "带宽会保存并显示，但不生效。"),
    ("The sessions are those of the process (`CLIENT LIST`).", "会话取自进程（`CLIENT LIST`）。"),
    ("The process closes the connections (`CLIENT KILL`).", "由进程关闭连接（`CLIENT KILL`）。"),
    ("The address is shown; nothing arrives through it.", "地址会显示，但不会有请求经由它到达。"),
    (
        "The address is not shown any more; nothing arrived through it.",
        "地址不再显示；此前也没有请求经由它到达。",
    ),
    ("The link leads to the certificate that clients need.", "链接指向客户端所需的证书。"),
    ("The processes are restarted with TLS or without it.", "进程重启，并启用或停用 TLS。"),
    (
        "It is stored and shown; the process sees the addresses of its clients either way.",
        "设置会保存并显示；无论如何，进程都能看到客户端的地址。",
    ),
    ("The process carries out the command.", "由进程执行命令。"),
    ("The orders are those of prepaid instances.", "订单即包年/包月实例的订单。"),
    (
        "It shows what the emulator was started with, which no operation changes.",
        "显示的是模拟器启动时的内容，任何操作都不会改变它。",
    ),
];

/// A sentence in Chinese.
pub(crate) fn chinese(english: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(known, _)| *known == english).map(|(_, chinese)| *chinese)
}
