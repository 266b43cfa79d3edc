//! The hand-written code that all generated clients share.
//!
//! In: what a generated crate knows about a service (types, bounds, operations). Out: one way to
//! build a client (`ClientBuilder`), to [validate](Validate) requests, to read
//! responses [leniently](lenient), and to report what went wrong (`Error`).
//!
//! Without the feature `http`, only what needs no network is available: [`Secret`], [`Violation`]s,
//! [`check`]s, [`lenient`] reading and open enumerations.

#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod allowed;
mod capacity;
pub mod check;
mod error_code;
mod file;
pub mod lenient;
mod open_enum;
pub mod query;
mod readable;
pub mod rule;
mod secret;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "sign")]
pub mod sign;
mod validate;
mod violation;

pub use allowed::Allowed;
pub use capacity::{Capacity, CapacityError};
pub use error_code::{ErrorCatalog, ErrorCode, ErrorEntry};
pub use file::File;
use readable::readable_debug;
pub use secret::Secret;
pub use validate::{Report, Validate};
pub use violation::{Path, Severity, Violation, Violations};

#[cfg(feature = "http")]
mod authorize;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "http")]
mod body;
#[cfg(feature = "http")]
mod builder;
#[cfg(feature = "http")]
mod cache;
#[cfg(feature = "http")]
pub mod call;
#[cfg(feature = "http")]
mod causes;
#[cfg(feature = "http")]
mod clock;
#[cfg(feature = "http")]
mod compiled;
#[cfg(feature = "http")]
mod config;
#[cfg(feature = "http")]
mod context;
#[cfg(feature = "http")]
mod credentials;
#[cfg(feature = "http")]
mod endpoint;
#[cfg(feature = "http")]
mod ensure;
#[cfg(feature = "http")]
mod environment;
#[cfg(feature = "http")]
mod error;
#[cfg(feature = "http")]
mod hook;
#[cfg(feature = "http")]
mod link;
#[cfg(feature = "http")]
mod operation;
#[cfg(feature = "http")]
mod outcome;
#[cfg(feature = "http")]
mod owner;
#[cfg(feature = "http")]
mod pages;
#[cfg(feature = "http")]
mod project;
#[cfg(feature = "http")]
mod redact;
#[cfg(feature = "http")]
mod region;
#[cfg(feature = "http")]
mod response;
#[cfg(feature = "http")]
mod retry;
#[cfg(feature = "http")]
mod service_error;
#[cfg(feature = "http")]
mod shown_url;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "http")]
mod text;
#[cfg(feature = "time")]
mod times;
#[cfg(feature = "http")]
mod tls;
#[cfg(feature = "http")]
mod validation;
#[cfg(feature = "http")]
mod wait;

#[cfg(feature = "blocking")]
pub use blocking::Blocking;
#[cfg(feature = "time")]
pub use times::{OffsetDateTime, TimeError};
#[cfg(feature = "http")]
use validation::OnWarning;
#[cfg(feature = "http")]
pub use {
    builder::{ClientBuilder, ServiceClient},
    call::Prepared,
    config::Config,
    context::Context,
    credentials::{
        Attempt, CachedCredentials, Credentials, CredentialsChain, CredentialsError,
        CredentialsFuture, CredentialsProvider,
    },
    ensure::{
        Difference, EnsureError, EnsureWaitError, Ensured, FileJournal, Intention,
        IntentionOutcome, Journal, JournalError, JournalFuture, JournalTurn, LookupError,
        LookupPolicy, MemoryJournal, OrderState, OrderStateFuture, OrderStates, Provenance,
        Resource, Unusable,
    },
    error::{
        ConfigError, DecodeError, Error, ListError, ListProblem, RequestError, TransportError,
    },
    hook::{AttemptInfo, Hook, Outcome},
    pages::{ItemStream, Page},
    region::Region,
    response::Response,
    retry::RetryPolicy,
    service_error::ServiceError,
    validation::Validation,
    wait::{UntilGone, UntilReached, Verdict, WaitError, Waiter},
};

/// What the macros of this crate name; no part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::lenient::object::{object, object_option, object_or_none};
    #[cfg(feature = "time")]
    pub use crate::times::time;
    #[cfg(feature = "http")]
    pub use crate::{
        ensure::{
            Compare, EnsureSettings, JournalChoice, Listed, Purchase, Reported, Stated,
            WaitOptions, batch_names, differences, ensure, longest, said, scope, state_folder,
        },
        pages::{Markers, fingerprint},
        wait::WaitSettings,
    };
    pub use serde;
}
