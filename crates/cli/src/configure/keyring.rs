//! The keyring of the system. In: a name and a secret. Out: the secret, kept where other users and backups do not find it; or why
//! there is no keyring.
//!
//! A keyring that is locked asks its owner for a password, however long that takes, so a note says what is waited for.

use std::{
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use huaweicloud_core::Secret;

use crate::{messages, run::tell};

/// Time without an answer after which a note says what is waited for.
const QUIET: Duration = Duration::from_secs(2);

/// Keeps secrets by their names.
pub(crate) trait Keyring: Send + Sync {
    /// Keeps a secret in place of the one that has the name.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), String>;
    /// The secret of a name, if there is one.
    fn get(&self, name: &str) -> Result<Option<Secret>, String>;
    /// Forgets a secret, if there is one.
    fn delete(&self, name: &str) -> Result<(), String>;
}

/// The keyring of this system, or why there is none.
pub(crate) fn system() -> Result<Box<dyn Keyring>, String> {
    patiently(native).map(|all| Box::new(Patient(all)) as Box<dyn Keyring>)
}

/// A keyring whose owner may have to unlock it first.
struct Patient(Box<dyn Keyring>);

impl Keyring for Patient {
    fn set(&self, name: &str, secret: &Secret) -> Result<(), String> {
        patiently(|| self.0.set(name, secret))
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, String> {
        patiently(|| self.0.get(name))
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        patiently(|| self.0.delete(name))
    }
}

/// Does what may wait for the owner of the keyring.
fn patiently<T: Send>(act: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let (done, end) = channel::<()>();
        let acting = scope.spawn(move || {
            let result = act();
            drop(done);
            result
        });
        if end.recv_timeout(QUIET) == Err(RecvTimeoutError::Timeout) {
            tell(&messages::note(messages::keyring_waits()));
        }
        match acting.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(not(feature = "keyring"))]
fn native() -> Result<Box<dyn Keyring>, String> {
    Err(messages::keyring_not_built())
}

#[cfg(feature = "keyring")]
use built::native;

#[cfg(feature = "keyring")]
pub(super) mod built {
    use std::sync::Arc;

    use keyring_core::{CredentialStore, Entry, Error};

    use super::{Keyring, Secret};
    use crate::messages;

    /// The program that entries belong to, as the tools of the system show it.
    const PROGRAM: &str = "hwc";

    pub(super) fn native() -> Result<Box<dyn Keyring>, String> {
        let status = keyring::v1::Entry::store_status();
        status.as_ref().map_err(ToString::to_string)?;
        let store = keyring_core::get_default_store();
        let store = store.ok_or_else(messages::keyring_not_built)?;
        Ok(Box::new(Entries(store)))
    }

    /// The entries of a store.
    pub(in crate::configure) struct Entries(pub(in crate::configure) Arc<CredentialStore>);

    impl Entries {
        fn entry(&self, name: &str) -> Result<Entry, String> {
            Entry::new_in_store(&self.0, PROGRAM, name).map_err(|error| error.to_string())
        }
    }

    impl Keyring for Entries {
        fn set(&self, name: &str, secret: &Secret) -> Result<(), String> {
            let done = self.entry(name)?.set_password(secret.expose());
            done.map_err(|error| error.to_string())
        }

        fn get(&self, name: &str) -> Result<Option<Secret>, String> {
            match self.entry(name)?.get_password() {
                Ok(secret) => Ok(Some(secret.into())),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error.to_string()),
            }
        }

        fn delete(&self, name: &str) -> Result<(), String> {
            match self.entry(name)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(error.to_string()),
            }
        }
    }
}
