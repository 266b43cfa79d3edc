//! What shells and `man` need. In: the commands of all services. Out: a script of completion, or a page.

use crate::{native, output::closed, problem::Problem, run::print, service};

/// `hwc completion SHELL`.
pub(crate) fn completion(words: Vec<String>, language: &str) -> Result<(), Problem> {
    let Some(matches) = native::matches(native::completion_command(), words)? else {
        return Ok(());
    };
    let shell = matches.get_one::<String>("shell").map_or("", String::as_str);
    let shell: clap_complete::Shell =
        shell.parse().map_err(|_| Problem::usage(format!("{shell:?}: there is no such shell")))?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut native::tree(language)?, "hwc", &mut script);
    print(String::from_utf8_lossy(&script).trim_end())
}

/// `hwc man SERVICE OPERATION`: a page for `man -l -`.
pub(crate) fn man(words: &[String], language: &str) -> Result<(), Problem> {
    let [service, operation] = words else {
        return Err(Problem::usage("hwc man SERVICE OPERATION | man -l -"));
    };
    let chosen = service::named(service)?.operation(operation)?;
    let command = native::command(&chosen, &native::flags(&chosen.described), language);
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(closed)?;
    print(String::from_utf8_lossy(&page).trim_end())
}
