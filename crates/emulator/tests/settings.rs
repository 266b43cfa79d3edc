//! What is set by the API is shown by it: templates, plans, bandwidth, zones, public addresses, tasks, logs.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::{Answer, client, pair, programs, send, send_bytes, single};
use huaweicloud_dcs::types::*;
use huaweicloud_dcs_emulator::{DataPlane, Emulator, Pace};
use serde_json::{Value, json};

struct Project {
    emulator: Emulator,
    id: String,
}

impl Project {
    /// With one instance.
    async fn new(data_plane: DataPlane, pace: Pace, order: CreateInstanceBody) -> Self {
        let emulator = Emulator::builder().data_plane(data_plane).pace(pace).start().await.unwrap();
        let made = client(&emulator).create_instance(order).send().await.unwrap().into_inner();
        let id = made.instances[0].instance_id.clone().unwrap();
        Self { emulator, id }
    }

    async fn without_processes() -> Self {
        Self::new(DataPlane::None, Pace::Immediate, pair("settings")).await
    }

    /// A call below the project; `{}` is the instance.
    async fn call(&self, method: &str, below: &str, body: Value) -> Answer {
        let below = below.replace("{}", &self.id);
        let path = format!("/v2/{}/{below}", self.emulator.keys().project_id);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        send(&self.emulator, method, &path, &body).await
    }

