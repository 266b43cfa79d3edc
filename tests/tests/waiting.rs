//! Creating, waiting and deleting over a real socket, with the default intervals of a program:
//! only the client's clock is two hundred times faster.

use std::{future::Future, time::Duration};

use conformance::{
    cloud::{self, ID, INSTANCES},
    server::{Reply, Server},
};
use huaweicloud_dcs::{
    Client, EnsureError, EnsureWaitError, Provenance, WaitError, lifecycle::CreateAndWait, types::*,
};
use serde_json::{Value, json};

/// So much of the client's time passes in a millisecond.
const LAPSE: Duration = Duration::from_millis(200);

/// Longer than any test takes by the fast clock, so that a slow machine is no broken network.
const AGES: Duration = Duration::from_secs(24 * 3600);

fn client(server: &Server) -> Client {
    Client::builder()
        .endpoint(server.endpoint())
        .allow_http(true)
        .project_id("p-1")
        .auth_token("not-a-token")
        .timeout(AGES)
        .connect_timeout(AGES)
        .build()
        .unwrap()
}

fn body() -> CreateInstanceBody {
    CreateInstanceBody::new("cache", Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true)
}

/// Creates and waits without leaving a trace on this machine.
fn order(client: &Client) -> CreateAndWait<'_> {
    client.create_and_wait(body()).without_journal()
}

/// Runs with a clock that is moved on each millisecond. It never jumps by itself: that would end
/// each wait for the network at once.
async fn fast<F: Future>(future: F) -> F::Output {
    let clock = async {
        loop {
            // While a thread is busy, a paused clock stands still.
            let pause = || std::thread::sleep(Duration::from_millis(1));
            tokio::task::spawn_blocking(pause).await.unwrap();
            tokio::time::advance(LAPSE).await;
        }
    };
    tokio::select! {
        biased;
        output = future => output,
        () = clock => unreachable!("the clock goes on"),
    }
}

