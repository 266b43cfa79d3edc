//! Folders and files in, readings in a fixed order out.

use std::{fs, path::Path};

use transcribe::read::{self, Reading};

const PAGE: &str = include_str!("../fixtures/read/pages/plain.md");

/// What was read, by the end of its path, or the refusal.
fn read(root: &Path, names: &[&str]) -> Vec<String> {
    let paths: Vec<_> = names.iter().map(|name| root.join(name)).collect();
    let word = |reading: &Reading| match &reading.page {
        Some(page) => page.file.clone(),
        None => format!("{}: {}", reading.refused[0].file, reading.refused[0].message),
    };
    let words = read::files(&paths).iter().map(word).collect::<Vec<_>>().into_iter();
    let root = format!("{}/", root.display());
    words.map(|word| word.replace(&root, "").replace('\\', "/")).collect()
}

fn tree() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for name in ["b.md", "a.md", "_chapter.md", "text.txt", "sub/c.md", "sub/_d.md", "none/x.txt"] {
        let path = root.path().join(name);
        fs_create(path.parent().unwrap());
        fs_write(&path, PAGE.as_bytes());
    }
    root
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn fs_write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
fn fs_create(path: &Path) {
    fs::create_dir_all(path).unwrap();
}

#[test]
fn a_folder_is_read_by_name_without_general_chapters() {
    let root = tree();
    assert_eq!(read(root.path(), &["."]), ["./a.md", "./b.md", "./sub/c.md"]);
}

#[test]
fn a_named_file_is_read_whatever_its_name_and_only_once() {
    let root = tree();
    let names = ["text.txt", "b.md", "sub", "_chapter.md", "b.md"];
    assert_eq!(read(root.path(), &names), ["text.txt", "b.md", "sub/c.md", "_chapter.md"]);
}

#[test]
fn what_is_not_there_is_refused_and_the_rest_is_read() {
    let root = tree();
    let words = read(root.path(), &["nowhere.md", "none", "a.md"]);
    assert!(words[0].starts_with("nowhere.md: cannot be read: "), "{}", words[0]);
    assert_eq!(words[1..], ["none: no page (`*.md`) is in this folder", "a.md"]);
}

#[test]
fn a_file_that_is_too_large_is_refused_without_being_read_whole() {
    let root = tree();
    fs_write(&root.path().join("large.md"), &vec![b'#'; read::MAX_BYTES + 1]);
    assert_eq!(
        read(root.path(), &["large.md"]),
        ["large.md: larger than 8 MiB, which no page is; page refused"]
    );
}