    async fn get(&self, below: &str) -> Value {
        let answer = self.call("GET", below, Value::Null).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    /// A call that is carried out.
    async fn done(&self, method: &str, below: &str, body: Value) -> Value {
        let answer = self.call(method, below, body).await;
        assert!(answer.status < 300, "{}", answer.body);
        answer.body
    }
}

#[tokio::test]
async fn templates_are_kept_and_orders_begin_with_them() {
    let project = Project::without_processes().await;
    let body = json!({
        "template_id": "1", "name": "tuned", "type": "sys", "engine": "Redis", "params": {"timeout": "42"},
    });
    let id =
        project.done("POST", "config-templates", body).await["id"].as_str().unwrap().to_owned();
    project.done("PUT", &format!("config-templates/{id}"), json!({"description": "d"})).await;
    let listed = project.get("config-templates?type=user&name=tun").await;
    assert_eq!(
        (&listed["template_num"], &listed["templates"][0]["description"]),
        (&json!(1), &json!("d"))
    );
    assert_eq!(project.get("config-templates?type=user&name=other").await["template_num"], 0);

    let order = pair("templated").template_id(&id);
    let made = client(&project.emulator).create_instance(order).send().await.unwrap().into_inner();
    let made = made.instances[0].instance_id.clone().unwrap();
    let shown = project.get(&format!("instances/{made}/configs")).await;
    let timeout = shown["redis_config"].as_array().unwrap();
    let timeout = timeout.iter().find(|parameter| parameter["param_name"] == "timeout").unwrap();
    assert_eq!(timeout["param_value"], "42");

    project.done("DELETE", &format!("config-templates/{id}"), Value::Null).await;
    let gone = project.call("GET", &format!("config-templates/{id}?type=user"), Value::Null).await;
    assert_eq!(gone.status, 400);
}

#[tokio::test]
async fn plans_and_bandwidth_stay_as_they_were_set() {
    let project = Project::without_processes().await;
    let plan = "instances/{}/bigkey/autoscan";
    assert_eq!(project.get(plan).await["enable_auto_scan"], false);
    project.done("PUT", plan, json!({"enable_auto_scan": true, "schedule_at": ["21:00"]})).await;
    project.done("PUT", plan, json!({"enable_auto_scan": false})).await;
    let shown = project.get(plan).await;
    assert_eq!(
        (&shown["enable_auto_scan"], &shown["schedule_at"]),
        (&json!(false), &json!(["21:00"]))
    );
    assert_eq!(project.get("instances/{}/hotkey/autoscan").await["enable_auto_scan"], false);

    let shown = project.get("instances/{}/bandwidths").await;
    let (group, most) = (&shown["group_bandwidths"][0]["group_id"], &shown["max_bandwidth"]);
    let set = |bandwidth: &Value| json!({"group_bandwidths": [{"group_id": group, "target_bandwidth": bandwidth}]});
    project.done("PUT", "instances/{}/bandwidths", set(most)).await;
    assert_eq!(project.get("instances/{}/bandwidths").await["bandwidth"], *most);
    let more = json!(most.as_u64().unwrap() + 1);
    assert_eq!(project.call("PUT", "instances/{}/bandwidths", set(&more)).await.status, 400);

    // What is null was left out, so it is in no response.
    let policy = json!({
        "window_size": 5, "bandwidth_usage_upper_threshold": 80, "scale_out_cooldown": 0,
        "scale_in_enabled": false, "bandwidth_usage_lower_threshold": 20, "scale_in_cooldown": null,
    });
    let policy = project.done("PUT", "instances/{}/autoscaling-policy/bandwidth", policy).await;
    assert_eq!((&policy["window_size"], policy.get("scale_in_cooldown")), (&json!(5), None));
}

#[tokio::test]
async fn where_an_instance_is_and_how_it_is_reached_changes() {
    let project = Project::without_processes().await;
    let zones = json!({"new_available_zones": ["cn-north-4c", "cn-north-4a"]});
    project.done("PUT", "instances/{}/available-zones", zones).await;
    let ip = json!({"publicip_id": "7d7e1d6c-0f5d-4b7a-9a43-6f0f2c1b3a55"});
    let job = project.done("POST", "instances/{}/public-ip", ip).await["job_id"].clone();
    let job = project.get(&format!("jobs/{}", job.as_str().unwrap())).await;
    assert_eq!(job["status"], "SUCCESS");
    let on = json!({"transparent_client_ip_enable": true});
    let transparent = "{}/client-ip-transparent-transmission";
    project.done("PUT", transparent, on.clone()).await;
    assert_eq!(project.call("PUT", transparent, on).await.body["error_code"], "DCS.4847");
    let shown = project.get("instances/{}").await;
    assert_eq!(shown["az_codes"], json!(["cn-north-4c", "cn-north-4a"]));
    assert_eq!(
        (&shown["enable_publicip"], &shown["transparent_client_ip_enable"]),
        (&json!(true), &json!(true))
    );
    project.done("DELETE", "instances/{}/public-ip", Value::Null).await;
    assert_eq!(project.get("instances/{}").await["enable_publicip"], false);

    let wanted = json!({"engine_minor_version": "5.0.14.3"});
    let upgrade = "instances/{}/minor-version/upgrade";
    project.done("POST", upgrade, wanted.clone()).await;
    assert_eq!(project.get("instances/{}/version").await["engine_minor_version"], "5.0.14.3");
    assert_eq!(project.call("POST", upgrade, wanted).await.body["error_code"], "DCS.4053");
}

#[tokio::test]
async fn tasks_tell_how_far_a_change_is_and_nothing_ends_halfway() {
    let project = Project::new(DataPlane::None, Pace::Polls(4), single("tasks")).await;
    let tasks = project.get("instances/{}/tasks").await;
    let task = &tasks["tasks"][0];
    assert_eq!((&task["name"], &task["status"]), (&json!("CreateInstance"), &json!("EXECUTING")));
    let id = task["id"].as_str().unwrap();
    let progress = format!("instances/{{}}/tasks/{id}/progress");
    let told = async || project.get(&progress).await["progress"].as_u64().unwrap();
    assert_eq!([told().await, told().await], [25, 50]);
    let halfway = project.call("DELETE", "instances/{}", Value::Null).await;
    assert_eq!(halfway.body["error_code"], "DCS.4099");
    let deletion = format!("instances/{{}}/tasks/{id}");
    assert_eq!(project.call("DELETE", &deletion, Value::Null).await.body["error_code"], "DCS.4957");
    assert_eq!([told().await, told().await], [75, 100]);
    assert_eq!(project.get(&format!("jobs/{id}")).await["status"], "SUCCESS");
    project.done("DELETE", &deletion, Value::Null).await;
    assert_eq!(project.get("tasks").await["task_count"], "0");
    let span = "instances/{}/tasks?start_time=20000101000000&end_time=20000102000000";
    assert_eq!(project.get(span).await["task_count"], "0");
    project.done("DELETE", "instances/{}", Value::Null).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_and_logs_are_those_of_the_processes() {
    let Some(programs) = programs("nodes_and_logs_are_those_of_the_processes") else { return };
    let plane = DataPlane::Programs(programs);
    let project = Project::new(plane, Pace::Immediate, pair("nodes")).await;
    let servers = project.get("instances/{}/nodes").await["redis_server"].clone();
    let kinds: Vec<&Value> =
        servers.as_array().unwrap().iter().map(|one| &one["node_type"]).collect();
    assert_eq!(kinds, ["master", "slave"]);
    let shown = project.get("instances/{}").await;
    assert_eq!(servers[0]["port"], shown["port"].to_string());
    assert_ne!(servers[1]["port"], servers[0]["port"]);
    assert_eq!(
        (&servers[0]["max_memory"], &servers[1]["status"]),
        (&json!("1024"), &json!("Active"))
    );

    assert_eq!(project.get("instances/{}/redislog?log_type=run").await["total_num"], 0);
    project.done("POST", "instances/{}/redislog?log_type=run", Value::Null).await;
    let logs = project.get("instances/{}/redislog?log_type=run").await;
    assert_eq!(logs["total_num"], 2);
    let id = logs["file_list"][1]["id"].as_str().unwrap();
    let made =
        project.done("POST", &format!("instances/{{}}/redislog/{id}/links"), Value::Null).await;
    let page = made["link"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned();
    let get = format!("GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let log = send_bytes(&project.emulator, get.as_bytes()).await;
    assert!(log.contains("MASTER <-> REPLICA sync"), "the log of the replica: {log}");
}

/// What a link leads to.
async fn file(emulator: &Emulator, link: &str) -> String {
    let page = link.strip_prefix("http://localhost").unwrap();
    let get = format!("GET {page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    send_bytes(emulator, get.as_bytes()).await.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[tokio::test]
async fn instances_are_exported_to_a_file() {
    let project = Project::without_processes().await;
    client(&project.emulator).create_instance(single("other")).send().await.unwrap();
    let rows = async |body: Value| {
        let made = project.done("POST", "instances/export", body).await;
        let job = made["job_id"].as_str().unwrap();
        let shown = project.get(&format!("instances/export-job?job_id={job}")).await;
        assert_eq!(shown["status"], "SUCCESS");
        assert!(shown["file_name"].as_str().unwrap().starts_with("dcs-cn-north-4-"));
        let text = file(&project.emulator, shown["link"].as_str().unwrap()).await;
        text.lines().map(|line| line.split(',').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rows(json!({"region": "cn-north-4"})).await, ["name", "settings", "other"]);
    assert_eq!(rows(json!({"region": "cn-north-4", "name": "oth"})).await, ["name", "other"]);
    let named = json!({"region": "cn-north-4", "included_instances": [project.id]});
    assert_eq!(rows(named).await, ["name", "settings"]);
    let missing = project.call("GET", "instances/export-job?job_id=other", Value::Null).await;
    assert_eq!(missing.body["error_code"], "DCS.4070");
}

#[tokio::test]
async fn another_specification_is_ordered() {
    let project = Project::without_processes().await;
    let path = "orders/instances/{}/resize";
    let body = |password: &str| json!({"new_capacity": 4, "spec_code": "redis.ha.xu1.large.r2.4", "password": password});
    assert_eq!(project.call("POST", path, body("Wrong-Passw0rd")).await.status, 400);
    let order = project.done("POST", path, body("Example-Passw0rd")).await["order_id"].clone();
    let shown = project.get("instances/{}").await;
    assert_eq!(
        (&shown["capacity"], &shown["spec_code"]),
        (&json!(4), &json!("redis.ha.xu1.large.r2.4"))
    );
    let page = format!("/v2/orders/customer-orders/details/{}", order.as_str().unwrap());
    let billed = send(&project.emulator, "GET", &page, "").await;
    assert_eq!(billed.body["order_info"]["status"], 5, "{}", billed.body);
}

#[tokio::test]
async fn the_last_replica_stays_in_the_domain_name() {
    let mut order = pair("replicas");
    order.spec_code = "redis.ha.xu1.large.r3.1".to_owned();
    let project = Project::new(DataPlane::None, Pace::Immediate, order).await;
    let nodes = project.get("instances/{}/logical-nodes").await["nodes"].clone();
    let group = nodes[0]["group_id"].as_str().unwrap();
    let remove = async |node: &Value| {
        let node = node["node_id"].as_str().unwrap();
        let path = format!("instances/{{}}/groups/{group}/replications/{node}/remove-ip");
        project.call("DELETE", &path, Value::Null).await
    };
    assert_eq!(remove(&nodes[0]).await.body["error_code"], "DCS.3053", "it is the master");
    let job = remove(&nodes[1]).await.body["job_id"].clone();
    let job = project.get(&format!("jobs/{}", job.as_str().unwrap())).await;
    assert_eq!(job["status"], "SUCCESS");
    let nodes = project.get("instances/{}/logical-nodes").await["nodes"].clone();
    assert_eq!(
        (&nodes[1]["is_remove_ip"], &nodes[2]["is_remove_ip"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(remove(&nodes[2]).await.body["error_code"], "DCS.4879");
}
