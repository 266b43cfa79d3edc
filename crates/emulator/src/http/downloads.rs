//! Files that answers link to: certificates, backups and logs of instances, and lists of instances. In: what stands behind
//! `/_emulator/instances/` or `/_emulator/exports/`. Out: the file. Whoever knows the ids may read it, as with the links of
//! the service.

use super::{Answer, Server, answer, typed};

/// The file, or that there is none.
pub(super) async fn answered(server: &Server, page: &str) -> Answer {
    let parts: Vec<&str> = page.split('/').collect();
    let file = match &parts[..] {
        [instance, "ca.crt"] => server.plane.certificate(instance),
        [instance, "backups", backup, file] => server.plane.backup_file(instance, backup, file),
        [instance, "logs", number, "redis.log"] => server.plane.log(instance, number),
        _ => None,
    };
    let Some(file) = file else {
        return missing();
    };
    let Ok(bytes) = tokio::task::spawn_blocking(move || std::fs::read(file)).await else {
        return answer(500, None);
    };
    match bytes {
        Err(_) => missing(),
        Ok(bytes) => typed(200, "application/octet-stream", bytes),
    }
}

/// A list of instances.
pub(super) fn export(server: &Server, id: &str) -> Answer {
    let text = server.state().export(id).map(|export| export.text.clone());
    text.map_or_else(missing, |text| typed(200, "text/csv; charset=utf-8", text))
}

fn missing() -> Answer {
    answer(404, Some(&serde_json::json!({"message": "there is no such file"})))
}
