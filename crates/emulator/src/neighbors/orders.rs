//! Orders, as the billing service tells of them. In: the instances that were ordered prepaid. Out: the order
//! of each, shown, listed, paid.

use std::collections::BTreeMap;

use huaweicloud_core::server::Operation;
use serde_json::{Value, json};

use super::Owner;
use crate::{
    call::{Call, Reply},
    example, moment,
    refusal::Refusal,
    state::{Instance, State, Status},
};

/// What an operation on orders does.
type Behavior = fn(&mut State, &Owner<'_>, &Call) -> Result<Reply, Refusal>;

const BEHAVIORS: [(&str, Behavior); 3] =
    [("ListCustomerOrders", list), ("ShowCustomerOrderDetails", show), ("PayOrders", pay)];

pub(super) fn of(operation: &Operation) -> Option<Behavior> {
    BEHAVIORS.iter().find(|(id, _)| *id == operation.id).map(|(_, behavior)| *behavior)
}

/// An order waits for its payment, is being carried out, is completed.
const UNPAID: u64 = 6;
const BEGUN: u64 = 3;
const COMPLETED: u64 = 5;

/// The instances of each order, in the order of their ids.
fn orders(state: &State) -> BTreeMap<&str, Vec<&Instance>> {
    let mut orders: BTreeMap<&str, Vec<&Instance>> = BTreeMap::new();
    for instance in state.instances().iter().chain(state.deleted()) {
        let first = instance.order.order_id.iter();
        let later = instance.resize_orders.iter().map(|(id, _)| id);
        for id in first.chain(later) {
            orders.entry(id).or_default().push(instance);
        }
    }
    orders
}

fn status(instances: &[&Instance]) -> u64 {
    let is_any = |status: Status| instances.iter().any(|instance| instance.status == status);
    match () {
        () if is_any(Status::Paying) => UNPAID,
        () if is_any(Status::Creating) || is_any(Status::Extending) => BEGUN,
        () => COMPLETED,
    }
}

/// When an order was made.
fn moment_of(instance: &Instance, order: &str) -> u64 {
    let resize = instance.resize_orders.iter().find(|(id, _)| id == order);
    resize.map_or(instance.created, |(_, moment)| *moment)
}

/// An order as the document shows one, with what is known of this one.
fn shown(template: &Value, id: &str, instances: &[&Instance], owner: &Owner<'_>) -> Value {
    let created =
        instances.iter().map(|instance| moment_of(instance, id)).min().unwrap_or_default();
    let status = status(instances);
    let mut order = template.clone();
    order["order_id"] = json!(id);
    order["customer_id"] = json!(owner.domain);
    order["status"] = json!(status);
    order["create_time"] = json!(without_fraction(created));
    if status != UNPAID
        && let Some(fields) = order.as_object_mut()
    {
        fields.remove("pending_payment_end_time");
    } else if order.get("pending_payment_end_time").is_some() {
        const WEEK: u64 = 7 * 24 * 60 * 60 * 1000;
        let end = without_fraction(created.saturating_add(WEEK));
        order["pending_payment_end_time"] = json!(end);
    }
    order
}

/// As the service writes it: `2026-01-31T23:59:59Z`.
fn without_fraction(moment: u64) -> String {
    let text = moment::text(moment);
    format!("{}Z", text.split('.').next().unwrap_or_default())
}

fn list(state: &mut State, owner: &Owner<'_>, call: &Call) -> Result<Reply, Refusal> {
    let template = example::of(call.operation)["order_infos"][0].clone();
    let is = |name: &str, value: &str| {
        call.asked(name).is_none_or(|asked| asked.eq_ignore_ascii_case(value))
    };
    let mut found: Vec<Value> = orders(state)
        .into_iter()
        .map(|(id, instances)| shown(&template, id, &instances, owner))
        .filter(|order| {
            let text = |name: &str| order[name].as_str().unwrap_or_default();
            is("order_id", text("order_id"))
                && is("status", &order["status"].to_string())
                && is("service_type_code", text("service_type_code"))
                && is("order_type", &order["order_type"].to_string())
        })
        .collect();
    let time = |order: &Value| order["create_time"].as_str().map(str::to_owned);
    found.sort_by_key(time);
    if call.asked("order_by").is_some_and(|by| by.eq_ignore_ascii_case("-createTime")) {
        found.reverse();
    }
    let total = found.len();
    let page = call.page(found, 10);
    Ok(Reply::json(json!({"total_count": total, "order_infos": page})))
}

fn show(state: &mut State, owner: &Owner<'_>, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("order_id");
    let orders = orders(state);
    let instances =
        orders.get(id).ok_or_else(|| Refusal::plain(404, format!("there is no order {id}")))?;
    let example = example::of(call.operation);
    let lines = instances.iter().enumerate().map(|(number, instance)| {
        let mut line = example["order_line_items"][0].clone();
        line["order_line_item_id"] = json!(format!("{id}-{:06}", number + 1));
        line["order_id"] = json!(id);
        line["product_spec_desc"] = json!(instance.order.spec_code);
        line
    });
    let lines: Vec<Value> = lines.collect();
    let body = json!({
        "total_count": lines.len(),
        "order_info": shown(&example["order_info"], id, instances, owner),
        "order_line_items": call.page(lines, 10),
    });
    Ok(Reply::json(body))
}

fn pay(state: &mut State, _: &Owner<'_>, call: &Call) -> Result<Reply, Refusal> {
    let id = call.text("order_id").unwrap_or_default();
    match state.pay(&id, call.now) {
        0 => Err(Refusal::plain(400, format!("no order {id} waits for its payment"))),
        _ => Ok(Reply::empty(204)),
    }
}
