//! What the client adds to a build: a program with one call, built from scratch in a release profile,
//! compared with the same program written by hand with the same features of reqwest. Both use the default
//! TLS; the client is built once with only the tag that is called, and once with all tags.
//!
//! Out: seconds for each, measured alternately, and the ratios of their sums. Takes ten minutes on two cores. Needs
//! what `cargo build` needs: the package registry, or its cache.

use std::{
    error, fs, io,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use conformance::repo;

/// How often each is built.
const TURNS: usize = 3;

/// The most that the build with the client may take, as a multiple of the one by hand.
const GOAL: f64 = 1.10;

const BY_HAND: &str = r#"
hmac = { version = "0.13", default-features = false }
reqwest = { version = "0.13.5", default-features = false, features = ["json", "query", "rustls-no-provider", "stream"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
sha2 = { version = "0.11", default-features = false }
tokio = { version = "1", default-features = false, features = ["macros", "rt", "time"] }
"#;

struct Program {
    name: &'static str,
    dependencies: String,
    source: &'static str,
}

fn main() -> Result<(), Box<dyn error::Error>> {
    let client = |features: &str| {
        let path = repo::root().join("generated/dcs/client");
        let tokio =
            r#"tokio = { version = "1", default-features = false, features = ["macros", "rt"] }"#;
        format!("huaweicloud-dcs = {{ path = {path:?}{features} }}\n{tokio}\n")
    };
    let by_client = include_str!("build/by_client.rs");
    let one_tag = r#", default-features = false, features = ["rustls", "lifecycle"]"#;
    let programs = [
        Program {
            name: "by hand",
            dependencies: BY_HAND.to_owned(),
            source: include_str!("build/by_hand.rs"),
        },
        Program { name: "one tag", dependencies: client(one_tag), source: by_client },
        Program { name: "all tags", dependencies: client(""), source: by_client },
    ];
    let folder = tempfile::tempdir()?;
    for program in &programs {
        program.write(&folder.path().join(program.name))?;
    }
    let mut sums = [Duration::ZERO; 3];
    for _ in 0..TURNS {
        for (program, sum) in programs.iter().zip(&mut sums) {
            let time = build(&folder.path().join(program.name))?;
            println!("{:>8}: {:.1} s", program.name, time.as_secs_f64());
            *sum += time;
        }
    }
    for (program, sum) in programs.iter().zip(sums).skip(1) {
        let ratio = sum.as_secs_f64() / sums[0].as_secs_f64();
        let verdict = if ratio <= GOAL { "reached" } else { "missed" };
        println!("{}: ratio {ratio:.3} (goal {GOAL}: {verdict})", program.name);
    }
    Ok(())
}

impl Program {
    /// Writes the package, with the versions of the workspace, and has its sources fetched.
    #[expect(clippy::disallowed_methods, reason = "nothing is generated; it is a temporary folder")]
    fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("src/main.rs"), self.source)?;
        fs::copy(repo::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let dependencies = &self.dependencies;
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        cargo(folder, &["fetch", "--quiet"])
    }
}

/// How long a build from nothing takes.
fn build(folder: &Path) -> io::Result<Duration> {
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let begun = Instant::now();
    cargo(folder, &["build", "--release", "--quiet", "--offline", "--target-dir", "target"])?;
    Ok(begun.elapsed())
}

fn cargo(folder: &Path, arguments: &[&str]) -> io::Result<()> {
    let status = Command::new(env!("CARGO")).args(arguments).current_dir(folder).status()?;
    if status.success() {
        return Ok(());
    }
    let arguments = arguments.join(" ");
    Err(io::Error::other(format!("cargo {arguments} in {}: {status}", folder.display())))
}
