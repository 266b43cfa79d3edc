//! Ordering at most once by real processes, which share nothing but a journal in a folder: concurrently, and
//! with one that is killed in the middle of its order. Each process is this test binary, started again with only the
//! test `program`. The clock is real, so the times are short.

use std::{
    env, io,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use conformance::server::{self, Received, Reply};
use huaweicloud_dcs::{Client, FileJournal, LookupPolicy, Provenance, types::*};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::spawn_blocking};

const ENDPOINT: &str = "PROCESSES_ENDPOINT";
const FOLDER: &str = "PROCESSES_FOLDER";

/// Shorter than what an order takes to be listed, unless somebody knows of it.
const POLICY: LookupPolicy = LookupPolicy {
    before: Duration::from_secs(1),
    after: Duration::from_secs(6),
    every: Duration::from_secs(1),
};

/// How long an order takes to be listed.
const LAG: Duration = Duration::from_secs(3);

/// Longer than a process needs for anything that it is not kept from.
const WHILE: Duration = Duration::from_millis(1500);

/// What a process does that is started by a test here.
#[tokio::test]
#[ignore = "the process that the tests of this file start"]
async fn program() {
    let (Ok(endpoint), Ok(folder)) = (env::var(ENDPOINT), env::var(FOLDER)) else {
        println!("\nset {ENDPOINT} and {FOLDER}");
        return;
    };
    let client = Client::builder().endpoint(endpoint).allow_http(true).project_id("p-1");
    let client = client.auth_token("not-a-token").journal(FileJournal::new(folder)).build();
    let order = CreateInstanceBody::new("cache", Engine::Redis, 1, "spec", ["a"], "vpc", "subnet")
        .engine_version("5.0")
        .no_password_access(true);
    println!("\nbegins");
    match client.unwrap().ensure_instance(order).lookup(POLICY).send().await {
        Ok(ensured) => println!("\n{:?}", ensured.provenance),
        Err(error) => println!("\n{error}"),
    }
}

/// A process; it is killed when this is dropped.
struct Program {
    child: Child,
    lines: io::Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts one, and returns when it is about to make sure of its instance.
    async fn start(endpoint: &str, folder: &Path) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["program", "--exact", "--ignored", "--nocapture"]);
        command.env(ENDPOINT, endpoint).env(FOLDER, folder).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let program = Self { child, lines };
        program.reaches(|line| line == "begins").await.0
    }

    /// Waits for a line of its output, away from the thread that serves it.
    async fn reaches(mut self, is_it: fn(&str) -> bool) -> (Self, String) {
        let waiting = spawn_blocking(move || {
            let line = self.lines.by_ref().map(Result::unwrap).find(|line| is_it(line));
            let line = line.expect("the process ended before it said that");
            (self, line)
        });
        waiting.await.unwrap()
    }

    /// What came of it.
    async fn end(self) -> String {
        let known = |line: &str| !line.is_empty() && !line.starts_with("test ");
        self.reaches(known).await.1
    }

    /// Ends it as a crash does.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What becomes of the first order; others are carried out and answered.
#[derive(Clone, Copy, PartialEq)]
enum First {
    Answered,
    /// It is carried out, and its sender never hears of it.
    Unanswered,
    /// It is lost on the way.
    Lost,
}

#[derive(Default)]
struct World {
    requests: usize,
    orders: Vec<Instant>,
    made: Vec<Instant>,
}

struct Service {
    endpoint: String,
    world: Arc<Mutex<World>>,
}

impl Service {
    async fn start(first: First) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let world = Arc::new(Mutex::new(World::default()));
        let shared = Arc::clone(&world);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let world = Arc::clone(&shared);
                tokio::spawn(async move {
                    let Ok(request) = server::read(&mut stream).await else { return };
                    let reply = lock(&world).reply(&request, first);
                    let _ = server::answer(&mut stream, reply, false).await;
                });
            }
        });
        Self { endpoint, world }
    }

    fn requests(&self) -> usize {
        lock(&self.world).requests
    }

    fn orders(&self) -> Vec<Instant> {
        lock(&self.world).orders.clone()
    }

    /// Returns when an order has arrived.
    async fn is_ordered(&self) {
        while self.orders().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn lock(world: &Mutex<World>) -> std::sync::MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    fn reply(&mut self, request: &Received, first: First) -> Reply {
        self.requests += 1;
        if request.method == "GET" {
            let listed = self.made.iter().enumerate().filter(|(_, made)| made.elapsed() >= LAG);
            let row = |number| json!({"instance_id": format!("id-{number}"), "name": "cache"});
            let rows: Vec<Value> = listed.map(|(number, _)| row(number)).collect();
            let list = json!({"instance_num": rows.len(), "instances": rows});
            return Reply::json(200, &list.to_string());
        }
        let fate = if self.orders.is_empty() { first } else { First::Answered };
        self.orders.push(Instant::now());
        if fate != First::Lost {
            self.made.push(Instant::now());
        }
        if fate != First::Answered {
            return Reply::Silence(Duration::from_secs(600));
        }
        let id = format!("id-{}", self.made.len() - 1);
        let made = json!({"instances": [{"instance_id": id, "instance_name": "cache"}]});
        Reply::json(200, &made.to_string())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_orders_and_the_other_finds() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(First::Answered).await;
    let one = Program::start(&service.endpoint, folder.path()).await;
    let two = Program::start(&service.endpoint, folder.path()).await;
    let (one, two) = tokio::join!(one.end(), two.end());
    let mut ends = [one, two];
    ends.sort_unstable();
    assert_eq!(ends, [Provenance::Created, Provenance::Found].map(|end| format!("{end:?}")));
    assert_eq!(service.orders().len(), 1);
}

/// Two processes, the first of which is killed when its order has left, and what the second says then. That
/// one sends nothing before: the first has the turn.
async fn killed(first: First) -> (Service, String) {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(first).await;
    let dying = Program::start(&service.endpoint, folder.path()).await;
    service.is_ordered().await;
    let next = Program::start(&service.endpoint, folder.path()).await;
    let requests = service.requests();
    tokio::time::sleep(WHILE).await;
    assert_eq!(service.requests(), requests, "it asks out of its turn");
    dying.kill();
    let end = next.end().await;
    (service, end)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_has_ordered_is_found() {
    let (service, end) = killed(First::Unanswered).await;
    assert_eq!((end.as_str(), service.orders().len()), ("Found", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_nothing_is_ordered_again_when_it_must_have_been_listed() {
    let (service, end) = killed(First::Lost).await;
    let orders = service.orders();
    assert_eq!((end.as_str(), orders.len()), ("Created", 2));
    let between = orders[1].duration_since(orders[0]);
    assert!(between >= POLICY.after, "{between:?}");
}
