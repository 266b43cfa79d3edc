//! Notes on operations of DCS. In: the id of an operation. Out: what happens to processes and files, or what is different
//! from the service. The words in Chinese are in `tests/common/chinese.rs`.

const STARTED: &str =
    "Each node is a process of its own, and the instance runs once all of them answer.";
const REMOVED: &str = "The processes end, and their files are removed.";
const MEMORY: &str = "The memory in use is what the process reports.";
const PASSWORD: &str = "The processes take the new password at once.";
const PARAMETERS: &str = "The processes take parameters at once (`CONFIG SET`); those that they cannot change wait for a restart.";
const SWITCHED: &str = "The standby process becomes the master and has all data.";
const SESSIONS: &str = "The sessions are those of the process (`CLIENT LIST`).";
const KILLED: &str = "The process closes the connections (`CLIENT KILL`).";
const ACCOUNT: &str =
    "The account is a user of the process (`ACL SETUSER`), which takes Redis 6 or later.";
const SCANNED: &str = "All keys of the processes are scanned.";
const EXPIRED: &str = "All keys are scanned, and the processes remove those that have expired.";
const PLAN: &str = "The plan is stored and shown; no scan starts by it.";
const WHITELIST: &str =
    "The whitelist is stored and shown, not enforced: all clients come from this machine.";
const BANDWIDTH: &str = "The bandwidth is stored and shown, not enforced.";
const ONE_MACHINE: &str = "Data is copied from a Redis on this machine only.";
const PORTS: &str =
    "Source and target exchange their ports: on one machine these are their addresses.";

/// By operation.
pub(super) const NOTES: &[(&str, &str)] = &[
    ("CreateInstance", STARTED),
    ("ListInstances", MEMORY),
    ("ShowInstance", MEMORY),
    ("DeleteSingleInstance", REMOVED),
    ("BatchDeleteInstances", REMOVED),
    ("UpdateInstance", "For another port or other renamed commands, the processes are restarted."),
    ("RestartOrFlushInstances", "The processes are restarted with their data, or emptied."),
    ("ListStatisticsOfRunningInstances", "The numbers are those of the processes (`INFO`)."),
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
    ("UpdatePassword", PASSWORD),
    ("ResetPassword", PASSWORD),
    ("CopyInstance", "Each shard saves an RDB file."),
    ("DeleteBackupFile", "The RDB files are removed."),
    ("ListBackupFileLinks", "The links lead to the RDB files."),
    (
        "RestoreInstance",
        "The processes start from the RDB files. A backup of a cluster is restored only while its shards have the \
         slots of that time.",
    ),
    ("UpdateConfigurations", PARAMETERS),
    ("UpdateInstanceConfig", PARAMETERS),
    ("CreateRedislog", "The log of a day is the log of the process as it is now."),
    ("CreateRedislogDownloadLink", "The link leads to the log of the process."),
    ("ListSlowlog", "The commands are those of the process (`SLOWLOG GET`)."),
    ("ShowIpWhitelist", WHITELIST),
    ("UpdateIpWhitelist", WHITELIST),
    ("UpdateIpWhitelistAsync", WHITELIST),
    ("CreateDiagnosisTask", "The report judges what the processes say (`INFO`)."),
    ("CreateMigrationTask", ONE_MACHINE),
    ("SetOnlineMigrationTask", ONE_MACHINE),
    ("UpdateMigrationTask", "The mode is stored and shown; a copy that failed is not resumed."),
    ("ExchangeInstanceIp", PORTS),
    ("RollbackExchangeInstanceIp", PORTS),
    ("UpdateSlavePriority", "The weight is stored and shown; it does not decide who takes over."),
    ("DeleteIpFromDomainName", "The address is shown as removed; there is no domain name."),
    ("ChangeMasterStandby", SWITCHED),
    ("ChangeMasterStandbyAsync", SWITCHED),
    ("ExecuteClusterSwitchover", SWITCHED),
    ("CreateBigkeyScanTask", SCANNED),
    ("CreateHotkeyScanTask", SCANNED),
    ("DownloadHotKey", "The file holds comma-separated values."),
    ("ScanExpireKey", EXPIRED),
    ("CreateAutoExpireScanTask", EXPIRED),
    (
        "CreateOfflineKeyAnalysis",
        "The keys of the running processes are read, also where a backup is named.",
    ),
    ("UpdateBigkeyAutoscanConfig", PLAN),
    ("UpdateHotkeyAutoScanConfig", PLAN),
    ("UpdateExpireAutoScanConfig", PLAN),
    ("ChangeNodesStartStopStatus", "The processes of the nodes are stopped or started."),
    ("CreateAclAccount", ACCOUNT),
    ("UpdateAclAccount", ACCOUNT),
    ("UpdateAclAccountPassWord", ACCOUNT),
    ("ResetAclAccountPassWord", ACCOUNT),
    ("CreateCustomTemplate", "Orders that name the template start with its parameters."),
    (
        "UpdateInstanceBandwidthAutoScalingPolicy",
        "The policy is stored and shown; no bandwidth changes by it.",
    ),
    ("UpdateBandwidth", BANDWIDTH),
    ("ListClients", SESSIONS),
    ("ScanClients", SESSIONS),
    ("HangUpClients", KILLED),
    ("HangUpKillAllClients", KILLED),
    ("UpdatePublicIp", "The address is shown; nothing arrives through it."),
    ("DeletePublicIp", "The address is not shown any more; nothing arrived through it."),
    ("DownloadSslCert", "The link leads to the certificate that clients need."),
    ("UpdateSslSwitch", "The processes are restarted with TLS or without it."),
    (
        "UpdateClientIpTransparentTransmission",
        "It is stored and shown; the process sees the addresses of its clients either way.",
    ),
    ("ExecuteCommandMobilization", "The process carries out the command."),
];

/// The note on an operation.
pub(super) fn of(operation: &str) -> Option<&'static str> {
    NOTES.iter().find(|(id, _)| *id == operation).map(|(_, note)| *note)
}
