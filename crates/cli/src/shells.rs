//! Completion scripts and man pages. In: a shell, or an operation. Out: the script, or the page.

use crate::{complete, messages, native, output::closed, problem::Problem, run::print, service};

/// `hwc completion SHELL`.
pub(crate) fn completion(words: Vec<String>) -> Result<(), Problem> {
    let Some(matches) = native::matches(native::commands::completion(), words)? else {
        return Ok(());
    };
    let shell = matches.get_one::<String>("shell").map_or("", String::as_str);
    print(&complete::script(shell, matches.get_flag("online"))?)
}

/// `hwc man SERVICE OPERATION`: a page for `man -l -`.
pub(crate) fn man(words: &[String], language: &str) -> Result<(), Problem> {
    let [service, operation] = words else {
        return Err(Problem::usage(messages::usage_of("hwc man SERVICE OPERATION | man -l -")));
    };
    let chosen = service::named(service)?.operation(operation)?;
    let command = native::command(&chosen, &native::flags(&chosen.described), language);
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(closed)?;
    print(String::from_utf8_lossy(&page).trim_end())
}
