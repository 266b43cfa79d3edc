//! Accounts, analyses of keys, parameters, certificates: what the API does to the processes, and what it reads
//! there. Left out, and said so, where the programs are not installed.

mod common;

use common::{
    PASSWORD,
    running::{Running, running},
    send, send_bytes, single,
};
use huaweicloud_dcs::types::*;
use redis::{Commands as _, Connection};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn accounts_log_in_and_may_what_their_role_says() {
    let test = "accounts_log_in_and_may_what_their_role_says";
    let Some(running) = running(test, single("accounts")).await else { return };
    let account = json!({
        "account_name": "reader", "account_role": "read", "account_password": "Reader-Passw0rd",
    });
    assert_eq!(running.call("POST", "accounts", account.clone()).await.status, 200);
    assert_eq!(running.call("POST", "accounts", account).await.status, 400, "the name is taken");
    running.connect().await.set::<_, _, ()>("a", 1).unwrap();
    let mut redis = running.log_in("reader", "Reader-Passw0rd").await.unwrap();
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 1);
    assert!(redis.set::<_, _, ()>("a", 2).is_err(), "it only reads");

    let listed = running.get("accounts").await;
    assert_eq!(listed["accounts"][0]["account_name"], "reader");
    assert!(!listed.to_string().contains("Passw0rd"), "{listed}");
    let id = listed["accounts"][0]["account_id"].as_str().unwrap();
    let role = json!({"account_role": "write"});
    assert_eq!(running.call("PUT", &format!("accounts/{id}/role"), role).await.status, 200);
    let change = |old: &str| json!({"old_password": old, "new_password": "Writer-Passw0rd"});
    let modify = format!("accounts/{id}/password/modify");
    let refused = running.call("PUT", &modify, change("Wrong-Passw0rd")).await;
    assert_eq!(refused.body["error_code"], "DCS.4080");
    assert_eq!(running.call("PUT", &modify, change("Reader-Passw0rd")).await.status, 200);
    assert!(running.log_in("reader", "Reader-Passw0rd").await.is_err());
    let mut redis = running.log_in("reader", "Writer-Passw0rd").await.unwrap();
    redis.set::<_, _, ()>("a", 2).unwrap();

    // They are there after a restart, and gone when they are deleted.
    let restart =
        ChangeInstanceStatusBody::new().instances([&running.id]).action(InstanceAction::Restart);
    running.client.restart_or_flush_instances(restart).send().await.unwrap();
    running.log_in("reader", "Writer-Passw0rd").await.unwrap();
    let deleted = running.call("DELETE", &format!("accounts/{id}"), Value::Null).await;
    assert_eq!(deleted.status, 200);
    assert!(running.log_in("reader", "Writer-Passw0rd").await.is_err());
}

