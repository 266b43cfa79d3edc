//! A number in, a page of usual size out: the same each time.

use transcribe::facts::{
    Constraints, Example, ExampleKind, Page, Place, Prose, Row, Status, Table,
};

/// About as large as the vendor's pages are on average.
pub(crate) fn page(number: usize) -> Page {
    let statuses = [200, 400, 401, 403, 404, 500];
    let mut tables = vec![
        table(Place::PathParameters, "路径参数", None, 2),
        table(Place::QueryParameters, "Query参数", None, 2),
        table(Place::RequestBody, "请求Body参数", Some("request_Body"), 8),
        table(Place::Schema { answer: false }, "Tag", Some("request_Tag"), 2),
    ];
    for status in statuses {
        let rows = if status == 200 { 8 } else { 3 };
        let anchor = format!("response_Answer_{status}");
        tables.push(table(Place::ResponseBody { status }, "响应Body参数", Some(&anchor), rows));
    }
    for (at, table) in tables.iter_mut().enumerate() {
        table.number = Some(at as u32 + 1);
    }
    let status =
        |code| Status { code, text: Some("What came of it.".to_owned()), in_table: true, line: 0 };
    Page {
        file: format!("page-{number}.md"),
        operation: format!("ChangeThing{number}"),
        anchor: format!("ChangeThing{number}"),
        link: Some(format!("ChangeThing{number}")),
        product: Some("TEST".to_owned()),
        title: "Change a thing".to_owned(),
        origin: transcribe::facts::Origin::Reference,
        introduction: vec!["Changes a thing of a project, and says what came of it.".to_owned()],
        method: "PUT".to_owned(),
        path: format!("/v2/{{project_id}}/things/{number}"),
        line: 0,
        tables,
        statuses: statuses.map(status).into(),
        examples: vec![
            example(ExampleKind::Request, 12),
            example(ExampleKind::Response { status: Some(200) }, 20),
        ],
    }
}

fn table(place: Place, caption: &str, anchor: Option<&str>, rows: usize) -> Table {
    let required = !matches!(place, Place::ResponseBody { .. });
    let rows = (0..rows).map(|at| row(at, required.then_some(at % 2 == 0))).collect();
    let (caption, anchor) = (caption.to_owned(), anchor.map(str::to_owned));
    Table { number: None, caption, anchor, place, rows, line: 0 }
}

fn row(at: usize, required: Option<bool>) -> Row {
    let text = |text: &str, item| Prose { text: text.to_owned(), item };
    let mut constraints = Constraints { max_length: Some("64".to_owned()), ..Default::default() };
    if at % 3 == 1 {
        constraints.values = vec!["first".to_owned(), "second".to_owned()];
    }
    let (type_text, type_anchor) = match at % 4 {
        3 => ("Array of Tag objects", Some("request_Tag".to_owned())),
        _ => ("String", None),
    };
    Row {
        name: format!("field_{at}"),
        required,
        type_text: type_text.to_owned(),
        type_anchor,
        prose: vec![
            text(
                "What the field is for, in a sentence of usual length, with a limit: 1-64.",
                false,
            ),
            text("first: what that means", true),
            text("second: what that means", true),
        ],
        constraints,
        line: 0,
    }
}

fn example(kind: ExampleKind, lines: usize) -> Example {
    let url = "https://{endpoint}/v2/{project_id}/things".to_owned();
    let fields: Vec<_> = (0..lines).map(|at| format!("  \"field_{at}\" : \"value\"")).collect();
    Example {
        kind,
        caption: Some("An example".to_owned()),
        request_line: (kind == ExampleKind::Request).then_some(("PUT".to_owned(), url)),
        body: Some(format!("{{\n{}\n}}", fields.join(",\n"))),
        line: 0,
    }
}
