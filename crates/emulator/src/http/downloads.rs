//! Files that answers link to: certificates and backups of instances. In: what stands behind
//! `/_emulator/instances/`. Out: the file. Whoever knows the ids may read it, as with the links of the service.

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
        return answer(404, Some(&serde_json::json!({"message": "there is no such file"})));
    };
    let Ok(bytes) = tokio::task::spawn_blocking(move || std::fs::read(file)).await else {
        return answer(500, None);
    };
    match bytes {
        Err(_) => answer(404, Some(&serde_json::json!({"message": "there is no such file"}))),
        Ok(bytes) => typed(200, "application/octet-stream", bytes),
    }
}
