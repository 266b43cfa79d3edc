//! Lists, waiting, buying, error codes and sources as data. In: the model. Out: the same with the names that travel.

use huaweicloud_catalog as catalog;

use super::{Texts, schema};
use crate::model::{self, Api, Origin};

pub(super) fn origins(origins: &[Origin]) -> Vec<catalog::Origin> {
    let origin = |origin: &Origin| match origin.clone() {
        Origin::Page { page, tables } => catalog::Origin::Page { page, tables },
        Origin::Package { package, version } => catalog::Origin::Package { package, version },
    };
    origins.iter().map(origin).collect()
}

/// The codes of the catalogue, none where there is no catalogue.
pub(super) fn error_codes(api: &Api, texts: &Texts<'_>) -> Vec<catalog::ErrorCode> {
    let codes = api.error_catalog.iter().flat_map(|catalog| &catalog.codes);
    let code = |code: &model::ErrorCode| catalog::ErrorCode {
        code: code.code.clone(),
        status: code.status,
        meaning: texts.text(&code.meaning),
        advice: texts.text(&code.advice),
        retryable: code.retryable,
    };
    codes.map(code).collect()
}

pub(super) fn pagination(pagination: &model::Pagination, texts: &Texts<'_>) -> catalog::Pagination {
    let wire = |name: &model::Name| name.wire.clone();
    let paging = |paging: &model::Paging| match paging {
        model::Paging::Offset { offset, limit } => {
            catalog::Paging::Offset { offset: wire(offset), limit: wire(limit) }
        }
        model::Paging::Number { page, limit } => {
            catalog::Paging::Number { page: wire(page), limit: wire(limit) }
        }
        model::Paging::Marker { marker, limit, next } => catalog::Paging::Marker {
            marker: wire(marker),
            limit: limit.as_ref().map(wire),
            next: match next {
                model::NextMarker::Item(step) => catalog::NextMarker::Item(wire(&step.name)),
                model::NextMarker::Answer(steps) => {
                    catalog::NextMarker::Answer(steps.iter().map(|step| wire(&step.name)).collect())
                }
            },
        },
    };
    catalog::Pagination {
        paging: pagination.paging.as_ref().map(paging),
        items: wire(&pagination.items),
        item: schema::schema(&pagination.item, texts),
        total: pagination.total.as_ref().map(wire),
    }
}

pub(super) fn waiter(waiter: &model::Waiter, texts: &Texts<'_>) -> catalog::Waiter {
    let failed = |failed: &model::FailureCondition| catalog::Failure {
        id: failed.id.clone(),
        cel: failed.text.clone(),
        message: texts.text(&failed.message.text),
        after: failed.after,
    };
    catalog::Waiter {
        id: waiter.name.wire.clone(),
        description: texts.text(&waiter.description),
        subject: waiter.subject.clone(),
        item_id: waiter.item_id.as_ref().map(|name| name.wire.clone()),
        until: match &waiter.until {
            model::Until::Reached { times, text, .. } => {
                catalog::Until::Reached { times: *times, cel: text.clone() }
            }
            model::Until::Gone => catalog::Until::Gone,
        },
        failed: waiter.failed.iter().map(failed).collect(),
        gone_codes: waiter.gone_codes.clone(),
        first: waiter.first,
        every: waiter.every,
        limit: waiter.limit,
    }
}

/// The waiter that waits for what an operation begins.
pub(super) fn follow(api: &Api, operation: &model::Operation) -> Option<catalog::Follow> {
    let id = &operation.name.wire;
    let found = api.operations.iter().find_map(|asked| {
        let waiter = asked.waiters.iter().find(|waiter| waiter.started_by.contains(id))?;
        Some((asked, waiter))
    });
    found.map(|(asked, waiter)| catalog::Follow {
        operation: asked.name.wire.clone(),
        waiter: waiter.name.wire.clone(),
    })
}

pub(super) fn choices(choices: &model::Choices) -> catalog::Choices {
    let model::Choices { service, operation, items, value, show, with, fixed } = choices.clone();
    catalog::Choices { service, operation, items, value, show, with, fixed }
}

pub(super) fn ensure(api: &Api, ensure: &model::Ensure, texts: &Texts<'_>) -> catalog::Ensure {
    let wire = |name: &model::Name| name.wire.clone();
    let look = &ensure.look;
    let same = |same: &model::Same| catalog::Same {
        field: wire(&same.field),
        items: same.items.iter().map(wire).collect(),
        compare: match same.compare {
            model::Compare::Text => catalog::Compare::Text,
            model::Compare::Number => catalog::Compare::Number,
            model::Compare::Version => catalog::Compare::Version,
        },
    };
    let presets = |presets: &[model::Preset]| {
        presets.iter().map(|preset| (wire(&preset.parameter), preset.value.clone())).collect()
    };
    catalog::Ensure {
        description: texts.text(&ensure.description),
        named_by: wire(&ensure.named_by),
        count: ensure.count.as_ref().map(wire),
        look: catalog::Look {
            operation: id_of(api, &look.operation),
            name: wire(&look.name),
            exact: presets(&look.exact),
            always: presets(&look.always),
            item_name: wire(&look.item_name),
            item_id: wire(&look.item_id),
            item_status: look.item_status.as_ref().map(wire),
            unusable: look.unusable.clone(),
            same: look.same.iter().map(same).collect(),
        },
        bought: catalog::Bought {
            items: wire(&ensure.bought.items),
            item_name: wire(&ensure.bought.item_name),
            item_id: wire(&ensure.bought.item_id),
            order: ensure.bought.order.as_ref().map(wire),
        },
        waiter: ensure.wait.as_ref().map(|(_, waiter)| waiter.clone()),
    }
}

/// The operation that a method calls.
fn id_of(api: &Api, method: &model::Name) -> String {
    let found = api.operations.iter().find(|operation| operation.name.code == method.code);
    found.map_or_else(|| method.wire.clone(), |operation| operation.name.wire.clone())
}
