//! What a call costs beside its way: the largest order, checked, signed and read, against the same
//! POST by plain reqwest on a connection that is reused. Both send the same JSON to the same server of
//! hyper on this machine, in turns. Out: microseconds a call, and their ratio, for one caller and for sixteen.
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
use huaweicloud_dcs::{Client, Credentials, Response, types::*};
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

/// The most that a call may cost, as a multiple of the plain POST.
const GOAL: f64 = 1.08;

const ANSWER: &str = r#"{"order_id":"EXAMPLE-ORDER","instances":[{"instance_id":"5560df16-cebf-4473-95c4-d1b573c16e79","instance_name":"dcs_demo"}]}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let endpoint = serve()?;
    let body = Rc::new(largest()?);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let builder = Client::builder().endpoint(&*endpoint).allow_http(true).project_id("p-1");
    let keys = Credentials::new("EXAMPLE-ACCESS-KEY", "EXAMPLE-SECRET-KEY");
    let client = builder.credentials(keys).build()?;
    let plain = Rc::new(Plain {
        // The same client of HTTP, with its own connections.
        http: Client::builder()
            .endpoint(&*endpoint)
            .allow_http(true)
            .build()?
            .context()
            .http()
            .clone(),
        url: format!("{endpoint}/v2/p-1/instances"),
    });
    for callers in [1, 16] {
        let ours = {
            let (client, body) = (client.clone(), Rc::clone(&body));
            move || {
                let (client, body) = (client.clone(), Rc::clone(&body));
                async move {
                    let answer = client.create_instance((*body).clone()).send().await;
                    answer.map(Response::into_inner).map_err(io::Error::other)
                }
            }
        };
        let theirs = {
            let (plain, body) = (Rc::clone(&plain), Rc::clone(&body));
            move || {
                let (plain, body) = (Rc::clone(&plain), Rc::clone(&body));
                async move { plain.post((*body).clone()).await.map_err(io::Error::other) }
            }
        };
        let mut times = [Vec::new(), Vec::new()];
        for turn in 0..=TURNS {
            let pair = if turn % 2 == 0 {
                let first = runtime.block_on(measure(callers, ours.clone()))?;
                [first, runtime.block_on(measure(callers, theirs.clone()))?]
            } else {
                let first = runtime.block_on(measure(callers, theirs.clone()))?;
                [runtime.block_on(measure(callers, ours.clone()))?, first]
            };
            // The first turn opens the connections.
            if turn > 0 {
                times.iter_mut().zip(pair).for_each(|(times, time)| times.push(time));
            }
        }
        let [ours, theirs] = times.map(quick);
        let ratio = ours / theirs;
        let verdict = if ratio <= GOAL { "reached" } else { "missed" };
        println!(
            "{callers:>2} callers: {ours:.1} µs a call, plain {theirs:.1} µs, ratio {ratio:.3} \
             (goal {GOAL}: {verdict})"
        );
    }
    Ok(())
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
