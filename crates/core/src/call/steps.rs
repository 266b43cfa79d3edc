//! The steps of every call, written once for all operations: validate, find credentials and project, build the
//! request, send it.
//!
//! In: a call, as a generated client describes it. Out: its response, its error, or the request that
//! would be sent.

use super::{Built, Listed, Operation, Prepared, Ready, Setup, Wants, answer, execute, read_empty};
use crate::{Error, Response, Violations, lenient::Lenient, secret::Recording};

/// A call of an operation, as generated clients describe it.
pub trait Call: Send + Sync {
    /// What it is answered with; `()` for nothing.
    type Answer: Lenient;

    /// The operation.
    const OPERATION: Operation;

    /// Where it is sent, and which checks count for it.
    fn setup(&self) -> &Setup<'_>;

    /// All violations, warnings included.
    fn check(&self) -> Violations;

    /// Checks what becomes a [segment](super::segment) of the path. Nothing skips this.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] with the first that leads to another operation.
    fn check_path(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Puts the request together.
    fn request(&self, ready: &Ready) -> Built;

    /// What an answer lists, if the operation lists anything.
    fn listed(&self, _answer: &Self::Answer) -> Option<Listed> {
        None
    }

    /// The names of what it orders, if it orders anything.
    fn ordered(&self) -> Option<Vec<String>> {
        None
    }

    /// Puts something else in place of parameters that are secret.
    fn mask(&mut self) {}

    /// The body, if there is one, without its secrets.
    ///
    /// # Errors
    ///
    /// It has no JSON.
    fn masked_body(&self) -> serde_json::Result<Option<String>> {
        Ok(None)
    }
}

/// Sends a call of an operation that has an answer, as [`read`](super::read) does. An answer that
/// lists nothing is checked for being a list at all.
///
/// # Errors
///
/// All of [`Error`].
pub async fn send<C: Call>(call: C) -> Result<Response<C::Answer>, Error> {
    admit(&call)?;
    let (ready, request) = put_together(&call).await?;
    let answer = execute(&ready, C::OPERATION, request, Wants::Body).await;
    let listed = |answer: &C::Answer| call.listed(answer);
    let outcome = answer.and_then(|answer| answer::read(&ready, C::OPERATION, answer, listed));
    outcome.map_err(|error| of(&call, error))
}

/// As [`send`], for an operation that has no answer.
///
/// # Errors
///
/// As [`send`], without [`Error::Decode`].
pub async fn send_empty<C: Call>(call: C) -> Result<Response<()>, Error> {
    admit(&call)?;
    let (ready, request) = put_together(&call).await?;
    let outcome = read_empty(&ready, C::OPERATION, request).await;
    outcome.map_err(|error| of(&call, error))
}

/// As [`send`], for an operation that answers with a file, whose bytes are given as they came.
///
/// # Errors
///
/// As [`send`], without [`Error::Decode`].
pub async fn send_download<C: Call>(call: C) -> Result<Response<Vec<u8>>, Error> {
    admit(&call)?;
    let (ready, request) = put_together(&call).await?;
    let answer = execute(&ready, C::OPERATION, request, Wants::Body).await;
    let outcome = answer.and_then(|answer| answer::download(&ready, C::OPERATION, answer));
    outcome.map_err(|error| of(&call, error))
}

/// Does what [`send`] does up to the point of sending.
///
/// # Errors
///
/// What is refused before anything leaves.
pub async fn dry_run<C: Call>(mut call: C) -> Result<Prepared, Error> {
    admit(&call)?;
    // What stands in place of a secret need not be valid, so it is put there after the checks.
    call.mask();
    let (ready, request) = put_together(&call).await?;
    Prepared::new(&ready, request, call.masked_body())
}

fn admit(call: &impl Call) -> Result<(), Error> {
    call.setup().admit(|| call.check())?;
    call.check_path()
}

async fn put_together<C: Call>(call: &C) -> Result<(Ready, Built), Error> {
    let ready = call.setup().context().ready_for(C::OPERATION.scope).await?;
    let recording = Recording::begin();
    let request = call.request(&ready);
    Ok((ready.knowing(recording.end()), request))
}

/// An error with the names to look for, if something may have been ordered.
fn of(call: &impl Call, error: Error) -> Error {
    match call.ordered() {
        Some(names) => error.of_purchase(|| names),
        None => error,
    }
}
