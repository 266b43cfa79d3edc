//! What lies outside of the program: variables of the environment, and files.
//!
//! In: names and paths. Out: their values. Tests, and programs with settings of their own, put
//! something else in the place of the process's environment, which nobody can change safely.

use std::{
    env, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use zeroize::Zeroizing;

use crate::Secret;

/// Longest file that is read, in bytes; one of credentials has a few lines.
const LONGEST_FILE: u64 = 64 << 10;

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Reads variables and files.
#[derive(Clone)]
pub(crate) struct Surroundings {
    lookup: Arc<Lookup>,
}

impl Surroundings {
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

    /// A short text file.
    pub(crate) fn read(&self, path: &Path) -> io::Result<Zeroizing<String>> {
        let mut bytes = Zeroizing::new(Vec::new());
        fs::File::open(path)?.take(LONGEST_FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LONGEST_FILE {
            return Err(io::Error::other("is longer than 64 KiB"));
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Zeroizing::new(text.to_owned())),
            Err(_) => Err(io::Error::other("is not UTF-8 text")),
        }
    }
}

/// Those of the process.
impl Default for Surroundings {
    fn default() -> Self {
        Self::new(|name| env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_variables_are_not_set() {
        let around = Surroundings::new(|name| match name {
            "BLANK" => Some(" \n".to_owned()),
            "LINE" => Some(" hunter2\n".to_owned()),
            "USERPROFILE" => Some("/home/jo".to_owned()),
            _ => None,
        });
        assert_eq!(around.variable("BLANK"), None);
        assert_eq!(around.variable("MISSING"), None);
        assert!(around.secret("LINE").unwrap().expose() == "hunter2");
        assert_eq!(around.home(), Some(PathBuf::from("/home/jo")));
        let process = Surroundings::default();
        assert_eq!(process.variable("PATH").is_some(), env::var_os("PATH").is_some());
    }

    #[test]
    fn files_are_short_texts() {
        let around = Surroundings::default();
        let file = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = around.read(&file("Cargo.toml")).unwrap();
        assert!(text.contains("huaweicloud-core"));
        let error = around.read(&file("no/such/file")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(around.read(&file("src")).is_err());
        #[cfg(unix)]
        {
            let error = around.read(Path::new("/dev/zero")).unwrap_err();
            assert_eq!(error.to_string(), "is longer than 64 KiB");
        }
    }
}
