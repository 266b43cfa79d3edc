//! The files of an instance. In: a folder. Out: its configuration, written for nobody else to read, and
//! ports that are free.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    net::TcpListener,
    path::Path,
};

use crate::state::{Node, instance_megabytes};

/// What a process of Redis is configured with.
pub(super) struct Settings<'a> {
    pub(super) node: &'a Node,
    pub(super) port: u16,
    /// The port of the master, if it is a replica.
    pub(super) replica_of: Option<u16>,
}

/// Makes a folder that only its owner can look into.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file that only its owner can read, in place of an earlier one.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// The file `redis.conf`.
pub(super) fn redis_conf(settings: &Settings<'_>, folder: &Path) -> String {
    let Settings { node, port, replica_of } = settings;
    let mut lines = vec![
        "bind 127.0.0.1".to_owned(),
        format!("port {port}"),
        format!("dir {}", quoted(&folder.display().to_string())),
        "daemonize no".to_owned(),
        "logfile redis.log".to_owned(),
        "databases 256".to_owned(),
        format!("maxmemory {}mb", instance_megabytes(node.gigabytes).max(1)),
        "maxmemory-policy volatile-lru".to_owned(),
        // Data is written when the instance is backed up or restarted.
        "save \"\"".to_owned(),
        "dbfilename dump.rdb".to_owned(),
        // There is one replica, and nobody else to wait for.
        "repl-diskless-sync-delay 0".to_owned(),
    ];
    if let Some(password) = &node.password {
        let password = quoted(password.expose());
        lines.push(format!("requirepass {password}"));
        lines.push(format!("masterauth {password}"));
    }
    if let Some(master) = replica_of {
        lines.push(format!("replicaof 127.0.0.1 {master}"));
    }
    for (old, new) in &node.renamed {
        lines.push(format!("rename-command {} {}", quoted(old), quoted(new)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// In the quotes of `redis.conf`: bytes beyond plain text are escaped, so no value is a second line.
fn quoted(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        byte => format!("\\x{byte:02x}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// The wanted port if it is free, else any that is.
pub(super) fn free_port(wanted: Option<u16>) -> io::Result<u16> {
    if let Some(wanted) = wanted {
        match TcpListener::bind(("127.0.0.1", wanted)) {
            Ok(_) => return Ok(wanted),
            Err(error) => tracing::warn!(wanted, %error, "the port is not free; taking another"),
        }
    }
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The last lines of the log of a process that did not start.
pub(super) fn last_lines(folder: &Path) -> String {
    let log = fs::read_to_string(folder.join("redis.log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_quotes_ends_them() {
        assert_eq!(quoted("a b"), r#""a b""#);
        assert_eq!(quoted("a\"\\\n\u{e9}"), r#""a\"\\\x0a\xc3\xa9""#);
    }

    #[test]
    fn a_port_that_is_taken_is_not_given() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_ne!(free_port(Some(port)).unwrap(), port);
        drop(taken);
        assert_eq!(free_port(Some(port)).unwrap(), port);
    }
}
