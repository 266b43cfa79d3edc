//! The program. In: flags. Out: an emulator that runs until Ctrl-C, and what to set to call it.

use std::{
    io::{self, IsTerminal as _, Write as _},
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, ValueEnum};
use huaweicloud_dcs_emulator::{
    DataPlane, Emulator, INSTALL, Pace, Programs, Strictness, Upstream, coverage_of_all, kept,
};

/// The Huawei Cloud DCS API on your own machine, with real Redis and Memcached behind it.
#[derive(Debug, Parser)]
#[command(version)]
struct Flags {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1")]
    address: IpAddr,
    /// The port; 0 for any that is free.
    #[arg(long, default_value_t = 8800)]
    port: u16,
    /// How long state transitions take: immediate, polls:N, seconds:N or real.
    #[arg(long, default_value_t = Pace::Immediate)]
    time: Pace,
    /// What stands behind instances.
    #[arg(long, value_enum, default_value_t = Plane::Auto)]
    data_plane: Plane,
    /// The program redis-server or valkey-server; without it, the one on PATH.
    #[arg(long, value_name = "FILE")]
    redis_server: Option<PathBuf>,
    /// Accept and log requests that break bounds or rules, instead of refusing them.
    #[arg(long)]
    loose: bool,
    /// Do not authenticate callers.
    #[arg(long)]
    no_auth: bool,
    /// Allow an address that other machines can reach.
    #[arg(long)]
    allow_remote: bool,
    /// An additional host name to accept, besides addresses and localhost.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Maximum number of instances.
    #[arg(long, value_name = "N", default_value_t = 100)]
    max_instances: usize,
    /// Maximum memory of all instances together, in GB.
    #[arg(long, value_name = "GB", default_value_t = 800)]
    max_memory: u32,
    /// Maximum number of processes per instance; a larger cluster gets fewer shards than ordered.
    #[arg(long, value_name = "N", default_value_t = 12)]
    max_processes: usize,
    /// Persist everything in this folder, so that the next start with it continues from there.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print the contents of such a folder as JSON, passwords included, and exit.
    #[arg(long, value_name = "DIR")]
    show: Option<PathBuf>,
    /// Record all calls without secrets, as an HTTP Archive (HAR).
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Answer from such a recording.
    #[arg(long, value_name = "FILE", conflicts_with = "proxy")]
    replay: Option<PathBuf>,
    /// Forward all calls to a real service, signed with HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, and print at
    /// the end where it differs from the document.
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// List how each operation answers, and exit.
    #[arg(long)]
    coverage: bool,
    /// Log warnings and errors only.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Plane {
    /// Processes, where their programs are found.
    Auto,
    /// Nothing: instances have no address.
    None,
}

fn main() -> ExitCode {
    let flags = Flags::parse();
    let mut out = io::stdout();
    let result = match &flags.show {
        Some(folder) => show(folder, &mut out),
        None if flags.coverage => list(&mut out),
        None => run(flags, &mut out),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(io::stderr(), "error: {why}");
            ExitCode::from(2)
        }
    }
}

