//! The files of an instance. In: a folder. Out: its configuration, written for nobody else to read, and
//! ports that are free.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    net::TcpListener,
    path::Path,
    time::{Duration, Instant},
};

use super::tls;
use crate::state::{Node, megabytes};

/// What the port of the bus of a cluster is more than that for clients.
pub(super) const BUS: u16 = 10_000;

/// How long a process may take to leave its port.
const LEAVE_TIME: Duration = Duration::from_secs(10);

/// What a process of Redis is configured with.
pub(super) struct Settings<'a> {
    pub(super) node: &'a Node,
    pub(super) port: u16,
    /// The port at which clients connect by TLS; then the other one is for the emulator alone.
    pub(super) tls_port: Option<u16>,
    /// The port of the master, if it is a replica.
    pub(super) replica_of: Option<u16>,
    /// Whether every write is kept, for the next emulator.
    pub(super) is_kept: bool,
}

/// Makes a folder that only its owner can look into.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Writes a file that only its owner can read, in place of an earlier one, which stays until this one is on
/// the disk.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

/// Copies a file, and puts the copy in the place of an earlier one once it is on the disk. Out: its bytes.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let new = to.with_extension("new");
    let bytes = fs::copy(from, &new)?;
    File::open(&new)?.sync_all()?;
    fs::rename(new, to)?;
    Ok(bytes)
}

/// Removes a file or folder, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match path.is_dir() {
        true => fs::remove_dir_all(path),
        #[expect(clippy::disallowed_methods, reason = "the rule is for the generator")]
        false => fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file `redis.conf`.
pub(super) fn redis_conf(settings: &Settings<'_>, folder: &Path) -> String {
    let Settings { node, port, tls_port, replica_of, is_kept } = settings;
    let share = node.gigabytes / node.layout.shards.max(1) as f64;
    let mut lines = vec![
        format!("port {port}"),
        "bind 127.0.0.1".to_owned(),
        format!("dir {}", quoted(&folder.display().to_string())),
        "daemonize no".to_owned(),
        "logfile redis.log".to_owned(),
        format!("maxmemory {}mb", megabytes(share).max(1)),
        "maxmemory-policy volatile-lru".to_owned(),
        // Data is written when the instance is backed up or restarted.
        "save \"\"".to_owned(),
        "dbfilename dump.rdb".to_owned(),
        // There are few replicas; waiting for more would only cost time.
        "repl-diskless-sync-delay 0".to_owned(),
    ];
    if *is_kept {
        lines.push("appendonly yes".to_owned());
        // Once a second, Redis would answer writes while one is under way that it has not written yet.
        // So it writes each at once, and leaves it to the system when that reaches the disk: a process
        // that is killed loses nothing.
        lines.push("appendfsync no".to_owned());
    }
    if let Some(tls_port) = tls_port {
        lines.push(format!("tls-port {tls_port}"));
        lines.push("tls-auth-clients no".to_owned());
        // They are those of the instance.
        let home = folder.parent().unwrap_or(folder);
        for (name, file) in [
            ("tls-cert-file", tls::CERTIFICATE),
            ("tls-key-file", tls::KEY),
            ("tls-ca-cert-file", tls::AUTHORITY),
        ] {
            lines.push(format!("{name} {}", quoted(&home.join(file).display().to_string())));
        }
    }
    if node.layout.is_cluster {
        if tls_port.is_some() {
            // Nodes tell clients the ports at which they talk to each other.
            lines.push("tls-cluster yes".to_owned());
            lines.push("tls-replication yes".to_owned());
        }
        lines.push("cluster-enabled yes".to_owned());
        lines.push("cluster-config-file nodes.conf".to_owned());
        lines.push("cluster-announce-ip 127.0.0.1".to_owned());
    } else {
        lines.push("databases 256".to_owned());
    }
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
    for (name, value) in &node.fixed {
        // The last line counts.
        lines.push(format!("{name} {}", quoted(value)));
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

/// The port that clients of the process in a folder connected to when it was started last.
pub(super) fn last_port(folder: &Path) -> Option<u16> {
    let conf = fs::read_to_string(folder.join("redis.conf")).ok()?;
    let port = |name: &str| conf.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
    port("tls-port ").or_else(|| port("port "))
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

/// Waits until a port is free that a process is about to leave; not for ever.
pub(super) async fn until_free(port: u16) {
    let start = Instant::now();
    while TcpListener::bind(("127.0.0.1", port)).is_err() && start.elapsed() < LEAVE_TIME {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A free port for a node of a cluster, whose bus needs another one.
pub(super) fn free_pair(wanted: Option<u16>) -> io::Result<u16> {
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let fits = |port: u16| port.checked_add(BUS).is_some_and(|bus| is_free(port) && is_free(bus));
    if let Some(wanted) = wanted {
        if fits(wanted) {
            return Ok(wanted);
        }
        tracing::warn!(wanted, "the port, or the one of its bus, is not free; taking another");
    }
    for _ in 0..1000 {
        // Below what the system gives away by itself.
        let port = fastrand::u16(10_000..32_000);
        if fits(port) {
            return Ok(port);
        }
    }
    Err(io::Error::other("there is no port that is free together with that of its bus"))
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
        assert_ne!(free_pair(Some(port)).unwrap(), port);
        drop(taken);
        assert_eq!(free_port(Some(port)).unwrap(), port);
    }

    #[test]
    fn a_port_whose_bus_is_taken_is_not_given_to_a_cluster() {
        let port = free_pair(None).unwrap();
        let taken = TcpListener::bind(("127.0.0.1", port + BUS)).unwrap();
        assert_ne!(free_pair(Some(port)).unwrap(), port);
        drop(taken);
        assert_eq!(free_pair(Some(65_000)).unwrap().checked_add(BUS).map(|_| ()), Some(()));
    }

    #[test]
    fn the_last_port_is_that_of_clients() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(last_port(folder.path()), None);
        let node = Node { gigabytes: 1.0, ..Node::default() };
        let mut settings =
            Settings { node: &node, port: 7000, tls_port: None, replica_of: None, is_kept: false };
        let conf = folder.path().join("redis.conf");
        write(&conf, &redis_conf(&settings, folder.path())).unwrap();
        assert_eq!(last_port(folder.path()), Some(7000));
        settings.tls_port = Some(7001);
        write(&conf, &redis_conf(&settings, folder.path())).unwrap();
        assert_eq!(last_port(folder.path()), Some(7001));
    }
}
