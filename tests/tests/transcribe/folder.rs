//! Temporary folders with pages and documents, and the command run in them.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output},
};

use conformance::repo;

/// A page of the vendor's layout: an operation with a request of these rows (name, required, type, cell).
pub(crate) fn page(operation: &str, path: &str, rows: &[(&str, &str, &str, &str)]) -> String {
    let table = |rows: &[(&str, &str, &str, &str)]| {
        let cells = |cells: &[&str]| {
            cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>()
        };
        let rows: String = rows
            .iter()
            .map(|(name, required, kind, cell)| {
                format!("<tr>{}</tr>\n", cells(&[name, required, kind, cell]))
            })
            .collect();
        let head: String = ["参数", "是否必选", "参数类型", "描述"]
            .map(|name| format!("<th>{name}</th>"))
            .concat();
        format!("<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>\n</table>\n")
    };
    let link = format!("https://apiexplorer.example/doc?product=LIB&api={operation}");
    format!(
        "# A title<a name=\"{operation}\"></a>\n\n## 功能介绍\n\nWords.\n\n## 调试\n\n[Explorer]({link})\n\n\
         ## URI\n\nPOST /v2/\\{{project\\_id\\}}/{path}\n\n**表 1**  路径参数\n\n{}\n\
         ## 请求参数\n\n**表 2**  请求Body参数\n\n<a name=\"request_{operation}Body\"></a>\n{}\n\
         ## 响应参数\n\n无\n\n## 请求示例\n\n无\n\n## 响应示例\n\n无\n\n\
         ## 状态码\n\n<table><thead><tr><th>状态码</th><th>描述</th></tr></thead>\n\
         <tbody><tr><td>204</td><td>Done.</td></tr></tbody></table>\n",
        table(&[("project_id", "是", "String", "<p>Words.</p>")]),
        table(rows),
    )
}

pub(crate) const NAME: (&str, &str, &str, &str) =
    ("name", "是", "String", "<p>Words.</p><p>最大长度：<strong>64</strong></p>");
pub(crate) const PORT: (&str, &str, &str, &str) =
    ("port", "否", "Integer", "<p>取值范围：1-65535</p>");

/// A document that people wrote about the page `Shelve` with only a name.
pub(crate) const DOCUMENT: &str = r##"# By hand.
openapi: 3.0.3
info: { title: Library, version: v1 }
tags:
  - name: Books
    description: Books.
paths:
  /v2/{project_id}/shelve:
    post:
      operationId: Shelve
      description: >-
        Puts books
        on a shelf.
      tags: [Books] # ours
      parameters:
        - name: project_id
          in: path
          description: ID of the project.
          required: true
          schema: { type: string }
          x-client-parameter: true
      requestBody:
        description: What to shelve.
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/ShelveBody"
      responses:
        "204":
          description: Done.
      x-source:
        page: Shelve
components:
  schemas:
    ShelveBody:
      type: object
      description: What to shelve.
      required:
        - name
      properties:
        # The name is ours.
        name:
          type: string
          description: Name of the shelf.
          maxLength: 32 # too short
      x-source:
        page: Shelve
        tables:
          - 2
"##;

pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With the document and its list of services.
    pub(crate) fn with_document() -> Self {
        let folder = Self::new();
        folder.place("spec/lib.yaml", DOCUMENT);
        let services =
            "services: [{document: spec/lib.yaml, package: p, output: out, version: 0.1.0}]";
        folder.place("spec/services.yaml", services);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn place(&self, name: &str, text: &str) {
        self.place_bytes(name, text.as_bytes());
    }

    pub(crate) fn place_bytes(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::DirBuilder::new().recursive(true).create(path.parent().unwrap()).unwrap();
        fs::File::create(path).unwrap().write_all(bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All files of the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut open = vec![self.0.path().to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    files.push(path.strip_prefix(self.0.path()).unwrap().display().to_string());
                }
            }
        }
        files.sort();
        files
    }

    pub(crate) fn transcribe(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--manifest-path"]).arg(repo::root().join("Cargo.toml"));
        command.args(["--package", "xtask", "--", "transcribe"]).args(arguments);
        Outcome::of(&command.current_dir(self.0.path()).output().unwrap())
    }
}

pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    /// Without the time that it took.
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Outcome {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().trim_end().to_owned();
        let out = text(&output.stdout);
        let timed = |line: &str| match line.rsplit_once(", ") {
            Some((head, time)) if time.ends_with(" s") => head.to_owned(),
            _ => line.to_owned(),
        };
        let out: Vec<String> = out.lines().map(timed).collect();
        Self { code: output.status.code(), out: out.join("\n"), error: text(&output.stderr) }
    }
}
