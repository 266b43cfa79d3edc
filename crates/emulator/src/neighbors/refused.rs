//! How neighbors refuse: each service has a form of its own. In: what is wrong. Out: the body of the answer.

use huaweicloud_core::server::Operation;
use serde_json::{Value, json};

use crate::{refusal::Refusal, services::Service};

/// A refusal of DCS as a neighbor's: the codes of DCS are not its own.
pub(crate) fn translated(refusal: Refusal) -> Refusal {
    match refusal.code.starts_with("DCS.") {
        true => Refusal { code: "", detail: refusal.message(), ..refusal },
        false => refusal,
    }
}

/// The body of a neighbor's refusal. What the document shows for the status is the form, and else the
/// service's own.
pub(crate) fn body(
    service: Service,
    operation: Option<&Operation>,
    refusal: &Refusal,
    id: &str,
) -> Value {
    if service == Service::Dcs || !refusal.code.is_empty() {
        return refusal.body(id);
    }
    let message = refusal.detail.as_str();
    let answers = operation.map_or(&[][..], |operation| operation.answers);
    let shown = answers.iter().find(|answer| answer.code() == Some(refusal.status));
    let shown = shown.and_then(|answer| answer.example);
    if let Some(Value::Object(mut fields)) = shown.and_then(|text| serde_json::from_str(text).ok())
    {
        for (name, field) in &mut fields {
            if ["message", "error_msg"].contains(&name.as_str()) {
                *field = json!(message);
            }
        }
        return Value::Object(fields);
    }
    let status = refusal.status.to_string();
    match service {
        Service::Vpc if operation.is_some_and(|operation| operation.path.starts_with("/v3/")) => {
            json!({"error_code": status, "error_msg": message, "request_id": id})
        }
        Service::Vpc | Service::Eip => json!({"code": status, "message": message}),
        Service::Eps => json!({"error": {"error_code": status, "error_msg": message}}),
        Service::Dcs | Service::Bss | Service::Iam => {
            json!({"error_code": status, "error_msg": message})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services;

    #[test]
    fn each_service_refuses_in_its_form() {
        for (service, operation, status, expected) in [
            (Service::Vpc, "ShowVpc", 404, json!({"code": "VPC.0003", "message": "why"})),
            (Service::Vpc, "ListVpcs", 400, json!({"code": "400", "message": "why"})),
            (Service::Eip, "ShowPublicip", 404, json!({"code": "VPC.0504", "message": "why"})),
            (
                Service::Eps,
                "ShowEnterpriseProject",
                404,
                json!({"error": {"error_code": "404", "error_msg": "why"}}),
            ),
            (
                Service::Vpc,
                "ShowSecurityGroup",
                403,
                json!({"error_code": "403", "error_msg": "why", "request_id": "r"}),
            ),
            (Service::Bss, "PayOrders", 400, json!({"error_code": "400", "error_msg": "why"})),
            (
                Service::Iam,
                "KeystoneListProjects",
                404,
                json!({"error_code": "IAM.0004", "error_msg": "why"}),
            ),
        ] {
            let refusal = Refusal::plain(status, "why");
            let operation = services::operation(operation);
            assert_eq!(body(service, operation, &refusal, "r"), expected);
        }
    }

    #[test]
    fn the_codes_of_dcs_stay_at_home() {
        let refusal = translated(Refusal::new("DCS.4062", "x"));
        assert_eq!((refusal.code, refusal.status), ("", 400));
        let gateway = Refusal::new("APIGW.0301", "");
        assert_eq!(translated(gateway.clone()), gateway);
    }
}
