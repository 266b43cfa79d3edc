//! Profiles and where their secrets are. In: the values that a message names. Out: the message.

use super::messages;

messages! {
    help_access_key() { "Access key (AK)." "访问密钥 ID（AK）。" }
    help_keyring() {
        "Whether secrets go into the keyring of the system; the default is auto, or HWC_KEYRING."
        "敏感信息是否存入系统钥匙串；默认为 auto，或 HWC_KEYRING 的值。"
    }
    keyring_waits() {
        "waiting for the system keyring; it may ask for its password (Ctrl-C to stop)"
        "正在等待系统钥匙串；它可能在询问密码（按 Ctrl-C 结束）"
    }
    keyring_not_built() {
        "this program was built without access to one"
        "构建此程序时未包含该功能"
    }
    in_keyring(key, file) {
        "{key} is in the system keyring; other programs that read {file} do not find it there, and need --keyring=never"
        "{key} 已存入系统钥匙串；读取 {file} 的其他程序无法获得它，如有需要请用 --keyring=never"
    }
    in_file(key, file) { "{key} is in {file}, which only you can read" "{key} 保存在仅本人可读的 {file} 中" }
    in_file_for_want(key, file, why) {
        "{key} is in {file}, which only you can read, because there is no system keyring ({why})"
        "{key} 保存在仅本人可读的 {file} 中，因为没有可用的系统钥匙串（{why}）"
    }
    in_file_and_keyring(key, file, name, why) {
        "{key} is in {file}, which only you can read; the former one is still in the system keyring as \"{name}\" ({why}): remove it there"
        "{key} 保存在仅本人可读的 {file} 中；旧值仍在系统钥匙串中，名为 \"{name}\"（{why}）：请在那里删除"
    }
    no_keyring(why) {
        "there is no system keyring ({why}); --keyring=never keeps it in the file"
        "没有可用的系统钥匙串（{why}）；--keyring=never 会将其保存在文件中"
    }
    keyring_without(key, section, file) {
        "the system keyring has no {key} for [{section}] of {file}; set it with `hwc configure set`"
        "系统钥匙串中没有 {file} 中 [{section}] 的 {key}；请用 `hwc configure set` 设置"
    }
    keyring_unreadable(key, section, file, why) {
        "the {key} for [{section}] of {file} is in the system keyring, which cannot be read: {why}; unlock it, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"
        "{file} 中 [{section}] 的 {key} 在系统钥匙串中，但无法读取：{why}；请解锁，或设置 HUAWEICLOUD_SDK_AK 和 HUAWEICLOUD_SDK_SK"
    }
    keyring_keeps(name, why) {
        "\"{name}\" is still in the system keyring ({why}): remove it there"
        "\"{name}\" 仍在系统钥匙串中（{why}）：请在那里删除"
    }
    keys_of_keyring(file, section) {
        "[{section}] of {file}, with the secret in the system keyring"
        "{file} 中的 [{section}]，敏感信息在系统钥匙串中"
    }
}
