//! Backups and restores; the data plane keeps the files.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    moment,
    pace::Change,
    refusal::Refusal,
    state::{Act, Backup, Progress, Restore, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CopyInstance", back_up),
    ("ListBackupRecords", list),
    ("DeleteBackupFile", delete),
    ("RestoreInstance", restore),
    ("ListRestoreRecords", list_restores),
    ("ListBackupFileLinks", links),
];

fn back_up(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = state.id();
    let act = Act::Backup { id: id.clone() };
    let (instance, _) = state.begin(call.variable("instance_id"), Change::Backup, act, call.now)?;
    instance.backups.push(Backup {
        id: id.clone(),
        name: instance.backup_name(call.now),
        remark: call.text("remark"),
        created: call.now,
        updated: call.now,
        size: None,
        progress: Progress::UnderWay,
    });
    Ok(Reply::json(json!({"backup_id": id})))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    let record = |backup: &Backup| {
        let is_done = backup.progress == Progress::Succeeded;
        json!({
            "backup_id": backup.id,
            "backup_name": backup.name,
            "instance_id": id,
            "size": backup.size.unwrap_or(0),
            "backup_type": "manual",
            "backup_format": "rdb",
            "created_at": moment::text(backup.created),
            "updated_at": moment::text(backup.updated),
            "progress": percent(backup.progress),
            "remark": backup.remark,
            "status": word(backup.progress, "backuping"),
            "is_support_restore": if is_done { "TRUE" } else { "FALSE" },
        })
    };
    // The newest comes first.
    let backups = instance.backups.iter().rev().filter(|backup| call.is_in_time(backup.created));
    let records: Vec<Value> = backups.map(record).collect();
    let total = records.len();
    Ok(Reply::without_nulls(json!({
        "total_num": total,
        "backup_record_response": call.page(records, 10),
    })))
}

fn percent(progress: Progress) -> &'static str {
    if progress == Progress::Succeeded { "100.00" } else { "0.00" }
}

fn word(progress: Progress, under_way: &'static str) -> &'static str {
    match progress {
        Progress::UnderWay => under_way,
        Progress::Succeeded => "succeed",
        Progress::Failed => "failed",
    }
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let (id, backup) = (call.variable("instance_id"), call.variable("backup_id"));
    let backups = &mut state.instance_mut(id)?.backups;
    let before = backups.len();
    backups.retain(|known| known.id != backup);
    if backups.len() == before {
        return Err(Refusal::new("DCS.4063", format!("no backup has the ID {backup}")));
    }
    state.effect(id, Act::RemoveBackup { id: backup.to_owned() });
    Ok(Reply::empty(204))
}

/// The links are to the emulator itself, and are good as long as the backup is there.
fn links(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let (id, backup) = (call.variable("instance_id"), call.variable("backup_id"));
    let instance = state.instance(id)?;
    let mut finished = instance.backups.iter().filter(|one| one.progress == Progress::Succeeded);
    if !finished.any(|known| known.id == backup) {
        let detail = format!("no finished backup has the ID {backup}");
        return Err(Refusal::new("DCS.4063", detail));
    }
    let link = |shard: usize| {
        let file = format!("shard-{shard}.rdb");
        json!({"file_name": file, "link": call.link(&format!("instances/{id}/backups/{backup}/{file}"))})
    };
    let links: Vec<Value> = (0..instance.order.emulated().shards).map(link).collect();
    Ok(Reply::json(json!({
        "file_path": format!("{id}/{backup}/"),
        "bucket_name": "emulator",
        "links": links,
    })))
}

fn restore(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let wanted = call.text("backup_id").unwrap_or_default();
    let backups = &state.instance(id)?.backups;
    let backup = backups.iter().find(|backup| backup.id == wanted).cloned();
    let backup = backup.filter(|backup| backup.progress == Progress::Succeeded);
    let backup = backup
        .ok_or_else(|| Refusal::new("DCS.4087", format!("there is no such backup as {wanted}")))?;
    let restore = state.id();
    let act = Act::Restore { backup: wanted, restore: restore.clone() };
    let (instance, _) = state.begin(id, Change::Restore, act, call.now)?;
    instance.restores.push(Restore {
        id: restore.clone(),
        backup_id: backup.id,
        backup_name: backup.name,
        remark: call.text("remark"),
        created: call.now,
        updated: call.now,
        progress: Progress::UnderWay,
    });
    Ok(Reply::json(json!({"restore_id": restore})))
}

fn list_restores(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let instance = state.instance(call.variable("instance_id"))?;
    let record = |restore: &Restore| {
        json!({
            "restore_id": restore.id,
            "restore_name": format!("restore_{}", moment::digits(restore.created)),
            "backup_id": restore.backup_id,
            "backup_name": restore.backup_name,
            "restore_remark": restore.remark,
            "created_at": moment::text(restore.created),
            "updated_at": moment::text(restore.updated),
            "progress": percent(restore.progress),
            "status": word(restore.progress, "restoring"),
        })
    };
    let restores = instance.restores.iter().rev().filter(|one| call.is_in_time(one.created));
    let records: Vec<Value> = restores.map(record).collect();
    let total = records.len();
    Ok(Reply::without_nulls(json!({
        "total_num": total,
        "restore_record_response": call.page(records, 10),
    })))
}
