//! A value for display. In: something that holds secrets. Out: its JSON without them.

use std::cell::Cell;

use serde::Serialize;

thread_local! {
    /// Whether secrets are written as [`super::REDACTED`] on this thread, now.
    static HIDES: Cell<bool> = const { Cell::new(false) };
}

/// The JSON of a value, with `[redacted]` in place of each secret.
///
/// # Errors
///
/// When the value has no JSON.
pub fn masked_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    masked(|| serde_json::to_string(value))
}

/// What is written, with `[redacted]` in place of each secret.
pub(crate) fn masked<T>(write: impl FnOnce() -> T) -> T {
    let _hidden = Hidden::begin();
    write()
}

pub(super) fn hides() -> bool {
    HIDES.get()
}

/// Hides secrets until it is dropped, also by a panic.
struct Hidden {
    before: bool,
}

impl Hidden {
    fn begin() -> Self {
        Self { before: HIDES.replace(true) }
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        HIDES.set(self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn secrets_are_masked_while_it_is_shown_and_no_longer() {
        #[derive(serde::Serialize)]
        struct Login {
            user: &'static str,
            passwords: Vec<Secret>,
        }
        let login = Login { user: "hunter2", passwords: vec!["hunter2".into()] };
        let masked = r#"{"user":"hunter2","passwords":["[redacted]"]}"#;
        assert_eq!(masked_json(&login).unwrap(), masked);
        let whole = r#"{"user":"hunter2","passwords":["hunter2"]}"#;
        assert_eq!(serde_json::to_string(&login).unwrap(), whole);
    }

    #[test]
    fn a_value_that_panics_leaves_nothing_hidden() {
        struct Bad;
        impl Serialize for Bad {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                panic!("on purpose")
            }
        }
        assert!(std::panic::catch_unwind(|| masked_json(&Bad)).is_err());
        assert!(!hides());
    }
}
