//! The services that are answered, by their generated tables. In: method and path. Out: the operation, and
//! the service that it is of.
//!
//! DCS is what the emulator is for; the others are its neighbors, which an order needs.

use huaweicloud_core::server::{Operation, Route, Routes};

/// A service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Dcs,
    Vpc,
    Eip,
    Eps,
    Bss,
    Iam,
}

impl Service {
    /// As its folder is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dcs => "dcs",
            Self::Vpc => "vpc",
            Self::Eip => "eip",
            Self::Eps => "eps",
            Self::Bss => "bss",
            Self::Iam => "iam",
        }
    }
}

/// A service with its operations, and the names of its secrets.
type Table = (Service, &'static [&'static Operation], &'static [&'static str]);

static TABLES: [Table; 6] = [
    (Service::Dcs, huaweicloud_dcs_server::OPERATIONS, huaweicloud_dcs_server::SECRETS),
    (Service::Vpc, huaweicloud_vpc_server::OPERATIONS, huaweicloud_vpc_server::SECRETS),
    (Service::Eip, huaweicloud_eip_server::OPERATIONS, huaweicloud_eip_server::SECRETS),
    (Service::Eps, huaweicloud_eps_server::OPERATIONS, huaweicloud_eps_server::SECRETS),
    (Service::Bss, huaweicloud_bss_server::OPERATIONS, huaweicloud_bss_server::SECRETS),
    (Service::Iam, huaweicloud_iam_server::OPERATIONS, huaweicloud_iam_server::SECRETS),
];

/// All operations of all services, in the order of their documents.
pub(crate) fn all() -> impl Iterator<Item = (Service, &'static Operation)> {
    let of_one = |(service, operations, _): &'static Table| {
        operations.iter().map(move |operation| (*service, *operation))
    };
    TABLES.iter().flat_map(of_one)
}

/// The operation of an id.
pub(crate) fn operation(id: &str) -> Option<&'static Operation> {
    let mut all = TABLES.iter().flat_map(|(_, operations, _)| *operations);
    all.find(|operation| operation.id == id).copied()
}

/// Whether a field of this name holds a secret, in any service; letters of either case, for who mistypes a name
/// means the same.
pub(crate) fn is_secret(name: &str) -> bool {
    let mut documented = TABLES.iter().flat_map(|(_, _, secrets)| *secrets);
    documented.any(|secret| secret.eq_ignore_ascii_case(name))
}

/// All operations by their paths.
pub(crate) struct Services {
    routes: Vec<(Service, Routes)>,
}

impl Services {
    pub(crate) fn new() -> Self {
        let one = |(service, operations, _): &Table| (*service, Routes::new(operations));
        Self { routes: TABLES.iter().map(one).collect() }
    }

    /// Where a request goes; nothing is of DCS, too, for that is whom the caller meant.
    pub(crate) fn find(&self, method: &str, path: &str) -> (Service, Route) {
        let mut other = (Service::Dcs, Route::Nowhere);
        for (service, routes) in &self.routes {
            match routes.find(method, path) {
                Route::To(operation, values) => return (*service, Route::To(operation, values)),
                Route::OtherMethod(methods) if matches!(other.1, Route::Nowhere) => {
                    other = (*service, Route::OtherMethod(methods));
                }
                _ => {}
            }
        }
        other
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_is_found_by_its_path_and_its_id() {
        let services = Services::new();
        let mut ids = BTreeSet::new();
        for (service, operations, _) in TABLES {
            for known in operations {
                let path = known.path.replace(['{', '}'], "");
                let (found, route) = services.find(known.method, &path);
                let Route::To(found_operation, _) = route else { panic!("{path} goes nowhere") };
                assert_eq!((found, found_operation.id), (service, known.id));
                assert_eq!(operation(known.id).unwrap().path, known.path);
                assert!(ids.insert(known.id), "{} is there twice", known.id);
            }
        }
    }

    #[test]
    fn secrets_are_known_by_name() {
        assert!(is_secret("password") && is_secret("new_password") && !is_secret("name"));
    }
}