/// The lines of the file with the keys of a scan.
async fn exported(running: &Running, scan: &str) -> Vec<String> {
    let (keys, id) = (running.emulator.keys(), &running.id);
    let request = format!(
        "POST /v2/{}/instances/{id}/hotkey/{scan}/export HTTP/1.1\r\nHost: localhost\r\n\
         X-Auth-Token: {}\r\nConnection: close\r\n\r\n",
        keys.project_id,
        keys.token.expose()
    );
    let answer = send_bytes(&running.emulator, request.as_bytes()).await;
    let (head, file) = answer.split_once("\r\n\r\n").unwrap_or_default();
    assert!(head.contains("application/octet-stream"), "{head}");
    file.lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_scanned() {
    let Some(running) = running("keys_are_scanned", single("scanned")).await else { return };
    let mut redis = running.connect().await;
    for number in 0..1200 {
        redis.set::<_, _, ()>(format!("small:{number}"), number).unwrap();
    }
    redis.set::<_, _, ()>("large", "x".repeat(5000)).unwrap();
    redis.rpush::<_, _, ()>("list", (0..300).collect::<Vec<_>>()).unwrap();
    redis::cmd("SELECT").arg(3).query::<()>(&mut redis).unwrap();
    redis.set::<_, _, ()>("elsewhere", "y".repeat(400)).unwrap();

    let made = running.call("POST", "bigkey-task", Value::Null).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("waiting")));
    let id = made.body["id"].as_str().unwrap();
    let shown = running.get(&format!("bigkey-task/{id}")).await;
    assert_eq!(shown["status"], "success");
    let keys = shown["keys"].as_array().unwrap();
    let told = |key: &Value| {
        let size = key["size"].as_u64().unwrap();
        (key["name"].as_str().unwrap().to_owned(), key["db"].as_u64().unwrap(), size)
    };
    assert_eq!(told(&keys[0]), ("large".to_owned(), 0, 5000));
    assert_eq!(told(&keys[1]), ("elsewhere".to_owned(), 3, 400));
    assert_eq!(told(&keys[20]), ("list".to_owned(), 0, 300));
    assert_eq!(running.get("bigkey-tasks?status=success").await["count"], 1);
    assert_eq!(running.get("bigkey-tasks?status=failed").await["count"], 0);

    // Accesses are counted only by a policy that needs them.
    let scan = async || {
        let made = running.call("POST", "hotkey-task", Value::Null).await;
        let id = made.body["id"].as_str().unwrap().to_owned();
        running.get(&format!("hotkey-task/{id}")).await
    };
    assert_eq!(scan().await["status"], "failed");
    let policy = json!({"redis_config": [
        {"param_id": "2", "param_name": "maxmemory-policy", "param_value": "allkeys-lfu"},
    ]});
    assert_eq!(running.call("PUT", "configs", policy).await.status, 204);
    redis::cmd("SELECT").arg(0).query::<()>(&mut redis).unwrap();
    for _ in 0..2000 {
        redis.get::<_, String>("small:7").unwrap();
    }
    let hot = scan().await;
    assert_eq!((&hot["status"], &hot["keys"][0]["name"]), (&json!("success"), &json!("small:7")));
    assert!(hot["keys"][0]["freq"].as_u64() > hot["keys"][1]["freq"].as_u64(), "{hot}");
    let rows = exported(&running, hot["id"].as_str().unwrap()).await;
    assert_eq!(rows[0], "name,type,shard,db,size,unit,freq");
    assert!(rows[1].starts_with("small:7,string,127.0.0.1:"), "{rows:?}");

    let shown = running.client.list_group_replication_info(&running.id).send().await.unwrap();
    let node = shown.into_inner().group_list[0].replication_list[0].node_id.clone().unwrap();
    let made = running.call("POST", "offline/key-analysis", json!({"node_id": node})).await;
    let task = made.body["task_id"].as_str().unwrap();
    let shown = running.get(&format!("offline/key-analysis/{task}")).await;
    assert_eq!(shown["total_num"], 1203);
    assert_eq!(shown["largest_keys"][0]["key"], "large");
    assert_eq!(shown["largest_key_prefixes"][0]["key_prefix"], "small:");
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_keys_are_removed() {
    let Some(running) = running("expired_keys_are_removed", single("expired")).await else {
        return;
    };
    let mut redis = running.connect().await;
    // Nobody but the scan removes them.
    redis::cmd("DEBUG")
        .arg(&["SET-ACTIVE-EXPIRE", "0"])
        .query::<()>(&mut redis)
        .unwrap_or_default();
    for number in 0..50 {
        let options = redis::SetOptions::default().with_expiration(redis::SetExpiry::PX(1));
        redis.set_options::<_, _, ()>(number, "x", options).unwrap();
    }
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    running.call("POST", "auto-expire/scan", Value::Null).await;
    let listed = running.get("auto-expire/histories").await;
    assert_eq!(listed["records"][0]["status"], "success");
    assert_eq!(redis::cmd("DBSIZE").query::<u64>(&mut redis).unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_stay_and_some_wait_for_a_restart() {
    let test = "parameters_stay_and_some_wait_for_a_restart";
    let Some(running) = running(test, single("configured")).await else { return };
    let set = |name: &str, value: &str| json!({"redis_config": [{"param_id": "1", "param_name": name, "param_value": value}]});
    let read = |redis: &mut Connection, name: &str| -> String {
        let pair: Vec<String> = redis::cmd("CONFIG").arg(&["GET", name]).query(redis).unwrap();
        pair[1].clone()
    };
    assert_eq!(running.call("PUT", "configs", set("timeout", "77")).await.status, 204);
    assert_eq!(read(&mut running.connect().await, "timeout"), "77");
    let job = running.call("PUT", "async-configs", set("databases", "9")).await;
    let job = job.body["job_id"].as_str().unwrap().to_owned();
    assert_eq!(read(&mut running.connect().await, "databases"), "256");
    assert_eq!(running.get("configs").await["config_status"], "UPDATING");
    let refused = running.call("PUT", "configs", set("timeout", "soon")).await;
    assert_eq!(refused.body["error_code"], "DCS.4066", "{}", refused.body);
    let own = running.call("PUT", "configs", set("appendonly", "yes")).await;
    assert_eq!(own.status, 204, "it is kept, and the process is the emulator's");

    let restart =
        ChangeInstanceStatusBody::new().instances([&running.id]).action(InstanceAction::Restart);
    running.client.restart_or_flush_instances(restart).send().await.unwrap();
    let mut redis = running.connect().await;
    assert_eq!(
        (read(&mut redis, "timeout").as_str(), read(&mut redis, "databases").as_str()),
        ("77", "9")
    );
    assert_eq!(read(&mut redis, "appendonly"), "no");
    assert_eq!(running.get("configs").await["config_status"], "SUCCESS");
    let histories = running.get("config-histories").await;
    assert_eq!(histories["history_num"], 3);
    let detail = running.get(&format!("config-histories/{job}")).await;
    assert_eq!(detail["changes"][0]["new_value"], "9");
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_downloaded_and_their_files_go_with_them() {
    let test = "backups_are_downloaded_and_their_files_go_with_them";
    let Some(running) = running(test, single("saved")).await else { return };
    running.connect().await.set::<_, _, ()>("in the dump", 1).unwrap();
    let backup = running.client.copy_instance(&running.id, BackupInstanceBody::new());
    let backup = backup.send().await.unwrap().into_inner().backup_id.unwrap();
    let links = format!("backups/{backup}/links");
    let made = running.call("POST", &links, json!({"expiration": 3600})).await;
    let link = made.body["links"][0]["link"].as_str().unwrap().to_owned();
    let page = link.strip_prefix("http://localhost").unwrap();
    let get = format!("GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let file = send_bytes(&running.emulator, get.as_bytes()).await;
    assert!(file.contains("REDIS0") && file.contains("in the dump"), "{file}");
    for wrong in ["../redis.conf", "..", "%2e%2e/redis.conf"] {
        let get = get.replace("shard-0.rdb", wrong);
        assert!(send_bytes(&running.emulator, get.as_bytes()).await.starts_with("HTTP/1.1 404"));
    }
    let deleted = running.call("DELETE", &format!("backups/{backup}"), Value::Null).await;
    assert_eq!(deleted.status, 204);
    assert!(send_bytes(&running.emulator, get.as_bytes()).await.starts_with("HTTP/1.1 404"));
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_carried_out_in_sessions() {
    let test = "commands_are_carried_out_in_sessions";
    let Some(running) = running(test, single("console")).await else { return };
    let wrong = running.call("POST", "webcli/auth", json!({"password": "Wrong-Passw0rd"})).await;
    assert_eq!(wrong.body["error_code"], "DCS.4080");
    let session = running.call("POST", "webcli/auth", json!({"password": PASSWORD})).await;
    let session = session.body["client_id"].as_str().unwrap().to_owned();
    let say = async |command: &str| {
        let body = json!({"client_id": session, "command": command, "database": 2});
        running.call("POST", "webcli/command", body).await.body
    };
    assert_eq!(say("SET greeting 'hello you'").await["response"], "OK");
    assert_eq!(say("GET greeting").await["response"], "hello you");
    assert_eq!(say("GET nothing").await["response"], "(nil)");
    let error = say("NONSENSE").await["response"].as_str().unwrap().to_owned();
    assert!(error.starts_with("ERR unknown command"), "{error}");
    running.call("POST", "webcli/logout", json!({"client_id": session})).await;
    assert_eq!(say("GET greeting").await["error_code"], "DCS.4063");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_is_of_what_the_process_says() {
    let test = "a_diagnosis_is_of_what_the_process_says";
    let Some(running) = running(test, single("diagnosed")).await else { return };
    let mut redis = running.connect().await;
    redis.set::<_, _, ()>("a", 1).unwrap();
    let body = json!({"begin_time": "1618466522486", "end_time": "1618467122486"});
    let made = running.call("POST", "diagnosis", body).await;
    let report = made.body["report_id"].as_str().unwrap();
    let listed = running.get("diagnosis").await;
    assert_eq!(listed["diagnosis_report_list"][0]["status"], "finished", "{listed}");
    let path = format!("/v2/{}/diagnosis/{report}", running.emulator.keys().project_id);
    let shown = send(&running.emulator, "GET", &path, "").await.body;
    let node = &shown["diagnosis_node_report_list"][0];
    assert_eq!(node["node_ip"], format!("127.0.0.1:{}", running.port().await));
    let commands = node["command_time_taken_list"]["command_list"].as_array().unwrap();
    assert!(commands.iter().any(|one| one["command_name"] == "set" && one["calls_sum"] == 1));
    let deleted = running.call("DELETE", "diagnosis", json!({"report_id_list": [report]})).await;
    assert_eq!(deleted.body["results"][0]["result"], "success");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_connect_by_tls_with_the_certificate_that_is_downloaded() {
    let test = "clients_connect_by_tls_with_the_certificate_that_is_downloaded";
    let order = single("secure").engine_version("6.0").enable_ssl(true);
    let Some(running) = running(test, order).await else { return };
    let made = running.call("POST", "ssl-certs/download", Value::Null).await;
    let link = made.body["link"].as_str().unwrap().to_owned();
    let page = link.strip_prefix("http://localhost").unwrap();
    let get = format!("GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let file = send_bytes(&running.emulator, get.as_bytes()).await;
    let certificate = file.split_once("\r\n\r\n").unwrap().1.to_owned();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.crt");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), certificate.as_bytes())
        .unwrap();

    let port = running.port().await.to_string();
    let ask = |arguments: &[&str]| {
        let mut command = std::process::Command::new("redis-cli");
        command.args(["-h", "127.0.0.1", "-p", &port, "-a", PASSWORD, "--no-auth-warning"]);
        let output = command.args(arguments).args(["SET", "a", "1"]).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let authority = path.to_str().unwrap();
    assert_eq!(ask(&["--tls", "--cacert", authority]).trim(), "OK");
    assert_ne!(ask(&[]).trim(), "OK", "nothing else is spoken at this port");

    let off = running.call("PUT", "ssl", json!({"enabled": false})).await;
    assert_eq!(off.body["result"], "success");
    let mut redis = running.connect().await;
    assert_eq!(redis.get::<_, i64>("a").unwrap(), 1);
    let refused = running.call("POST", "ssl-certs/download", Value::Null).await;
    assert_eq!(refused.body["error_code"], "DCS.4202");
}

#[tokio::test(flavor = "multi_thread")]
async fn data_is_migrated_from_another_redis() {
    let test = "data_is_migrated_from_another_redis";
    let Some(running) = running(test, single("source")).await else { return };
    let target = running.client.create_instance(single("target")).send().await.unwrap();
    let target = target.into_inner().instances[0].instance_id.clone().unwrap();
    let mut source = running.connect().await;
    for number in 0..500 {
        source.set::<_, _, ()>(format!("key:{number}"), number).unwrap();
    }
    source.set::<_, _, ()>("binary", b"\xff\x00\xfe").unwrap();
    let project = running.emulator.keys().project_id.clone();
    let call = async |method: &str, below: &str, body: Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(&running.emulator, method, &format!("/v2/{project}/{below}"), &body).await.body
    };
    let task = |address: String, method: &str| {
        json!({
            "task_name": "move", "migration_type": "online_migration", "migration_method": method,
            "source_instance": {"addrs": address, "password": PASSWORD}, "target_instance": {"id": target},
        })
    };
    let address = format!("127.0.0.1:{}", running.port().await);
    let made = call("POST", "migration-task", task(address.clone(), "incremental_migration")).await;
    let id = made["id"].as_str().unwrap();
    let stats = call("GET", &format!("migration-task/{id}/stats"), Value::Null).await;
    assert_eq!((&stats["source_dbsize"], &stats["target_dbsize"]), (&json!("501"), &json!("501")));
    let shown = call("GET", &format!("migration-task/{id}"), Value::Null).await;
    assert_eq!(shown["status"], "MIGRATING");
    assert!(!shown.to_string().contains(PASSWORD), "{shown}");

    // What was written meanwhile comes along when it is stopped.
    source.set::<_, _, ()>("late", 1).unwrap();
    call("POST", &format!("migration-task/{id}/stop"), Value::Null).await;
    let shown = call("GET", &format!("migration-task/{id}"), Value::Null).await;
    assert_eq!(shown["status"], "TERMINATED");
    let at_target =
        Running { id: target.clone(), client: running.client.clone(), emulator: running.emulator };
    let mut redis = at_target.connect().await;
    assert_eq!(redis.get::<_, Vec<u8>>("binary").unwrap(), b"\xff\x00\xfe");
    assert_eq!(
        (redis.get::<_, i64>("key:499").unwrap(), redis.get::<_, i64>("late").unwrap()),
        (499, 1)
    );

    let call = async |method: &str, below: &str, body: Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(&at_target.emulator, method, &format!("/v2/{project}/{below}"), &body).await
    };
    let elsewhere = task("192.0.2.1:6379".to_owned(), "full_amount_migration");
    assert_eq!(call("POST", "migration-task", elsewhere).await.status, 400, "another machine");
    let nobody = task("127.0.0.1:1".to_owned(), "full_amount_migration");
    call("POST", "migration-task", nobody).await;
    let listed = call("GET", "migration-tasks", Value::Null).await.body;
    assert_eq!(
        (&listed["count"], &listed["migration_tasks"][0]["status"]),
        (&json!(2), &json!("FAILED"))
    );
    let body = json!({"task_id_list": [id]});
    assert_eq!(call("DELETE", "migration-tasks/delete", body).await.status, 200);
    assert_eq!(call("GET", "migration-tasks", Value::Null).await.body["count"], 1);
}
