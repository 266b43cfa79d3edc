//! The public API for ordering at most once, over a real socket: the default journal, waiting for several
//! instances concurrently, and the settings of `create_and_wait`. Only the client's clock
//! is accelerated.

use std::{
    collections::BTreeMap,
    fs,
    future::Future,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use conformance::server::{Received, Reply, Server};
use huaweicloud_dcs::{
    Client, ClientBuilder, EnsureError, EnsureWaitError, FileJournal, LookupPolicy, MemoryJournal,
    Provenance, WaitError, types::*,
};
use serde_json::{Value, json};
use tokio::time::Instant;

/// So much of the client's time passes in a millisecond.
const LAPSE: Duration = Duration::from_millis(200);

/// For one call: 300 steps of the clock.
const CALL: Duration = Duration::from_secs(60);

/// A client of a user with this home.
fn client(server: &Server, home: &Path) -> Client {
    builder(server, home).build().unwrap()
}

fn builder(server: &Server, home: &Path) -> ClientBuilder<Client> {
    let home = home.display().to_string();
    Client::builder()
        .endpoint(server.endpoint())
        .allow_http(true)
        .project_id("p-1")
        .auth_token("not-a-token")
        .environment(move |name| (name == "HOME").then(|| home.clone()))
        .timeout(CALL)
        .connect_timeout(CALL)
}

fn body(count: i32) -> CreateInstanceBody {
    CreateInstanceBody::new("cache", Engine::Redis, 1, "spec", ["zone-a"], "vpc", "subnet")
        .engine_version("5.0")
        .password("Example-Passw0rd")
        .instance_num(count)
}

fn named(name: &str) -> CreateInstanceBody {
    let mut body = body(1);
    body.name = name.to_owned();
    body
}

/// Runs with a clock that is moved on each millisecond, and never jumps by itself.
async fn fast<F: Future>(future: F) -> F::Output {
    let clock = async {
        loop {
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

/// A service that makes instances which run after so many questions, each by its place in the order.
struct Service {
    questions: &'static [u32],
    /// The answer to an order, if it is none.
    refusal: Option<u16>,
    /// Whether orders are carried out.
    is_working: bool,
    /// So often a new instance is not found by its id.
    hidden: u32,
    made: BTreeMap<String, (String, u32)>,
}

impl Service {
    fn start(self) -> impl Future<Output = std::io::Result<Server>> {
        let mut service = self;
        Server::answering(move |request| service.answer(request))
    }

    fn answer(&mut self, request: &Received) -> Reply {
        let path = request.target.split('?').next().unwrap_or_default();
        let body = match (request.method.as_str(), path.strip_prefix("/v2/p-1/instances/")) {
            ("POST", _) => {
                let body: Value = serde_json::from_slice(&request.body).unwrap();
                let made = if self.is_working { self.order(&body) } else { Vec::new() };
                if let Some(status) = self.refusal {
                    return Reply::json(status, "{}");
                }
                json!({"instances": made, "order_id": "order-1"})
            }
            (_, Some(_)) if self.hidden > 0 => {
                self.hidden -= 1;
                return Reply::json(404, r#"{"error_code":"DCS.4004","error_msg":"not found"}"#);
            }
            (_, Some(id)) => {
                let (name, left) = self.made.get_mut(id).unwrap();
                let status = if *left == 0 { "RUNNING" } else { "CREATING" };
                *left = left.saturating_sub(1);
                json!({"instance_id": id, "name": name, "status": status})
            }
            _ => {
                let row = |(id, (name, _)): (&String, &(String, u32))| json!({"instance_id": id, "name": name});
                let rows: Vec<Value> = self.made.iter().map(row).collect();
                json!({"instance_num": rows.len(), "instances": rows})
            }
        };
        Reply::json(200, &body.to_string())
    }

    fn order(&mut self, body: &Value) -> Vec<Value> {
        let name = body["name"].as_str().unwrap();
        let count = body["instance_num"].as_u64().unwrap();
        let names: Vec<String> = match count {
            1 => vec![name.to_owned()],
            _ => (0..count).map(|number| format!("{name}-{number:03}")).collect(),
        };
        let mut made = Vec::new();
        for (name, questions) in names.into_iter().zip(self.questions) {
            let id = format!("id-{name}");
            made.push(json!({"instance_id": id, "instance_name": name}));
            self.made.insert(id, (name, *questions));
        }
        made
    }
}

const WORKING: Service =
    Service { questions: &[1], refusal: None, is_working: true, hidden: 0, made: BTreeMap::new() };

/// How many requests of a method there were.
fn count(server: &Server, method: &str) -> usize {
    server.received().iter().filter(|request| request.method == method).count()
}

#[tokio::test(start_paused = true)]
async fn several_are_waited_for_side_by_side() {
    let (home, begun) = (tempfile::tempdir().unwrap(), Instant::now());
    let service = Service { questions: &[3, 30, 10], ..WORKING };
    let server = service.start().await.unwrap();
    let seen = Arc::new(Mutex::new(BTreeMap::<String, Vec<String>>::new()));
    let told = Arc::clone(&seen);
    let client = client(&server, home.path());
    let created = client
        .create_and_wait(body(3))
        .first_after(Duration::from_secs(1))
        .every(Duration::from_secs(10))
        .limit(Duration::from_secs(600))
        .on_progress(move |resource, instance| {
            assert_eq!(instance.name.as_ref(), Some(&resource.name));
            let status = instance.status.as_ref().unwrap().as_str().to_owned();
            told.lock().unwrap().entry(resource.id.clone()).or_default().push(status);
        });
    let created = fast(created.into_future()).await.unwrap();
    assert_eq!(
        (created.provenance, created.order_id.as_deref()),
        (Provenance::Created, Some("order-1"))
    );
    let names: Vec<String> = created.into_iter().filter_map(|instance| instance.name).collect();
    assert_eq!(names, ["cache-000", "cache-001", "cache-002"]);
    // The slowest takes 32 questions: 310 s and a tenth; one after the other would take 470 s.
    let took = begun.elapsed().as_secs();
    assert!((310..390).contains(&took), "{took} s");
    let seen = seen.lock().unwrap();
    for (id, states) in &*seen {
        let (last, before) = states.split_last_chunk::<2>().map(|(a, b)| (b, a)).unwrap();
        assert_eq!(last, &["RUNNING", "RUNNING"], "{id}");
        assert!(before.iter().all(|state| state == "CREATING"), "{id}: {before:?}");
    }
    assert_eq!(seen.values().map(Vec::len).collect::<Vec<_>>(), [5, 32, 12]);
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_too_long_ends_it_and_all_are_named() {
    let home = tempfile::tempdir().unwrap();
    let server = Service { questions: &[3, 1000], ..WORKING }.start().await.unwrap();
    let client = client(&server, home.path());
    let waiting = client.create_and_wait(body(2)).limit(Duration::from_secs(120)).send();
    let error = fast(waiting).await.unwrap_err();
    let EnsureWaitError::Wait { items, error: WaitError::TimedOut { limit, .. } } = error else {
        panic!("{error}")
    };
    assert_eq!((items.len(), limit.as_secs()), (2, 120));
}

/// What was ordered exists: that no part of the service knows it yet is no reason to give it up, for as long
/// as the call says that an order takes to be listed.
#[tokio::test(start_paused = true)]
async fn a_new_instance_may_be_unknown_for_a_while() {
    let wait = async |hidden: u32, after: u64| {
        let home = tempfile::tempdir().unwrap();
        let server = Service { hidden, ..WORKING }.start().await.unwrap();
        let client = client(&server, home.path());
        let policy = LookupPolicy { after: Duration::from_secs(after), ..LookupPolicy::default() };
        let waiting = client.create_and_wait(body(1)).lookup(policy).every(Duration::from_secs(10));
        fast(waiting.into_future()).await
    };
    assert_eq!(wait(6, 180).await.unwrap().items.len(), 1);
    let error = wait(u32::MAX, 60).await.unwrap_err();
    let EnsureWaitError::Wait { items, error: WaitError::NotFound { .. } } = error else {
        panic!("{error}")
    };
    assert_eq!(items[0].name, "cache");
}

#[tokio::test(start_paused = true)]
async fn created_adopted_and_found_are_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let provenance = async |server: &Server| {
        let client = client(server, home.path());
        fast(client.create_and_wait(body(1)).into_future()).await.unwrap().provenance
    };
    let server = WORKING.start().await.unwrap();
    assert_eq!(provenance(&server).await, Provenance::Created);
    assert_eq!(provenance(&server).await, Provenance::Found);
    let server = Service { refusal: Some(504), ..WORKING }.start().await.unwrap();
    assert_eq!(provenance(&server).await, Provenance::Adopted);
    assert_eq!(count(&server, "POST"), 1);
}

/// What an order that left makes of the next call, in another process of the same user.
#[tokio::test(start_paused = true)]
async fn the_journal_of_the_user_makes_the_next_call_patient() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server =
        Service { refusal: Some(504), is_working: false, ..WORKING }.start().await.unwrap();
    // Looks until an order leaves, of a process that dies then.
    let looks = async |home: &Path| {
        let (client, begun) = (client(&server, home), server.received().len());
        let call = client.ensure_instance(body(1)).in_process(MemoryJournal::new());
        let has_left = async {
            loop {
                let received = server.received();
                let mut since = received.iter().skip(begun);
                // Those that came later do not count, however late this sees the order.
                if let Some(looks) = since.position(|request| request.method == "POST") {
                    return looks;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        fast(async {
            tokio::select! {
                biased;
                looks = has_left => looks,
                outcome = call.send() => panic!("{outcome:?}"),
            }
        })
        .await
    };
    assert_eq!(looks(home.path()).await, 4);
    let patient = looks(home.path()).await;
    // 180 s from when the first order had left, which its process knew or did not live to know.
    assert!((35..=50).contains(&patient), "{patient} looks");
    assert_eq!(looks(other.path()).await, 4, "another user");
    let file = home.path().join(".local/state/huaweicloud/orders.json");
    let text = fs::read_to_string(&file).unwrap();
    let journal: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(journal["orders"].as_array().unwrap().len(), 2);
    assert_eq!(journal["orders"][0]["names"], json!(["cache"]));
    assert_eq!(journal["orders"][0]["outcome"], "open");
    assert_eq!(journal["orders"][0]["scope"], format!("{} p-1", server.endpoint()));
    assert!(!text.contains("Example-Passw0rd") && !text.contains("not-a-token"), "{text}");
    // A damaged one is named, and nothing is ordered.
    let half = fs::File::options().write(true).open(&file).unwrap();
    half.set_len(text.len() as u64 / 2).unwrap();
    let orders = count(&server, "POST");
    let client = client(&server, home.path());
    let call = client.ensure_instance(body(1)).in_process(MemoryJournal::new());
    let error = fast(call.send()).await.unwrap_err();
    assert!(matches!(error, EnsureError::Journal(_)), "{error}");
    assert!(error.to_string().contains(&file.display().to_string()), "{error}");
    assert_eq!(count(&server, "POST"), orders);
}

/// A program sets the journal once, and a call may know better.
#[tokio::test(start_paused = true)]
async fn the_journal_of_the_client_is_that_of_its_calls() {
    let home = tempfile::tempdir().unwrap();
    let server = WORKING.start().await.unwrap();
    let at = |name: &str| home.path().join(name);
    let files = ["client/orders.json", "call/orders.json", ".local"];
    let written = || files.map(|name| at(name).exists());
    let builder = || builder(&server, home.path());
    let client = builder().without_journal().build().unwrap();
    fast(client.create_and_wait(body(1)).send()).await.unwrap();
    assert_eq!(written(), [false, false, false]);
    let client = builder().journal(FileJournal::new(at("client"))).build().unwrap();
    let (other, third, fourth) = (named("other"), named("third"), named("fourth"));
    fast(client.ensure_instance(other).without_journal().send()).await.unwrap();
    assert_eq!(written(), [false, false, false]);
    let call = client.create_and_wait(third).journal(FileJournal::new(at("call")));
    fast(call.send()).await.unwrap();
    assert_eq!(written(), [false, true, false]);
    fast(client.create_and_wait(fourth).send()).await.unwrap();
    assert_eq!(written(), [true, true, false]);
    assert_eq!(count(&server, "POST"), 4);
}

#[tokio::test(start_paused = true)]
async fn two_tasks_and_two_clients_of_a_process_order_once() {
    let home = tempfile::tempdir().unwrap();
    let server = WORKING.start().await.unwrap();
    let policy = LookupPolicy { before: Duration::from_secs(2), ..LookupPolicy::default() };
    let (one, two) = (client(&server, home.path()), client(&server, home.path()));
    let order = async |client: &Client| {
        let call = client.ensure_instance(body(1)).without_journal().lookup(policy);
        call.send().await.unwrap().provenance
    };
    let ends = fast(async { tokio::join!(order(&one), order(&two), order(&one)) }).await;
    assert_eq!(ends, (Provenance::Created, Provenance::Found, Provenance::Found));
    assert_eq!(count(&server, "POST"), 1);
}

/// Something of the same name that is not what was ordered.
#[tokio::test(start_paused = true)]
async fn what_differs_is_told_unless_it_is_allowed() {
    let home = tempfile::tempdir().unwrap();
    let row = json!({
        "instance_id": "id-1", "name": "cache", "status": "RUNNING", "engine": "Memcached",
        "engine_version": "", "capacity": 64, "capacity_minor": null, "spec_code": "spec",
        "vpc_id": "another", "subnet_id": null,
    });
    let list = json!({"instance_num": 1, "instances": [row]}).to_string();
    let server = Server::answering(move |_| Reply::json(200, &list)).await.unwrap();
    let client = client(&server, home.path());
    let error = fast(client.ensure_instance(body(1)).send()).await.unwrap_err();
    let said = error.to_string();
    let EnsureError::Different { name, id, differences, ordered: false, .. } = error else {
        panic!("{said}")
    };
    let fields: Vec<&str> = differences.iter().map(|difference| difference.field).collect();
    assert_eq!((&*name, &*id, fields), ("cache", "id-1", vec!["engine", "capacity", "vpc_id"]));
    assert!(said.contains("capacity: 1 was ordered, 64 is there"), "{said}");
    let ensured = fast(client.ensure_instance(body(1)).allow_differences().send()).await.unwrap();
    assert_eq!((ensured.provenance, &*ensured.items[0].id), (Provenance::Found, "id-1"));
    assert_eq!(count(&server, "POST"), 0);
}
