//! Arbitrary facts that a page of the vendor's layout can state.

use std::collections::BTreeMap;

use proptest::{collection::vec, option, prelude::*};
use transcribe::facts::{
    Constraints, Example, ExampleKind, Page, Place, Prose, Row, Status, Table,
};

const STATUSES: [u16; 6] = [200, 201, 204, 400, 404, 503];

/// Lines are 0; rendering fills them in.
pub(crate) fn page() -> impl Strategy<Value = Page> {
    let head = (
        "[A-Z][A-Za-z0-9]{0,12}",
        option::of("[A-Z]{2,5}"),
        text(),
        vec(text(), 0..3),
        prop::sample::select(vec!["GET", "POST", "PUT", "DELETE", "PATCH"]),
        "/v[0-9](/[a-z_-]{1,8}|/\\{[a-z_]{1,8}\\}){0,4}",
    );
    let parts = (vec(table(), 0..6), vec(stated(), 0..4), vec(example(), 0..5));
    (head, parts).prop_map(|(head, (tables, stated, mut examples))| {
        let (operation, product, title, introduction, method, path) = head;
        let tables = arranged(tables);
        examples.sort_by_key(|example| match example.kind {
            ExampleKind::Request => (0, false),
            // Once there is a marker, it stays.
            ExampleKind::Response { status } => (1, status.is_some()),
        });
        let statuses = statuses(stated, &tables, &examples);
        Page {
            origin: transcribe::facts::Origin::Reference,
            file: "page.md".to_owned(),
            anchor: operation.clone(),
            link: product.is_some().then(|| operation.clone()),
            operation,
            product,
            title,
            introduction,
            method: method.to_owned(),
            path,
            line: 0,
            tables,
            statuses,
            examples,
        }
    })
}

/// Sorted by section, and numbered; a body that is the first of its kind may have no caption.
fn arranged(mut tables: Vec<Table>) -> Vec<Table> {
    tables.sort_by_key(|table| match table.place {
        Place::PathParameters | Place::QueryParameters => 0,
        Place::ResponseHeaders { .. } | Place::ResponseBody { .. } => 2,
        Place::Schema { answer } => 1 + i32::from(answer),
        _ => 1,
    });
    let mut bodies = Vec::new();
    // An answer's schema stands below a marker.
    let mut answered = false;
    tables.retain(|table| {
        answered |= matches!(table.place, Place::ResponseBody { .. });
        answered || table.place != Place::Schema { answer: true }
    });
    for (at, table) in tables.iter_mut().enumerate() {
        let first = !bodies.contains(&table.place);
        bodies.push(table.place.clone());
        let is_body = matches!(table.place, Place::RequestBody | Place::ResponseBody { .. });
        if table.caption.is_empty() && !(is_body && first) {
            table.caption = caption(&table.place).to_owned();
        }
        table.number = (!table.caption.is_empty()).then_some(at as u32 + 1);
    }
    tables
}

/// Those of the table, and those that only markers have.
fn statuses(
    stated: Vec<(u16, Option<String>)>,
    tables: &[Table],
    examples: &[Example],
) -> Vec<Status> {
    let mut statuses = BTreeMap::new();
    for (code, text) in stated {
        statuses.insert(code, Status { code, text, in_table: true, line: 0 });
    }
    let marked = tables.iter().filter_map(|table| match table.place {
        Place::ResponseHeaders { status } | Place::ResponseBody { status } => Some(status),
        _ => None,
    });
    let shown = examples.iter().filter_map(|example| match example.kind {
        ExampleKind::Response { status } => status,
        ExampleKind::Request => None,
    });
    for code in marked.chain(shown) {
        let status = Status { code, text: None, in_table: false, line: 0 };
        statuses.entry(code).or_insert(status);
    }
    statuses.into_values().collect()
}

fn stated() -> impl Strategy<Value = (u16, Option<String>)> {
    let lines = vec(text(), 1..3).prop_map(|lines| lines.join("\n"));
    (prop::sample::select(STATUSES.to_vec()), option::of(lines))
}

fn status() -> impl Strategy<Value = u16> {
    prop::sample::select(STATUSES.to_vec())
}

