//! Servers: there is one where anything is called, and the variables of a URL against those that are defined.

use super::{
    index::Index,
    kinds::Kind,
    paths::template,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let calls = index.of(Kind::Operation).next().is_some();
    for root in index.of(Kind::Root) {
        if calls && root.list("servers").is_empty() {
            let message = "no server says where the operations are called; add `servers`, with the region as a \
                           variable of the URL";
            report.add(&root.at, "missing-server", message);
        }
    }
    for docs in index.of(Kind::ExternalDocs) {
        if let Some(url) = docs.text("url").filter(|url| !is_address(url)) {
            let message =
                format!("{} is not an address of a page; write one with https://", shown(url));
            report.add(&docs.child("url"), "wrong-value", message);
        }
    }
    for server in index.of(Kind::Server) {
        let Some(url) = server.text("url") else { continue };
        let names = match template(url) {
            Ok(names) => names,
            Err(problem) => {
                report.add(&server.child("url"), "bad-path-template", problem.to_string());
                continue;
            }
        };
        let variables = server.object("variables");
        for name in &names {
            if !variables.is_some_and(|variables| variables.contains_key(*name)) {
                let message = format!("{} is not defined; add it to `variables`", shown(name));
                report.add(&server.child("url"), "missing-server-variable", message);
            }
        }
        for name in variables.into_iter().flat_map(|variables| variables.keys()) {
            if !names.contains(&name.as_str()) {
                let message =
                    format!("the URL has no {{{name}}}; add it there or remove the variable");
                report.add(&server.at.join(["variables", name]), "unused-server-variable", message);
            }
        }
    }
}

/// Whether a link to it is nothing but a link.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest.chars().all(|c| c.is_ascii_graphic() && !"<>()[]{}|\"'`\\".contains(c))
    })
}
