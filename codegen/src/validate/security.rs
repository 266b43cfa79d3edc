//! Security: schemes that a client can serve, and requirements that name them.

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let schemes = index.components("securitySchemes");
    let known = |name: &str| schemes.is_some_and(|schemes| schemes.contains_key(name));
    for requirement in index.of(Kind::SecurityRequirement) {
        for name in requirement.map.keys().filter(|name| !known(name)) {
            let names = schemes.into_iter().flatten().map(|(name, _)| name.as_str());
            let hint = report.hint(name, names, "add it to components/securitySchemes");
            let message = format!("no security scheme is called {}; {hint}", shown(name));
            report.add(&requirement.child(name), "unknown-security-scheme", message);
        }
    }
    for scheme in index.of(Kind::SecurityScheme) {
        check_scheme(scheme, report);
    }
}

fn check_scheme(scheme: &Place<'_>, report: &mut Report) {
    let needs: &[&str] = match scheme.text("type") {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some(kind @ ("oauth2" | "openIdConnect")) => {
            let what = format!("a security scheme of type {kind}");
            let advice = "use a scheme of type apiKey or http";
            return report.unsupported(&scheme.child("type"), &what, advice);
        }
        _ => return,
    };
    for keyword in needs.iter().filter(|keyword| !scheme.has(keyword)) {
        let message = format!("a security scheme of this type needs `{keyword}`; add it");
        report.add(&scheme.at, "missing-keyword", message);
    }
    if let Some(location @ ("query" | "cookie")) = scheme.text("in") {
        let what = format!("a key in a {location}");
        report.unsupported(&scheme.child("in"), &what, "send it in a header");
    }
}
