//! What is emulated. Out: for each operation of each service whether it has a behavior of its own or answers with its
//! documented example, and what else there is to know.

use huaweicloud_core::server::Operation;
use huaweicloud_dcs_server::OPERATIONS;
use serde_json::{Value, json};

use crate::{behavior, neighbors, services};

/// How an operation answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// It changes or shows what is there.
    Behavior,
    /// It answers with its documented example, shaped to the request.
    Example,
    /// It succeeds without a body, as documented, and changes nothing.
    Nothing,
}

impl Coverage {
    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Behavior => "behavior",
            Self::Example => "example",
            Self::Nothing => "nothing",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Behavior => "The emulator carries it out.",
            Self::Example => "The emulator answers with the documented example.",
            Self::Nothing => "The emulator answers that it is done and changes nothing.",
        }
    }
}

/// An operation that the emulator answers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Covered {
    /// The service, such as `dcs`.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static Operation,
    /// How it answers.
    pub coverage: Coverage,
    /// What is different from the service; nothing where that is not worth a word.
    pub limit: Option<&'static str>,
}

impl Covered {
    /// How the operation answers, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self.limit {
            None => self.coverage.sentence().to_owned(),
            Some(limit) => format!("{} {limit}", self.coverage.sentence()),
        }
    }
}

/// Every operation of DCS and how it answers, in the order of the document.
pub fn coverage() -> impl Iterator<Item = (&'static Operation, Coverage)> {
    OPERATIONS.iter().map(|operation| (*operation, of(operation)))
}

/// Every operation of DCS and of the services around it.
pub fn coverage_of_all() -> impl Iterator<Item = Covered> {
    services::all().map(|(service, operation)| {
        let is_dcs = service == services::Service::Dcs;
        Covered {
            service: service.name(),
            operation,
            coverage: if is_dcs { of(operation) } else { Coverage::Behavior },
            limit: if is_dcs { limit(operation.id) } else { neighbors::limit(operation) },
        }
    })
}

fn of(operation: &Operation) -> Coverage {
    let has_example = operation.success().is_some_and(|answer| answer.example.is_some());
    match () {
        () if behavior::of(operation).is_some() => Coverage::Behavior,
        () if behavior::live(operation).is_some() => Coverage::Behavior,
        () if has_example => Coverage::Example,
        () => Coverage::Nothing,
    }
}

const PLAN: &str = "The plan is stored and shown; no scan starts by it.";
const WHITELIST: &str =
    "The whitelist is stored and shown, not enforced: all clients come from this machine.";
const BANDWIDTH: &str = "The bandwidth is stored and shown, not enforced.";
const ONE_MACHINE: &str = "Data is copied from a Redis on this machine only.";
const PORTS: &str =
    "Source and target exchange their ports: on one machine these are their addresses.";

/// What is different from the service, by operation.
const LIMITS: &[(&str, &str)] = &[
    ("ListAvailableZones", "The zones are the documented ones: a machine has none."),
    ("ListMaintenanceWindows", "The windows are the documented ones; nothing is ever maintained."),
    (
        "UpdateInstanceBandwidth",
        "The document gives the request no body, so it does not say what to change.",
    ),
    ("ListFlavors", "The flavors are the documented ones, and orders may name others."),
    ("MigrateAz", "The zones are stored and shown; the processes stay where they are."),
    ("UpgradeInstanceMinorVersion", "The processes are restarted, and stay what they are."),
    ("ShowInstanceVersion", "There is never a newer version."),
    ("StartInstanceResizeCheckJob", "The check always succeeds."),
    ("ListInstanceOperations", "While an instance runs, every operation is possible."),
    ("ExportInstancesTask", "The file holds comma-separated values."),
    ("CreateResizeOrder", "The order is carried out at once; nothing has to be paid."),
    (
        "ResizeInstance",
        "A cluster gets as many shards as keep their size, and slots move with their keys; the nodes of a shard stay.",
    ),
    (
        "RestoreInstance",
        "A backup of a cluster is restored only while its shards have the slots of that time.",
    ),
    ("UpdateSlavePriority", "The weight is stored and shown; it does not decide who takes over."),
    ("DeleteIpFromDomainName", "The address is shown as removed; there is no domain name."),
    ("UpdatePublicIp", "The address is shown; nothing arrives through it."),
    ("DeletePublicIp", "The address is not shown any more; nothing arrived through it."),
    (
        "UpdateClientIpTransparentTransmission",
        "It is stored and shown; the process sees the addresses of its clients either way.",
    ),
    ("ShowIpWhitelist", WHITELIST),
    ("UpdateIpWhitelist", WHITELIST),
    ("UpdateIpWhitelistAsync", WHITELIST),
    ("UpdateBigkeyAutoscanConfig", PLAN),
    ("UpdateHotkeyAutoScanConfig", PLAN),
    ("UpdateExpireAutoScanConfig", PLAN),
    ("UpdateBandwidth", BANDWIDTH),
    (
        "UpdateInstanceBandwidthAutoScalingPolicy",
        "The policy is stored and shown; no bandwidth changes by it.",
    ),
    (
        "CreateOfflineKeyAnalysis",
        "The keys of the running processes are read, also where a backup is named.",
    ),
    ("CreateMigrationTask", ONE_MACHINE),
    ("SetOnlineMigrationTask", ONE_MACHINE),
    ("UpdateMigrationTask", "The mode is stored and shown; a copy that failed is not resumed."),
    ("ExchangeInstanceIp", PORTS),
    ("RollbackExchangeInstanceIp", PORTS),
    ("CreateRedislog", "The log of a day is the log of the process as it is now."),
];

fn limit(operation: &str) -> Option<&'static str> {
    LIMITS.iter().find(|(id, _)| *id == operation).map(|(_, limit)| *limit)
}

pub(crate) fn json() -> Value {
    let one = |covered: Covered| {
        let Covered { service, operation, coverage, .. } = covered;
        json!({
            "service": service,
            "operation": operation.id,
            "method": operation.method,
            "path": operation.path,
            "answers": coverage.as_str(),
            "note": covered.sentence(),
        })
    };
    coverage_of_all().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_of_operations_and_whatever_has_no_behavior_has_one() {
        for (id, _) in LIMITS {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
        for (operation, coverage) in coverage() {
            let is_explained = coverage == Coverage::Behavior || limit(operation.id).is_some();
            assert!(is_explained, "{} does nothing, and nobody says why", operation.id);
        }
    }
}
