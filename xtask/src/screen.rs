//! Standard output and standard error, as a pipeline needs them: a closed pipe is not an
//! error, and nothing panics.

use std::{
    fmt,
    io::{self, ErrorKind, StdoutLock, Write},
};

/// Standard output. When its reader has gone (`| head`), what is written is dropped and the command
/// goes on, so that how it ends depends on what it found and not on who was listening.
pub(crate) struct Screen {
    out: StdoutLock<'static>,
    closed: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { out: io::stdout().lock(), closed: false }
    }
}

impl Screen {
    fn quiet<T>(&mut self, result: io::Result<T>, gone: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(gone)
            }
            other => other,
        }
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.out.write(bytes);
        self.quiet(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.out.flush();
        self.quiet(result, ())
    }
}

/// A line to standard error. When that fails, there is nobody left to tell.
pub(crate) fn complain(line: fmt::Arguments<'_>) {
    writeln!(io::stderr().lock(), "{line}").unwrap_or_default();
}
