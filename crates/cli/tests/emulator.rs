//! The program against the emulator, by a shell script that people can read: `tests/day.sh`. And what a script cannot show:
//! Ctrl-C, and that no secret is in any output.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

use huaweicloud_dcs_emulator::{DataPlane, Emulator, Pace};

const PASSWORD: &str = "Example-Passw0rd";

async fn emulator(pace: Pace) -> Emulator {
    let builder = Emulator::builder().data_plane(DataPlane::None).pace(pace);
    builder.start().await.unwrap()
}

/// A command with the environment that the emulator prints, and a home of its own.
fn command(program: impl AsRef<std::ffi::OsStr>, emulator: &Emulator, home: &Path) -> Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_hwc")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let keys = emulator.keys();
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", format!("{}:{path}", folder.display()))
        .env("HOME", home)
        .env("DCS_PASSWORD", PASSWORD)
        .env("HUAWEICLOUD_SDK_ENDPOINT", emulator.endpoint())
        .env("HUAWEICLOUD_SDK_AK", &keys.access_key)
        .env("HUAWEICLOUD_SDK_SK", keys.secret_key.expose())
        .env("HUAWEICLOUD_SDK_PROJECT_ID", &keys.project_id)
        .current_dir(home)
        .stdin(Stdio::null());
    command
}

