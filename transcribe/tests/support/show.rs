//! A reading in, a few lines of text out that people can check against the page.

use transcribe::{
    facts::{Constraints, Example, ExampleKind, Page, Row, Table},
    read::Reading,
};

pub(crate) fn show(reading: &Reading) -> String {
    let refused = reading.refused.iter();
    let mut lines: Vec<_> =
        refused.map(|refused| format!("refused {}: {}", refused.line, refused.message)).collect();
    if let Some(page) = &reading.page {
        show_page(page, &mut lines);
    }
    lines.join("\n")
}

fn show_page(page: &Page, lines: &mut Vec<String>) {
    let Page { line, operation, method, path, title, .. } = page;
    let product = page.product.as_deref().unwrap_or("-");
    lines.push(format!("{line}: {operation} {method} {path} ({product}: {title})"));
    lines.extend(page.introduction.iter().map(|text| format!("  {text}")));
    page.tables.iter().for_each(|table| show_table(table, lines));
    for status in &page.statuses {
        let place = if status.in_table { "table" } else { "marker" };
        let text = status.text.as_deref().unwrap_or("-");
        lines.push(format!("{}: status {} in {place}: {text:?}", status.line, status.code));
    }
    page.examples.iter().for_each(|example| show_example(example, lines));
}

fn show_table(table: &Table, lines: &mut Vec<String>) {
    let number = table.number.map_or("-".to_owned(), |number| number.to_string());
    let anchor = table.anchor.as_deref().unwrap_or("-");
    let Table { line, caption, place, .. } = table;
    lines.push(format!("{line}: table {number} `{caption}` #{anchor} {place:?}"));
    table.rows.iter().for_each(|row| show_row(row, lines));
}

fn show_row(row: &Row, lines: &mut Vec<String>) {
    let required = match row.required {
        Some(true) => "required ",
        Some(false) => "optional ",
        None => "",
    };
    let anchor = row.type_anchor.as_ref().map(|anchor| format!(" #{anchor}")).unwrap_or_default();
    lines.push(format!("  {}: {} {required}`{}`{anchor}", row.line, row.name, row.type_text));
    for prose in &row.prose {
        lines.push(format!("      {}{}", if prose.item { "- " } else { "" }, prose.text));
    }
    show_constraints(&row.constraints, lines);
}

fn show_constraints(constraints: &Constraints, lines: &mut Vec<String>) {
    let single = [
        ("min length", &constraints.min_length),
        ("max length", &constraints.max_length),
        ("minimum", &constraints.minimum),
        ("maximum", &constraints.maximum),
        ("default", &constraints.default),
    ];
    for (word, value) in single {
        lines.extend(value.iter().map(|value| format!("      = {word} `{value}`")));
    }
    if !constraints.values.is_empty() {
        lines.push(format!("      = one of {:?}", constraints.values));
    }
}

fn show_example(example: &Example, lines: &mut Vec<String>) {
    let kind = match example.kind {
        ExampleKind::Request => "request".to_owned(),
        ExampleKind::Response { status: None } => "response".to_owned(),
        ExampleKind::Response { status: Some(status) } => format!("response {status}"),
    };
    let caption = example.caption.as_deref().unwrap_or("-");
    lines.push(format!("{}: example of a {kind}: {caption}", example.line));
    if let Some((method, url)) = &example.request_line {
        lines.push(format!("  {method} {url}"));
    }
    let body = example.body.iter().flat_map(|body| body.lines());
    lines.extend(body.map(|line| format!("  | {line}")));
}
