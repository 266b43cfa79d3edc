//! Operations and models in; the modules of a package in the vendor's layout out, as a folder or a wheel.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use transcribe::{
    facts::{Page, Place, Row, Table},
    read::package::{PackageReading, Selection, package},
};

/// A package of one API version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) operations: Vec<Operation>,
    pub(crate) models: Vec<Model>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The statements of the method that says where parameters go.
    pub(crate) lines: Vec<String>,
    pub(crate) title: String,
    pub(crate) text: String,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) base: &'static str,
    pub(crate) fields: Vec<Field>,
    pub(crate) constants: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    pub(crate) attribute: String,
    pub(crate) name: String,
    pub(crate) type_text: String,
    pub(crate) required: bool,
    pub(crate) text: String,
}

/// `required` fields are marked by a `!` behind the name: `field("name!", "str", "…")`.
pub(crate) fn field(name: &str, type_text: &str, text: &str) -> Field {
    let (name, required) = match name.strip_suffix('!') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let attribute = attribute(name);
    let (name, type_text, text) = (name.to_owned(), type_text.to_owned(), text.to_owned());
    Field { attribute, name, type_text, required, text }
}

/// The name in Python: keywords get an underscore in front.
fn attribute(name: &str) -> String {
    let plain = name.to_lowercase().replace(['-', ':', '.'], "_");
    if ["class", "from", "global"].contains(&plain.as_str()) { format!("_{plain}") } else { plain }
}

pub(crate) fn model(name: &str, fields: Vec<Field>) -> Model {
    Model { name: name.to_owned(), fields, ..Model::default() }
}

/// An operation whose parameters are given as `path:instance_id`, `query:limit`, `header:X-Id`, `form:file`, `body`.
pub(crate) fn operation(id: &str, call: &str, places: &[&str]) -> Operation {
    let (method, path) = call.split_once(' ').unwrap();
    let lines = places.iter().flat_map(|place| {
        let (place, name) = place.split_once(':').unwrap_or((place, "body"));
        let attribute = attribute(name);
        let value = format!("local_var_params['{attribute}']");
        let target = match place {
            "path" => format!("path_params['{name}'] = {value}"),
            "query" => format!("query_params.append(('{name}', {value}))"),
            "header" => format!("header_params['{name}'] = {value}"),
            "form" => format!("form_params['{name}'] = {value}"),
            "body" => format!("body = {value}"),
            other => panic!("no place {other}"),
        };
        [format!("if '{attribute}' in local_var_params:"), format!("    {target}")]
    });
    Operation {
        id: id.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        lines: lines.collect(),
        title: format!("Title of {id}"),
        text: format!("Text of {id}."),
    }
}

impl Operation {
    pub(crate) fn line(mut self, line: &str) -> Self {
        self.lines.push(line.to_owned());
        self
    }

    fn python(&self) -> String {
        let Self { id, method, path, title, text, .. } = self;
        let name = heck::AsSnakeCase(id).to_string();
        let lines: String = self.lines.iter().map(|line| format!("        {line}\n")).collect();
        format!(
            r#"
    def {name}(self, request):
        r"""{title}

        {text}

        Please refer to HUAWEI cloud API Explorer for details.

        :param request: Request instance for {id}
        :type request: :class:`huaweicloudsdklibrary.v1.{id}Request`
        :rtype: :class:`huaweicloudsdklibrary.v1.{id}Response`
        """
        http_info = self._{name}_http_info(request)
        return self._call_api(**http_info)

    def {name}_invoker(self, request):
        return SyncInvoker(self, self._{name}_http_info(request))

    @classmethod
    def _{name}_http_info(cls, request):
        http_info = {{
            "method": "{method}",
            "resource_path": "{path}",
            "request_type": request.__class__.__name__,
            "response_type": "{id}Response"
            }}

        local_var_params = {{attr: getattr(request, attr) for attr in request.attribute_map if hasattr(request, attr)}}

        path_params = {{}}

        query_params = []

        body = None
{lines}
        if isinstance(request, SdkStreamRequest):
            body = request.get_file_stream()

        http_info["path_params"] = path_params
        return http_info
"#
        )
    }
}

