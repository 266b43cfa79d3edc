//! The program `hwc`. In: the words of a command line. Out: an exit code that says what became of it.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(huaweicloud_cli::run(std::env::args_os().skip(1)))
}
