//! A call known only as data, made by a program without types for it, such as a command line. In: an operation, and how its
//! request is built. Out: the unchanged response, or the request that would be sent.

use super::{Built, Operation, Prepared, Ready, Wants, answer, execute};
use crate::{Context, Error, Response, Secret};

/// A call of an operation that the program knows by its description. Who makes it has checked it.
pub struct DataCall<'c> {
    context: &'c Context,
    operation: Operation,
    request: Box<Request<'c>>,
    secrets: Vec<Secret>,
    ordered: Option<Vec<String>>,
}

type Request<'c> = dyn Fn(&Ready) -> Built + Send + Sync + 'c;

impl<'c> DataCall<'c> {
    /// A call of an operation; `request` puts it together once it is known for whom it is made.
    pub fn new(
        context: &'c Context,
        operation: Operation,
        request: impl Fn(&Ready) -> Built + Send + Sync + 'c,
    ) -> Self {
        let request = Box::new(request);
        Self { context, operation, request, secrets: Vec::new(), ordered: None }
    }

    /// Secrets that the request holds; they are kept out of errors.
    #[must_use]
    pub fn secrets(mut self, secrets: Vec<Secret>) -> Self {
        self.secrets = secrets;
        self
    }

    /// The names of what it orders; an error then says what to look for.
    #[must_use]
    pub fn orders(mut self, names: Vec<String>) -> Self {
        self.ordered = Some(names);
        self
    }

    /// Sends it. The body of a success is given as it came; one that reports an error is an error.
    ///
    /// # Errors
    ///
    /// All of [`Error`] but [`Error::Invalid`], [`Error::Decode`] and [`Error::List`].
    pub async fn send(self) -> Result<Response<Vec<u8>>, Error> {
        let ready = self.context.ready_for(self.operation.scope).await?;
        let request = (self.request)(&ready);
        let ready = ready.knowing(self.secrets);
        let outcome = execute(&ready, self.operation, request, Wants::Body).await;
        let outcome = outcome.and_then(|answer| answer::download(&ready, self.operation, answer));
        match self.ordered {
            Some(names) => outcome.map_err(|error| error.of_purchase(|| names)),
            None => outcome,
        }
    }

    /// Does what [`send`](Self::send) does up to the point of sending; `body` is shown in place of the body.
    ///
    /// # Errors
    ///
    /// What is refused before anything leaves.
    pub async fn dry_run(self, body: Option<String>) -> Result<Prepared, Error> {
        let ready = self.context.ready_for(self.operation.scope).await?;
        let request = (self.request)(&ready);
        Prepared::new(&ready, request, Ok(body))
    }
}
