//! Facts of a page in, the page in the vendor's layout out.
//!
//! The way back from reading, for tests and benches. Tables come in the order of the facts, those of the
//! path and query first, then those of the request, then those of the answers.

use transcribe::facts::{
    Constraints, Example, ExampleKind, Page, Place, Prose, Row, Status, Table,
};

/// The text, and the same facts with the lines on which they stand in it.
pub(crate) fn render(page: &Page) -> (String, Page) {
    let mut writer = Writer { page: page.clone(), ..Writer::default() };
    writer.head();
    writer.tables();
    writer.examples("请求示例", |kind| kind == ExampleKind::Request);
    writer.examples("响应示例", |kind| kind != ExampleKind::Request);
    writer.statuses();
    writer.text.push_str("## 错误码\n\n请参见[错误码](errors.md)。\n");
    (writer.text, writer.page)
}

struct Writer {
    text: String,
    page: Page,
    /// The status of the last marker.
    status: Option<u16>,
    /// The lines up to an offset.
    lines: usize,
    counted: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self { text: String::new(), page: empty(), status: None, lines: 0, counted: 0 }
    }
}

/// A page that states nothing.
pub(crate) fn empty() -> Page {
    Page {
        file: String::new(),
        operation: String::new(),
        anchor: String::new(),
        link: None,
        product: None,
        title: String::new(),
        origin: transcribe::facts::Origin::Reference,
        introduction: Vec::new(),
        method: String::new(),
        path: String::new(),
        line: 0,
        tables: Vec::new(),
        statuses: Vec::new(),
        examples: Vec::new(),
    }
}

impl Writer {
    fn line(&mut self) -> usize {
        self.lines += self.text[self.counted..].matches('\n').count();
        self.counted = self.text.len();
        self.lines + 1
    }

    fn head(&mut self) {
        let page = &self.page;
        let mut text = format!(
            "# {}<a name=\"{}\"></a>\n\n## 功能介绍\n\n",
            markdown(&page.title),
            page.operation
        );
        for paragraph in &page.introduction {
            text.push_str(&format!("{}\n\n", markdown(paragraph)));
        }
        if let Some(product) = &page.product {
            let api = &page.operation;
            text.push_str(&format!(
                "## 调试\n\n[Explorer](https://apiexplorer.example/doc?product={product}&api={api})\n\n"
            ));
        }
        self.text = text;
        self.text.push_str("## URI\n\n");
        self.page.line = self.line();
        let line = format!("{} {}\n\n", self.page.method, markdown(&self.page.path));
        self.text.push_str(&line);
    }

    fn tables(&mut self) {
        let mut section = 0;
        let sections = ["", "## 请求参数\n\n", "## 响应参数\n\n"];
        for at in 0..self.page.tables.len() {
            let table = self.page.tables[at].clone();
            let (next, status) = match table.place {
                Place::PathParameters | Place::QueryParameters => (0, None),
                Place::ResponseHeaders { status } | Place::ResponseBody { status } => {
                    (2, Some(status))
                }
                Place::Schema { answer: true } => (2, None),
                _ => (1, None),
            };
            for heading in sections.iter().take(next + 1).skip(section + 1) {
                self.text.push_str(heading);
            }
            section = section.max(next);
            if let Some(status) = status {
                self.marker(status);
            }
            self.table(at, &table);
        }
        for heading in sections.iter().skip(section + 1) {
            self.text.push_str(&format!("{heading}无\n\n"));
        }
    }

    fn marker(&mut self, status: u16) {
        if self.status.replace(status) == Some(status) {
            return;
        }
        let line = self.line();
        let known = self.page.statuses.iter_mut().find(|known| known.code == status);
        if let Some(known) = known.filter(|known| !known.in_table && known.line == 0) {
            known.line = line;
        }
        self.text.push_str(&format!("**状态码： {status}**\n\n"));
    }

    fn table(&mut self, at: usize, table: &Table) {
        if let Some(number) = table.number {
            self.text.push_str(&format!("**表 {number}**  {}\n\n", markdown(&table.caption)));
        }
        if let Some(anchor) = &table.anchor {
            self.text.push_str(&format!("<a name=\"{anchor}\"></a>\n"));
        }
        self.page.tables[at].line = self.line();
        let required = table.rows.iter().any(|row| row.required.is_some());
        let columns = match required {
            true => vec!["参数", "是否必选", "参数类型", "描述"],
            false => vec!["参数", "参数类型", "描述"],
        };
        self.header(&columns);
        for (row_at, row) in table.rows.iter().enumerate() {
            self.page.tables[at].rows[row_at].line = self.line();
            self.row(&cells(row));
        }
        self.text.push_str("</tbody>\n</table>\n\n");
    }

