//! One file per command, and what they share: the services, and the outcome of a command.

pub(crate) mod add_service;
pub(crate) mod generate;
pub(crate) mod lint;
mod package_document;
pub(crate) mod site;
pub(crate) mod transcribe;
pub(crate) mod try_services;
pub(crate) mod validate;
mod workspace;
mod write;

use std::process::ExitCode;

use codegen::{
    config::{Config, Service},
    diagnostic::Diagnostic,
    load::{self, Document},
};

use crate::screen::complain;

/// How a command ended.
#[derive(Clone, Copy)]
pub(crate) enum Outcome {
    Fine,
    Problems,
    BadCall,
    Drift,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Problems => Self::from(1),
            Outcome::BadCall => Self::from(2),
            Outcome::Drift => Self::from(4),
        }
    }
}

/// A service's document; what keeps it from being read is printed like any other problem.
pub(crate) fn document(config: &Config, service: &Service) -> Option<Document> {
    match load::load(&config.root.join(&service.document)) {
        Ok(document) => Some(document),
        Err(problem) => {
            print_problems(service, &[problem]);
            None
        }
    }
}

/// `FILE#/pointer: message [code]`, a line each.
pub(crate) fn print_problems(service: &Service, problems: &[Diagnostic]) {
    for problem in problems {
        complain(format_args!("error: {}{problem}", service.document));
    }
}
