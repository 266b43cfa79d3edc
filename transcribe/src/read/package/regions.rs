//! The module of regions in; where the service is called in each region out.

use super::{
    archive::Archive,
    refusal,
    syntax::{self, Class, Expr, Statement},
};
use crate::facts::{Endpoint, Refusal};

/// The endpoints of a version, by region; a package without such a module has none.
pub(super) fn endpoints(archive: &Archive, version: &str) -> (Vec<Endpoint>, Vec<Refusal>) {
    let (mut endpoints, mut refused) = (Vec::new(), Vec::new());
    for (path, text) in archive.modules_in(&format!("{version}/region/")) {
        match syntax::classes(text) {
            Ok(classes) => endpoints.extend(classes.iter().flat_map(of_class)),
            Err(error) => {
                let file = format!("{}/{path}", archive.name());
                refused.push(refusal(&file, error.line, error.message));
            }
        }
    }
    endpoints.sort();
    endpoints.dedup();
    (endpoints, refused)
}

fn of_class(class: &Class) -> Vec<Endpoint> {
    let values = class.body.iter().filter_map(|statement| match statement {
        Statement::Assign { value: Expr::Call(function, arguments), .. }
            if function.name() == Some("Region") =>
        {
            Some(arguments)
        }
        _ => None,
    });
    values.flat_map(|arguments| of_region(arguments)).collect()
}

/// `Region("cn-north-4", "https://…", …)`: some regions have several addresses.
fn of_region(arguments: &[Expr]) -> Vec<Endpoint> {
    let Some((region, urls)) = arguments.split_first() else { return Vec::new() };
    let Some(region) = region.text() else { return Vec::new() };
    let urls = urls.iter().filter_map(Expr::text);
    urls.map(|url| Endpoint { region: region.to_owned(), url: url.to_owned() }).collect()
}