    fn header(&mut self, columns: &[&str]) {
        let cells: Vec<_> = columns.iter().map(|column| paragraph(column)).collect();
        let cells: Vec<_> = cells
            .iter()
            .map(|cell| format!("<th class=\"cell\" valign=\"top\">{cell}</th>\n"))
            .collect();
        self.text.push_str("<table><thead align=\"left\"><tr>");
        self.text.push_str(&cells.concat());
        self.text.push_str("</tr>\n</thead>\n<tbody>");
    }

    fn row(&mut self, cells: &[String]) {
        self.text.push_str("<tr>");
        for cell in cells {
            self.text.push_str(&format!("<td class=\"cell\" headers=\"m1 \">{cell}</td>\n"));
        }
        self.text.push_str("</tr>\n");
    }

    fn statuses(&mut self) {
        self.text.push_str("## 状态码\n\n<a name=\"status_code\"></a>\n");
        self.header(&["状态码 ", "描述"]);
        for at in 0..self.page.statuses.len() {
            let Status { code, text, in_table, .. } = self.page.statuses[at].clone();
            if in_table {
                self.page.statuses[at].line = self.line();
                let lines = text.iter().flat_map(|text| text.lines()).map(paragraph);
                self.row(&[paragraph(&code.to_string()), lines.collect()]);
            }
        }
        self.text.push_str("</tbody>\n</table>\n\n");
    }

    fn examples(&mut self, heading: &str, belongs: impl Fn(ExampleKind) -> bool) {
        self.text.push_str(&format!("## {heading}\n\n"));
        self.status = None;
        for at in 0..self.page.examples.len() {
            let example = self.page.examples[at].clone();
            if !belongs(example.kind) {
                continue;
            }
            if let ExampleKind::Response { status: Some(status) } = example.kind {
                self.marker(status);
            }
            if let Some(caption) = &example.caption {
                self.text.push_str(&format!("{}\n\n", markdown(caption)));
            }
            self.page.examples[at].line = self.line();
            self.text.push_str(&code(&example));
        }
    }
}

fn code(example: &Example) -> String {
    let mut lines = Vec::new();
    if let Some((method, url)) = &example.request_line {
        lines.push(format!("{method} {url}"));
    }
    if let (false, Some(_)) = (lines.is_empty(), &example.body) {
        lines.push(String::new());
    }
    lines.extend(example.body.clone());
    format!("```\n{}\n```\n\n", lines.join("\n"))
}

fn cells(row: &Row) -> Vec<String> {
    let required = row.required.map(|required| if required { "是" } else { "否" });
    let mut cells = vec![paragraph(&row.name)];
    cells.extend(required.map(paragraph));
    cells.push(match &row.type_anchor {
        Some(anchor) => format!("<p><a href=\"#{anchor}\">{}</a></p>\n", html(&row.type_text)),
        None => paragraph(&row.type_text),
    });
    cells.push(prose(&row.prose) + &constraints(&row.constraints));
    cells
}

fn prose(prose: &[Prose]) -> String {
    let groups = prose.chunk_by(|one, next| one.item == next.item);
    groups
        .map(|group| match group[0].item {
            true => {
                let items = group.iter().map(|one| format!("<li>{}</li>", paragraph(&one.text)));
                format!("<ul>{}</ul>\n", items.collect::<String>())
            }
            false => group.iter().map(|one| paragraph(&one.text)).collect(),
        })
        .collect()
}

fn constraints(constraints: &Constraints) -> String {
    let single = [
        ("最小长度", &constraints.min_length),
        ("最大长度", &constraints.max_length),
        ("最小值", &constraints.minimum),
        ("最大值", &constraints.maximum),
        ("缺省值", &constraints.default),
    ];
    let strong = |value: &String| format!("<p><strong>{}</strong></p>\n", html(value));
    let mut text = String::new();
    for (label, value) in single {
        if let Some(value) = value {
            text.push_str(&format!("<p>{label}：<strong>{}</strong></p>\n", html(value)));
        }
    }
    if !constraints.values.is_empty() {
        let items = constraints.values.iter().map(|value| format!("<li>{}</li>", strong(value)));
        let items: String = items.collect();
        text.push_str(&format!("<p>枚举值：</p>\n<ul>{items}</ul>\n"));
    }
    text
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", html(text))
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// With each mark of punctuation escaped.
fn markdown(text: &str) -> String {
    let escape = |c: char| [c.is_ascii_punctuation().then_some('\\'), Some(c)];
    text.chars().flat_map(escape).flatten().collect()
}
