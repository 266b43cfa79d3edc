//! `lint`: every problem of every document, a line each.

use std::io::Write as _;

use codegen::config::Config;

use super::{Outcome, document, print_problems};
use crate::screen::Screen;

pub(crate) fn run(config: &Config, out: &mut Screen) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for service in &config.services {
        let problems = match document(config, service) {
            Some(document) => codegen::model(&document).err().unwrap_or_default(),
            None => {
                outcome = Outcome::Problems;
                continue;
            }
        };
        print_problems(service, &problems);
        if problems.is_empty() {
            writeln!(out, "{}: no problems", service.document)?;
        } else {
            outcome = Outcome::Problems;
        }
    }
    Ok(outcome)
}
