//! What one of the places has. In: credentials, or what is missing or wrong there. Out: whether the
//! search continues.

use super::{Attempt, Credentials, CredentialsError};

/// What a place gave.
pub(super) enum Found {
    Credentials(Credentials),
    /// Nothing: the next place is asked.
    Nothing(Attempt),
    /// Something that cannot be used: the search is over.
    Wrong(Attempt),
    /// The same, with an error behind it.
    Failed(CredentialsError),
}

impl Found {
    /// What a place gave, unless something is wrong with it.
    pub(super) fn credentials(place: impl Into<String>, credentials: Credentials) -> Self {
        match credentials.problem() {
            Some(problem) => Self::wrong(place, problem),
            None => Self::Credentials(credentials),
        }
    }

    pub(super) fn wrong(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Wrong(Attempt::new(place, problem))
    }

    /// Adds a place in vain to those before; ends the search where it must not go on.
    pub(super) fn settle(
        self,
        attempts: &mut Vec<Attempt>,
    ) -> Result<Option<Credentials>, CredentialsError> {
        match self {
            Self::Credentials(credentials) => Ok(Some(credentials)),
            Self::Wrong(attempt) => {
                let error = CredentialsError::of("credentials", vec![attempt], "correct it");
                Err(error.after(std::mem::take(attempts)))
            }
            Self::Failed(error) => Err(error.after(std::mem::take(attempts))),
            Self::Nothing(attempt) => {
                attempts.push(attempt);
                Ok(None)
            }
        }
    }
}
