//! Does the workspace know a generated crate? Cargo is asked, because only it knows what its globs
//! and path dependencies make a member.

use std::{env, fs, path::Path, process::Command};

use serde_json::Value;

/// Whether there is a workspace at the root that lacks this crate. When cargo cannot tell, it is
/// not said to be missing.
pub(super) fn lacks(root: &Path, manifest: &Path) -> bool {
    let of_root = root.join("Cargo.toml");
    if !of_root.is_file() {
        return false;
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(of_root)
        .output();
    let Some(metadata) = output.ok().filter(|output| output.status.success()) else { return false };
    let Ok(metadata) = serde_json::from_slice::<Value>(&metadata.stdout) else { return false };
    let Ok(wanted) = fs::canonicalize(manifest) else { return false };
    let packages = metadata.get("packages").and_then(Value::as_array);
    !packages.into_iter().flatten().any(|package| {
        let path = package.get("manifest_path").and_then(Value::as_str);
        path.and_then(|path| fs::canonicalize(path).ok()).is_some_and(|path| path == wanted)
    })
}