fn table() -> impl Strategy<Value = Table> {
    let place = prop_oneof![
        Just(Place::PathParameters),
        Just(Place::QueryParameters),
        Just(Place::HeaderParameters),
        Just(Place::FormParameters),
        Just(Place::RequestBody),
        status().prop_map(|status| Place::ResponseHeaders { status }),
        status().prop_map(|status| Place::ResponseBody { status }),
        any::<bool>().prop_map(|answer| Place::Schema { answer }),
    ];
    let name = "[A-Z][A-Za-z0-9_.]{0,12}";
    let anchor = option::of("(request|response)_[A-Za-z0-9_]{1,12}");
    let rows = (any::<bool>(), vec(row(), 0..5));
    (place, name, any::<bool>(), anchor, rows).prop_map(|(place, name, named, anchor, rows)| {
        let (required, mut rows) = rows;
        if !required {
            rows.iter_mut().for_each(|row| row.required = None);
        }
        let caption = match place {
            Place::Schema { .. } => name,
            _ if named => caption(&place).to_owned(),
            _ => String::new(),
        };
        Table { number: None, caption, anchor, place, rows, line: 0 }
    })
}

fn caption(place: &Place) -> &'static str {
    match place {
        Place::PathParameters => "路径参数",
        Place::QueryParameters => "Query参数",
        Place::HeaderParameters => "请求Header参数",
        // No page has a form in the notation of queries.
        Place::FormParameters | Place::UrlencodedForm => "FormData参数",
        Place::RequestBody => "请求Body参数",
        Place::ResponseHeaders { .. } => "响应Header参数",
        Place::ResponseBody { .. } => "响应Body参数",
        Place::Schema { .. } => "Schema",
    }
}

fn row() -> impl Strategy<Value = Row> {
    let prose = vec((text(), any::<bool>()), 0..4);
    let type_text = prop_oneof![
        text(),
        Just("Array of X objects".to_owned()),
        Just("Map<String,Array<X>>".to_owned()),
    ];
    let anchor = option::of("request_[A-Za-z0-9_]{1,12}");
    (text(), any::<bool>(), type_text, anchor, prose, constraints()).prop_map(
        |(name, required, type_text, type_anchor, prose, constraints)| Row {
            name,
            required: Some(required),
            type_text,
            type_anchor,
            prose: prose.into_iter().map(|(text, item)| Prose { text, item }).collect(),
            constraints,
            line: 0,
        },
    )
}

fn constraints() -> impl Strategy<Value = Constraints> {
    let one = || option::weighted(0.3, text());
    (one(), one(), one(), one(), one(), vec(text(), 0..3)).prop_map(
        |(min_length, max_length, minimum, maximum, default, values)| Constraints {
            min_length,
            max_length,
            minimum,
            maximum,
            default,
            values,
        },
    )
}

fn example() -> impl Strategy<Value = Example> {
    // Quotes around a URL, stops behind it and escapes in it are no part of it.
    let url = r#"/[!"%-\[\]-z|}~]{0,12}[a-z0-9/=&?}]"#;
    let line = url.prop_map(|url| ("POST".to_owned(), url));
    let body = vec("[ -_a-~中]{0,20}", 0..4).prop_map(|lines| {
        let lines: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
        format!("{{\n{}\n}}", lines.join("\n"))
    });
    let kind = option::of(option::of(status()));
    (kind, option::of(text()), option::of(line), option::of(body)).prop_map(
        |(kind, caption, request_line, body)| {
            let kind = kind.map_or(ExampleKind::Request, |status| ExampleKind::Response { status });
            let request_line = request_line.filter(|_| kind == ExampleKind::Request);
            let body = body.or_else(|| request_line.is_none().then(|| "[ ]".to_owned()));
            Example { kind, caption, request_line, body, line: 0 }
        },
    )
}

/// A line with single spaces, full of marks that mean something to Markdown or HTML.
fn text() -> impl Strategy<Value = String> {
    let word = "([!-~]|[a-z]|[0-9]|[中文：。，“”]|枚举值：|最大值){1,6}";
    vec(word, 1..4).prop_map(|words| words.join(" "))
}
