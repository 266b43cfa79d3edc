//! A separate workspace of generated crates in its own folder, built as a user would build them.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Output},
};

use crate::repo;

/// A workspace like that of the repository, with other members; its crates find the runtime where a
/// client in `generated/` finds it.
///
/// # Panics
///
/// When a file cannot be read or written.
pub fn create(folder: &Path, members: &[String]) {
    let ours = text(&repo::root().join("Cargo.toml"));
    let line = format!("members = [{}]", members.join(", "));
    let lines = ours.lines().map(|l| if l.starts_with("members = ") { line.as_str() } else { l });
    write(&folder.join("Cargo.toml"), &lines.collect::<Vec<_>>().join("\n"));
    // The lock file of the repository keeps the build to what has been fetched for it.
    write(&folder.join("Cargo.lock"), &text(&repo::root().join("Cargo.lock")));
    #[cfg(unix)]
    std::os::unix::fs::symlink(repo::root().join("crates"), folder.join("crates"))
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
}

/// Runs cargo there, offline and with every warning an error. What it builds is kept from one run to the
/// next below `target/`, in a folder of that name.
///
/// # Panics
///
/// When cargo cannot be started.
pub fn cargo(folder: &Path, arguments: &[&str], target: &str) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", repo::root().join("target").join(target))
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap_or_else(|e| panic!("cargo: {e}"))
}

/// Writes a file, and the folders above it.
///
/// # Panics
///
/// When that fails.
#[expect(clippy::disallowed_methods, reason = "a folder for a test, not for generated files")]
pub fn write(path: &Path, text: &str) {
    let folder = path.parent().unwrap_or(path);
    let result = fs::create_dir_all(folder)
        .and_then(|()| fs::File::create(path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    result.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
