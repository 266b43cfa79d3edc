//! Temporary keys, as a machine with an agency gets them. In: moments. Out: keys with a token and an end;
//! before that there are others, so that a program has to renew them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use huaweicloud_core::Secret;

/// How many that were given out are still taken; older ones are over.
const KEPT: usize = 16;

/// Keys that end.
#[derive(Clone, Debug)]
pub(crate) struct Temporary {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
    pub(crate) token: Secret,
    /// In milliseconds since 1970.
    pub(crate) ends: u64,
}

/// Gives out keys, and knows those that it gave out.
pub(crate) struct Issuer {
    /// How long keys last, in milliseconds.
    life: u64,
    issued: Mutex<Issued>,
}

struct Issued {
    keys: Vec<Temporary>,
    random: fastrand::Rng,
}

impl Issuer {
    pub(crate) fn new(life: u64, seed: Option<u64>) -> Self {
        let random = seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self { life, issued: Mutex::new(Issued { keys: Vec::new(), random }) }
    }

    /// The keys of a moment: the last ones as long as half of their life is left, else new ones.
    pub(crate) fn current(&self, now: u64) -> Temporary {
        let mut issued = self.lock();
        let half = self.life / 2;
        let last = issued.keys.last().filter(|keys| keys.ends > now.saturating_add(half));
        if let Some(keys) = last {
            return keys.clone();
        }
        let mut word = || format!("{:032x}", issued.random.u128(..));
        let keys = Temporary {
            access_key: format!("EMULATOR-{}", word().get(..16).unwrap_or_default()),
            secret_key: Secret::new(word()),
            token: Secret::new(word()),
            ends: now.saturating_add(self.life),
        };
        issued.keys.push(keys.clone());
        let surplus = issued.keys.len().saturating_sub(KEPT);
        issued.keys.drain(..surplus);
        keys
    }

    /// Keys that were given out, and are not over.
    pub(crate) fn find(&self, access_key: &str, now: u64) -> Option<Temporary> {
        let issued = self.lock();
        let mut alive = issued.keys.iter().filter(|keys| keys.ends > now);
        alive.find(|keys| keys.access_key == access_key).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Issued> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_renewed_before_they_end_and_are_known_until_then() {
        let issuer = Issuer::new(1000, Some(1));
        let first = issuer.current(0);
        assert_eq!(first.ends, 1000);
        assert_eq!(issuer.current(499).access_key, first.access_key);
        let second = issuer.current(500);
        assert_ne!(second.access_key, first.access_key);
        assert!(issuer.find(&first.access_key, 999).is_some());
        assert!(issuer.find(&first.access_key, 1000).is_none());
        assert!(issuer.find(&second.access_key, 1000).is_some());
        assert!(issuer.find("EMULATOR-unknown", 0).is_none());
    }
}
