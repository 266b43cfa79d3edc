//! The folder that packages are tried in: a workspace of its own below `target/`, whose crates find the runtime where
//! those of `generated/` find it. In: a generated client. Out: whether it compiles, and its payload tests.

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use codegen::config::Service;

use super::super::write;

/// Below the root of the repository.
const FOLDER: &str = "target/try-services";

/// Lines of a compiler that say enough.
const MAX_LINES: usize = 40;

/// Where packages are tried.
pub(super) struct Folder {
    root: PathBuf,
}

/// What building came to.
pub(super) struct Built {
    check: Duration,
    tests: Tests,
}

/// What payload tests came to.
enum Tests {
    None,
    /// How many passed, and how long they took with their build.
    Passed(String, Duration),
    /// The first error.
    Failed(String),
}

impl Folder {
    /// The folder of a repository.
    pub(super) fn new(root: &Path) -> anyhow::Result<Self> {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let lock = fs::read_to_string(root.join("Cargo.lock"))
            .context("cannot read Cargo.lock; run this in the repository")?;
        // The lock file of the repository keeps the build to what has been fetched for it.
        write::create(&root.join(FOLDER).join("Cargo.lock"), &lock)
            .with_context(|| format!("cannot write below {FOLDER}"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// The output folder of a service.
    pub(super) fn of(&self, name: &str) -> PathBuf {
        self.root.join(FOLDER).join(name)
    }

    /// Where it is kept what became of each.
    pub(super) fn results(&self) -> PathBuf {
        self.root.join(FOLDER).join("results")
    }

    pub(super) fn service(&self, name: &str, keyword: &str) -> Service {
        Service {
            document: format!("{FOLDER}/spec/{name}.yaml"),
            package: format!("huaweicloud-{name}"),
            output: format!("{FOLDER}/{name}"),
            version: "0.1.0".to_owned(),
            keywords: vec!["huaweicloud".to_owned(), keyword.to_owned()],
            server: false,
            draft: true,
            notes: Default::default(),
        }
    }

    /// Writes a document, for people to look at.
    pub(super) fn document(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.root.join(FOLDER).join("spec").join(format!("{name}.yaml"));
        write::create(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Makes a service the only member of the workspace.
    pub(super) fn members(&self, name: &str) -> anyhow::Result<()> {
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"{name}/client\"]\n");
        let path = self.root.join(FOLDER).join("Cargo.toml");
        write::create(&path, &manifest).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Checks the client, and runs its payload tests if it has any; an error is the first one of the compiler about
    /// the client.
    pub(super) fn build(
        &self,
        service: &Service,
        has_payloads: bool,
        details: &mut Vec<String>,
    ) -> Result<Built, String> {
        let start = Instant::now();
        self.cargo(&["check", "--package", &service.package], details)?;
        let check = start.elapsed();
        let start = Instant::now();
        if !has_payloads {
            return Ok(Built { check, tests: Tests::None });
        }
        let arguments = ["test", "--package", &service.package, "--test", "payloads"];
        let tests = match self.cargo(&arguments, details) {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                let result = said.lines().find_map(|line| line.strip_prefix("test result: ok. "));
                let passed = result.and_then(|result| result.split(';').next());
                Tests::Passed(passed.unwrap_or("no test").to_owned(), start.elapsed())
            }
            Err(why) => Tests::Failed(why),
        };
        Ok(Built { check, tests })
    }

    fn cargo(&self, arguments: &[&str], details: &mut Vec<String>) -> Result<Output, String> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from);
        let target = std::path::absolute(target).map_err(|error| error.to_string())?;
        let output = Command::new(cargo)
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(self.root.join(FOLDER))
            .env("CARGO_TARGET_DIR", target)
            .output()
            .map_err(|error| format!("cargo cannot be started: {error}"))?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout);
        details.extend(said.lines().take(MAX_LINES).map(str::to_owned));
        let errors = said.lines().filter(|line| line.starts_with("error")).count();
        let first = said.lines().find(|line| line.starts_with("error")).unwrap_or("no message");
        Err(format!("{errors} errors, the first {first}"))
    }
}

impl Built {
    /// What payload tests came to; nothing where there are none.
    pub(super) fn payloads(&self) -> Option<&str> {
        match &self.tests {
            Tests::None => None,
            Tests::Passed(passed, _) => Some(passed),
            Tests::Failed(_) => Some("failed"),
        }
    }

    /// The first error of the payload tests.
    pub(super) fn failure(&self) -> Option<&str> {
        match &self.tests {
            Tests::Failed(why) => Some(why),
            Tests::None | Tests::Passed(..) => None,
        }
    }
}

impl fmt::Display for Built {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "compiles, {:.1} s", self.check.as_secs_f64())?;
        match &self.tests {
            Tests::Passed(passed, time) => {
                write!(f, "; payloads: {passed}, {:.1} s", time.as_secs_f64())
            }
            Tests::Failed(_) => Ok(()),
            Tests::None => write!(f, "; no payloads"),
        }
    }
}
