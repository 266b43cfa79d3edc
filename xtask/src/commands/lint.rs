//! `lint`: every problem of every document, one line each.

use std::io::Write as _;

use codegen::config::Config;

use super::{Outcome, document, print_problems};
use crate::screen::Screen;

pub(crate) fn run(config: &Config, out: &mut Screen) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for service in &config.services {
        let Some(document) = document(config, service) else {
            outcome = Outcome::Problems;
            continue;
        };
        let model = match service.draft {
            true => codegen::draft_model(&document).map(|(_, api)| api),
            false => codegen::model(&document),
        };
        let name = &service.document;
        match model.map(|api| api.gaps) {
            Ok(None) => writeln!(out, "{name}: no problems")?,
            Ok(Some(gaps)) => writeln!(out, "{name}: a draft: {gaps}")?,
            Err(problems) => {
                print_problems(service, &problems);
                outcome = Outcome::Problems;
            }
        }
    }
    Ok(outcome)
}
