//! One file a command, and what they share: the services and how a command ends.

pub(crate) mod generate;
pub(crate) mod lint;
pub(crate) mod validate;

use std::{path::Path, process::ExitCode};

use codegen::{
    config::{self, Service},
    diagnostic::Diagnostic,
    load::{self, Document},
};

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

/// All services of the list, and the folder that their paths start from.
pub(crate) fn services(config: &Path) -> anyhow::Result<Vec<Service>> {
    Ok(config::load(config).map_err(anyhow::Error::msg)?.services)
}

/// A service's document; what keeps it from being read is printed like any other problem.
pub(crate) fn document(service: &Service) -> Option<Document> {
    match load::load(Path::new(&service.document)) {
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
        eprintln!("error: {}{problem}", service.document);
    }
}
