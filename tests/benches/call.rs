//! What a call costs beside its way: the largest order, checked, signed and read, against the same
//! POST by plain reqwest. Both send the same JSON to the same server of hyper on this machine, in turns: as a
//! call that may share connections, as most may, and as an order, which opens one each time. Out:
//! microseconds a call, and their ratio, for one caller and for sixteen.
//!
//! Not by criterion: a ratio needs both ways in turns, so that what else the machine does hits both.

use std::{
    fs,
    future::Future,
    io,
    net::TcpListener,
    rc::Rc,
    thread,
    time::{Duration, Instant},
};

use conformance::repo;
use http_body_util::{BodyExt as _, Full};
use huaweicloud_core::{
    Violations,
    call::{self, Call, Fields, Operation, Ready},
};
use huaweicloud_dcs::{Client, Credentials, Response, lifecycle::CreateInstance, types::*};
use hyper::{
    Request,
    body::{Bytes, Incoming},
    header::HeaderValue,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{runtime, task::LocalSet};

/// What the server gives.
type Answer = hyper::Response<Full<Bytes>>;

/// Calls of one turn, by all callers together.
const CALLS: usize = 480;

/// Turns of each way.
const TURNS: usize = 100;

/// How many call at once on one thread, and the most that a call may then cost, as a multiple of the plain
/// POST.
const GOALS: [(usize, f64); 2] = [(1, 1.08), (16, 1.20)];

const ANSWER: &str = r#"{"order_id":"EXAMPLE-ORDER","instances":[{"instance_id":"5560df16-cebf-4473-95c4-d1b573c16e79","instance_name":"dcs_demo"}]}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let endpoint = serve()?;
    let body = Rc::new(largest()?);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let builder = Client::builder().endpoint(&*endpoint).allow_http(true).project_id("p-1");
    let keys = Credentials::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY");
    let client = builder.credentials(keys).build()?;
    let url = format!("{endpoint}/v2/p-1/instances");
    // The same clients of HTTP as ours, with their own connections.
    let other = || Client::builder().endpoint(&*endpoint).allow_http(true);
    let http = other().build()?.context().http().clone();
    let sharing = Rc::new(Plain { http, url: url.clone() });
    let other = other().configure_http(|http| http.pool_max_idle_per_host(0)).build()?;
    let single = Rc::new(Plain { http: other.context().http().clone(), url });
    for (callers, goal) in GOALS {
        let (ours, posted) = (client.clone(), Rc::clone(&body));
        let call = move || sharing_call(ours.clone(), Rc::clone(&posted));
        let (theirs, posted) = (Rc::clone(&sharing), Rc::clone(&body));
        let plain = move || plain_call(Rc::clone(&theirs), Rc::clone(&posted));
        let ratio = compare(&runtime, "kept connections", callers, call, plain)?;
        println!("   goal {goal}: {}", if ratio <= goal { "reached" } else { "missed" });
        let (ours, posted) = (client.clone(), Rc::clone(&body));
        let order = move || order(ours.clone(), Rc::clone(&posted));
        let (theirs, posted) = (Rc::clone(&single), Rc::clone(&body));
        let plain = move || plain_call(Rc::clone(&theirs), Rc::clone(&posted));
        compare(&runtime, "a connection each", callers, order, plain)?;
    }
    Ok(())
}

/// Both in turns; the ratio.
fn compare<A, B>(
    runtime: &runtime::Runtime,
    way: &str,
    callers: usize,
    ours: impl Fn() -> A + Clone + 'static,
    theirs: impl Fn() -> B + Clone + 'static,
) -> io::Result<f64>
where
    A: Future<Output = io::Result<CreateInstanceResp>> + 'static,
    B: Future<Output = io::Result<CreateInstanceResp>> + 'static,
{
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..=TURNS {
        let pair = if turn % 2 == 0 {
            let first = runtime.block_on(measure(callers, ours.clone()))?;
            [first, runtime.block_on(measure(callers, theirs.clone()))?]
        } else {
            let first = runtime.block_on(measure(callers, theirs.clone()))?;
            [runtime.block_on(measure(callers, ours.clone()))?, first]
        };
        // The first turn opens the connections that are kept.
        if turn > 0 {
            times.iter_mut().zip(pair).for_each(|(times, time)| times.push(time));
        }
    }
    let [ours, theirs] = times.map(quick);
    let ratio = ours / theirs;
    println!(
        "{callers:>2} callers, {way}: {ours:.1} µs a call, plain {theirs:.1} µs, ratio {ratio:.3}"
    );
    Ok(ratio)
}

