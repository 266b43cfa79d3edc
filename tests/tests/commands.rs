//! The commands as a user runs them: what they print, and their exit codes.

use std::{
    path::Path,
    process::{Command, Output},
};

use codegen::config::Service;
use conformance::repo;

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--manifest-path"]);
    command.arg(repo::root().join("Cargo.toml")).args(["--package", "xtask", "--"]);
    command.args(arguments).current_dir(folder).output().unwrap()
}

/// Makes a file with this text.
fn place(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::DirBuilder::new().recursive(true).create(path.parent().unwrap()).unwrap();
    std::io::Write::write_all(&mut std::fs::File::create(path).unwrap(), text.as_bytes()).unwrap();
}

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: A, version: v1 }\npaths: {}\n";

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap().trim_end()
}

#[test]
fn validate_accepts_each_example() {
    let folder = repo::root().join("generated/dcs/examples/create-instance");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !name.ends_with(".json") || name.starts_with("response-") {
            continue;
        }
        let output = xtask(&repo::root(), &["validate", "CreateInstance", path.to_str().unwrap()]);
        // Some examples order what is no longer offered in most regions.
        let is_old = !name.starts_with("redis-master-standby.");
        let notice =
            text(&output.stdout).starts_with("warning: engine: engine-no-longer-offered: ");
        let lines: Vec<&str> = text(&output.stdout).lines().collect();
        let found = (output.status.code(), notice, lines.len(), lines.last().copied());
        let verdict = if is_old { "valid, with 1 warning" } else { "valid" };
        assert_eq!(found, (Some(0), is_old, 1 + usize::from(is_old), Some(verdict)), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn validate_names_every_violation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payload.json");
    let payload = r#"{
        "name": "dcs", "engine": "Redis", "capacity": 2, "spec_code": "dcs.single_node",
        "az_codes": [], "vpc_id": "v", "instance_num": 101, "maintain_beginn": "02:00:00",
        "password": "short", "bss_param": {"charging_mode": "prepaid", "is_auto_pay": true},
        "tags": [{"key": ""}], "rename_commands": {"config": "c"}
    }"#;
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), payload.as_bytes())
        .unwrap();
    let output = xtask(&repo::root(), &["validate", "CreateInstance", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text(&output.stdout));
    assert!(!text(&output.stdout).contains("short"), "a password is never shown");
}

/// A rule that does not compile checks nothing; no payload passes because of that.
#[test]
fn validate_fails_on_a_document_that_lint_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let services =
        "services:\n  - { document: spec/a.yaml, package: a, output: generated, version: 0.1.0 }\n";
    let document = r##"
        openapi: 3.0.3
        info: { title: A, version: v1 }
        servers: [{ url: "https://a.example.com" }]
        paths:
          /things:
            post:
              operationId: MakeThing
              description: Makes a thing.
              requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/T" } } } }
              responses: { "204": { description: It is made. } }
        components:
          schemas:
            T:
              type: object
              description: A thing.
              properties: { a: { type: string, description: A text. } }
              x-validations: [{ id: a-rule, rule: "size(self.b) > 1", message: Wrong., source: A page. }]
    "##;
    place(folder.path(), "spec/services.yaml", services);
    place(folder.path(), "spec/a.yaml", document);
    place(folder.path(), "payload.json", r#"{ "a": "b" }"#);
    let list = folder.path().join("spec/services.yaml");
    let payload = folder.path().join("payload.json");
    let arguments =
        ["--config", list.to_str().unwrap(), "validate", "MakeThing", payload.to_str().unwrap()];
    let output = xtask(folder.path(), &arguments);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("x-validations/0/rule: ") && said.contains("was not checked"), "{said}");
}

