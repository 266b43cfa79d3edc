//! The services. Out: a table with the data, the checks and the client of each.
//!
//! Each service is one line here; its operations are data.

use huaweicloud_catalog::{Described, Entry, Index};
use huaweicloud_core::{Config, Context, Error, server};

use crate::{
    messages,
    problem::Problem,
    text::{did_you_mean, kebab},
};

/// A service.
pub struct Service {
    /// Its data.
    pub catalog: &'static huaweicloud_catalog::Service,
    /// Its operations with their checks.
    pub operations: &'static [&'static server::Operation],
    /// The ids of all rules between fields.
    pub rules: &'static [&'static str],
    /// Such as `https://dcs.{region}.myhuaweicloud.com`.
    pub endpoint: &'static str,
    /// What a client is built with.
    pub context: fn(&Config) -> Result<Context, Error>,
}

/// A chosen operation.
pub struct Chosen {
    /// Of this service.
    pub service: &'static Service,
    /// With its types.
    pub described: Described,
    /// With its checks.
    pub checked: &'static server::Operation,
}

macro_rules! services {
    ($($feature:literal, $client:ident, $catalog:ident, $server:ident;)*) => {
        /// All of them.
        pub static SERVICES: &[Service] = &[$(#[cfg(feature = $feature)] Service {
            catalog: &$catalog::SERVICE,
            operations: $server::OPERATIONS,
            rules: <$client::Client as huaweicloud_core::ServiceClient>::RULES,
            endpoint: <$client::Client as huaweicloud_core::ServiceClient>::ENDPOINT,
            context: |config| Ok($client::Client::new(config)?.context().clone()),
        }),*];
    };
}

services! {
    "dcs", huaweicloud_dcs, huaweicloud_dcs_catalog, huaweicloud_dcs_server;
    "vpc", huaweicloud_vpc, huaweicloud_vpc_catalog, huaweicloud_vpc_server;
    "eip", huaweicloud_eip, huaweicloud_eip_catalog, huaweicloud_eip_server;
    "eps", huaweicloud_eps, huaweicloud_eps_catalog, huaweicloud_eps_server;
    "bss", huaweicloud_bss, huaweicloud_bss_catalog, huaweicloud_bss_server;
    "iam", huaweicloud_iam, huaweicloud_iam_catalog, huaweicloud_iam_server;
}

/// A service by its name, case-insensitively.
pub fn find(name: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.catalog.name.eq_ignore_ascii_case(name))
}

/// As [`find`], or an error with suggestions.
///
/// # Errors
///
/// There is no such service.
pub fn named(name: &str) -> Result<&'static Service, Problem> {
    find(name).ok_or_else(|| {
        let names: Vec<&str> = SERVICES.iter().map(|service| service.catalog.name).collect();
        let hint = did_you_mean(name, names.iter().copied());
        let names = names.join(", ");
        Problem::usage(messages::no_service(name, names, hint))
    })
}

impl Service {
    /// An operation by its ID or command, optionally with a version, such as `ListVpcs/v3`.
    ///
    /// # Errors
    ///
    /// There is no such operation.
    pub fn operation(&'static self, word: &str) -> Result<Chosen, Problem> {
        let index = self.catalog.index()?;
        let (name, version) = match word.split_once('/') {
            Some((name, version)) => (name, Some(version)),
            None => (word, None),
        };
        let entry = index.operations.iter().find(|entry| entry.id == name || entry.command == name);
        let Some(entry) = entry else { return Err(self.no_operation(&index, name)) };
        if let Some(version) = version {
            let is_version = |part: &str| part.eq_ignore_ascii_case(version);
            if !entry.path.split('/').any(is_version) {
                let problem = messages::no_version(name, &entry.method, &entry.path, version);
                return Err(Problem::usage(problem));
            }
        }
        self.choose(entry)
    }

    /// An operation of the index.
    ///
    /// # Errors
    ///
    /// The data of the program are damaged.
    pub fn choose(&'static self, entry: &Entry) -> Result<Chosen, Problem> {
        let described = self.catalog.operation_of(&entry.chapter, &entry.id)?;
        let checked = self.operations.iter().find(|known| known.id == entry.id);
        match (described, checked) {
            (Some(described), Some(checked)) => Ok(Chosen { service: self, described, checked }),
            _ => Err(Problem::other(messages::not_built(&entry.id))),
        }
    }

    fn no_operation(&self, index: &Index, name: &str) -> Problem {
        let service = self.catalog.name;
        let is_command =
            name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
        let shown = |entry: &Entry| match is_command {
            true => entry.command.clone(),
            false => entry.id.clone(),
        };
        let near = nearest_operations(index, name);
        let near: Vec<String> = near.into_iter().map(shown).collect();
        let hint = match near.as_slice() {
            [] => String::new(),
            [one] => messages::did_you_mean(one),
            [most @ .., last] => messages::did_you_mean_or(most.join(", "), last),
        };
        let all = messages::lists_all(format!("hwc {service} --help"));
        let first = messages::no_operation(service, name, hint);
        Problem::usage(format!("{first}\n{all}"))
    }
}

/// The operations that a name may stand for: by spelling, or by common words.
fn nearest_operations<'i>(index: &'i Index, name: &str) -> Vec<&'i Entry> {
    let wanted = kebab(name);
    let stem = |word: &str| word.trim_end_matches('s').to_owned();
    let words: Vec<String> = wanted.split('-').map(stem).collect();
    let shared = |entry: &Entry| {
        let own: Vec<String> = entry.command.split('-').map(stem).collect();
        words.iter().filter(|word| own.contains(word)).count()
    };
    let most = index.operations.iter().map(shared).max().unwrap_or(0);
    // A name that contains all the words is preferred to one with similar spelling.
    if most < words.len() || most < 2 {
        let commands: Vec<&str> =
            index.operations.iter().map(|entry| entry.command.as_str()).collect();
        if let Some(command) = huaweicloud_core::check::nearest(&wanted, &commands) {
            return index.operations.iter().filter(|entry| entry.command == command).collect();
        }
        if most < 2 {
            return Vec::new();
        }
    }
    let mut near: Vec<&Entry> =
        index.operations.iter().filter(|entry| shared(entry) == most).collect();
    near.sort_by_key(|entry| entry.command.len());
    let is_same = |entry: &Entry| entry.command.split('-').count() == words.len();
    if near.iter().any(|entry| is_same(entry)) {
        near.retain(|entry| is_same(entry));
    }
    near.truncate(3);
    near
}
