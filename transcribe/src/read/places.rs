//! Where a table stands, its caption and its rows in, what it describes out.

use std::collections::BTreeMap;

use crate::facts::{Place, Row, Status, Table};

use super::{
    Log,
    layout::{self, Section},
    uri,
};

/// What the page said in front of a table.
pub(super) struct Context<'a> {
    pub(super) section: Section,
    /// The last marker of an answer; 0 where there is none.
    pub(super) status: u16,
    /// Whether it stands on an older page, and the method has no body: then parameters are those of the query.
    pub(super) is_only_query: bool,
    /// Of the operation; empty where it is not known yet.
    pub(super) path: &'a str,
    pub(super) tables: &'a [Table],
}

/// What a table describes: by its caption; in `URI` without one that is known, by its names; elsewhere the
/// first table without a caption is a body. One that mixes parameters of path and query becomes two: the braces of
/// the path say which is which.
pub(super) fn parts(
    caption: Option<&str>,
    rows: Vec<Row>,
    context: &Context<'_>,
) -> Vec<(Place, Vec<Row>)> {
    let known = caption.and_then(|caption| layout::place(caption, context.section));
    if known.is_none() && context.section == Section::Uri {
        let is_in_path = |row: &Row| uri::has_parameter(context.path, &row.name);
        let (path, query): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(is_in_path);
        let parts = [(Place::PathParameters, path), (Place::QueryParameters, query)];
        return parts.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    }
    vec![(place(caption, known, context), rows)]
}

fn place(caption: Option<&str>, known: Option<Place>, context: &Context<'_>) -> Place {
    let status = context.status;
    match known {
        Some(Place::ResponseHeaders { .. }) => return Place::ResponseHeaders { status },
        Some(Place::ResponseBody { .. }) => return Place::ResponseBody { status },
        // What is asked for without a body can only stand in the query.
        Some(Place::RequestBody) if context.is_only_query => return Place::QueryParameters,
        Some(place) => return place,
        None => {}
    }
    let answer = context.section == Section::Response;
    let has_body = context.tables.iter().any(|table| match table.place {
        Place::RequestBody => !answer,
        Place::ResponseBody { status: body } => answer && body == status,
        _ => false,
    });
    match caption {
        None if !has_body && answer => Place::ResponseBody { status },
        None if !has_body => Place::RequestBody,
        _ => Place::Schema { answer },
    }
}

/// Gives the tables of an answer without a marker the only good status, if there is one.
pub(super) fn answered(
    tables: Vec<Table>,
    statuses: &BTreeMap<u16, Status>,
    log: &mut Log<'_>,
) -> Vec<Table> {
    let mut good = statuses.range(200..300).map(|(code, _)| *code);
    let only = good.next().filter(|_| good.next().is_none());
    let place = |mut table: Table| {
        if let Place::ResponseBody { status } | Place::ResponseHeaders { status } = &mut table.place
            && *status == 0
        {
            let Some(only) = only else {
                let message =
                    "no `状态码：` stands in front of the table of an answer; table skipped";
                log.add(table.line, message);
                return None;
            };
            *status = only;
        }
        Some(table)
    };
    tables.into_iter().filter_map(place).collect()
}
