//! One order of a cache instance, written by hand without a client: signed, sent, and read.

use std::{
    env, error,
    fmt::Write as _,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const HOST: &str = "dcs.eu-west-101.myhuaweicloud.com";
const SIGNED: &str = "content-type;host;x-sdk-date";

#[derive(Serialize)]
struct Order<'a> {
    name: &'a str,
    engine: &'a str,
    engine_version: &'a str,
    capacity: f64,
    spec_code: &'a str,
    az_codes: &'a [&'a str],
    vpc_id: &'a str,
    subnet_id: &'a str,
    password: &'a str,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "shown by Debug")]
struct Created {
    order_id: Option<String>,
    #[serde(default)]
    instances: Vec<Instance>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "shown by Debug")]
struct Instance {
    instance_id: String,
    instance_name: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn error::Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let access_key = env::var("HUAWEICLOUD_SDK_AK")?;
    let secret_key = env::var("HUAWEICLOUD_SDK_SK")?;
    let path = format!("/v2/{}/instances", env::var("HUAWEICLOUD_SDK_PROJECT_ID")?);
    let password = env::var("DCS_PASSWORD")?;
    let body = serde_json::to_vec(&Order {
        name: "session-cache",
        engine: "Redis",
        engine_version: "5.0",
        capacity: 2.0,
        spec_code: "redis.ha.xu1.large.r2.2",
        az_codes: &["eu-west-101a", "eu-west-101b"],
        vpc_id: "EXAMPLE",
        subnet_id: "EXAMPLE",
        password: &password,
    })?;
    let now = date(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    let canonical = format!(
        "POST\n{path}/\n\ncontent-type:application/json\nhost:{HOST}\nx-sdk-date:{now}\n\n{SIGNED}\n{}",
        hex(&Sha256::digest(&body))
    );
    let to_sign = format!("SDK-HMAC-SHA256\n{now}\n{}", hex(&Sha256::digest(canonical)));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret_key.as_bytes())?;
    mac.update(to_sign.as_bytes());
    let signature = hex(&mac.finalize().into_bytes());
    let authorization = format!(
        "SDK-HMAC-SHA256 Access={access_key}, SignedHeaders={SIGNED}, Signature={signature}"
    );
    let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
    let request = client
        .post(format!("https://{HOST}{path}"))
        .header("content-type", "application/json")
        .header("x-sdk-date", now)
        .header("authorization", authorization)
        .body(body);
    let response = request.send().await?;
    let status = response.status();
    if !status.is_success() {
        return Err(format!("{status}: {}", response.text().await?).into());
    }
    println!("{:?}", response.json::<Created>().await?);
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Such as `20260131T235959Z`.
fn date(seconds: u64) -> String {
    let (mut days, time) = (seconds / 86_400, seconds % 86_400);
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}{month:02}{:02}T{hour:02}{minute:02}{second:02}Z", days + 1)
}
