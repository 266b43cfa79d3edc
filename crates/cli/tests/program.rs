//! The program on its own: profiles, completion, texts of help, what is explained; nothing is called.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn hwc(home: &Path, words: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hwc"));
    command.env_clear().env("HOME", home).args(words).stdin(Stdio::null());
    // The keyring of whoever runs the tests is not theirs.
    command.env("HWC_KEYRING", "never");
    command.envs(variables.iter().copied());
    command.output().unwrap()
}

fn said(home: &Path, words: &[&str]) -> String {
    let output = hwc(home, words, &[]);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(home: &Path, words: &[&str]) -> (Option<i32>, String) {
    let output = hwc(home, words, &[]);
    assert!(output.stdout.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_profile_is_set_shown_used_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let words = [
        "configure",
        "set",
        "--profile",
        "work",
        "--access-key",
        "EXAMPLEKEY",
        "--region",
        "cn-north-4",
        "--secret-key-env",
        "SECRET",
    ];
    let output = hwc(home.path(), &words, &[("SECRET", "not-a-secret-key")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = home.path().join(".huaweicloud/credentials");
    assert!(fs::read_to_string(&file).unwrap().starts_with("[basic.work]\n"));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, format!("note: sk is in {}, which only you can read\n", file.display()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let shown = said(home.path(), &["configure", "show", "--profile", "work"]);
    assert!(shown.contains("ak = EXAMPLEKEY") && shown.contains("sk = [redacted]"), "{shown}");
    let dry = said(home.path(), &["dcs", "show-instance", "i", "--profile", "work", "--dry-run"]);
    let url = "GET https://dcs.cn-north-4.myhuaweicloud.com/v2/PROJECT_ID/instances/i\n";
    assert!(dry.starts_with(url) && dry.contains("\nauthorization: [redacted]"), "{dry}");
    said(home.path(), &["configure", "delete", "--profile", "work"]);
    assert_eq!(said(home.path(), &["configure", "list"]), "\n");
}

#[test]
fn a_profile_of_the_vendor_is_used_and_an_encrypted_one_says_so() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".hcloud");
    fs::create_dir(&folder).unwrap();
    let write = |access_key: &str| {
        let profile = serde_json::json!({
            "name": "default", "mode": "AKSK", "accessKeyId": access_key, "secretAccessKey": "not-a-secret",
            "region": "cn-south-1", "projectId": "p-1",
        });
        let file = serde_json::json!({ "current": "default", "profiles": [profile] });
        #[expect(clippy::disallowed_methods, reason = "a test's own file")]
        fs::write(folder.join("config.json"), file.to_string()).unwrap();
    };
    write("EXAMPLEKEY");
    let dry = said(home.path(), &["DCS", "ShowInstance", "--instance_id=i", "--dryrun"]);
    assert!(
        dry.starts_with("GET https://dcs.cn-south-1.myhuaweicloud.com/v2/p-1/instances/i\n"),
        "{dry}"
    );
    assert!(said(home.path(), &["whoami"]).contains("profile default of ~/.hcloud/config.json"));
    write("AbCd+/==");
    let (code, told) = refused(home.path(), &["dcs", "show-instance", "i", "--dry-run"]);
    assert_eq!(code, Some(6));
    assert!(told.contains("are encrypted"), "{told}");
}

#[test]
fn rules_bounds_and_codes_are_explained() {
    let home = tempfile::tempdir().unwrap();
    let rule = said(home.path(), &["explain", "capacity-redis-4-cluster"]);
    assert!(
        rule.contains("must hold: self.spec_code.contains") && rule.contains("(2025-12)"),
        "{rule}"
    );
    assert!(said(home.path(), &["explain", "DCS.4022"]).starts_with("DCS.4022 (status 400): "));
    assert!(said(home.path(), &["explain", "DCS.4022", "--lang", "zh"]).contains('。'));
    assert!(
        said(home.path(), &["explain", "maxLength@tags.key"])
            .starts_with("maxLength of tags.key: ")
    );
    let (code, told) = refused(home.path(), &["explain", "DCS.40222"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("did you mean DCS.4022?"), "{told}");
}

#[test]
fn a_file_is_checked_and_all_that_is_wrong_is_said() {
    let home = tempfile::tempdir().unwrap();
    let text = r#"{"name": "1", "engine": "Redis", "capacity": 3, "az_codes": [], "nme": 1}"#;
    let words = ["validate", "dcs", "CreateInstance", text];
    let (code, told) = refused(home.path(), &words);
    assert_eq!(code, Some(3));
    for wrong in ["spec_code: is missing", "vpc_id: is missing", "name: ", "az_codes: "] {
        assert!(told.contains(&format!("error: {wrong}")), "{wrong}: {told}");
    }
    assert!(told.contains("warning: nme: is not documented"), "{told}");
    let text = r#"{"action": "create", "tags": [{"key": "a", "value": "b"}]}"#;
    let words = ["validate", "dcs", "batch-create-or-delete-tags", text];
    let (code, told) = refused(home.path(), &words);
    assert_eq!(code, Some(3), "{told}");
    let whole = [&words[..], &["--instance-id", "i-1"]].concat();
    assert_eq!(said(home.path(), &whole), "valid\n");
    assert!(
        said(home.path(), &["docs", "dcs", "show-instance"])
            .contains("Usage: hwc dcs show-instance")
    );
}

#[test]
fn help_is_there_for_everything_and_in_two_languages() {
    let home = tempfile::tempdir().unwrap();
    assert!(said(home.path(), &[]).contains("Exit codes:"));
    assert!(said(home.path(), &["dcs"]).contains("\n  create-instance  "));
    assert!(said(home.path(), &["dcs", "--help", "--lang", "zh"]).contains("创建"));
    let page = said(home.path(), &["dcs", "create-instance", "--help"]);
    assert!(
        page.contains("/instances (costs money)") && page.contains("--password-file <FILE>"),
        "{page}"
    );
    let page = said(home.path(), &["DCS", "CreateInstance", "--help"]);
    assert!(
        page.contains("--tags.[N].key|value") && page.contains("--rename_commands.{*}"),
        "{page}"
    );
    assert!(said(home.path(), &["dcs", "wait", "--help"]).contains("--until <STATE>"));
    for command in
        ["explain", "docs", "validate", "diff", "explorer", "whoami", "completion", "man"]
    {
        let page = said(home.path(), &[command, "--help"]);
        assert!(page.contains(&format!("\nUsage: hwc {command} ")), "{page}");
        let (arguments, options) = (page.find("Arguments:"), page.find("Common options:"));
        assert!(arguments < options && options.is_some(), "{page}");
    }
    let page = said(home.path(), &["diff", "--help"]);
    assert!(page.find("  <ORDER>") < page.find("  <ID>"), "{page}");
    assert!(said(home.path(), &["man", "dcs", "show-instance"]).contains(".TH show-instance"));
}

#[test]
fn shells_have_scripts_that_ask_the_program() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = said(home.path(), &["completion", shell]);
        assert!(
            script.contains("HWC_COMPLETE") && !script.contains("HWC_COMPLETE_ONLINE"),
            "{shell}"
        );
        let script = said(home.path(), &["completion", shell, "--online"]);
        assert!(script.contains("HWC_COMPLETE_ONLINE"), "{shell}");
    }
    let (code, told) = refused(home.path(), &["completion", "csh"]);
    assert_eq!((code, told.contains("\"csh\" is not one of")), (Some(2), true), "{told}");
}

#[test]
fn words_are_completed_as_far_as_they_are_known() {
    let home = tempfile::tempdir().unwrap();
    let cases = [
        ("dc", "dcs\tHuawei Cloud Distributed Cache Service (DCS)"),
        ("dcs create-inst", "create-instance\tCreate cache instances"),
        (
            "dcs create-instance --az",
            "--az-codes\tCodes of the availability zones for the nodes; at least one, with free resources.",
        ),
        ("dcs create-instance --engine R", "Redis\tRedis; `engine_version` then says which one."),
        ("dcs list-instances --region cn-north-4", "cn-north-4"),
        ("dcs list-instances --columns name,stat", "name,status"),
        ("dcs wait i --until back", "backup-done"),
        ("dcs create-instance --allow capacity-redis-4-cl", "capacity-redis-4-cluster"),
        ("explain DCS.4022", "DCS.4022"),
        ("DCS CreateInst", "CreateInstance\tCreate cache instances"),
        ("DCS CreateInstance --az_", "--az_codes.1"),
        ("DCS CreateInstance --tags.1.k", "--tags.1.key"),
    ];
    for (line, expected) in cases {
        let words: Vec<&str> = ["--", "hwc"].into_iter().chain(line.split(' ')).collect();
        let output = hwc(home.path(), &words, &[("HWC_COMPLETE", "fish")]);
        let found = String::from_utf8(output.stdout).unwrap();
        let begins = |one: &str| one == expected || one.split('\t').next() == Some(expected);
        assert!(found.lines().any(begins), "{line}: {found}");
    }
}

#[test]
fn messages_come_in_the_language_of_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let words = ["dcs", "create-instance", "--name", "a", "--capacity", "two"];
    let output = hwc(home.path(), &words, &[("LANG", "zh_CN.UTF-8")]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "错误：capacity: 必须为数字\n");
    let output = hwc(home.path(), &[&words[..], &["--lang", "en"]].concat(), &[("LANG", "zh_CN")]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "error: capacity: must be a number\n");
    let order = r#"{"name": "a", "engine": "Redis", "capacity": 1, "az_codes": ["a"], "spec_code": "s", "vpc_id": "v", "subnet_id": "s"}"#;
    let words = ["validate", "dcs", "create-instance", order];
    let output = hwc(home.path(), &words, &[("LANG", "zh_CN.UTF-8")]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("name: 文本长度小于文档规定（英文："), "{told}");
    let rule = told.lines().find(|line| line.contains("(engine-version-required)")).unwrap();
    assert!(rule.contains('版') && !rule.contains("version is"), "{told}");
    let page = said(home.path(), &["--lang=zh"]);
    assert!(page.contains("退出码：") && page.contains("未知"), "{page}");
    let page = said(home.path(), &["dcs", "create-instance", "--help", "--lang", "zh"]);
    assert!(page.contains("区域，例如 cn-north-4。") && page.contains("必填"), "{page}");
}

#[test]
fn a_message_quotes_only_what_the_user_wrote() {
    let home = tempfile::tempdir().unwrap();
    let order = |end: &str| {
        format!(
            r#"{{"name": "cache", "engine": "Redis", "engine_version": "5.0", "capacity": 1, "az_codes": ["a"],
                "spec_code": "s", "vpc_id": "v", "subnet_id": "s", "no_password_access": true, "maintain_end": {end}}}"#
        )
    };
    let told =
        |end: &str| refused(home.path(), &["validate", "dcs", "create-instance", &order(end)]).1;
    let sent = told("\"06:00:00\"");
    assert!(
        sent.contains("maintain_begin: a maintenance window that ends at 06:00:00 needs"),
        "{sent}"
    );
    // A value stands in its place so that the rest can be checked; a rule that would quote it is not judged.
    let sent = told("2.5");
    assert!(sent.contains("maintain_end: must be a text (type)"), "{sent}");
    assert!(!sent.contains("maintain_begin") && !sent.contains("ends at"), "{sent}");
}

#[test]
fn the_same_call_is_written_for_others() {
    let home = tempfile::tempdir().unwrap();
    let words = ["dcs", "list-instances", "--status", "RUNNING", "--show"];
    assert_eq!(
        said(home.path(), &[&words[..], &["curl"]].concat()),
        "curl --fail-with-body --request GET \
         \"$HUAWEICLOUD_SDK_ENDPOINT/v2/$HUAWEICLOUD_SDK_PROJECT_ID/instances?status=RUNNING\" \\\n  \
         --header \"X-Auth-Token: $HUAWEICLOUD_SDK_AUTH_TOKEN\"\n"
    );
    let program = said(home.path(), &[&words[..], &["rust"]].concat());
    assert!(
        program.contains("client.list_instances().status(\"RUNNING\").send().await?"),
        "{program}"
    );
}
