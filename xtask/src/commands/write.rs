//! One file, whole or not at all.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Writes beside the target and renames. What the target was (a link, its permissions) it stays.
///
/// # Errors
/// When the folder is not there, or the file cannot be written.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".transcribe-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    set_permissions(file.as_file(), &target)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// The same, and makes the folders above it.
#[expect(
    clippy::disallowed_methods,
    reason = "documents are people's, not output of the generator"
)]
pub(crate) fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    replace(path, text)
}

/// Temporary files are private; a document is as readable as any source file.
fn set_permissions(file: &fs::File, target: &Path) -> io::Result<()> {
    if let Ok(known) = fs::metadata(target) {
        return file.set_permissions(known.permissions());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}
