//! `lint`: every problem of every document, a line each.

use std::path::Path;

use super::{Outcome, document, print_problems, services};

pub(crate) fn run(config: &Path) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Fine;
    for service in &services(config)? {
        let problems = match document(service) {
            Some(document) => codegen::model(&document).err().unwrap_or_default(),
            None => {
                outcome = Outcome::Problems;
                continue;
            }
        };
        print_problems(service, &problems);
        if problems.is_empty() {
            println!("{}: no problems", service.document);
        } else {
            outcome = Outcome::Problems;
        }
    }
    Ok(outcome)
}
