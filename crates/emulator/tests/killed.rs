//! The program is ended by SIGKILL, so it cannot clean up: no process is left behind.

#![cfg(all(unix, feature = "cli"))]

mod common;

use std::process::Command;

use common::{
    PASSWORD, answers,
    program::{client_of, start, value},
    programs, single, soon,
};

#[tokio::test]
async fn no_process_outlives_the_emulator() {
    let Some(_) = programs("no_process_outlives_the_emulator") else { return };
    let (child, lines) = start(&[]);
    let client = client_of(&lines);
    let mut ports = Vec::new();
    for name in ["one-cache", "two-cache"] {
        let body = single(name).password(PASSWORD);
        let made = client.create_instance(body).send().await.unwrap().into_inner();
        let id = made.instances[0].instance_id.clone().unwrap();
        let shown = client.show_instance(&id).send().await.unwrap().into_inner();
        ports.push(u16::try_from(shown.port.unwrap()).unwrap());
    }
    assert!(ports.iter().all(|port| answers(*port)));
    child.kill();
    for port in ports {
        assert!(soon(|| !answers(port)), "the process at port {port} is still there");
    }
}

#[test]
fn without_a_data_plane_it_says_so() {
    let (child, lines) = start(&["--data-plane", "none"]);
    child.kill();
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
