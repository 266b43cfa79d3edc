//! Which secrets a request holds. In: secrets, as they are serialized while a request is built.
//! Out: all of them, to keep them out of errors.

use std::cell::RefCell;

use super::Secret;

thread_local! {
    /// What was written on this thread, while somebody wants to know.
    static WRITTEN: RefCell<Option<Vec<Secret>>> = const { RefCell::new(None) };
}

/// Keeps a secret for who wants to know.
pub(super) fn record(secret: &Secret) {
    WRITTEN.with_borrow_mut(|written| {
        if let Some(written) = written {
            written.push(secret.clone());
        }
    });
}

/// Records until it is dropped, also by a panic.
pub(crate) struct Recording {
    before: Option<Vec<Secret>>,
}

impl Recording {
    pub(crate) fn begin() -> Self {
        Self { before: WRITTEN.replace(Some(Vec::new())) }
    }

    /// What was written since it began.
    pub(crate) fn end(self) -> Vec<Secret> {
        WRITTEN.take().unwrap_or_default()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        WRITTEN.set(self.before.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_recorded_while_somebody_wants_to_know_and_no_longer() {
        let write = |secret: &str| serde_json::to_string(&[Secret::new(secret)]).unwrap();
        write("before");
        let recording = Recording::begin();
        write("a");
        let inner = Recording::begin();
        write("inner");
        assert_eq!(inner.end(), ["inner".into()]);
        write("b");
        assert_eq!(recording.end(), ["a".into(), "b".into()]);
        let panics = || {
            let _recording = Recording::begin();
            panic!("on purpose, after {}", write("c"))
        };
        assert!(std::panic::catch_unwind(panics).is_err());
        write("after");
        assert_eq!(Recording::begin().end(), []);
    }
}
