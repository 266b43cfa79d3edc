//! Keys in environment variables: first the names of the vendor's SDKs, then those of Terraform.

use super::{Attempt, Credentials, found::Found};
use crate::environment::Environment;

const PLACE: &str = "environment";

/// Access key, secret key, security token.
const NAMES: [[&str; 3]; 2] = [
    ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"],
    ["HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"],
];

pub(super) fn find(around: &Environment) -> Found {
    for [ak, sk, token] in NAMES {
        match (around.secret(ak), around.secret(sk)) {
            (Some(access_key), Some(secret_key)) => {
                let token = around.secret(token);
                return Found::credentials(PLACE, Credentials::keys(access_key, secret_key, token));
            }
            (Some(_), None) => return half(ak, sk),
            (None, Some(_)) => return half(sk, ak),
            (None, None) => {}
        }
    }
    let [[ak, sk, _], [hw_ak, hw_sk, _]] = NAMES;
    let problem = format!("neither {ak} and {sk} nor {hw_ak} and {hw_sk} are set");
    Found::Nothing(Attempt::new(PLACE, problem))
}

/// Who set one of two meant these keys: others would call for someone else.
fn half(set: &str, missing: &str) -> Found {
    Found::wrong(PLACE, format!("{set} is set, but {missing} is not"))
}
