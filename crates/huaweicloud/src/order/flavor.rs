//! Whether a flavor is available as it is ordered. In: an order, the entries of its flavor, and the zones that have
//! capacity at all. Out: lines of the report.

use huaweicloud_dcs::types::{CreateInstanceBody, FlavorsItems};

use super::check::OrderReport;

/// What an entry does not say is not held against an order.
pub(super) fn check(
    order: &CreateInstanceBody,
    flavors: &[FlavorsItems],
    zones: &[&str],
    report: &mut OrderReport,
) {
    let code = &order.spec_code;
    let is_it = |flavor: &&FlavorsItems| flavor.spec_code.as_ref() == Some(code);
    let flavors: Vec<&FlavorsItems> = flavors.iter().filter(is_it).collect();
    if flavors.is_empty() {
        let message = format!("{code} is not on offer here; ListFlavors lists what is");
        return report.problem("spec_code", message);
    }
    let engine = order.engine.as_str();
    let engines = words(flavors.iter().filter_map(|flavor| flavor.engine.as_deref()));
    if lacks(&engines, |known| known.eq_ignore_ascii_case(engine)) {
        let message = format!("{code} is of {}, and the order is of {engine}", engines.join(", "));
        return report.problem("spec_code", message);
    }
    let versions = words(flavors.iter().filter_map(|flavor| flavor.engine_version.as_deref()));
    if let Some(version) = order.engine_version.as_ref().map(|version| version.as_str())
        && lacks(&versions, |known| known == version)
    {
        let versions = versions.join(", ");
        report.problem("engine_version", format!("{code} comes with {versions}, not {version}"));
    }
    let sizes = words(flavors.iter().flat_map(|flavor| &flavor.capacity).map(String::as_str));
    if lacks(&sizes, |known| is_size(known, order.capacity)) {
        let (sizes, size) = (sizes.join(", "), order.capacity);
        return report.problem("capacity", format!("{code} comes with {sizes} GB, not {size}"));
    }
    in_zones(order, &flavors, zones, report);
}

fn in_zones(
    order: &CreateInstanceBody,
    flavors: &[&FlavorsItems],
    zones: &[&str],
    report: &mut OrderReport,
) {
    let offers = flavors.iter().flat_map(|flavor| &flavor.flavors_available_zones);
    let of_size = offers
        .filter(|offer| offer.capacity.as_ref().is_none_or(|size| is_size(size, order.capacity)));
    let offered = words(of_size.flat_map(|offer| &offer.az_codes).map(String::as_str));
    for zone in zones {
        if lacks(&offered, |known| known == *zone) {
            let (code, offered) = (&order.spec_code, offered.join(", "));
            let message = format!("{code} has no room in zone {zone}, but in {offered}");
            report.problem("az_codes", message);
        }
    }
}

/// Whether something is known, and this is not among it.
fn lacks(known: &[&str], is_it: impl Fn(&str) -> bool) -> bool {
    !known.is_empty() && !known.iter().any(|known| is_it(known))
}

/// Each once; several may stand in one text, such as `4.0;5.0`.
fn words<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut words = Vec::new();
    for word in texts.flat_map(|text| text.split([';', ','])).map(str::trim) {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn is_size(text: &str, size: f64) -> bool {
    text.parse::<f64>().is_ok_and(|known| known == size)
}
