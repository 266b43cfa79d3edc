//! Where the programs are. In: what was asked for, and PATH. Out: the files, or what to install.

use std::{
    env,
    path::{Path, PathBuf},
};

/// What stands behind instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DataPlane {
    /// Processes, where their programs are found; else nothing, which is said.
    #[default]
    Auto,
    /// Nothing: instances have no address.
    None,
    /// Processes of these programs.
    Programs(Programs),
}

/// The programs of the data plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// `redis-server`, or `valkey-server`.
    pub redis: PathBuf,
    /// `memcached`; without it, orders of Memcached fail.
    pub memcached: Option<PathBuf>,
}

/// How to get the programs.
pub const INSTALL: &str =
    "`apt-get install redis-server memcached` or `brew install redis memcached`";

impl Programs {
    /// The programs on PATH.
    pub fn found() -> Option<Self> {
        let redis = on_path("redis-server").or_else(|| on_path("valkey-server"))?;
        Some(Self { redis, memcached: on_path("memcached") })
    }

    /// This server of Redis, and Memcached from PATH.
    pub fn with_redis(redis: impl Into<PathBuf>) -> Self {
        Self { redis: redis.into(), memcached: on_path("memcached") }
    }
}

impl DataPlane {
    pub(crate) fn programs(self) -> Option<Programs> {
        match self {
            Self::Auto => Programs::found(),
            Self::None => None,
            Self::Programs(programs) => Some(programs),
        }
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
