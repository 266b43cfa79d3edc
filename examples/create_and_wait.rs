//! Makes sure that an instance exists, and waits until it can be used. In: flags, and keys from the
//! usual places. Out: its states as they change, and its address.
//!
//! ```sh
//! cargo run -p examples -- --region cn-north-4 --name session-cache --engine Redis \
//!     --engine-version 5.0 --capacity 2 --spec-code redis.ha.xu1.large.r2.2 \
//!     --zone cn-north-4a --zone cn-north-4b --vpc-id … --subnet-id … --dry-run
//! ```
//!
//! Without `--dry-run` it orders, which costs money. Run again, it finds what is there.

use std::{error::Error, process::ExitCode, time::Duration};

use clap::Parser;
use huaweicloud_dcs::{Client, LookupPolicy, Resource, types::*};

/// Creates a cache instance, once, and waits until it can be used. The variable DCS_PASSWORD has its
/// password.
#[derive(Parser)]
struct Flags {
    /// Region, such as cn-north-4
    #[arg(long, required_unless_present = "endpoint")]
    region: Option<String>,
    /// URL to call instead of the region's
    #[arg(long)]
    endpoint: Option<String>,
    /// Allow an endpoint that is http://…
    #[arg(long)]
    allow_http: bool,
    /// Project of the region; looked for if absent
    #[arg(long)]
    project_id: Option<String>,
    /// Order an instance that asks for no password
    #[arg(long)]
    no_password: bool,
    /// Show the request, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Seconds between two questions
    #[arg(long, default_value_t = 10.0, value_parser = seconds)]
    every: f64,
    #[command(flatten)]
    order: Order,
}

/// What is ordered.
#[derive(clap::Args)]
struct Order {
    /// Name of the instance; one that exists is taken as it is
    #[arg(long)]
    name: String,
    /// Redis or Memcached
    #[arg(long, default_value = "Redis")]
    engine: String,
    /// Version of the engine
    #[arg(long)]
    engine_version: Option<String>,
    /// Memory in GB, such as 0.125 or 2
    #[arg(long)]
    capacity: f64,
    /// Code of the flavor
    #[arg(long)]
    spec_code: String,
    /// Availability zone; once for each, the master's first
    #[arg(long = "zone", required = true)]
    zones: Vec<String>,
    /// Network
    #[arg(long)]
    vpc_id: String,
    /// Part of the network
    #[arg(long)]
    subnet_id: String,
}

/// Has the password of the instance, since others can read the flags of a program.
const PASSWORD: &str = "DCS_PASSWORD";

impl Order {
    /// The order; an instance without a password is one only if that was asked for.
    fn body(self, no_password: bool) -> Result<CreateInstanceBody, String> {
        let body = CreateInstanceBody::new(
            self.name,
            self.engine,
            self.capacity,
            self.spec_code,
            self.zones,
            self.vpc_id,
            self.subnet_id,
        );
        let body = match self.engine_version {
            Some(version) => body.engine_version(version),
            None => body,
        };
        let password = std::env::var(PASSWORD).ok().filter(|password| !password.is_empty());
        match (password, no_password) {
            (Some(password), false) => Ok(body.password(password)),
            (None, true) => Ok(body.no_password_access(true)),
            (None, false) => Err(format!(
                "no password: set {PASSWORD}, or give --no-password for an instance that everybody \
                 in its network can use"
            )),
            (Some(_), true) => {
                Err(format!("{PASSWORD} is set beside --no-password; which one is meant?"))
            }
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder().allow_http(flags.allow_http);
    if let Some(region) = flags.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = flags.endpoint {
        builder = builder.endpoint(endpoint);
    }
    if let Some(project_id) = flags.project_id {
        builder = builder.project_id(project_id);
    }
    let client = builder.build()?;
    let body = flags.order.body(flags.no_password)?;
    if flags.dry_run {
        println!("{}", client.create_instance(body).dry_run().await?);
        return Ok(());
    }
    let every = Duration::from_secs_f64(flags.every);
    // What `create_and_wait` does in one call, with pauses of our own and one line per state.
    let looks = LookupPolicy { before: every * 3, after: every * 20, every };
    let ensured = client.ensure_instance(body).lookup(looks).send().await?;
    for instance in &ensured.items {
        println!("{} ({}): {:?}", instance.name, instance.id, ensured.provenance);
        wait(&client, instance, every).await?;
    }
    Ok(())
}

/// Prints each state until the instance can be used.
async fn wait(
    client: &Client,
    Resource { name, id }: &Resource,
    every: Duration,
) -> Result<(), Box<dyn Error>> {
    let mut states = client.wait_until_running(id).first_after(every / 2).every(every);
    let (mut last, mut address) = (None, None);
    while let Some(instance) = states.next().await {
        let instance = instance?;
        if instance.status != last {
            let status = instance.status.as_ref().map_or("without a status", |s| s.as_str());
            println!("{name}: {status}");
            last = instance.status;
        }
        address = instance.ip.zip(instance.port);
    }
    if let Some((ip, port)) = address {
        println!("{name}: {ip}:{port}");
    }
    Ok(())
}

/// A pause; at least a millisecond.
fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "no number of seconds".to_owned())?;
    if (0.001..=3600.0).contains(&number) {
        Ok(number)
    } else {
        Err("give 0.001 to 3600 seconds".to_owned())
    }
}