async fn output(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_day_with_a_cache() {
    let emulator = emulator(Pace::Immediate).await;
    let home = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/day.sh");
    let mut command = command("sh", &emulator, home.path());
    command.arg(script);
    let output = output(command).await;
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{said}\n{told}");
    assert_eq!(
        said,
        "== what is there\n\
         == an order that is not complete is not sent\n\
         == an order, from a file and a flag\n\
         cache\tRUNNING\n\
         == the same again orders nothing\n\
         found\n\
         == the list\n\
         NAME   STATUS   CAPACITY\n\
         cache  RUNNING  1\n\
         == in the words of hcloud\n\
         cache\nRUNNING\n\
         RUNNING\n\
         == labels\n\
         env\tprod\nteam\tcore\n\
         == a backup, and back to it\n\
         succeed\n\
         succeed\n\
         == a larger one\n\
         2\n\
         == what differs from the order\n\
         capacity\t1\t2\n\
         spec_code\tredis.single.xu1.large.1\tredis.single.xu1.large.2\n\
         == each kind of failure has its code\n\
         == a reader that goes away is no failure\n\
         Huawei Cloud Distributed Cache Service (DCS)\n\
         == the end\n\
         0\n"
    );
    assert!(told.contains("error: spec_code: is missing; it is required (required)"), "{told}");
    for secret in [PASSWORD, emulator.keys().secret_key.expose()] {
        assert!(!said.contains(secret) && !told.contains(secret), "a secret is shown");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shows_a_password() {
    let emulator = emulator(Pace::Immediate).await;
    let home = tempfile::tempdir().unwrap();
    let values = format!(r#"{{"new_password":"{PASSWORD}","no_password_access":false}}"#);
    let lines: [&[&str]; 6] = [
        &["dcs", "reset-password", "i-1", "--new-password-env", "DCS_PASSWORD", "--dry-run"],
        &["dcs", "reset-password", "i-1", "--new-password-env", "DCS_PASSWORD", "--debug"],
        &["dcs", "reset-password", "i-1", "--new-password-env", "DCS_PASSWORD", "--show", "curl"],
        &["dcs", "reset-password", "i-1", "--new-password-env", "DCS_PASSWORD", "--show", "rust"],
        &["DCS", "ResetPassword", "--instance_id=i-1", "--cli-jsonInput", &values, "--debug"],
        &["dcs", "reset-password", "i-1", "--from", &values, "--new-password", "--errors", "json"],
    ];
    for line in lines {
        let mut command = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
        command.args(line);
        let output = output(command).await;
        let all = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert!(!all.contains(PASSWORD), "{line:?}: {all}");
        assert!(!all.is_empty(), "{line:?}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_waiting_and_says_what_to_do() {
    let emulator = emulator(Pace::Real).await;
    let home = tempfile::tempdir().unwrap();
    let mut command = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
    let order = [
        "dcs",
        "create-instance",
        "--name",
        "cache",
        "--engine",
        "Redis",
        "--engine-version",
        "5.0",
        "--capacity",
        "1",
        "--spec-code",
        "redis.single.xu1.large.1",
        "--az-codes",
        "a",
        "--vpc-id",
        "v",
        "--subnet-id",
        "s",
        "--no-password-access",
        "--wait",
        "--interval",
        "1",
    ];
    command.args(order).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut kill = Command::new("kill");
    kill.args(["-INT", &child.id().to_string()]);
    assert!(output(kill).await.status.success());
    let ended =
        tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let told = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{told}");
    assert!(told.contains("to resume later: hwc dcs wait "), "{told}");
    assert!(told.contains(" --until running"), "{told}");
    assert!(told.contains(": CREATING ("), "{told}");
    assert!(told.contains("interrupted"), "{told}");
}

/// The words of an order of 60 instances.
const BATCH: [&str; 24] = [
    "dcs",
    "create-instance",
    "--engine",
    "Redis",
    "--engine-version",
    "5.0",
    "--capacity",
    "1",
    "--spec-code",
    "redis.single.xu1.large.1",
    "--az-codes",
    "a",
    "--vpc-id",
    "v",
    "--subnet-id",
    "s",
    "--no-password-access",
    "--instance-num",
    "60",
    "--query",
    "length(instances)",
    "--output",
    "tsv",
    "--name",
];

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_read_page_after_page() {
    let builder = Emulator::builder().data_plane(DataPlane::None).quota(200, 800);
    let emulator = builder.start().await.unwrap();
    let home = tempfile::tempdir().unwrap();
    for name in ["first", "second"] {
        let mut command = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
        command.args(BATCH).arg(name);
        let output = output(command).await;
        assert_eq!(text(&output.stdout), "60\n", "{}", text(&output.stderr));
    }
    let count = ["--query", "length(instances)", "--output", "tsv"];
    let cases: [(&[&str], &str); 4] = [
        (&["dcs", "list-instances"], "120\n"),
        (&["dcs", "list-instances", "--limit", "7"], "7\n"),
        (&["dcs", "list-instances", "--limit", "110"], "110\n"),
        (&["dcs", "list-instances", "--offset", "100"], "20\n"),
    ];
    for (line, expected) in cases {
        let mut command = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
        command.args(line).args(count);
        let output = output(command).await;
        assert_eq!(text(&output.stdout), expected, "{line:?}: {}", text(&output.stderr));
    }
}

/// Answers typed at the questions of `--interactive`.
async fn answered(emulator: &Emulator, home: &Path, answers: &str) -> Output {
    let mut command = command(env!("CARGO_BIN_EXE_hwc"), emulator, home);
    let words = ["dcs", "create-instance", "--no-password-access", "--engine-version", "5.0"];
    command.args(words).args(["--interactive", "--query", "length(instances)"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), answers.as_bytes()).unwrap();
    tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_asked_for_question_by_question() {
    let emulator = emulator(Pace::Immediate).await;
    let home = tempfile::tempdir().unwrap();
    // The first of what the service lists, or a name; an empty line is asked again where a value is needed.
    let order = "cache\nRedis\n\n1\nredis.single.xu1.large.1\n1\n1\n1\n\n";
    let rest = "\n".repeat(8);
    let sent = answered(&emulator, home.path(), &format!("{order}{rest}y\n")).await;
    let told = text(&sent.stderr);
    assert_eq!(text(&sent.stdout), "1\n", "{told}");
    assert!(told.contains("The cache engine.") && told.contains("This costs money."), "{told}");
    assert!(told.contains("The price depends on:\n  capacity: 1\n"), "{told}");
    assert!(!told.contains("cannot be listed"), "{told}");
    for answers in [format!("{order}{rest}n\n"), order.to_owned(), "cache\n".to_owned()] {
        let kept = answered(&emulator, home.path(), &answers).await;
        assert_eq!(kept.status.code(), Some(130), "{}", text(&kept.stderr));
        assert!(text(&kept.stderr).contains("nothing was sent"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_without_an_answer_is_neither_repeated_nor_called_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let met = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&met);
    // Reads what comes, and goes away.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let _ = std::io::Read::read(&mut &stream, &mut [0; 65_536]);
        }
    });
    let emulator = emulator(Pace::Immediate).await;
    let home = tempfile::tempdir().unwrap();
    let mut command = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
    let order = BATCH.iter().filter(|word| !["--instance-num", "60"].contains(word));
    command.args(order).args(["cache", "--endpoint", &endpoint]);
    let output = output(command).await;
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(8), "{told}");
    assert!(told.contains("the outcome is unknown: look for cache before buying again"), "{told}");
    assert_eq!(met.load(std::sync::atomic::Ordering::SeqCst), 1);
}

/// What fish is told for a line that ends where the cursor is.
async fn completed(emulator: &Emulator, home: &Path, variable: &str, line: &str) -> Vec<String> {
    let mut command = command(env!("CARGO_BIN_EXE_hwc"), emulator, home);
    command.env(variable, "fish").args(["--", "hwc"]).args(line.split(' '));
    let output = output(command).await;
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{line}");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_exist_are_completed_only_when_asked_for() {
    let emulator = emulator(Pace::Immediate).await;
    let home = tempfile::tempdir().unwrap();
    let mut order = command(env!("CARGO_BIN_EXE_hwc"), &emulator, home.path());
    let words = BATCH.iter().filter(|word| !["--instance-num", "60"].contains(word));
    order.args(words).arg("cache");
    assert!(output(order).await.status.success());
    let line = "dcs show-instance ";
    let found = completed(&emulator, home.path(), "HWC_COMPLETE_ONLINE", line).await;
    assert!(found.iter().any(|one| one.ends_with("\tcache, RUNNING")), "{found:?}");
    let found = completed(&emulator, home.path(), "HWC_COMPLETE", line).await;
    assert!(!found.iter().any(|one| one.contains("cache, RUNNING")), "{found:?}");
    let line = "dcs create-instance --vpc-id ";
    let found = completed(&emulator, home.path(), "HWC_COMPLETE_ONLINE", line).await;
    assert!(found.iter().any(|one| one.contains("vpc-default")), "{found:?}");
}
