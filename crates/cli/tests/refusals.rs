//! Command lines that cannot be parsed: each mistake that people make, and what they read in either language.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::{Command, Stdio};

/// A command line, the command whose help is named, and what is wrong, in English and in Chinese.
const MISTAKES: [(&str, &str, &str, &str); 18] = [
    (
        "dcs create-instance --az-code a",
        "hwc dcs create-instance",
        "--az-code: there is no such option; did you mean --az-codes?",
        "--az-code：没有该选项；是否指 --az-codes？",
    ),
    (
        "dcs show-instance i -x",
        "hwc dcs show-instance",
        "-x: there is no such option",
        "-x：没有该选项",
    ),
    (
        "dcs reset-password i --new-passwort=hidden",
        "hwc dcs reset-password",
        "--new-passwort: there is no such option; did you mean --new-password?",
        "--new-passwort：没有该选项；是否指 --new-password？",
    ),
    (
        "dcs reset-password i --new-password hidden",
        "hwc dcs reset-password",
        "a word that belongs to no parameter is not understood; write each value after the name of its \
         parameter, with a = where --help shows [=…]",
        "有一个词不属于任何参数，无法理解；请把值写在参数名之后；--help 中显示 [=…] 的，须用 = 连接",
    ),
    (
        "dcs list-instances --status RUNNING --status ERROR",
        "hwc dcs list-instances",
        "--status: is given twice; give it once",
        "--status：指定了两次；请只指定一次",
    ),
    (
        "dcs list-instances --query",
        "hwc dcs list-instances",
        "--query: has no value; write one after it",
        "--query：没有值；请在其后写上值",
    ),
    (
        "dcs list-instances --debug=yes",
        "hwc dcs list-instances",
        "--debug: takes no value; leave out what follows the =",
        "--debug：不带值；请去掉 = 后面的内容",
    ),
    (
        "dcs list-instances --output jsn",
        "hwc dcs list-instances",
        "--output: \"jsn\" is not one of json, table, tsv, yaml; did you mean json?",
        "--output：\"jsn\" 不在可选值 json, table, tsv, yaml 之中；是否指 json？",
    ),
    (
        "dcs create-instance --skeleton=toml",
        "hwc dcs create-instance",
        "--skeleton: \"toml\" is not one of json, yaml",
        "--skeleton：\"toml\" 不在可选值 json, yaml 之中",
    ),
    (
        "dcs list-instances --show python",
        "hwc dcs list-instances",
        "--show: \"python\" is not one of curl, rust",
        "--show：\"python\" 不在可选值 curl, rust 之中",
    ),
    (
        "completion csh",
        "hwc completion",
        "<SHELL>: \"csh\" is not one of bash, zsh, fish, powershell, elvish; did you mean zsh?",
        "<SHELL>：\"csh\" 不在可选值 bash, zsh, fish, powershell, elvish 之中；是否指 zsh？",
    ),
    ("completion", "hwc completion", "<SHELL> must be given", "必须指定 <SHELL>"),
    ("diff", "hwc diff", "<ORDER> <ID> must be given", "必须指定 <ORDER> <ID>"),
    ("diff order.yaml", "hwc diff", "<ID> must be given", "必须指定 <ID>"),
    (
        "whoami me",
        "hwc whoami",
        "a word that belongs to no parameter is not understood; write each value after the name of its \
         parameter, with a = where --help shows [=…]",
        "有一个词不属于任何参数，无法理解；请把值写在参数名之后；--help 中显示 [=…] 的，须用 = 连接",
    ),
    (
        "configure",
        "hwc configure",
        "a command must follow, one of set, init, test, list, show, delete",
        "后面须写一个命令：set, init, test, list, show, delete",
    ),
    (
        "configure shw",
        "hwc configure",
        "there is no command \"shw\"; known are set, init, test, list, show, delete; did you mean show?",
        "没有命令 \"shw\"；已知的有 set, init, test, list, show, delete；是否指 show？",
    ),
    (
        "configure set --keyring=yes",
        "hwc configure",
        "--keyring: \"yes\" is not one of auto, always, never",
        "--keyring：\"yes\" 不在可选值 auto, always, never 之中",
    ),
];

fn told(line: &str, language: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hwc"));
    command.env_clear().env("HOME", home.path()).env("LANG", language).args(line.split(' '));
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{line}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn every_mistake_is_told_in_the_language_of_the_user() {
    for (line, command, english, chinese) in MISTAKES {
        assert_eq!(
            told(line, "en_US.UTF-8"),
            format!("error: {english}\nsee `{command} --help`\n"),
            "{line}"
        );
        assert_eq!(
            told(line, "zh_CN.UTF-8"),
            format!("错误：{chinese}\n见 `{command} --help`\n"),
            "{line}"
        );
    }
}

#[test]
fn help_has_no_word_of_the_other_language() {
    for line in [
        "dcs list-instances --help",
        "configure --help",
        "configure set --help",
        "completion --help",
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_hwc"));
        command.env_clear().env("HOME", home.path()).args(line.split(' ')).args(["--lang", "zh"]);
        let page = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(page.contains("\n用法：hwc "), "{page}");
        for english in
            ["Usage", "OPTIONS", "COMMAND", "Options", "Commands", "possible values", "Print"]
        {
            assert!(!page.contains(english), "{line}: {english}: {page}");
        }
    }
}
