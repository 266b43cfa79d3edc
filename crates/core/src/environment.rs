//! Everything outside of the program: environment variables, and files.
//!
//! In: names and paths. Out: their values. Tests, and programs with their own settings, substitute
//! another source for the environment of the process, which cannot be changed safely.

use std::{
    env, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use zeroize::Zeroizing;

use crate::Secret;

/// Longest file that is read, in bytes; one of credentials has a few lines.
const LONGEST_FILE: u64 = 64 << 10;

/// Time for a file to be read.
const READING: Duration = Duration::from_secs(5);

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Reads variables and files.
#[derive(Clone)]
pub(crate) struct Environment {
    lookup: Arc<Lookup>,
}

impl Environment {
    /// Variables by this function.
    pub(crate) fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self { lookup: Arc::new(lookup) }
    }

    /// A variable without white space around it; one that is empty is not set.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        let value = self.secret(name)?;
        Some(value.expose().to_owned())
    }

    /// As [`variable`](Self::variable), and nothing of it stays in memory.
    pub(crate) fn secret(&self, name: &str) -> Option<Secret> {
        let value = Zeroizing::new((self.lookup)(name)?);
        let value = value.trim();
        (!value.is_empty()).then(|| Secret::from(value))
    }

    /// The folder of the user.
    pub(crate) fn home(&self) -> Option<PathBuf> {
        let home = self.variable("HOME").or_else(|| self.variable("USERPROFILE"))?;
        Some(home.into())
    }

    /// A short text file. A file system that hangs does not hold up the caller.
    pub(crate) async fn read(&self, path: &Path) -> io::Result<File> {
        let path = path.to_owned();
        aside(READING, move || read(&path)).await
    }
}

/// A short text file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) text: Zeroizing<String>,
    /// Whether others than its owner can read it.
    pub(crate) is_open: bool,
}

/// Does something that may hang, on a thread of its own: one that hangs for ever does not keep the
/// program from ending.
async fn aside<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("huaweicloud file".to_owned());
    thread.spawn(move || drop(sender.send(work())))?;
    match tokio::time::timeout(limit, receiver).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(io::Error::other("could not be read")),
        Err(_) => Err(io::Error::other(format!("takes longer than {limit:?}"))),
    }
}

fn read(path: &Path) -> io::Result<File> {
    // Opening a pipe would wait for somebody to write.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("is no regular file"));
    }
    let file = fs::File::open(path)?;
    let is_open = is_open(&file.metadata()?);
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LONGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_FILE {
        return Err(io::Error::other("is longer than 64 KiB"));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(File { text: Zeroizing::new(text.to_owned()), is_open }),
        Err(_) => Err(io::Error::other("is not UTF-8 text")),
    }
}

#[cfg(unix)]
fn is_open(file: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0
}

/// Elsewhere who may read is not told by a number.
#[cfg(not(unix))]
fn is_open(_: &fs::Metadata) -> bool {
    false
}

/// Those of the process.
impl Default for Environment {
    fn default() -> Self {
        Self::new(|name| env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_variables_are_not_set() {
        let around = Environment::new(|name| match name {
            "BLANK" => Some(" \n".to_owned()),
            "LINE" => Some(" hunter2\n".to_owned()),
            "USERPROFILE" => Some("/home/jo".to_owned()),
            _ => None,
        });
        assert_eq!(around.variable("BLANK"), None);
        assert_eq!(around.variable("MISSING"), None);
        assert!(around.secret("LINE").unwrap().expose() == "hunter2");
        assert_eq!(around.home(), Some(PathBuf::from("/home/jo")));
        let process = Environment::default();
        assert_eq!(process.variable("PATH").is_some(), env::var_os("PATH").is_some());
    }

    #[tokio::test]
    async fn files_are_short_texts() {
        let around = Environment::default();
        let file = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let read = around.read(&file("Cargo.toml")).await.unwrap();
        assert!(read.text.contains("huaweicloud-core"));
        let error = around.read(&file("no/such/file")).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let error = around.read(&file("src")).await.unwrap_err();
        assert_eq!(error.to_string(), "is no regular file");
        let long = tempfile::NamedTempFile::new().unwrap();
        long.as_file().set_len(LONGEST_FILE + 1).unwrap();
        let error = around.read(long.path()).await.unwrap_err();
        assert_eq!(error.to_string(), "is longer than 64 KiB");
        #[cfg(unix)]
        {
            let error = around.read(Path::new("/dev/zero")).await.unwrap_err();
            assert_eq!(error.to_string(), "is no regular file");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn others_who_can_read_are_noticed() {
        use std::os::unix::fs::PermissionsExt as _;
        let file = tempfile::NamedTempFile::new().unwrap();
        for (mode, is_open) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
            let permissions = fs::Permissions::from_mode(mode);
            file.as_file().set_permissions(permissions).unwrap();
            let read = Environment::default().read(file.path()).await.unwrap();
            assert_eq!(read.is_open, is_open, "{mode:o}");
        }
    }

    #[tokio::test]
    async fn what_hangs_holds_nobody_up() {
        let limit = Duration::from_millis(50);
        let hangs = || -> io::Result<()> {
            loop {
                std::thread::park();
            }
        };
        let error = aside(limit, hangs).await.unwrap_err();
        assert_eq!(error.to_string(), "takes longer than 50ms");
        assert_eq!(aside(READING, || Ok(7)).await.unwrap(), 7);
    }
}
