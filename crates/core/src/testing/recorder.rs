//! A growing recording. In: entries, one after another. Out: a file that is a complete HTTP Archive after
//! each of them, so that nothing is lost when the program ends.

use std::{
    fs::File,
    io::{self, Seek as _, SeekFrom, Write as _},
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::{Recorded, RecordingError, har};

/// A file that entries are added to.
#[derive(Debug)]
pub struct Recorder {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    file: File,
    /// Where the next entry goes.
    end: u64,
    is_empty: bool,
}

impl Recorder {
    /// A new file; one that is there is overwritten.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let path = path.as_ref();
        let begun = || -> io::Result<Inner> {
            let mut file = File::create(path)?;
            file.write_all(har::head().as_bytes())?;
            let end = file.stream_position()?;
            file.write_all(har::TAIL.as_bytes())?;
            Ok(Inner { file, end, is_empty: true })
        };
        let inner = begun().map_err(|source| super::recording::at(path, source))?;
        Ok(Self { inner: Mutex::new(inner) })
    }

    /// Adds an entry.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn add(&self, recorded: &Recorded) -> io::Result<()> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner { file, end, is_empty } = &mut *inner;
        let before = if *is_empty { "\n" } else { ",\n" };
        let entry = format!("{before}{}", har::entry_text(recorded));
        file.seek(SeekFrom::Start(*end))?;
        // At once, so that what is there is whole but for a moment.
        file.write_all(format!("{entry}{}", har::TAIL).as_bytes())?;
        *end += u64::try_from(entry.len()).unwrap_or(0);
        *is_empty = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Recording;

    #[test]
    fn the_file_is_whole_after_each_entry() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recording.har");
        let recorder = Recorder::create(&path).unwrap();
        assert_eq!(Recording::load(&path).unwrap().entries.len(), 0);
        for (number, status) in [(1, 200), (2, 404)] {
            let entry = Recorded::new("GET", format!("/{number}")).answered(status, None);
            recorder.add(&entry).unwrap();
            let entries = Recording::load(&path).unwrap().entries;
            assert_eq!(entries.len(), number);
            assert_eq!(entries[number - 1], entry);
        }
    }
}
