//! The trusted roots of the operating system: more than a hundred files or one large one, which take
//! longer to read than all else that a client is made of.
//!
//! In: a provider. Out: what verifies certificates, shared by all clients that live at the same time.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::Verifier;

/// Roots that were read longer ago are read again, so that a new client learns what changed.
const MAX_AGE: Duration = Duration::from_secs(60 * 60);

static SHARED: Mutex<Option<(Instant, Weak<Verifier>)>> = Mutex::new(None);

/// A verifier by the system's roots. Whoever comes while others read waits for them.
pub(super) fn verifier(provider: Arc<CryptoProvider>) -> Result<Arc<Verifier>, rustls::Error> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((read, verifier)) = &*shared
        && read.elapsed() < MAX_AGE
        && let Some(verifier) = verifier.upgrade()
    {
        return Ok(verifier);
    }
    let verifier = Arc::new(Verifier::new(provider)?);
    *shared = Some((Instant::now(), Arc::downgrade(&verifier)));
    Ok(verifier)
}

#[cfg(test)]
mod tests {
    use rustls::crypto::ring::default_provider;

    use super::*;

    #[test]
    fn roots_are_read_once_for_clients_that_live_at_the_same_time() {
        let provider = || Arc::new(default_provider());
        let Ok(first) = verifier(provider()) else {
            eprintln!("left out: this system has no trusted roots, so there is nothing to share");
            return;
        };
        let second = verifier(provider()).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
    }
}