#[test]
fn a_bad_call_is_one_line_and_ends_with_2() {
    let root = repo::root();
    let calls: [&[&str]; 9] = [
        &["generate", "--chek"],
        &["generate", "--check", "--dump-model"],
        &["validate", "CreateInstance"],
        &["validate", "CreateInstance", "no-such-file.json"],
        &["validate", "CreateInstance", "README.md"],
        &["validate", "CreateInstance", "spec"],
        &["validate", "CreateInstanc", "generated/dcs/manifest.json"],
        &["--config", "no-such-file.yaml", "lint"],
        &["transcibe"],
    ];
    let mut lines = String::new();
    for call in calls {
        let output = xtask(&root, call);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{call:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{call:?}: {error}");
        lines.push_str(&format!("{}\n    {error}\n", call.join(" ")));
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn check_ends_with_4_when_files_differ() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: &str, to: &str| {
        let bytes = std::fs::read(repo::root().join(from)).unwrap();
        let mut file = std::fs::File::create(folder.path().join(to)).unwrap();
        std::io::Write::write_all(&mut file, &bytes).unwrap();
    };
    copy("spec/dcs/dcs-v2.yaml", "dcs.yaml");
    copy("spec/dcs/dcs-v2.errors.yaml", "dcs-v2.errors.yaml");
    copy("spec/dcs/dcs-v2.guide.md", "dcs-v2.guide.md");
    copy("spec/dcs/dcs-v2.zh.yaml", "dcs-v2.zh.yaml");
    let services = "services: [{document: dcs.yaml, package: p, output: out, version: 0.1.0}]";
    let mut file = std::fs::File::create(folder.path().join("services.yaml")).unwrap();
    std::io::Write::write_all(&mut file, services.as_bytes()).unwrap();
    let call = |arguments: &[&str]| {
        xtask(folder.path(), &[&["--config", "services.yaml"], arguments].concat())
    };

    let missing = call(&["generate", "--check"]);
    assert_eq!(missing.status.code(), Some(4));
    assert!(text(&missing.stdout).contains("missing out/client/src/lib.rs"));
    assert!(!folder.path().join("out").exists(), "--check writes nothing");

    assert_eq!(call(&["generate"]).status.code(), Some(0));
    assert_eq!(call(&["generate", "--check"]).status.code(), Some(0));

    copy("README.md", "out/docs/README.md");
    copy("README.md", "out/docs/left-over.md");
    let stale = call(&["generate", "--check"]);
    assert_eq!(stale.status.code(), Some(4));
    let printed = text(&stale.stdout);
    assert!(
        printed.contains("stale out/docs/README.md\n--- docs/README.md (on disk)"),
        "{printed}"
    );
    assert!(printed.contains("orphaned out/docs/left-over.md"), "{printed}");
}

/// The document of DCS without texts in other languages, which are for all its error codes.
fn untranslated() -> String {
    let text = std::fs::read_to_string(repo::root().join("spec/dcs/dcs-v2.yaml")).unwrap();
    let without = text.replacen("x-translations:\n  zh: dcs-v2.zh.yaml\n", "", 1);
    assert!(without.len() < text.len());
    without
}

#[test]
fn lint_says_where_what_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let text_of_document = untranslated().replacen("maxLength: 64", "maxLenght: 64", 1);
    let write = |name: &str, text: &str| {
        let mut file = std::fs::File::create(folder.path().join(name)).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    };
    write("dcs.yaml", &text_of_document);
    write("dcs-v2.errors.yaml", "codes: []");
    write("dcs-v2.guide.md", "## Guide");
    write(
        "services.yaml",
        "services: [{document: dcs.yaml, package: p, output: out, version: 0.1.0}]",
    );
    let output = xtask(folder.path(), &["--config", "services.yaml", "lint"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn a_list_of_services_is_checked_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let services = "services:
  - { document: a.yaml, package: type, output: out, version: 0.1.0 }
  - { document: /a.yaml, package: b, output: out/b, version: v1, keywords: [a b] }
";
    place(folder.path(), "services.yaml", services);
    let output = xtask(folder.path(), &["--config", "services.yaml", "lint"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(text(&output.stderr));
}

#[test]
fn commands_work_from_a_folder_below() {
    let lint = xtask(&repo::root().join("codegen/src"), &["lint"]);
    let clean = |service: Service| format!("{}: no problems", service.document);
    let clean = repo::services().into_iter().map(clean).collect::<Vec<_>>().join("\n");
    assert_eq!(text(&lint.stdout), clean);
    let list = xtask(&repo::root().join("spec"), &["--config", "services.yaml", "lint"]);
    assert_eq!(text(&list.stdout), clean);
    let outside = xtask(tempfile::tempdir().unwrap().path(), &["lint"]);
    assert_eq!(
        text(&outside.stderr),
        "error: no spec/services.yaml here or in a folder above; go to the repository or give \
         --config FILE"
    );
}

/// The reader has gone before the first line is written.
#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [&["generate", "--dump-model"][..], &["lint"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--package", "xtask", "--"]).args(arguments);
        let output = command.current_dir(repo::root()).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_key_that_stands_twice_is_a_violation() {
    let folder = tempfile::tempdir().unwrap();
    let good =
        repo::root().join("generated/dcs/examples/create-instance/redis-cluster-prepaid.json");
    let good = std::fs::read_to_string(good).unwrap();
    let twice = good.replacen('{', r#"{"name": "other-name","#, 1);
    place(folder.path(), "payload.json", &twice);
    let path = folder.path().join("payload.json");
    let output = xtask(&repo::root(), &["validate", "CreateInstance", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let first = text(&output.stdout).lines().next();
    assert_eq!(first, Some("error: name: duplicateKey: stands twice; remove one"));
    assert!(
        !text(&output.stdout).contains("--allow"),
        "nothing is known that takes such a payload"
    );
}

#[test]
fn a_rule_can_be_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    place(
        folder.path(),
        "tags.json",
        r#"{"action": "create", "tags": [{"key": "", "value": "a"}]}"#,
    );
    let path = folder.path().join("tags.json");
    let call = |flags: &[&str]| {
        let arguments = [&["validate", "BatchCreateOrDeleteTags", path.to_str().unwrap()], flags];
        let output = xtask(&repo::root(), &arguments.concat());
        (output.status.code(), text(&output.stdout).to_owned(), text(&output.stderr).to_owned())
    };
    let (code, out, _) = call(&[]);
    assert_eq!(code, Some(1));
    assert!(
        out.ends_with("\nif the service accepts it anyway: --allow minLength@tags.key"),
        "{out}"
    );
    let none = String::new();
    let valid = (Some(0), "valid".to_owned(), String::new());
    assert_eq!(call(&["--allow", "minLength@tags.key"]), valid);
    let other = call(&["--allow", "batch-tag-value-required"]);
    assert_eq!(other.0, Some(1), "one rule, and no other");
    let (code, out, error) = call(&["--allow", "batch-tag-value-requird"]);
    assert_eq!((code, out), (Some(2), none));
    assert_eq!(
        error,
        "error: --allow: no rule is called \"batch-tag-value-requird\"; did you mean \"batch-tag-value-required\"?"
    );
}

#[test]
fn several_services_do_not_hide_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let real = untranslated();
    let good =
        repo::root().join("generated/dcs/examples/create-instance/redis-cluster-prepaid.json");
    let services = "services:
  - { document: bad.yaml, package: a, output: out-a, version: 0.1.0 }
  - { document: small.yaml, package: b, output: out-b, version: 0.1.0 }
  - { document: dcs.yaml, package: c, output: out-c, version: 0.1.0 }
";
    place(folder.path(), "services.yaml", services);
    place(folder.path(), "bad.yaml", &"[".repeat(2_500_000));
    place(folder.path(), "small.yaml", DOCUMENT);
    place(folder.path(), "dcs.yaml", &real);
    place(folder.path(), "dcs-v2.errors.yaml", "codes: []");
    place(folder.path(), "dcs-v2.guide.md", "## Guide");
    let call = |arguments: &[&str]| {
        xtask(folder.path(), &[&["--config", "services.yaml"], arguments].concat())
    };

    let found = call(&["validate", "CreateInstance", good.to_str().unwrap()]);
    assert_eq!((found.status.code(), text(&found.stderr)), (Some(0), ""));
    let unknown = call(&["validate", "CreateInstanse", good.to_str().unwrap()]);
    let refused = "error: bad.yaml#: over a thousand `[` and `{` are open in line 1; nest less, \
                   or close them [too-deep]";
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(
        text(&unknown.stderr),
        format!("{refused}\nerror: no operation `CreateInstanse`; did you mean `CreateInstance`?")
    );

    let dump = call(&["generate", "--dump-model"]);
    let printed = text(&dump.stdout);
    assert_eq!((dump.status.code(), text(&dump.stderr)), (Some(1), refused));
    assert!(printed.starts_with("---\n# small.yaml\n"), "{printed}");
    assert!(printed.contains("\n---\n# dcs.yaml\n"), "{printed}");

    let generate = call(&["generate"]);
    assert_eq!((generate.status.code(), text(&generate.stdout)), (Some(1), ""));
    assert!(!folder.path().join("out-c").exists(), "all or nothing");
}

#[test]
fn generate_refuses_foreign_files_and_names_a_missing_member() {
    let folder = tempfile::tempdir().unwrap();
    let services = "services: [{document: a.yaml, package: p, output: out, version: 0.1.0}]";
    place(folder.path(), "services.yaml", services);
    place(folder.path(), "a.yaml", DOCUMENT);
    place(folder.path(), "Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = []\n");
    place(folder.path(), "out/docs/README.md", "mine");
    let generate = || xtask(folder.path(), &["--config", "services.yaml", "generate"]);

    let refused = generate();
    assert_eq!((refused.status.code(), text(&refused.stdout)), (Some(1), ""));
    assert_eq!(
        text(&refused.stderr),
        "error: out/docs/README.md was not generated, and a generated file goes there; move it \
         away\nnothing was written"
    );
    assert!(!folder.path().join("out/client").exists());

    std::fs::rename(folder.path().join("out/docs/README.md"), folder.path().join("mine.md"))
        .unwrap();
    let written = generate();
    assert_eq!(written.status.code(), Some(0));
    assert_eq!(
        text(&written.stderr),
        "warning: `p` is not in the workspace; add \"out/client\" to `members` in Cargo.toml"
    );
    place(
        folder.path(),
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"o*/client\"]\n",
    );
    assert_eq!(text(&generate().stderr), "");
}