/// Methods and paths that the server saw, without queries.
fn seen(server: &Server) -> Vec<String> {
    let received = server.received().into_iter();
    received
        .map(|request| {
            let path = request.target.split('?').next().unwrap_or_default();
            format!("{} {}", request.method, path.replace(INSTANCES, ""))
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn an_instance_is_ordered_once_and_waited_for() {
    let server = cloud::start(&["CREATING", "CREATING", "RUNNING"]).await.unwrap();
    let started = tokio::time::Instant::now();
    let created = fast(order(&client(&server)).into_future()).await.unwrap();
    assert_eq!((created.items.len(), created.provenance), (1, Provenance::Created));
    let instance = &created.items[0];
    assert_eq!(instance.instance_id.as_deref(), Some(ID));
    assert_eq!(instance.name.as_deref(), Some("cache"));
    assert_eq!(instance.status, Some(InstanceStatus::from("RUNNING")));
    let show = format!("GET /{ID}");
    // Four looks, the order, and RUNNING twice in a row.
    let looks = ["GET "; 4].map(str::to_owned).to_vec();
    let shows = [show.clone(), show.clone(), show.clone(), show];
    assert_eq!(seen(&server), [looks, vec!["POST ".to_owned()], shows.to_vec()].concat());
    // 15 s of looks, 5 s, and three pauses of 10 s and up to a tenth, in steps of the clock.
    let took = started.elapsed().as_secs();
    assert!((50..65).contains(&took), "{took} s");
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_is_told_at_once_with_its_id() {
    let server = cloud::start(&["CREATING", "CREATEFAILED"]).await.unwrap();
    let error = fast(order(&client(&server)).send()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "instance 979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9: its creation failed; delete it and order \
         again, perhaps in another zone (there is cache (979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9))"
    );
    let EnsureWaitError::Wait { items, error: WaitError::Failed { .. } } = error else {
        panic!("{error:?}");
    };
    assert_eq!((items[0].name.as_str(), items[0].id.as_str()), ("cache", ID));
    // Called again, it finds what is there, and orders nothing.
    let error = fast(order(&client(&server)).send()).await.unwrap_err();
    assert!(
        matches!(error, EnsureWaitError::Ensure(EnsureError::Unusable { ordered: false, .. })),
        "{error}"
    );
    assert_eq!(seen(&server).iter().filter(|request| request.starts_with("POST")).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_that_is_not_paid_is_told_after_five_minutes() {
    let server = cloud::start(&["PAYING"]).await.unwrap();
    let started = tokio::time::Instant::now();
    let error = fast(order(&client(&server)).send()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "instance 979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9: its order is not paid; pay it in the \
         console, and set is_auto_pay to have it paid at once \
         (there is cache (979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9))"
    );
    let took = started.elapsed().as_secs();
    assert!((320..360).contains(&took), "{took} s");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_ends_when_nothing_is_there() {
    let server = cloud::start(&["DELETING", "DELETING", "GONE"]).await.unwrap();
    let client = client(&server);
    let states = fast(async {
        client.delete_single_instance(ID).send().await.unwrap();
        let mut states = Vec::new();
        let mut waiter = client.wait_until_deleted(ID);
        while let Some(instance) = waiter.next().await {
            states.push(instance.unwrap().status.unwrap().as_str().to_owned());
        }
        // What is gone already is waited for in no time.
        client.wait_until_deleted(ID).first_after(Duration::ZERO).wait().await.unwrap();
        states
    });
    assert_eq!(states.await, ["DELETING", "DELETING"]);
    let show = format!("GET /{ID}");
    assert_eq!(
        seen(&server),
        [format!("DELETE /{ID}"), show.clone(), show.clone(), show.clone(), show]
    );
}

/// A backup and a restoration are items of lists, which know of them some time after they were asked for.
#[tokio::test(start_paused = true)]
async fn backups_and_restorations_are_waited_for_by_their_ids() {
    let states = ["", "", "waiting", "backuping", "succeed", "", "waiting", "restoring", "failed"];
    let mut states = states.into_iter();
    let server = Server::answering(move |request| {
        let state = states.next().unwrap_or("succeed");
        let (items, id) = match request.target.contains("/backups") {
            true => ("backup_record_response", "backup_id"),
            false => ("restore_record_response", "restore_id"),
        };
        let other = json!({id: "another", "status": "failed"});
        let own = (!state.is_empty()).then(|| json!({id: "one", "status": state}));
        let rows: Vec<Value> = [other].into_iter().chain(own).collect();
        Reply::json(200, &json!({"total_num": rows.len(), items: rows}).to_string())
    });
    let server = server.await.unwrap();
    let client = client(&server);
    let backup = fast(client.wait_until_backup_done(ID, "one").wait()).await.unwrap();
    assert_eq!(backup.backup_id.as_deref(), Some("one"));
    assert_eq!(backup.status, Some(BackupStatus::Succeeded));
    let error = fast(client.wait_until_restored(ID, "one").wait()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "restoration one: it failed; `error_code` of ListRestoreRecords says why"
    );
    let lists = [("backups", 5), ("restores", 4)];
    let lists = lists.map(|(list, times)| vec![format!("GET /{ID}/{list}"); times]);
    assert_eq!(seen(&server), lists.concat());
    let waiter = client.wait_until_backup_done(ID, "none").appears_within(Duration::ZERO);
    let error = fast({ waiter }.wait()).await.unwrap_err();
    assert!(matches!(error, WaitError::NotFound { .. }), "{error}");
}

/// A server that shows these answers one after the other, and the last of them again and again.
async fn showing(answers: &[Value]) -> Server {
    let mut answers: Vec<String> = answers.iter().rev().map(Value::to_string).collect();
    let server = Server::answering(move |_| {
        let answer = match answers.as_slice() {
            [last] => last.clone(),
            _ => answers.pop().unwrap_or_default(),
        };
        Reply::json(200, &answer)
    });
    server.await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_instance_with_an_open_task_is_not_ready() {
    let open = json!({"instance_id": ID, "status": "RUNNING", "service_upgrade": true});
    let ready = json!({"instance_id": ID, "status": "RUNNING", "service_upgrade": false});
    let server = showing(&[open.clone(), open.clone(), ready.clone(), open, ready]).await;
    fast(client(&server).wait_until_running(ID).wait()).await.unwrap();
    // Twice in a row without a task: the fifth answer and the one behind it.
    assert_eq!(seen(&server).len(), 6);
}

#[tokio::test(start_paused = true)]
async fn an_instance_that_is_faulty_or_frozen_is_told_at_once() {
    for (status, message) in [
        ("ERROR", "it is faulty; the console or the vendor's support knows why"),
        ("FROZEN", "it is frozen; renew its order or settle the account"),
    ] {
        let server = showing(&[json!({"instance_id": ID, "status": status})]).await;
        let error = fast(client(&server).wait_until_running(ID).wait()).await.unwrap_err();
        assert!(matches!(error, WaitError::Failed { .. }), "{error:?}");
        assert_eq!(error.to_string(), format!("instance {ID}: {message}"));
        assert_eq!(seen(&server).len(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn jobs_are_waited_for_and_may_fail() {
    let job = |status: &str| json!({"job_id": "j-1", "status": status});
    let server = showing(&[job("RUNNING"), job("RUNNING"), job("SUCCESS")]).await;
    let done = fast(client(&server).wait_until_job_done("j-1").wait()).await.unwrap();
    assert_eq!(done.job_id.as_deref(), Some("j-1"));
    assert_eq!(seen(&server), ["GET /v2/p-1/jobs/j-1"; 3]);
    let server = showing(&[job("RUNNING"), job("FAIL")]).await;
    let error = fast(client(&server).wait_until_job_done("j-1").wait()).await.unwrap_err();
    assert_eq!(error.to_string(), "job j-1: it failed; `fail_reason` of ShowJobInfo says why");
    assert_eq!(seen(&server).len(), 2);
}

/// That a task has failed is not documented: such a wait ends by its limit.
#[tokio::test(start_paused = true)]
async fn tasks_are_waited_for_by_their_progress() {
    let at = |progress: i32| json!({"progress": progress});
    let server = showing(&[json!({}), at(0), at(99), at(100)]).await;
    let done = fast(client(&server).wait_until_task_complete(ID, "t-1").wait()).await.unwrap();
    assert_eq!(done.progress.map(|progress| progress.to_string()).as_deref(), Some("100"));
    assert_eq!(seen(&server).len(), 4);
    let server = showing(&[at(40)]).await;
    let waiting = client(&server);
    let waiter = waiting.wait_until_task_complete(ID, "t-1").limit(Duration::from_secs(60));
    let error = fast({ waiter }.wait()).await.unwrap_err();
    assert!(matches!(error, WaitError::TimedOut { .. }), "{error:?}");
}

/// Also where the service asks for a longer pause, or does not answer at all.
#[tokio::test(start_paused = true)]
async fn a_limit_is_one_whatever_the_service_does() {
    let busy = Reply::json(429, "{}").header("Retry-After", "3600");
    for reply in [busy, Reply::Silence(AGES)] {
        let server = Server::answering(move |_| reply.clone()).await.unwrap();
        let client = client(&server);
        let started = tokio::time::Instant::now();
        let mut waiter = client.wait_until_running(ID).limit(Duration::from_secs(120));
        let error = fast(waiter.wait()).await.unwrap_err();
        assert!(matches!(error, WaitError::TimedOut { is_unanswered: true, .. }), "{error}");
        let took = started.elapsed().as_secs();
        assert!((120..122).contains(&took), "{took} s");
        assert_eq!(seen(&server).len(), 1);
    }
}

#[tokio::test]
async fn a_limit_ends_it_by_the_real_clock_too() {
    let server = cloud::start(&["CREATING"]).await.unwrap();
    let client = client(&server);
    let waiter = client.wait_until_running(ID).first_after(Duration::ZERO);
    // As a pause this counts as 100 ms.
    let mut waiter = waiter.every(Duration::from_millis(5)).limit(Duration::from_millis(600));
    let error = waiter.wait().await.unwrap_err();
    assert!(matches!(&error, WaitError::TimedOut { error: None, .. }), "{error:?}");
    let asked = seen(&server).len();
    assert!((2..=7).contains(&asked), "asked {asked} times in 600 ms");
    // By its id alone it is waited for again, also by another program.
    let gone = cloud::start(&["RUNNING", "GONE"]).await.unwrap();
    let client = self::client(&gone);
    let waiter = client.wait_until_running(ID).first_after(Duration::ZERO);
    let error = waiter.every(Duration::from_millis(5)).wait().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "instance 979e11fa-4ca9-4de8-9e92-a2f2f5d1d6a9: it is gone; somebody deleted it in the \
         meantime"
    );
}
