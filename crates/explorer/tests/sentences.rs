//! The page's sentences about violations in Chinese, by the scripts themselves in Node.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs::{self, DirBuilder, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// A violation of each bound, and one that no phrase covers.
const SCRIPT: &str = r#"
import { sentence } from "./check.js";
import { of } from "./words.js";

const text = (bounds) => ({ shape: { string: null }, bounds });
const number = (bounds) => ({ shape: "number", bounds });
const list = (bounds) => ({ shape: { array: text({}) }, bounds });
const map = (bounds) => ({ shape: { map: text({}) }, bounds });
const field = (name, schema) => ({ name, required: false, description: { en: "" }, schema });
const fields = [
  field("name", text({ min_length: 4, max_length: 64, pattern: "^[a-z]+$" })), field("plain", text({})),
  field("size", number({ minimum: { value: 0.125 }, maximum: { value: 64 }, multiple_of: 2 })),
  field("port", number({ minimum: { value: 0, exclusive: true }, maximum: { value: 9, exclusive: true }, allowed: [1, 2] })),
  field("zones", list({ min_items: 1, max_items: 2, unique_items: true })), field("tags", map({ min_entries: 1, max_entries: 3 })),
  field("mode", { shape: { named: "Mode" } }),
];
const rule = { id: "even", message: { en: "{size} is odd", zh: "{size} 不是偶数" }, field: ["size"] };
const described = {
  operation: { parameters: [], body: { schema: { shape: { named: "Order" } } } },
  types: {
    Order: { kind: { struct: { fields, rules: [rule] } } },
    Mode: { kind: { enum: { open: false, values: [{ value: "fast" }, { value: "slow" }] } } },
  },
};
const told = (path, id, language = "zh") =>
  console.log(sentence({ path, rule: id, message: "in English" }, described, { body: { size: 3 } }, language, of(language)));

told("name", "required");
told("size", "type");
told("mode", "type");
told("name", "minLength");
told("plain", "minLength");
told("name", "maxLength");
told("name", "pattern");
told("mode", "enum");
told("port", "enum");
told("size", "minimum");
told("size", "maximum");
told("port", "exclusiveMinimum");
told("port", "exclusiveMaximum");
told("size", "multipleOf");
told("zones", "minItems");
told("zones", "maxItems");
told("zones", "uniqueItems");
told("tags", "minProperties");
told("tags", "maxProperties");
told("tags.other", "additionalProperties");
told("size", "even");
told("plain", "maxLength");
told("name", "a-newer-rule");
told("name", "minLength", "en");
"#;

const SENTENCES: [&str; 24] = [
    "必填，请填写",
    "类型不符，应为数字",
    "类型不符，应为文本",
    "太短：至少 4 个字符",
    "太短：至少 1 个字符",
    "太长：至多 64 个字符",
    "不匹配 `^[a-z]+$`",
    "不是允许的取值：`fast`、`slow`",
    "不是允许的取值：`1`、`2`",
    "太小：不得小于 0.125",
    "太大：不得大于 64",
    "太小：必须大于 0",
    "太大：必须小于 9",
    "必须是 2 的倍数",
    "太少：至少 1 项",
    "太多：至多 2 项",
    "有重复的项；每项只能出现一次",
    "太少：至少 1 个键值",
    "太多：至多 3 个键值",
    "不是已知的字段或键",
    "3 不是偶数",
    // What is not known of the bound stays as the server said it.
    "in English",
    "in English",
    "in English",
];

/// The scripts as modules: Node wants to be told that they are.
fn modules() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sentences");
    DirBuilder::new().recursive(true).create(&folder).unwrap();
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    for name in ["check.js", "schema.js", "words.js"] {
        fs::copy(web.join(name), folder.join(name)).unwrap();
    }
    let write = |name: &str, text: &str| {
        File::create(folder.join(name)).unwrap().write_all(text.as_bytes()).unwrap();
    };
    write("package.json", r#"{"type": "module"}"#);
    // Nothing is asked here, and there is no page to be asked from.
    write("session.js", "export function ask() { throw new Error('asked'); }\n");
    write("told.js", SCRIPT);
    folder
}

#[test]
fn violations_are_told_in_chinese() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("LEFT OUT: sentences of the explorer, which need node");
        return;
    }
    let output = Command::new("node").arg("told.js").current_dir(modules()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.lines().collect::<Vec<_>>(), SENTENCES);
}
