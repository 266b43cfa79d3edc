//! The program `hwc`. In: the arguments. Out: an exit code for the kind of outcome.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(huaweicloud_cli::run(std::env::args_os().skip(1)))
}
