//! The `caredesk` command: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(caredesk::cli::run(std::env::args_os()))
}
