//! Backups and restores; the data plane keeps the files.

use serde_json::{Value, json};

use super::Behavior;
use crate::{
    call::{Call, Reply},
    moment,
    pace::Change,
    refusal::Refusal,
    state::{Act, Backup, Restore, State},
};

pub(super) const BEHAVIORS: &[(&str, Behavior)] = &[
    ("CopyInstance", back_up),
    ("ListBackupRecords", list),
    ("DeleteBackupFile", delete),
    ("RestoreInstance", restore),
    ("ListRestoreRecords", list_restores),
];

fn back_up(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = state.id();
    let act = Act::Backup { id: id.clone() };
    let instance = state.begin(call.variable("instance_id"), Change::Backup, act, call.now)?;
    instance.backups.push(Backup {
        id: id.clone(),
        name: instance.backup_name(call.now),
        remark: call.text("remark"),
        created: call.now,
        updated: call.now,
        size: None,
        status: "backuping",
    });
    Ok(Reply::json(json!({"backup_id": id})))
}

fn list(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let instance = state.instance(id)?;
    let record = |backup: &Backup| {
        let is_done = backup.status == "succeed";
        json!({
            "backup_id": backup.id,
            "backup_name": backup.name,
            "instance_id": id,
            "size": backup.size.unwrap_or(0),
            "backup_type": "manual",
            "backup_format": "rdb",
            "created_at": moment::text(backup.created),
            "updated_at": moment::text(backup.updated),
            "progress": progress(backup.status),
            "remark": backup.remark,
            "status": backup.status,
            "is_support_restore": if is_done { "TRUE" } else { "FALSE" },
        })
    };
    // The newest comes first.
    let records: Vec<Value> = instance.backups.iter().rev().map(record).collect();
    let total = records.len();
    Ok(Reply::without_nulls(json!({
        "total_num": total,
        "backup_record_response": call.page(records, 10),
    })))
}

fn progress(status: &str) -> &'static str {
    if status == "succeed" { "100.00" } else { "0.00" }
}

fn delete(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let backup = call.variable("backup_id");
    let backups = &mut state.instance_mut(call.variable("instance_id"))?.backups;
    let before = backups.len();
    backups.retain(|known| known.id != backup);
    if backups.len() == before {
        return Err(Refusal::new("DCS.4063", format!("no backup has the ID {backup}")));
    }
    Ok(Reply::empty(204))
}

fn restore(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let id = call.variable("instance_id");
    let wanted = call.text("backup_id").unwrap_or_default();
    let backups = &state.instance(id)?.backups;
    let backup = backups.iter().find(|backup| backup.id == wanted).cloned();
    let backup = backup.filter(|backup| backup.status == "succeed");
    let backup = backup
        .ok_or_else(|| Refusal::new("DCS.4087", format!("there is no such backup as {wanted}")))?;
    let restore = state.id();
    let act = Act::Restore { backup: wanted, restore: restore.clone() };
    let instance = state.begin(id, Change::Restore, act, call.now)?;
    instance.restores.push(Restore {
        id: restore.clone(),
        backup_id: backup.id,
        backup_name: backup.name,
        remark: call.text("remark"),
        created: call.now,
        updated: call.now,
        status: "restoring",
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
            "progress": progress(restore.status),
            "status": restore.status,
        })
    };
    let records: Vec<Value> = instance.restores.iter().rev().map(record).collect();
    let total = records.len();
    Ok(Reply::without_nulls(json!({
        "total_num": total,
        "restore_record_response": call.page(records, 10),
    })))
}