async fn order(client: Client, body: Rc<CreateInstanceBody>) -> io::Result<CreateInstanceResp> {
    let answer = client.create_instance((*body).clone()).send().await;
    answer.map(Response::into_inner).map_err(io::Error::other)
}

async fn sharing_call(
    client: Client,
    body: Rc<CreateInstanceBody>,
) -> io::Result<CreateInstanceResp> {
    let answer = call::send(Sharing(client.create_instance((*body).clone()))).await;
    answer.map(Response::into_inner).map_err(io::Error::other)
}

async fn plain_call(
    plain: Rc<Plain>,
    body: Rc<CreateInstanceBody>,
) -> io::Result<CreateInstanceResp> {
    plain.post((*body).clone()).await.map_err(io::Error::other)
}

/// The order, as if it could be repeated and so need no connection of its own.
struct Sharing<'a>(CreateInstance<'a>);

impl Call for Sharing<'_> {
    type Answer = CreateInstanceResp;
    const OPERATION: Operation =
        Operation::new("CreateInstance", true).answers(Fields::of::<CreateInstanceResp>());

    fn setup(&self) -> &call::Setup<'_> {
        self.0.setup()
    }

    fn check(&self) -> Violations {
        self.0.check()
    }

    fn request(&self, ready: &Ready) -> call::Built {
        self.0.request(ready)
    }
}

/// The POST as one would write it without the client.
struct Plain {
    http: reqwest::Client,
    url: String,
}

impl Plain {
    async fn post(&self, body: CreateInstanceBody) -> reqwest::Result<CreateInstanceResp> {
        let request = self
            .http
            .post(&self.url)
            .header("User-Agent", "huaweicloud-dcs/0.1.0 huaweicloud-core/0.1.0")
            .header("X-Project-Id", "p-1")
            .header("X-Sdk-Date", "20980101T120000Z")
            .header("Authorization", "SDK-HMAC-SHA256 Access=EXAMPLE-ACCESS-KEY, SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature=0000000000000000000000000000000000000000000000000000000000000000")
            .timeout(Duration::from_secs(30))
            .json(&body);
        request.send().await?.json().await
    }
}

/// Microseconds a call, of one turn.
async fn measure<F>(callers: usize, call: impl Fn() -> F + Clone + 'static) -> io::Result<f64>
where
    F: Future<Output = io::Result<CreateInstanceResp>> + 'static,
{
    let tasks = LocalSet::new();
    let begun = Instant::now();
    let all: Vec<_> = (0..callers)
        .map(|_| {
            let call = call.clone();
            tasks.spawn_local(async move {
                for _ in 0..CALLS / callers {
                    let answer = call().await?;
                    assert_eq!(answer.instances.len(), 1);
                }
                Ok::<_, io::Error>(())
            })
        })
        .collect();
    tasks.await;
    let taken = begun.elapsed();
    for caller in all {
        caller.await??;
    }
    Ok(taken.as_secs_f64() * 1e6 / CALLS as f64)
}

/// What a turn costs that little else disturbs: one in ten is quicker.
fn quick(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

/// The longest of the examples.
fn largest() -> Result<CreateInstanceBody, Box<dyn std::error::Error>> {
    let mut longest = Vec::new();
    for entry in fs::read_dir(repo::root().join("generated/dcs/examples/create-instance"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".json") && !name.starts_with("response-") {
            let text = fs::read(&path)?;
            longest = if text.len() > longest.len() { text } else { longest };
        }
    }
    Ok(serde_json::from_slice(&longest)?)
}

/// A server on one thread, which reads requests whole and gives one answer. All callers share it, so
/// that no connection is served from a better place than another.
fn serve() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || runtime.block_on(accept(listener)));
    Ok(endpoint)
}

async fn accept(listener: TcpListener) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection = http1::Builder::new();
        tokio::spawn(connection.serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}

async fn answer(request: Request<Incoming>) -> hyper::Result<Answer> {
    request.into_body().collect().await?;
    let mut answer = Answer::new(Full::from(ANSWER));
    let headers = answer.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    headers.insert("x-request-id", HeaderValue::from_static("r-1"));
    Ok(answer)
}
