//! Analyses of keys: big ones, hot ones, expired ones, and all of them. The processes are scanned for them.

use serde_json::{Value, json};

use super::{Behavior, nodes};
use crate::{
    call::{Call, Reply, csv_line},
    moment,
    pace::Change,
    refusal::Refusal,
    state::{Act, Analysis, AnalysisKind, Progress, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CreateBigkeyScanTask", |state, call| create(state, call, AnalysisKind::BigKeys)),
    ("ListBigkeyScanTasks", |state, call| list(state, call, AnalysisKind::BigKeys)),
    ("ShowBigkeyScanTaskDetails", |state, call| show(state, call, AnalysisKind::BigKeys)),
    ("DeleteBigkeyScanTask", |state, call| delete(state, call, AnalysisKind::BigKeys)),
    ("CreateHotkeyScanTask", |state, call| create(state, call, AnalysisKind::HotKeys)),
    ("ListHotKeyScanTasks", |state, call| list(state, call, AnalysisKind::HotKeys)),
    ("ShowHotkeyTaskDetails", |state, call| show(state, call, AnalysisKind::HotKeys)),
    ("DownloadHotKey", download),
    ("DeleteHotkeyScanTask", |state, call| delete(state, call, AnalysisKind::HotKeys)),
    ("ScanExpireKey", |state, call| create(state, call, AnalysisKind::ExpiredKeys)),
    ("CreateAutoExpireScanTask", |state, call| create(state, call, AnalysisKind::ExpiredKeys)),
    ("ShowExpireKeyScanInfo", list_expired),
    ("CreateOfflineKeyAnalysis", create_offline),
    ("ListOfflineKeyAnalysisTask", list_offline),
    ("ShowOfflineKeyAnalysisTask", show_offline),
    ("DeleteOfflineKeyAnalysisTask", delete_offline),
];

pub(super) fn word(progress: Progress) -> &'static str {
    match progress {
        Progress::UnderWay => "running",
        Progress::Succeeded => "success",
        Progress::Failed => "failed",
    }
}

/// Begins an analysis. Out: its id.
pub(super) fn begin(
    state: &mut State,
    call: &Call,
    kind: AnalysisKind,
    asked: Value,
) -> Result<String, Refusal> {
    let id = state.id();
    let act = Act::Analyze { id: id.clone(), kind };
    let (instance, _) =
        state.begin(call.variable("instance_id"), Change::Analyze, act, call.now)?;
    instance.analyse(Analysis {
        id: id.clone(),
        kind,
        created: call.now,
        finished: None,
        progress: Progress::UnderWay,
        asked,
        found: json!({}),
    });
    Ok(id)
}

/// The analyses of a kind, the newest first.
pub(super) fn of_kind<'s>(
    state: &'s State,
    call: &Call,
    kind: AnalysisKind,
) -> Result<impl Iterator<Item = &'s Analysis> + use<'s>, Refusal> {
    let analyses = &state.instance(call.variable("instance_id"))?.analyses;
    Ok(analyses.iter().rev().filter(move |analysis| analysis.kind == kind))
}

fn record(analysis: &Analysis) -> Value {
    let begun = moment::text(analysis.created);
    json!({
        "id": analysis.id,
        "status": word(analysis.progress),
        "scan_type": "manual",
        "created_at": begun,
        "started_at": begun,
        "finished_at": analysis.finished.map(moment::text),
    })
}

fn detailed(analysis: &Analysis, instance: &str) -> Value {
    let mut shown = record(analysis);
    let keys = analysis.found["keys"].as_array().cloned().unwrap_or_default();
    shown["instance_id"] = json!(instance);
    shown["num"] = json!(keys.len());
    shown["keys"] = json!(keys);
    shown
}

fn create(state: &mut State, call: &Call, kind: AnalysisKind) -> Result<Reply, Refusal> {
    let is_busy = of_kind(state, call, kind)?.any(|one| one.progress == Progress::UnderWay);
    if is_busy {
        return Err(Refusal::new("DCS.4918", "Such an analysis is under way."));
    }
    let id = begin(state, call, kind, json!({}))?;
    let instance = state.instance(call.variable("instance_id"))?;
    let made = instance.analyses.iter().find(|analysis| analysis.id == id);
    let mut body = made.map(record).unwrap_or_default();
    body["status"] = json!("waiting");
    body["instance_id"] = json!(instance.id);
    if kind != AnalysisKind::ExpiredKeys {
        body["num"] = json!(0);
    }
    Ok(Reply::without_nulls(body))
}

fn list(state: &mut State, call: &Call, kind: AnalysisKind) -> Result<Reply, Refusal> {
    let asked = call.asked("status");
    let all = of_kind(state, call, kind)?.map(record);
    let all: Vec<Value> =
        all.filter(|record| asked.is_none_or(|status| record["status"] == status)).collect();
    let count = all.len();
    Ok(Reply::without_nulls(json!({
        "instance_id": call.variable("instance_id"),
        "count": count,
        "records": call.page(all, 10),
    })))
}

