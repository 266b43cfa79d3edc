//! Processes that end with the emulator. In: a program and its arguments. Out: a process that is killed
//! when its handle is dropped, and when the emulator dies in any way, by `kill -9` as well.
//!
//! A small shell stands between: it holds one end of a pipe whose other end is the emulator's. The system
//! closes that end whenever the emulator ends, and the shell then kills the process. That works on every
//! Unix, needs no unsafe code, and does not depend on which thread started the process.
//!
//! The folder of a process has a lock, which is its standard output: it is held until the process and all its
//! children are gone. So whoever has the lock knows that nobody writes there any more, also when an
//! earlier emulator was killed a moment ago.

use std::{
    fs::{File, OpenOptions},
    future::Future as _,
    io,
    path::Path,
    pin::pin,
    process::{ExitStatus, Stdio},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::process::{Child, ChildStdin, Command};

/// `$@` is the program. The second line waits for the end of the pipe, the fourth for the program.
const WATCH: &str = r#"exec 3<&0
"$@" </dev/null 3<&- & program=$!
( read -r _ <&3; kill -9 $program ) 2>/dev/null & watch=$!
exec 3<&-
wait $program; code=$?
kill $watch 2>/dev/null
exit $code"#;

/// How long a process may take to end by itself.
const END_TIME: Duration = Duration::from_secs(10);
/// The file that is locked.
const LOCK: &str = "lock";

/// The lock of a folder.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Waits until no process of an earlier emulator is there any more.
    pub(super) async fn of(folder: &Path) -> io::Result<Self> {
        let start = Instant::now();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(folder.join(LOCK))?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(_) if start.elapsed() < END_TIME => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                Err(error) => {
                    let why = format!("{} is in use: {error}", folder.display());
                    return Err(io::Error::other(why));
                }
            }
        }
    }
}

/// A process.
#[derive(Debug)]
pub(super) struct Process {
    shell: Child,
    /// The emulator's end of the pipe; nothing once the process was ended on purpose.
    pipe: Option<ChildStdin>,
}

impl Process {
    pub(super) fn start(
        program: &Path,
        arguments: &[&str],
        folder: &Path,
        lock: Lock,
    ) -> io::Result<Self> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", WATCH, "watch"]).arg(program).args(arguments);
        command.current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::from(lock.0)).stderr(Stdio::null());
        // Ctrl-C is for the emulator, which ends its processes in order.
        #[cfg(unix)]
        command.process_group(0);
        let mut shell = command.spawn()?;
        let pipe = shell.stdin.take();
        Ok(Self { shell, pipe })
    }

    /// Whether it has ended.
    pub(super) fn is_over(&mut self) -> bool {
        !matches!(self.shell.try_wait(), Ok(None))
    }

    /// Whether it was ended on purpose.
    pub(super) fn is_stopped(&self) -> bool {
        self.pipe.is_none()
    }

    /// Ready, with the reason, once it has died by itself.
    pub(super) fn poll_crash(&mut self, context: &mut Context<'_>) -> Poll<String> {
        if self.is_stopped() {
            return Poll::Pending;
        }
        pin!(self.shell.wait()).poll(context).map(|status| reason(status.ok()))
    }

    /// Waits for it to end by itself; kills it if it does not.
    pub(super) async fn end(&mut self) {
        if tokio::time::timeout(END_TIME, self.shell.wait()).await.is_err() {
            self.kill().await;
        }
        self.pipe = None;
    }

    /// Kills it.
    pub(super) async fn kill(&mut self) {
        self.pipe = None;
        let _ = tokio::time::timeout(END_TIME, self.shell.wait()).await;
    }
}

/// Why a process ended, by the status of its shell: one above 128 is that of a signal.
fn reason(status: Option<ExitStatus>) -> String {
    match status.and_then(|status| status.code()) {
        Some(code) if code > 128 => format!("it was ended by signal {}", code - 128),
        Some(code) => format!("it exited with status {code}"),
        None => "it ended".to_owned(),
    }
}