impl Model {
    fn python(&self) -> String {
        let Self { name, base, .. } = self;
        let head = if base.is_empty() { String::new() } else { format!("({base})") };
        let entry = |key: &str, value: &str| format!("        '{key}': '{value}'");
        let all = |line: &dyn Fn(&Field) -> String| {
            self.fields.iter().map(line).collect::<Vec<_>>().join(",\n")
        };
        let types = all(&|field| entry(&field.attribute, &field.type_text));
        let names = all(&|field| entry(&field.attribute, &field.name));
        let docs = all(&|field| {
            format!("        :param {}: {}\n        :type {0}: x", field.attribute, field.text)
        });
        let docs = docs.replace(",\n", "\n");
        let sets: String = self
            .fields
            .iter()
            .map(|field| {
                let set = format!("self.{0} = {0}", field.attribute);
                match field.required {
                    true => format!("        {set}\n"),
                    false => {
                        format!("        if {} is not None:\n            {set}\n", field.attribute)
                    }
                }
            })
            .collect();
        let constants: String = self
            .constants
            .iter()
            .map(|(name, value)| format!("    {name} = \"{value}\"\n"))
            .collect();
        format!(
            r#"# coding: utf-8

class {name}{head}:
    """
    Attributes of {name}
    """
{constants}    sensitive_list = []

    openapi_types = {{
{types}
    }}

    attribute_map = {{
{names}
    }}

    def __init__(self):
        r"""{name}

        The model defined in huaweicloud sdk

{docs}
        """
        self.discriminator = None
{sets}
    @property
    def discriminated(self):
        return None
"#
        )
    }
}

impl Package {
    pub(crate) fn client(&self) -> String {
        let methods: String = self.operations.iter().map(Operation::python).collect();
        format!(
            "# coding: utf-8\n\nclass LibraryClient(Client):\n    def __init__(self):\n        super().__init__()\n{methods}"
        )
    }

    /// The modules of version `v1`, by path.
    pub(crate) fn modules(&self) -> Vec<(String, String)> {
        let mut modules = vec![
            ("huaweicloudsdklibrary/__init__.py".to_owned(), String::new()),
            ("huaweicloudsdklibrary/v1/library_client.py".to_owned(), self.client()),
            // Its twin must not be read.
            ("huaweicloudsdklibrary/v1/library_async_client.py".to_owned(), "(".to_owned()),
            ("huaweicloudsdklibrary-1.2.3.dist-info/METADATA".to_owned(), "Name: x\n".to_owned()),
        ];
        for model in &self.models {
            let file = heck::AsSnakeCase(&model.name).to_string();
            let path = format!("huaweicloudsdklibrary/v1/model/{file}.py");
            modules.push((path, model.python()));
        }
        modules
    }

    pub(crate) fn read(&self) -> PackageReading {
        read_modules(&self.modules(), &Selection::default())
    }
}

pub(crate) fn folder(modules: &[(String, String)]) -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in modules {
        let path = root.path().join(path);
        #[expect(clippy::disallowed_methods, reason = "a package in a folder of its own")]
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a package in a folder of its own")]
        fs::write(path, text).unwrap();
    }
    let path = root.path().to_owned();
    (root, path)
}

pub(crate) fn wheel(modules: &[(String, String)], path: &Path) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, text) in modules {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

pub(crate) fn read_modules(modules: &[(String, String)], selection: &Selection) -> PackageReading {
    let (_root, path) = folder(modules);
    package(&path, selection)
}

/// A line for each row of a page: place, caption, name, `!` where it is required, type, values, text.
pub(crate) fn shown(page: &Page) -> Vec<String> {
    page.tables.iter().flat_map(|table| table.rows.iter().map(|row| line(table, row))).collect()
}

fn line(table: &Table, row: &Row) -> String {
    let place = match &table.place {
        Place::PathParameters => "path",
        Place::QueryParameters => "query",
        Place::HeaderParameters => "header",
        Place::FormParameters => "form",
        Place::UrlencodedForm => "urlencoded",
        Place::RequestBody => "body",
        Place::ResponseHeaders { .. } => "answer's header",
        Place::ResponseBody { .. } => "answer",
        Place::Schema { .. } => "schema",
    };
    let caption =
        if table.caption.is_empty() { String::new() } else { format!(" {}", table.caption) };
    let mark = if row.required == Some(true) { "!" } else { "" };
    let values = match row.constraints.values.as_slice() {
        [] => String::new(),
        values => format!(" [{}]", values.join(" ")),
    };
    let text: Vec<String> = row
        .prose
        .iter()
        .map(|piece| if piece.item { format!("- {}", piece.text) } else { piece.text.clone() })
        .collect();
    let text = if text.is_empty() { String::new() } else { format!(" \"{}\"", text.join(" | ")) };
    format!("{place}{caption}: {}{mark} {}{values}{text}", row.name, row.type_text)
}