/// The id that the path names, and the code if there is no such analysis.
fn named(call: &Call, kind: AnalysisKind) -> (&str, &'static str) {
    match kind {
        AnalysisKind::BigKeys => (call.variable("bigkey_id"), "DCS.4942"),
        AnalysisKind::HotKeys => (call.variable("hotkey_id"), "DCS.4941"),
        _ => (call.variable("task_id"), "DCS.4070"),
    }
}

fn found<'s>(state: &'s State, call: &Call, kind: AnalysisKind) -> Result<&'s Analysis, Refusal> {
    let (id, code) = named(call, kind);
    let found = of_kind(state, call, kind)?.find(|analysis| analysis.id == id);
    found.ok_or_else(|| Refusal::new(code, format!("no analysis has the ID {id}")))
}

fn show(state: &mut State, call: &Call, kind: AnalysisKind) -> Result<Reply, Refusal> {
    let analysis = found(state, call, kind)?;
    Ok(Reply::without_nulls(detailed(analysis, call.variable("instance_id"))))
}

/// The keys of a scan as comma-separated values.
fn download(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    const COLUMNS: [&str; 7] = ["name", "type", "shard", "db", "size", "unit", "freq"];
    let id = call.variable("task_id");
    let scan = of_kind(state, call, AnalysisKind::HotKeys)?.find(|analysis| analysis.id == id);
    let scan =
        scan.ok_or_else(|| Refusal::new("DCS.4941", format!("no analysis has the ID {id}")))?;
    let mut text = csv_line(&COLUMNS.map(|column| json!(column)));
    for key in scan.found["keys"].as_array().into_iter().flatten() {
        text.push_str(&csv_line(&COLUMNS.map(|column| key[column].clone())));
    }
    Ok(Reply::file(text))
}

fn forget(state: &mut State, call: &Call, kind: AnalysisKind) -> Result<String, Refusal> {
    let id = found(state, call, kind)?.id.clone();
    let analyses = &mut state.instance_mut(call.variable("instance_id"))?.analyses;
    analyses.retain(|analysis| analysis.id != id);
    Ok(id)
}

fn delete(state: &mut State, call: &Call, kind: AnalysisKind) -> Result<Reply, Refusal> {
    forget(state, call, kind)?;
    Ok(Reply::empty(204))
}

fn list_expired(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let asked = call.asked("status");
    let one = |analysis: &Analysis| {
        let mut shown = record(analysis);
        shown["instance_id"] = json!(id);
        shown["num"] = analysis.found["expired"].clone();
        shown
    };
    let all = of_kind(state, call, AnalysisKind::ExpiredKeys)?.map(one);
    let all: Vec<Value> =
        all.filter(|record| asked.is_none_or(|status| record["status"] == status)).collect();
    let total = all.len();
    let page = call.page(all, 10);
    let body = json!({"instance_id": id, "total": total, "count": page.len(), "records": page});
    Ok(Reply::without_nulls(body))
}

fn create_offline(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let node = call.text("node_id").unwrap_or_default();
    let shard = nodes::shard_of(instance, &node)
        .ok_or_else(|| Refusal::new("DCS.3053", format!("no node has the ID {node}")))?;
    let backup = call.words("backup_id");
    if backup.as_ref().is_some_and(|id| !instance.backups.iter().any(|known| known.id == *id)) {
        return Err(Refusal::new("DCS.4087", "There is no such backup."));
    }
    let asked = json!({"node_id": node, "group_name": nodes::group(shard), "backup_id": backup});
    let id = begin(state, call, AnalysisKind::AllKeys, asked)?;
    Ok(Reply::json(json!({"task_id": id})))
}

fn list_offline(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let asked = call.asked("status");
    let all = of_kind(state, call, AnalysisKind::AllKeys)?.map(record);
    let all: Vec<Value> =
        all.filter(|record| asked.is_none_or(|status| record["status"] == status)).collect();
    let total = all.len();
    Ok(Reply::without_nulls(json!({
        "instance_id": call.variable("instance_id"),
        "total": total,
        "records": call.page(all, 10),
    })))
}

/// What is told is of now, also where an earlier backup is named: keys of a dump are not read.
fn show_offline(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let analysis = found(state, call, AnalysisKind::AllKeys)?;
    let mut body = analysis.found.clone();
    let more = json!({
        "id": analysis.id,
        "instance_id": call.variable("instance_id"),
        "node_id": analysis.asked["node_id"],
        "backup_id": analysis.asked["backup_id"],
        "group_name": analysis.asked["group_name"],
        "node_type": "master",
        "analysis_type": if analysis.asked["backup_id"].is_null() { "new_backup" } else { "old_backup" },
        "started_at": moment::text(analysis.created),
        "finished_at": analysis.finished.map(moment::text),
    });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.remove("why");
        body.extend(more);
    }
    Ok(Reply::without_nulls(body))
}

fn delete_offline(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = forget(state, call, AnalysisKind::AllKeys)?;
    Ok(Reply::json(json!({"task_id": id})))
}
