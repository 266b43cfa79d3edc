//! The program, killed so that it can do nothing about it any more: no process is left behind.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]
#![cfg(all(unix, feature = "cli"))]

mod common;

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use common::{PASSWORD, answers, programs, single, soon};
use huaweicloud_dcs::Client;

/// The program, and what it tells to set.
fn start(arguments: &[&str]) -> (Child, Vec<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huaweicloud-dcs-emulator"))
        .args(["--port", "0", "--quiet"])
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let lines: Vec<String> = lines.take(7).collect();
    (child, lines)
}

fn value(lines: &[String], name: &str) -> String {
    let start = format!("export {name}=");
    let line = lines.iter().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_else(|| panic!("{name} is not in {lines:?}")).to_owned()
}

#[tokio::test]
async fn no_process_outlives_the_emulator() {
    let Some(_) = programs("no_process_outlives_the_emulator") else { return };
    let (mut child, lines) = start(&[]);
    let client = Client::builder()
        .endpoint(value(&lines, "HUAWEICLOUD_SDK_ENDPOINT"))
        .allow_http(true)
        .project_id(value(&lines, "HUAWEICLOUD_SDK_PROJECT_ID"))
        .auth_token(value(&lines, "HUAWEICLOUD_SDK_AUTH_TOKEN"))
        .build()
        .unwrap();
    let mut ports = Vec::new();
    for name in ["one-cache", "two-cache"] {
        let body = single(name).password(PASSWORD);
        let made = client.create_instance(body).send().await.unwrap().into_inner();
        let id = made.instances[0].instance_id.clone().unwrap();
        let shown = client.show_instance(&id).send().await.unwrap().into_inner();
        ports.push(u16::try_from(shown.port.unwrap()).unwrap());
    }
    assert!(ports.iter().all(|port| answers(*port)));
    // SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    for port in ports {
        assert!(soon(|| !answers(port)), "the process at port {port} is still there");
    }
}

#[test]
fn without_a_data_plane_it_says_so() {
    let (mut child, lines) = start(&["--data-plane", "none"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(lines[0].contains("nothing (--data-plane none)"), "{lines:?}");
    assert!(lines[0].contains("apt-get install"), "{lines:?}");
    assert!(value(&lines, "HUAWEICLOUD_SDK_ENDPOINT").starts_with("http://127.0.0.1:"));
}

#[test]
fn bad_flags_end_it_with_what_to_do() {
    let said = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_huaweicloud-dcs-emulator");
        let output = Command::new(program).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["--address", "0.0.0.0"]).contains("--allow-remote"));
    assert!(said(&["--time", "fast"]).contains("seconds:N"));
    assert!(said(&["--redis-server", "/no/such/file"]).contains("there is no file"));
}
