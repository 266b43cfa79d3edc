//! Diagnoses of instances: what the processes say of themselves, judged. What they do not say is `failed`.

use serde_json::{Value, json};

use super::{Behavior, analyses, live, nodes};
use crate::{
    call::{Call, Reply},
    moment,
    refusal::Refusal,
    state::{Analysis, AnalysisKind, Instance, Progress, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateDiagnosisTask", create),
    ("ListDiagnosisTasks", list),
    ("ShowDiagnosisTaskDetails", show),
    ("DeleteDiagnosisTask", delete),
];

/// What can be found: nothing where the process does not say it.
type Verdict = Option<bool>;

/// What an item is judged by; true is abnormal.
type Judge = fn(&str) -> Verdict;

/// The items of each dimension.
const ITEMS: &[(&str, &[(&str, Judge)])] = &[
    ("network", &[("connection_num", has_many_clients), ("rx_controlled", unsaid)]),
    (
        "storage",
        &[
            ("persistence", is_not_written),
            ("centralized_expiration", unsaid),
            ("inner_memory_fragmentation", is_fragmented),
            ("hit_ratio", misses_often),
            ("memory_usage", is_full),
        ],
    ),
    ("load", &[("time_consuming_commands", is_slow), ("cpu_usage", unsaid)]),
];

fn create(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let moment = |name: &str| {
        let millis = call.text(name).and_then(|text| text.parse().ok());
        millis.map(moment::text)
    };
    let asked = json!({"begin_time": moment("begin_time"), "end_time": moment("end_time")});
    let id = analyses::begin(state, call, AnalysisKind::Diagnosis, asked)?;
    Ok(Reply::json(json!({"report_id": id})))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let one = |analysis: &Analysis| {
        let (reports, abnormal, failed) = report(instance, analysis);
        let is_over = analysis.progress != Progress::UnderWay;
        json!({
            "report_id": analysis.id,
            "status": if is_over { "finished" } else { "diagnosing" },
            "begin_time": analysis.asked["begin_time"],
            "end_time": analysis.asked["end_time"],
            "created_at": moment::text(analysis.created),
            "node_num": reports.len(),
            "abnormal_item_sum": abnormal,
            "failed_item_sum": failed,
        })
    };
    let all: Vec<Value> =
        analyses::of_kind(state, call, AnalysisKind::Diagnosis)?.map(one).collect();
    let total = all.len();
    let page = call.page(all, 10);
    Ok(Reply::without_nulls(json!({"diagnosis_report_list": page, "total_num": total})))
}

fn show(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("report_id");
    let all = state.instances().iter();
    let mut all = all.flat_map(|one| one.analyses.iter().map(move |analysis| (one, analysis)));
    let is_meant =
        |analysis: &Analysis| analysis.id == id && analysis.kind == AnalysisKind::Diagnosis;
    let (instance, analysis) = all
        .find(|(_, analysis)| is_meant(analysis))
        .ok_or_else(|| Refusal::new("DCS.4070", format!("no report has the ID {id}")))?;
    let (reports, abnormal, failed) = report(instance, analysis);
    Ok(Reply::without_nulls(json!({
        "abnormal_item_sum": abnormal,
        "failed_item_sum": failed,
        "diagnosis_node_report_list": reports,
    })))
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance_mut(call.variable("instance_id"))?;
    let mut results = Vec::new();
    for id in call.texts("report_id_list") {
        let before = instance.analyses.len();
        instance.analyses.retain(|analysis| analysis.id != id);
        let is_gone = instance.analyses.len() < before;
        results.push(json!({"id": id, "result": if is_gone { "success" } else { "failed" }}));
    }
    Ok(Reply::json(json!({"results": results})))
}

/// What is reported of each master, and how much was abnormal or could not be told.
fn report(instance: &Instance, analysis: &Analysis) -> (Vec<Value>, usize, usize) {
    let infos = analysis.found["infos"].as_array().cloned().unwrap_or_default();
    let (mut abnormal, mut failed) = (0, 0);
    let mut reports = Vec::new();
    for (shard, info) in infos.iter().filter_map(Value::as_str).enumerate() {
        let (dimensions, own_abnormal, own_failed) = judged(info);
        abnormal += own_abnormal;
        failed += own_failed;
        let port = live::value(info, "tcp_port:");
        let took = commands(info);
        reports.push(json!({
            "node_ip": format!("127.0.0.1:{port}"),
            "az_code": instance.order.az_codes.first(),
            "group_name": nodes::group(shard),
            "role": "master",
            "abnormal_sum": own_abnormal,
            "failed_sum": own_failed,
            "diagnosis_dimension_list": dimensions,
            "command_time_taken_list": took,
        }));
    }
    (reports, abnormal, failed)
}

fn judged(info: &str) -> (Vec<Value>, usize, usize) {
    let (mut abnormal, mut failed) = (0, 0);
    let mut dimensions = Vec::new();
    for (name, items) in ITEMS {
        let verdicts: Vec<Verdict> = items.iter().map(|(_, judge)| judge(info)).collect();
        let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
        let (own_abnormal, own_failed) = (count(Some(true)), count(None));
        abnormal += own_abnormal;
        failed += own_failed;
        let items = items.iter().zip(&verdicts).map(|((name, _), verdict)| {
            let result = match verdict {
                None => "failed",
                Some(true) => "abnormal",
                Some(false) => "normal",
            };
            json!({"name": name, "result": result})
        });
        dimensions.push(json!({
            "name": name,
            "abnormal_num": own_abnormal,
            "failed_num": own_failed,
            "diagnosis_item_list": items.collect::<Vec<_>>(),
        }));
    }
    (dimensions, abnormal, failed)
}

/// How long each command took, all calls together.
fn commands(info: &str) -> Value {
    let lines = info.lines().filter_map(|line| line.strip_prefix("cmdstat_")?.split_once(':'));
    let command = |(name, rest): (&str, &str)| {
        let field = |wanted: &str| {
            let found = rest.split(',').find_map(|pair| pair.trim().strip_prefix(wanted));
            found.unwrap_or_default().parse::<f64>().unwrap_or_default()
        };
        json!({
            "command_name": name,
            "calls_sum": field("calls=") as u64,
            "usec_sum": field("usec="),
            "per_usec": field("usec_per_call=").to_string(),
        })
    };
    let list: Vec<Value> = lines.map(command).collect();
    let sum: f64 = list.iter().filter_map(|command| command["usec_sum"].as_f64()).sum();
    json!({
        "total_num": list.len(),
        "total_usec_sum": sum,
        "result": "succeed",
        "command_list": list,
    })
}

fn number(info: &str, name: &str) -> Option<f64> {
    live::value(info, name).parse().ok()
}

fn unsaid(_: &str) -> Verdict {
    None
}

fn has_many_clients(info: &str) -> Verdict {
    Some(number(info, "connected_clients:")? > 0.8 * number(info, "maxclients:")?)
}

fn is_full(info: &str) -> Verdict {
    Some(number(info, "used_memory:")? > 0.8 * number(info, "maxmemory:")?)
}

/// Of little memory, much is always lost.
fn is_fragmented(info: &str) -> Verdict {
    let is_large = number(info, "used_memory:")? > 64.0 * 1024.0 * 1024.0;
    Some(is_large && number(info, "mem_fragmentation_ratio:")? > 1.5)
}

fn is_not_written(info: &str) -> Verdict {
    let is_bad = |name: &str| live::value(info, name) == "err";
    Some(is_bad("rdb_last_bgsave_status:") || is_bad("aof_last_write_status:"))
}

/// A few reads say nothing.
fn misses_often(info: &str) -> Verdict {
    let (hits, misses) = (number(info, "keyspace_hits:")?, number(info, "keyspace_misses:")?);
    Some(hits + misses > 1000.0 && hits < misses)
}

fn is_slow(info: &str) -> Verdict {
    let list = commands(info);
    let all = list["command_list"].as_array()?.iter();
    let mut times = all.filter_map(|command| command["per_usec"].as_str()?.parse::<f64>().ok());
    Some(times.any(|micros| micros > 10_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &str = "tcp_port:7000\r\nconnected_clients:3\r\nmaxclients:10000\r\nused_memory:900\r\n\
        maxmemory:1000\r\nmem_fragmentation_ratio:9.0\r\nrdb_last_bgsave_status:ok\r\n\
        aof_last_write_status:ok\r\nkeyspace_hits:5\r\nkeyspace_misses:9\r\n\
        cmdstat_get:calls=2,usec=30000,usec_per_call=15000.00,rejected_calls=0\r\n";

    #[test]
    fn what_the_process_says_is_judged() {
        let (dimensions, abnormal, failed) = judged(INFO);
        let result = |name: &str| {
            let lists = dimensions.iter().filter_map(|one| one["diagnosis_item_list"].as_array());
            let found = lists.flatten().find(|item| item["name"] == name);
            found.unwrap()["result"].as_str().unwrap().to_owned()
        };
        assert_eq!((abnormal, failed), (2, 3));
        assert_eq!(result("memory_usage"), "abnormal");
        assert_eq!(result("time_consuming_commands"), "abnormal");
        assert_eq!(result("inner_memory_fragmentation"), "normal", "it is little memory");
        assert_eq!(result("hit_ratio"), "normal", "it was read seldom");
        assert_eq!(result("cpu_usage"), "failed");
        assert_eq!(commands(INFO)["command_list"][0]["calls_sum"], 2);
    }
}
