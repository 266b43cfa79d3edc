//! The program as another process. In: flags. Out: the process, what it tells to set, and a client of it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
};

use huaweicloud_dcs::{Client, RetryPolicy};

/// The program; it is killed when this is dropped.
pub(crate) struct Program {
    child: Child,
    /// It ends when nobody listens to it any more.
    _listening: BufReader<ChildStdout>,
}

impl Program {
    /// Kills it so that it can do nothing about it any more: SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, and what it tells to set.
pub(crate) fn start(arguments: &[&str]) -> (Program, Vec<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huaweicloud-dcs-emulator"))
        .args(["--port", "0", "--quiet"])
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut listening = BufReader::new(child.stdout.take().unwrap());
    let lines = (&mut listening).lines().map_while(Result::ok).take(7).collect();
    (Program { child, _listening: listening }, lines)
}

pub(crate) fn value(lines: &[String], name: &str) -> String {
    let start = format!("export {name}=");
    let line = lines.iter().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_else(|| panic!("{name} is not in {lines:?}")).to_owned()
}

/// A client of it, which sends each call once.
pub(crate) fn client_of(lines: &[String]) -> Client {
    Client::builder()
        .endpoint(value(lines, "HUAWEICLOUD_SDK_ENDPOINT"))
        .allow_http(true)
        .project_id(value(lines, "HUAWEICLOUD_SDK_PROJECT_ID"))
        .auth_token(value(lines, "HUAWEICLOUD_SDK_AUTH_TOKEN"))
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}