fn list(out: &mut impl io::Write) -> Result<(), String> {
    for covered in coverage_of_all() {
        let (kind, id) = (covered.coverage.as_str(), covered.operation.id);
        let line = format!("{kind:8} {} {id}: {}", covered.service, covered.sentence());
        writeln!(out, "{line}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// One line per entry.
fn show(folder: &Path, out: &mut impl io::Write) -> Result<(), String> {
    for (name, value) in kept(folder).map_err(|error| error.to_string())? {
        writeln!(out, "{{\"{name}\": {value}}}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn run(flags: Flags, out: &mut impl io::Write) -> Result<(), String> {
    if !flags.address.is_loopback() && !flags.allow_remote {
        return Err(format!(
            "other machines can reach {}; add --allow-remote to allow that",
            flags.address
        ));
    }
    let level = if flags.quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr);
    log.with_ansi(io::stderr().is_terminal()).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(serve(flags, out))
}

async fn serve(flags: Flags, out: &mut impl io::Write) -> Result<(), String> {
    let data_plane = match (flags.data_plane, flags.redis_server) {
        (Plane::None, _) => DataPlane::None,
        (Plane::Auto, Some(file)) if !file.is_file() => {
            return Err(format!("--redis-server: there is no file {}", file.display()));
        }
        (Plane::Auto, Some(file)) => DataPlane::Programs(Programs::with_redis(file)),
        (Plane::Auto, None) => DataPlane::Auto,
    };
    let mut builder = Emulator::builder()
        .address(SocketAddr::new(flags.address, flags.port))
        .pace(flags.time)
        .quota(flags.max_instances, flags.max_memory)
        .max_processes(flags.max_processes)
        .data_plane(data_plane)
        .strictness(if flags.loose { Strictness::Loose } else { Strictness::Strict });
    if flags.no_auth {
        builder = builder.without_authentication();
    }
    if let Some(folder) = flags.data {
        builder = builder.data(folder);
    }
    for name in flags.allow_host {
        builder = builder.allow_host(name);
    }
    if let Some(file) = flags.record {
        builder = builder.record(file);
    }
    if let Some(file) = flags.replay {
        builder = builder.replay(file);
    }
    if let Some(url) = flags.proxy {
        builder = builder.forward(upstream(url));
    }
    let emulator = builder.start().await.map_err(|error| error.to_string())?;
    greet(&emulator, out).map_err(|error| error.to_string())?;
    stopped().await.map_err(|error| error.to_string())?;
    let rows = emulator.differences();
    emulator.stop().await;
    write!(out, "{rows}").map_err(|error| error.to_string())?;
    Ok(())
}

/// A real service, and the keys of the environment for it.
fn upstream(url: String) -> Upstream {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let mut upstream = Upstream::new(url);
    if let (Some(access_key), Some(secret_key)) =
        (variable("HUAWEICLOUD_SDK_AK"), variable("HUAWEICLOUD_SDK_SK"))
    {
        upstream = upstream.keys(access_key, secret_key);
    }
    if let Some(token) = variable("HUAWEICLOUD_SDK_SECURITY_TOKEN") {
        upstream = upstream.security_token(token);
    }
    if let Some(project) = variable("HUAWEICLOUD_SDK_PROJECT_ID") {
        upstream = upstream.project_id(project);
    }
    upstream
}

/// What to set to call it.
fn greet(emulator: &Emulator, out: &mut impl io::Write) -> io::Result<()> {
    let keys = emulator.keys();
    let endpoint = emulator.endpoint();
    match emulator.programs() {
        Some(programs) => writeln!(out, "# behind instances: {}", programs.redis.display())?,
        None => writeln!(
            out,
            "# behind instances: nothing (--data-plane none), so they have no address; {INSTALL}"
        )?,
    }
    for (name, value) in [
        ("HUAWEICLOUD_SDK_ENDPOINT", endpoint.as_str()),
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", endpoint.as_str()),
        ("HUAWEICLOUD_SDK_AK", &keys.access_key),
        ("HUAWEICLOUD_SDK_SK", keys.secret_key.expose()),
        ("HUAWEICLOUD_SDK_PROJECT_ID", &keys.project_id),
        ("HUAWEICLOUD_SDK_AUTH_TOKEN", keys.token.expose()),
        ("HW_REGION_NAME", "cn-north-4"),
    ] {
        writeln!(out, "export {name}={value}")?;
    }
    // Where programs that call several services look for each.
    for service in ["DCS", "VPC", "EIP", "EPS", "BSS", "IAM"] {
        writeln!(out, "export HUAWEICLOUD_SDK_REGION_{service}_CN_NORTH_4={endpoint}")?;
    }
    out.flush()
}

#[cfg(unix)]
async fn stopped() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stopped() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
