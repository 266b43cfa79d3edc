//! Command lines in our own form: each becomes this request, or this error.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use huaweicloud_cli::{prepare::prepare, request::Ids};

fn outcome(line: &str) -> String {
    let mut words = line.split(' ').map(str::to_owned);
    let (service, operation) = (words.next().unwrap(), words.next().unwrap());
    match prepare(&service, &operation, words.collect()) {
        Err(problem) => format!("! {}", problem.message.lines().next().unwrap_or_default()),
        Ok(prepared) => {
            let request = prepared.request;
            let body = request.body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
            format!("{} {}{body}", request.method(), request.target(Ids::UNKNOWN))
        }
    }
}

/// Command lines, each with the request that it becomes.
const REQUESTS: &[(&str, &str)] = &[
    (
        "dcs create-instance --name a --az-codes x,y",
        "POST /v2/PROJECT_ID/instances {\"name\":\"a\",\"az_codes\":[\"x\",\"y\"]}",
    ),
    (
        "dcs create-instance --az-codes x --az-codes y",
        "POST /v2/PROJECT_ID/instances {\"az_codes\":[\"x\",\"y\"]}",
    ),
    (
        "dcs create-instance --az-codes=[\"x\"]",
        "POST /v2/PROJECT_ID/instances {\"az_codes\":[\"x\"]}",
    ),
    (
        "dcs create-instance --capacity 0.5 --port 6380",
        "POST /v2/PROJECT_ID/instances {\"capacity\":0.5,\"port\":6380}",
    ),
    (
        "dcs create-instance --tags env=prod --tags team=core",
        "POST /v2/PROJECT_ID/instances {\"tags\":[{\"key\":\"env\",\"value\":\"prod\"},{\"key\":\"team\",\"value\":\"core\"}]}",
    ),
    (
        "dcs create-instance --tags key=env,value=prod",
        "POST /v2/PROJECT_ID/instances {\"tags\":[{\"key\":\"env\",\"value\":\"prod\"}]}",
    ),
    (
        "dcs create-instance --rename-commands keys=K,flushdb=F",
        "POST /v2/PROJECT_ID/instances {\"rename_commands\":{\"keys\":\"K\",\"flushdb\":\"F\"}}",
    ),
    (
        "dcs create-instance --enable-ssl --no-password-access=false",
        "POST /v2/PROJECT_ID/instances {\"enable_ssl\":true,\"no_password_access\":false}",
    ),
    (
        "dcs create-instance --bss-param.charging-mode prePaid",
        "POST /v2/PROJECT_ID/instances {\"bss_param\":{\"charging_mode\":\"prePaid\"}}",
    ),
    (
        "dcs create-instance --instance-backup-policy.periodical-backup-plan.backup-at 1,4",
        "POST /v2/PROJECT_ID/instances {\"instance_backup_policy\":{\"periodical_backup_plan\":{\"backup_at\":[1,4]}}}",
    ),
    (
        "dcs create-instance --from {\"name\":\"a\",\"capacity\":2} --name b",
        "POST /v2/PROJECT_ID/instances {\"name\":\"b\",\"capacity\":2}",
    ),
    (
        "dcs create-instance --password=Example-Passw0rd",
        "POST /v2/PROJECT_ID/instances {\"password\":\"Example-Passw0rd\"}",
    ),
    ("dcs show-instance i-1", "GET /v2/PROJECT_ID/instances/i-1"),
    ("dcs show-instance --instance-id i-1", "GET /v2/PROJECT_ID/instances/i-1"),
    ("dcs delete-backup-file i b", "DELETE /v2/PROJECT_ID/instances/i/backups/b"),
    (
        "dcs list-instances --status RUNNING --limit 3",
        "GET /v2/PROJECT_ID/instances?status=RUNNING",
    ),
    (
        "bss show-customer-order-details o --x-language en_US",
        "GET /v2/orders/customer-orders/details/o",
    ),
];

#[test]
fn flags_become_values() {
    for (line, expected) in REQUESTS {
        assert_eq!(outcome(line), *expected, "{line}");
    }
}

#[test]
fn what_is_not_understood_is_told() {
    let cases = [
        ("dcs create-instance --nmae a", "! --nmae: there is no such option; did you mean --name?"),
        ("dcs create-instance --capacity two", "! capacity: must be a number"),
        (
            "dcs create-instance --capacity 1 --capacity 2",
            "! --capacity: is given twice; give it once",
        ),
        (
            "dcs create-instance --tags env",
            "! tags[0]: is an object; write NAME=VALUE,NAME=VALUE or JSON",
        ),
        (
            "dcs create-instance --tags colour=red,key=a",
            "! tags[0].colour: there is no such parameter",
        ),
        (
            "dcs create-instance --password-env NO_SUCH_VARIABLE_HERE",
            "! --password-env: the environment variable NO_SUCH_VARIABLE_HERE is not set",
        ),
        (
            "dcs create-instance --password-file /no/such/file",
            "! --password-file: /no/such/file cannot be read: No such file or directory (os error 2)",
        ),
        (
            "dcs create-instance --description @/no/such/file",
            "! --description: /no/such/file cannot be read: No such file or directory (os error 2)",
        ),
        (
            "dcs show-instance i --instance-id j",
            "! --instance-id: is given twice, once without its name",
        ),
        (
            "dcs restart-instance",
            "! dcs has no operation \"restart-instance\"; did you mean restart-or-flush-instances?",
        ),
        ("dcs list-instances --limit 0", "! --limit: must be at least 1"),
        (
            "dcs list-instances --output xml",
            "! --output: \"xml\" is not one of json, table, tsv, yaml; did you mean yaml?",
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(outcome(line), expected, "{line}");
    }
}
