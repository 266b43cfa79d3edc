//! How long a signature takes, beside the hashes that no signature can do without.
//!
//! In: a request with a body of 1 KB, such as a client of a service sends it. Out: the times of
//!
//! * `bare`: the SHA-256 of the body, and an HMAC-SHA-256 with its key set up, over a message as long
//!   as the text that is signed (97 bytes);
//! * `bare with canonical`: the same, and the SHA-256 of a text as long as the canonical request,
//!   which every signature needs too;
//! * `header`: the whole value of `Authorization`, by a signer that is made once.
//!
//! Run it with `cargo bench -p huaweicloud-core --bench sign`. Its last lines are the ratios of one
//! run, in which the three take turns.

use std::{hint::black_box, time::Instant};

use criterion::Criterion;
use hmac::{Hmac, KeyInit as _, Mac as _};
use huaweicloud_core::sign::{Request, Signer};
use sha2::{Digest as _, Sha256};

const SECRET_KEY: &str = "EXAMPLE-SECRET-KEY-OF-FORTY-CHARACTERS..";
const BODY: [u8; 1024] = [b'x'; 1024];
const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json"),
    ("host", "dcs.cn-north-4.myhuaweicloud.com"),
    ("x-project-id", "00000000000000000000000000000000"),
    ("x-sdk-date", "20260131T235959Z"),
];
const REQUEST: Request<'_> = Request {
    method: "POST",
    uri: "/v2/00000000000000000000000000000000/instances",
    headers: &HEADERS,
    body: &BODY,
};

/// As long as what is signed.
const TO_SIGN: [u8; 97] = [b'x'; 97];

/// As long as the canonical request of [`REQUEST`].
const CANONICAL: [u8; 304] = [b'x'; 304];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let signer = Signer::new("EXAMPLE-ACCESS-KEY..", SECRET_KEY);
    let mut group = criterion.benchmark_group("sign 1 KB");
    group.bench_function("bare", |b| b.iter(bare));
    group.bench_function("bare with canonical", |b| b.iter(bare_with_canonical));
    group.bench_function("header", |b| b.iter(|| header(&signer)));
    group.finish();
    criterion.final_summary();
    ratios(&signer);
}

fn bare() -> [u8; 32] {
    black_box(Sha256::digest(black_box(&BODY)));
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(black_box(SECRET_KEY.as_bytes())) else {
        return [0; 32];
    };
    mac.update(black_box(&TO_SIGN));
    mac.finalize().into_bytes().into()
}

fn bare_with_canonical() -> [u8; 32] {
    black_box(Sha256::digest(black_box(&CANONICAL)));
    bare()
}

fn header(signer: &Signer) -> Option<String> {
    signer.authorization(black_box(&REQUEST)).ok()
}

/// The medians of many short rounds, in which the three take turns: what else the machine does
/// meanwhile meets all of them.
fn ratios(signer: &Signer) {
    let rounds = if std::env::args().any(|argument| argument == "--test") { 11 } else { 2001 };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        times[0].push(time(bare));
        times[1].push(time(bare_with_canonical));
        times[2].push(time(|| header(signer)));
    }
    let [bare, with_canonical, header] = times.map(median);
    println!(
        "bare {bare:.0} ns, bare with canonical {with_canonical:.0} ns, header {header:.0} ns"
    );
    println!("header / bare: {:.3}", header / bare);
    println!("header / bare with canonical: {:.3}", header / with_canonical);
}

/// In nanoseconds, of one of many times.
fn time<T>(mut one: impl FnMut() -> T) -> f64 {
    const TIMES: u32 = 64;
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(one());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}
