//! Recorded requests and responses. In: entries as they occur, or a file in the HTTP Archive format (HAR 1.2).
//! Out: the same as a file, to inspect with any tool and to [replay](super::Replay).

use std::{
    fmt, fs,
    io::{self, Write as _},
    path::Path,
};

use super::har;

/// Requests with their answers, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// The entries.
    pub entries: Vec<Recorded>,
}

/// A request with its answer.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// When it was asked, such as `2026-01-31T23:59:59.000Z`.
    pub at: String,
    /// In upper case.
    pub method: String,
    /// As far as it is known; a path and a query are enough.
    pub url: String,
    /// Names and values, without those that prove who asked.
    pub request_headers: Vec<(String, String)>,
    /// The body, if it is text.
    pub request_body: Option<String>,
    /// Of the answer.
    pub status: u16,
    /// Of the answer.
    pub headers: Vec<(String, String)>,
    /// The body of the answer, if it is text.
    pub body: Option<String>,
}

/// Why there is no recording.
#[non_exhaustive]
pub enum RecordingError {
    /// The file cannot be read or written.
    File {
        /// Its path.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// It is no HTTP Archive.
    Form(String),
    /// No client can be made for it.
    Client(Box<crate::Error>),
}

impl Recording {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no HTTP Archive.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| at(path, source))?;
        Self::parse(&text)
    }

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// It is no HTTP Archive.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        har::read(text).map_err(RecordingError::Form)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        let path = path.as_ref();
        let written = fs::File::create(path);
        let written = written.and_then(|mut file| file.write_all(self.to_text().as_bytes()));
        written.map_err(|source| at(path, source))
    }

    /// The same as text.
    pub fn to_text(&self) -> String {
        har::write(self)
    }
}

impl Recorded {
    /// A request for a method and a URL, of which a path and a query are enough.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self { method: method.into(), url: url.into(), ..Self::default() }
    }

    /// The same with an answer.
    #[must_use]
    pub fn answered(mut self, status: u16, body: Option<String>) -> Self {
        (self.status, self.body) = (status, body);
        self
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        let behind = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        match self.url.starts_with('/') {
            true => &self.url,
            false => behind.find('/').and_then(|at| behind.get(at..)).unwrap_or("/"),
        }
    }
}

/// Without bodies and headers, which may hold secrets.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Recorded");
        shown.field("method", &self.method).field("target", &self.target());
        shown.field("status", &self.status).finish_non_exhaustive()
    }
}

pub(super) fn at(path: &Path, source: io::Error) -> RecordingError {
    RecordingError::File { path: path.display().to_string(), source }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(f, "the recording {path}: {source}"),
            Self::Form(why) => write!(f, "this is not a recording: {why}"),
            Self::Client(error) => write!(f, "no client for the recording: {error}"),
        }
    }
}

crate::readable_debug!(RecordingError);

impl std::error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Client(error) => Some(&**error),
            Self::Form(_) => None,
        }
    }
}
