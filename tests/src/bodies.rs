//! The compiled client behind one interface: a table from operations to the types of their bodies.
//!
//! In: an operation's ID and a request as JSON. Out: the violations that the client reports, and what it
//! would send.

use huaweicloud_dcs::{Validate as _, Violations, types};
use serde_json::Value;

/// A request that the client could send.
pub struct Request {
    /// All that is wrong with it.
    pub violations: Violations,
    /// The JSON that goes out.
    pub sent: Value,
}

/// Decodes a request into the type of one operation.
pub type Read = fn(&Value) -> Result<Request, serde_json::Error>;

macro_rules! bodies {
    ($($operation:ident: $body:ident,)+) => {
        /// Every operation that sends a body. A test holds it against the document.
        pub const BODIES: &[(&str, Read)] = &[$((stringify!($operation), |json| {
            let body: types::$body = serde_json::from_value(json.clone())?;
            Ok(Request { violations: body.violations(), sent: serde_json::to_value(&body)? })
        })),+];
    };
}

bodies! {
    CreateInstance: CreateInstanceBody,
    BatchDeleteInstances: BatchDeleteBody,
    UpdateInstance: ModifyInstanceBody,
    ResizeInstance: ResizeInstanceBody,
    RestartOrFlushInstances: ChangeInstanceStatusBody,
    ExportInstancesTask: ExportInstancesTaskBody,
    MigrateAz: MigrateAzRequestBody,
    StartInstanceResizeCheckJob: StartInstanceResizeCheckJobRequestBody,
    UpgradeInstanceMinorVersion: UpgradeMinorVersionRequestBody,
    CreateResizeOrder: CreateResizeOrderRequestBody,
    UpdatePassword: ModifyInstancePasswordBody,
    ResetPassword: ResetInstancePasswordBody,
    CopyInstance: BackupInstanceBody,
    ListBackupFileLinks: DownloadBackupFilesReq,
    RestoreInstance: RestoreInstanceBody,
    UpdateConfigurations: ModifyRedisConfigBody,
    UpdateInstanceConfig: ModifyRedisConfigBody,
    BatchCreateOrDeleteTags: CreateOrDeleteInstanceTags,
    DeleteCenterTask: DeleteCenterTaskRequestBody,
    UpdateIpWhitelist: ModifyIpWhitelistBody,
    UpdateIpWhitelistAsync: ModifyIpWhitelistBody,
    CreateDiagnosisTask: CreateDiagnosisTaskBody,
    DeleteDiagnosisTask: DeleteDiagnosisReportRequest,
    CreateMigrationTask: CreateMigrationTaskBody,
    DeleteMigrationTask: DeleteMigrateTaskRequest,
    UpdateMigrationTask: MigrationUpdateRequestEntity,
    ExchangeInstanceIp: IpExchangeRequest,
    SetOnlineMigrationTask: SetOnlineMigrationTaskBody,
    BatchRestartOnlineMigrationTasks: BatchRestartOnlineMigrationTasksBody,
    BatchStopMigrationTasks: BatchStopMigrationTasksBody,
    CreateOnlineMigrationTask: CreateOnlineMigrationTaskBody,
    UpdateSlavePriority: PriorityBody,
    UpdateBigkeyAutoscanConfig: AutoscanConfigRequest,
    UpdateHotkeyAutoScanConfig: AutoscanConfigRequest,
    UpdateExpireAutoScanConfig: UpdateAutoScanConfigRequestBody,
    CreateOfflineKeyAnalysis: CreateOfflineKeyAnalysisRequestBody,
    ChangeNodesStartStopStatus: ChangeNodesStartStopStatusBody,
    ResetAclAccountPassWord: AclAccountResetPasswordBody,
    UpdateAclAccount: AclAccountRoleModifyBody,
    UpdateAclAccountPassWord: AclAccountModifyPasswordBody,
    CreateAclAccount: CreateAclAccountRequestBody,
    UpdateAclAccountRemark: UpdateAclAccountRemarkRequestBody,
    CreateCustomTemplate: CreateCustomTemplateBody,
    UpdateConfigTemplate: UpdateCustomTemplateBody,
    UpdateInstanceBandwidthAutoScalingPolicy: UpdateInstanceBandwidthAutoScalingPolicyRequestBody,
    UpdateBandwidth: UpdateBandwidthInfoRequest,
    HangUpClients: HangUpClientsRequestBody,
    HangUpKillAllClients: HangUpKillAllClientsRequestBody,
    ScanClients: ScanClientsRequestBody,
    UpdatePublicIp: UpdatePublicIpRequestBody,
    UpdateSslSwitch: UpdateSslSwitchRequestBody,
    UpdateClientIpTransparentTransmission: UpdateClientIpTransparentTransmissionRequestBody,
    ExecuteCommandMobilization: ExecuteCommandRequestBody,
    LoginWebCli: LoginWebCliBody,
    LogoffWebCli: LogoutWebCliBody,
}

/// Reads a request as the type of an operation's body does.
///
/// # Errors
///
/// When the JSON does not decode: it cannot be sent at all.
///
/// # Panics
///
/// When the operation is not in the table.
pub fn request(operation: &str, json: &Value) -> Result<Request, serde_json::Error> {
    let read = BODIES.iter().find(|(name, _)| *name == operation).map(|(_, read)| read);
    read.unwrap_or_else(|| panic!("{operation} is not in the table of bodies"))(json)
}
