//! Where a table stands, its caption and its rows in, what it describes out.

use std::collections::BTreeMap;

use crate::facts::{Place, Row, Status, Table};

use super::{
    Log,
    layout::{self, Section},
};

/// What the page said in front of a table.
pub(super) struct Context<'a> {
    pub(super) section: Section,
    /// The last marker of an answer; 0 where there is none.
    pub(super) status: u16,
    /// Of the operation; empty where it is not known yet.
    pub(super) path: &'a str,
    pub(super) tables: &'a [Table],
}

/// What a table describes: by its caption; in `URI` without one that is known, by its names; elsewhere the
/// first table without a caption is a body. An error says why it is skipped.
pub(super) fn place(
    caption: Option<&str>,
    rows: &[Row],
    context: &Context<'_>,
) -> Result<Place, &'static str> {
    let status = context.status;
    match caption.and_then(|caption| layout::place(caption, context.section)) {
        Some(Place::ResponseHeaders { .. }) => return Ok(Place::ResponseHeaders { status }),
        Some(Place::ResponseBody { .. }) => return Ok(Place::ResponseBody { status }),
        Some(place) => return Ok(place),
        None => {}
    }
    if context.section == Section::Uri {
        let in_path = |row: &&Row| context.path.contains(&format!("{{{}}}", row.name));
        return match rows.iter().filter(in_path).count() {
            0 => Ok(Place::QueryParameters),
            all if all == rows.len() => Ok(Place::PathParameters),
            _ => Err("the table mixes parameters of path and query; table skipped"),
        };
    }
    let answer = context.section == Section::Response;
    let has_body = context.tables.iter().any(|table| match table.place {
        Place::RequestBody => !answer,
        Place::ResponseBody { status: body } => answer && body == status,
        _ => false,
    });
    Ok(match caption {
        None if !has_body && answer => Place::ResponseBody { status },
        None if !has_body => Place::RequestBody,
        _ => Place::Schema { answer },
    })
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
